"""Labels on sheets of A4: three by eight of 70 × 37 mm, the size of common label sheets without margins.

reportlab is loaded by the modules of this folder that make PDFs, and nowhere else.
"""

from collections.abc import Iterator

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 70 * mm, 37 * mm
_ACROSS, _DOWN = 3, 8
_MODULE = 0.33 * mm  # the thinnest bar: 13 mil, which any hand scanner reads
_BAR_HEIGHT = 13 * mm
_LONGEST_BARS = 62 * mm  # leaves a quiet zone on both sides


def corners(canvas: Canvas, count: int) -> Iterator[tuple[float, float]]:
    """Left and bottom of each label, left to right and down; a new page where one is full."""
    for number in range(count):
        place = number % (_ACROSS * _DOWN)
        if number and place == 0:
            canvas.showPage()
        yield place % _ACROSS * WIDTH, A4[1] - (place // _ACROSS + 1) * HEIGHT


def draw_bars(canvas: Canvas, text: str, left: float, bottom: float) -> None:
    """Code 128 at the foot of a label; long texts get thinner bars rather than a clipped code."""
    bars = Code128(text, barWidth=_MODULE, barHeight=_BAR_HEIGHT, quiet=False)
    if bars.width > _LONGEST_BARS:
        bars = Code128(text, barWidth=_MODULE * _LONGEST_BARS / bars.width, barHeight=_BAR_HEIGHT, quiet=False)
    bars.drawOn(canvas, left + (WIDTH - bars.width) / 2, bottom + 4 * mm)


def draw_qr(canvas: Canvas, text: str, left: float, bottom: float, *, side: float, level: str) -> None:
    """A QR at the right of a label, `side` with its quiet zone."""
    drawing = Drawing(side, side)
    drawing.add(QrCodeWidget(text, barWidth=side, barHeight=side, barLevel=level))
    renderPDF.draw(drawing, canvas, left + WIDTH - side - 2 * mm, bottom + (HEIGHT - side) / 2)


def write(canvas: Canvas, text: str, font: str, largest: float, left: float, base: float, width: float = WIDTH) -> None:
    """As large as it fits, in the middle of `width`."""
    size = min(largest, largest * (width - 4 * mm) / stringWidth(text, font, largest))
    canvas.setFont(font, size)
    canvas.drawCentredString(left + width / 2, base, text)
