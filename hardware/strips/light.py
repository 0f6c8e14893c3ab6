"""From colours as seen to what a strip is sent: the LEDs' balance, gamma, brightness, and on or off where LEDs know
nothing else."""

GAMMA = 2.2
_LIT = 96  # a plain LED is on from this level, as seen: in the brighter half of a pulse
_ON_OFF = bytes(255 if value >= _LIT else 0 for value in range(256))

GAMMA_TABLE = bytes(round(255 * (value / 255) ** GAMMA) for value in range(256))
# What an eye sees of a byte on the wire; for drawing a strip on a screen.
_SEEN_TABLE = bytes(round(255 * (value / 255) ** (1 / GAMMA)) for value in range(256))

# The blue of an LED is 2.5 times as strong beside its green as that of a screen, which turns a screen's green to cyan
# (WS2812B's data sheet: 180 to 200 mcd beside 660 to 720; sRGB: 0.0722 beside 0.7152).
_BLUE = 0.4
_BLUE_TABLE = bytes(round(value * _BLUE ** (1 / GAMMA)) for value in range(256))
_BLUE_SEEN_TABLE = bytes(min(round(value / _BLUE ** (1 / GAMMA)), 255) for value in _SEEN_TABLE)


def balanced(colours: bytes) -> bytes:
    """RGB bytes as a screen shows them → as seen on LEDs: those in which LEDs show the same."""
    return _with_blue(colours, colours, _BLUE_TABLE)


def frame_as_seen(driven: bytes) -> bytes:
    """What an eye sees of the RGB bytes that a strip was sent, as a screen shows it."""
    return _with_blue(driven.translate(_SEEN_TABLE), driven, _BLUE_SEEN_TABLE)


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


def _with_blue(colours: bytes, blues: bytes, table: bytes) -> bytes:
    """The colours, but with those blues by the table."""
    changed = bytearray(colours)
    changed[2::3] = blues[2::3].translate(table)
    return bytes(changed)
