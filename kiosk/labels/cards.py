"""Cards that are scanned instead of typing: for words of the desk that need nothing after them, and badges of staff.

Code 128 on sheets of A4, the same size as slot labels. reportlab is loaded here only.
"""

import io
from collections.abc import Sequence

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas

_CHINESE = "STSong-Light"  # one of the PDF standard's Asian fonts: every viewer has it, no file is needed
_WIDTH, _HEIGHT = 70 * mm, 37 * mm
_ACROSS, _DOWN = 3, 8
_MODULE, _BARS = 0.33 * mm, 13 * mm
_WIDEST = 62 * mm
_QR = 32 * mm


def command_cards(cards: Sequence[tuple[str, str]]) -> bytes:
    """A PDF; each card is (what is scanned, what a person reads)."""
    file = io.BytesIO()
    canvas = _canvas(file)
    for number, (scanned, told) in enumerate(cards):
        place = number % (_ACROSS * _DOWN)
        if number and place == 0:
            canvas.showPage()
        left, bottom = place % _ACROSS * _WIDTH, A4[1] - (place // _ACROSS + 1) * _HEIGHT
        bars = Code128(scanned, barWidth=_MODULE, barHeight=_BARS, quiet=False)
        if bars.width > _WIDEST:
            bars = Code128(scanned, barWidth=_MODULE * _WIDEST / bars.width, barHeight=_BARS, quiet=False)
        bars.drawOn(canvas, left + (_WIDTH - bars.width) / 2, bottom + 4 * mm)
        _write(canvas, scanned, 16, left, bottom + _HEIGHT / 2 + 9 * mm)
        _write(canvas, told, 11, left, bottom + _HEIGHT / 2 + 2 * mm)
    canvas.save()
    return file.getvalue()


def _write(canvas: Canvas, text: str, largest: int, left: float, base: float) -> None:
    """In the middle of the card, as large as it fits."""
    size = min(largest, largest * (_WIDTH - 4 * mm) / stringWidth(text, _CHINESE, largest))
    canvas.setFont(_CHINESE, size)
    canvas.drawCentredString(left + _WIDTH / 2, base, text)


def badge_card(text: str, name: str, role: str) -> bytes:
    """A PDF with one badge of 70 × 37 mm, its secret as a QR."""
    file = io.BytesIO()
    canvas = _canvas(file)
    bottom = A4[1] - _HEIGHT
    drawing = Drawing(_QR, _QR)
    drawing.add(QrCodeWidget(text, barWidth=_QR, barHeight=_QR, barLevel="Q"))
    renderPDF.draw(drawing, canvas, _WIDTH - _QR - 2 * mm, bottom + (_HEIGHT - _QR) / 2)
    for number, line in enumerate((name, role)):
        canvas.setFont(_CHINESE, 16 - 4 * number)
        canvas.drawString(4 * mm, bottom + _HEIGHT / 2 - 6 * mm * number, line)
    canvas.rect(0, bottom, _WIDTH, _HEIGHT)
    canvas.save()
    return file.getvalue()


def _canvas(file: io.BytesIO) -> Canvas:
    registerFont(UnicodeCIDFont(_CHINESE))
    return Canvas(file, pagesize=A4, invariant=1)
