"""Printing the pickup label of a parcel: into a folder as a picture, or to a receipt printer."""

import logging
import os
import select
from collections.abc import Callable

from kiosk.jobs.records.look_up import ParcelStory, tell_parcel
from kiosk.jobs.station import Station
from kiosk.labels.pickup_label import LabelText, label_png
from kiosk.labels.receipt import label_escpos
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import recognise

PATIENCE_S = 2.0  # the desk waits so long for its printer
log = logging.getLogger("kiosk.labels")


def print_pickup_label(station: Station, waybill: str, named: Callable[[str], str] = str) -> Refused | None:
    """Print what [printer] says; None when that is done, or nothing is to be printed. `named`: what couriers are
    called on it."""
    printer = station.settings.printer
    if printer.output == "none":
        return None
    story = tell_parcel(station, recognise(waybill))
    if isinstance(story, Refused):
        return story
    if story.code is None:
        return Refused(Problem.NOT_SHELVED, waybill=waybill)
    text = label_text(station, story, named)
    try:
        if printer.output == "png":
            folder = station.home.folder / printer.folder
            folder.mkdir(mode=0o750, exist_ok=True)
            (folder / f"{story.code}.png").write_bytes(label_png(text))
        else:
            send(printer.device, label_escpos(text, raster=printer.qr == "raster"))
    except (OSError, ImportError) as broken:
        log.error("the label of %s is not printed: %s", waybill, broken)
        return Refused(Problem.NO_PRINTER, slot=story.slot, waybill=waybill)
    return None


def send(device: str, data: bytes) -> None:
    """Bytes to a printer. One that is off takes nothing, for ever: raises OSError after PATIENCE_S."""
    descriptor = os.open(device, os.O_WRONLY | os.O_NONBLOCK)
    try:
        while data:
            if not select.select([], [descriptor], [], PATIENCE_S)[1]:
                raise TimeoutError(f"{device} takes no data")
            data = data[os.write(descriptor, data) :]
    finally:
        os.close(descriptor)


def label_text(station: Station, story: ParcelStory, named: Callable[[str], str] = str) -> LabelText:
    """What stands on the label of a parcel that has a code."""
    came = f"{story.checked_in_at:%m-%d %H:%M}" if story.checked_in_at else ""
    settings = station.settings
    code, slot = story.code or "", story.slot or ""
    courier = named(story.courier)
    tail = (story.phone or "")[-4:] if settings.printer.phone_tail else ""
    return LabelText(settings.name, settings.number, code, slot, courier, story.waybill, came, story.courier, tail)
