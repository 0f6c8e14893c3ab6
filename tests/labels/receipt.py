"""A receipt printer that follows the ESC/POS command reference: bytes in, what lies on the paper out."""

from dataclasses import dataclass, field

import zxingcpp
from PIL import Image, ImageOps

COLUMNS, DOTS = 32, 384  # of 58 mm paper


def _read_picture(dots: bytes, across: int, rows: int) -> str:
    black_is_one = Image.frombytes("1", (8 * across, rows), dots)
    (code,) = zxingcpp.read_barcodes(ImageOps.invert(black_is_one.convert("L")))
    return str(code.text)


@dataclass
class Line:
    """A printed line and how many times wider and higher than usual it is."""

    text: str
    size: tuple[int, int]


@dataclass
class Receipt:
    """What is on the paper."""

    lines: list[Line] = field(default_factory=list)
    qr: str = ""
    cut: bool = False


def read_receipt(data: bytes) -> Receipt:
    """Raises ValueError at a command that no such printer has."""
    receipt, size, stored, text, at = Receipt(), (1, 1), b"", b"", 0
    while at < len(data):
        byte = data[at : at + 1]
        if byte == b"\n":
            receipt.lines.append(Line(text.decode("gb18030"), size))
            text, at = b"", at + 1
        elif data.startswith((b"\x1b@", b"\x1c&"), at):
            size, at = (1, 1), at + 2
        elif data.startswith((b"\x1ba", b"\x1bd"), at):
            at += 3
        elif data.startswith(b"\x1d!", at):
            factor = data[at + 2]
            size, at = ((factor >> 4) + 1, (factor & 15) + 1), at + 3
        elif data.startswith(b"\x1dVB", at):
            receipt.cut, at = True, at + 4
        elif data.startswith(b"\x1d(k", at):
            length = int.from_bytes(data[at + 3 : at + 5], "little")
            body = data[at + 5 : at + 5 + length]
            if len(body) != length or body[:1] != b"1":
                raise ValueError(f"no QR command: {body!r}")
            if body[1:3] == b"P0":
                stored = body[3:]
            elif body[1:3] == b"Q0":
                receipt.qr = stored.decode("ascii")
            elif body[1:2] not in (b"A", b"C", b"E"):
                raise ValueError(f"unknown QR function {body!r}")
            at += 5 + length
        elif data.startswith(b"\x1dv0\0", at):
            across, rows = (int.from_bytes(data[at + n : at + n + 2], "little") for n in (4, 6))
            dots = data[at + 8 : at + 8 + across * rows]
            if len(dots) != across * rows or 8 * across > DOTS:
                raise ValueError(f"a picture of {across} × {rows} bytes")
            receipt.qr, at = _read_picture(dots, across, rows), at + 8 + across * rows
        elif byte < b" ":
            raise ValueError(f"unknown command at {at}: {data[at : at + 4]!r}")
        else:
            text, at = text + byte, at + 1
    return receipt
