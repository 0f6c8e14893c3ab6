"""Labels for the slots: their name in large type and as a code that every scanner reads, on sheets of A4.

Three by eight labels of 70 × 37 mm, the size of common label sheets without margins. reportlab is loaded here only.
"""

import io
from collections.abc import Sequence

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from kiosk.parcels.scans import slot_label
from kiosk.parcels.slots import SlotAddress

_ACROSS, _DOWN = 3, 8
_WIDTH, _HEIGHT = 70 * mm, 37 * mm
_MODULE = 0.33 * mm  # the thinnest bar: 13 mil, which any hand scanner reads
_BAR_HEIGHT = 13 * mm
_LONGEST_BARS = 62 * mm  # leaves a quiet zone on both sides
_QR_SIDE = 29 * mm  # with its quiet zone
_FONT, _LARGE = "Helvetica-Bold", 34


def slot_labels(slots: Sequence[SlotAddress], *, qr: bool) -> bytes:
    """A PDF with one label for each slot, in the order given, left to right and down; `qr` instead of Code 128."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for number, slot in enumerate(slots):
        place = number % (_ACROSS * _DOWN)
        if number and place == 0:
            canvas.showPage()
        left = place % _ACROSS * _WIDTH
        bottom = A4[1] - (place // _ACROSS + 1) * _HEIGHT
        _draw(canvas, slot, left, bottom, qr=qr)
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, slot: SlotAddress, left: float, bottom: float, *, qr: bool) -> None:
    middle = bottom + _HEIGHT / 2
    if qr:
        drawing = Drawing(_QR_SIDE, _QR_SIDE)
        drawing.add(QrCodeWidget(slot_label(slot), barWidth=_QR_SIDE, barHeight=_QR_SIDE, barLevel="M"))
        renderPDF.draw(drawing, canvas, left + _WIDTH - _QR_SIDE - 2 * mm, middle - _QR_SIDE / 2)
        _write(canvas, str(slot), left, middle - _LARGE / 3, _WIDTH - _QR_SIDE - 2 * mm)
        return
    bars = Code128(slot_label(slot), barWidth=_MODULE, barHeight=_BAR_HEIGHT, quiet=False)
    if bars.width > _LONGEST_BARS:  # long names get thinner bars rather than a clipped code
        thinner = _MODULE * _LONGEST_BARS / bars.width
        bars = Code128(slot_label(slot), barWidth=thinner, barHeight=_BAR_HEIGHT, quiet=False)
    bars.drawOn(canvas, left + (_WIDTH - bars.width) / 2, bottom + 4 * mm)
    _write(canvas, str(slot), left, middle + 2 * mm, _WIDTH)


def _write(canvas: Canvas, text: str, left: float, base: float, width: float) -> None:
    """As large as it fits, in the middle of `width`."""
    size = min(_LARGE, _LARGE * (width - 4 * mm) / stringWidth(text, _FONT, _LARGE))
    canvas.setFont(_FONT, size)
    canvas.drawCentredString(left + width / 2, base, text)
