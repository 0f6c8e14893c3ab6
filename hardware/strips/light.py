"""From colours as seen to what a strip is sent: gamma, brightness, and on or off where LEDs know nothing else."""

GAMMA = 2.2
_LIT = 96  # a plain LED is on from this level, as seen: in the brighter half of a pulse
_ON_OFF = bytes(255 if value >= _LIT else 0 for value in range(256))

GAMMA_TABLE = bytes(round(255 * (value / 255) ** GAMMA) for value in range(256))
# What an eye sees of a byte on the wire; for drawing a strip on a screen.
SEEN_TABLE = bytes(round(255 * (value / 255) ** (1 / GAMMA)) for value in range(256))


def drive_table(brightness: int) -> bytes:
    """Gamma and a strip's brightness (percent) in one table; what gamma leaves lit stays lit."""
    return bytes(max(value * brightness // 100, value > 0) for value in GAMMA_TABLE)


def on_off(frame: bytes) -> bytes:
    """For plain LEDs: each pixel (three bytes, as seen) full on when any of its colours is bright, else off."""
    lit = frame.translate(_ON_OFF)
    pixels = bytes(map(max, lit[0::3], lit[1::3], lit[2::3]))
    driven = bytearray(len(frame))
    driven[0::3] = driven[1::3] = driven[2::3] = pixels
    return bytes(driven)
