"""Cards that are scanned instead of typing: for words of the desk that need nothing after them, and badges of staff.

On the same sheets as the slot labels.
"""

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from kiosk.labels.label_sheet import HEIGHT, WIDTH, corners, draw_bars, draw_qr, write

_CHINESE = "STSong-Light"  # one of the PDF standard's Asian fonts: every viewer has it, no file is needed
_QR_SIDE = 32 * mm


def command_cards(cards: Sequence[tuple[str, str]]) -> bytes:
    """A PDF; each card is (what is scanned, what a person reads)."""
    file = io.BytesIO()
    canvas = _canvas(file)
    for (scanned, told), (left, bottom) in zip(cards, corners(canvas, len(cards)), strict=True):
        draw_bars(canvas, scanned, left, bottom)
        write(canvas, scanned, _CHINESE, 16, left, bottom + HEIGHT / 2 + 9 * mm)
        write(canvas, told, _CHINESE, 11, left, bottom + HEIGHT / 2 + 2 * mm)
    canvas.save()
    return file.getvalue()


def badge_card(text: str, name: str, role: str) -> bytes:
    """A PDF with one badge of 70 × 37 mm, its secret as a QR."""
    file = io.BytesIO()
    canvas = _canvas(file)
    ((left, bottom),) = corners(canvas, 1)
    draw_qr(canvas, text, left, bottom, side=_QR_SIDE, level="Q")
    for number, line in enumerate((name, role)):
        canvas.setFont(_CHINESE, 16 - 4 * number)
        canvas.drawString(4 * mm, bottom + HEIGHT / 2 - 6 * mm * number, line)
    canvas.rect(left, bottom, WIDTH, HEIGHT)
    canvas.save()
    return file.getvalue()


def _canvas(file: io.BytesIO) -> Canvas:
    registerFont(UnicodeCIDFont(_CHINESE))
    return Canvas(file, pagesize=A4, invariant=1)
