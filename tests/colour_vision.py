"""What people without one kind of cones see, and how far apart two colours are to them.

The simulation is of Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
Deficiency" (2009), severity 1.0, on linear sRGB; the distance is CIEDE2000 (CIE 142-2001).
"""

from collections.abc import Sequence
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

Vector = Sequence[float]
EYES: dict[str, tuple[Vector, Vector, Vector]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip
_TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
_WHITE = (0.9505, 1.0, 1.089)
EQUALLY_BRIGHT = (0.2, 0.3, 0.4)  # luminances, of white: at none of them may two hues that count as two be one


def hue_distance(one: Sequence[int], other: Sequence[int], eye: str) -> float:
    """CIEDE2000 between two sRGB colours (0 to 255) as that eye sees them, made equally bright."""
    seen = [simulated(colour, eye) for colour in (one, other)]
    return min(ciede2000(*(lab(equally_bright(xyz, luminance)) for xyz in seen)) for luminance in EQUALLY_BRIGHT)


def distance(one: Sequence[int], other: Sequence[int], eye: str) -> float:
    """CIEDE2000 between two sRGB colours as that eye sees them, brightness and all."""
    return ciede2000(lab(simulated(one, eye)), lab(simulated(other, eye)))


def simulated(colour: Sequence[int], eye: str) -> Vector:
    """XYZ."""
    seen = times(EYES[eye], [linear(value) for value in colour])
    return times(_TO_XYZ, [min(max(value, 0), 1) for value in seen])


def equally_bright(xyz: Vector, luminance: float) -> Vector:
    return [value * luminance / xyz[1] for value in xyz]


def times(matrix: Sequence[Vector], vector: Vector) -> Vector:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def linear(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def lab(xyz: Vector) -> Vector:
    x, y, z = (_root(value / white) for value, white in zip(xyz, _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(t: float) -> float:
    return t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29


def ciede2000(one: Vector, other: Vector) -> float:
    """As Sharma, Wu and Dalal wrote it down (2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    chroma = (hypot(a1, b1) + hypot(a2, b2)) / 2
    stretched = 1 + 0.5 * (1 - sqrt(chroma**7 / (chroma**7 + 25**7)))
    c1, c2 = hypot(a1 * stretched, b1), hypot(a2 * stretched, b2)
    h1, h2 = (degrees(atan2(b, a * stretched)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    lightness, chroma = (l1 + l2) / 2 - 50, (c1 + c2) / 2
    t = (
        1 - 0.17 * cos(radians(hue - 30)) + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6)) - 0.20 * cos(radians(4 * hue - 63))
    )  # fmt: skip
    dl = (l2 - l1) / (1 + 0.015 * lightness**2 / sqrt(20 + lightness**2))
    dc = (c2 - c1) / (1 + 0.045 * chroma)
    dh = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * chroma * t)
    rotation = -2 * sqrt(chroma**7 / (chroma**7 + 25**7)) * sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    return sqrt(dl**2 + dc**2 + dh**2 + rotation * dc * dh)
