"""The pickup label as the ESC/POS bytes of a receipt printer: Epson's command reference, which nearly all follow.

For the narrowest paper, 58 mm: 32 columns and 384 dots. What is longer would be broken within the number that people
look for, so it is printed smaller.
"""

from collections.abc import Iterator

from kiosk.labels.pickup_label import LabelText
from kiosk.labels.qr_picture import qr_modules

_COLUMNS, _DOTS = 32, 384
_ESC, _GS, _FS = b"\x1b", b"\x1d", b"\x1c"
_LARGEST_MODULE = 6  # dots


def label_escpos(label: LabelText, *, raster: bool = False) -> bytes:
    """Reset, Chinese mode (GB18030), the code in four times the size or as large as it fits, a QR (level Q), feed and
    cut. `raster`: the QR as a picture, for printers that cannot make one (no `GS ( k`)."""
    parts = [
        _ESC + b"@" + _FS + b"&" + _ESC + b"a\x01",
        _text(label.station, 1),
        _text(label.code, 4),
        _text(label.place, 2),
        _size(1),
        *_below(label),
        _text(label.day, 1),
        _qr_picture(label.qr) if raster else _qr_command(label.qr),
        _ESC + b"d\x03" + _GS + b"V\x42\x00",
    ]
    return b"".join(parts)


def text_escpos(text: str) -> bytes:
    """Plain text as it stands; what is too long for the paper the printer breaks itself."""
    lines = text.encode("gb18030", "replace")
    return _ESC + b"@" + _FS + b"&" + lines + b"\n" + _ESC + b"d\x03" + _GS + b"V\x42\x00"


def _below(label: LabelText) -> Iterator[bytes]:
    """The courier and its number, on one line where there is room."""
    together = f"{label.courier}  {label.waybill}"
    for line in [together] if _columns(together) <= _COLUMNS else [label.courier, label.waybill]:
        yield _text(line, 1)


def _text(text: str, largest: int) -> bytes:
    """A line in as many times the usual size as it fits."""
    fitting = min(largest, _COLUMNS // max(_columns(text), 1)) or 1
    return _size(fitting) + text.encode("gb18030", "replace") + b"\n"


def _columns(text: str) -> int:
    """What is not ASCII is two columns wide."""
    return sum(1 if c.isascii() else 2 for c in text)


def _size(times: int) -> bytes:
    return _GS + b"!" + bytes([(times - 1) * 0x11])


def _qr_command(text: str) -> bytes:
    """Model 2, six dots a module, level Q; stored, then printed."""
    data = text.encode("ascii")
    return b"".join(
        (
            _GS + b"(k\x04\x001A2\x00",
            _GS + b"(k\x03\x001C" + bytes([_LARGEST_MODULE]),
            _GS + b"(k\x03\x001E2",
            _GS + b"(k" + (len(data) + 3).to_bytes(2, "little") + b"1P0" + data,
            _GS + b"(k\x03\x001Q0",
        )
    )


def _qr_picture(text: str) -> bytes:
    """`GS v 0`: bytes a row and rows, both little-endian, then the dots, 1 is black."""
    modules = qr_modules(text)
    times = max(1, min(_LARGEST_MODULE, _DOTS // len(modules)))
    rows = [_bits([dark for dark in row for _ in range(times)]) for row in modules for _ in range(times)]
    head = len(rows[0]).to_bytes(2, "little") + len(rows).to_bytes(2, "little")
    return _GS + b"v0\x00" + head + b"".join(rows) + b"\n"


def _bits(dots: list[bool]) -> bytes:
    filled = dots + [False] * (-len(dots) % 8)
    return bytes(
        sum(dark << 7 - bit for bit, dark in enumerate(filled[at : at + 8])) for at in range(0, len(filled), 8)
    )
