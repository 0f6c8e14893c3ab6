"""Labels for the slots: their name in large type and as a code that every scanner reads, on sheets of A4."""

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kiosk.labels.label_sheet import HEIGHT, WIDTH, corners, draw_bars, draw_qr, write
from kiosk.parcels.qr_texts import slot_label
from kiosk.parcels.slots import SlotAddress

_QR_SIDE = 29 * mm  # with its quiet zone
_FONT, _LARGE = "Helvetica-Bold", 34


def slot_labels(slots: Sequence[SlotAddress], *, qr: bool) -> bytes:
    """A PDF with one label for each slot, in the order given, left to right and down; `qr` instead of Code 128."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for slot, (left, bottom) in zip(slots, corners(canvas, len(slots)), strict=True):
        _draw(canvas, slot, left, bottom, qr=qr)
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, slot: SlotAddress, left: float, bottom: float, *, qr: bool) -> None:
    middle = bottom + HEIGHT / 2
    if qr:
        draw_qr(canvas, slot_label(slot), left, bottom, side=_QR_SIDE, level="M")
        write(canvas, str(slot), _FONT, _LARGE, left, middle - _LARGE / 3, WIDTH - _QR_SIDE - 2 * mm)
        return
    draw_bars(canvas, slot_label(slot), left, bottom)
    write(canvas, str(slot), _FONT, _LARGE, left, middle + 2 * mm)
