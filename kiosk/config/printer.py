"""Where pickup labels go: `[printer]` of station.toml."""

from typing import NamedTuple

from kiosk.config.table import PATH, Table


class PrinterSettings(NamedTuple):
    """Where a pickup label goes at check-in: `output` none, png (files in `folder`) or escpos (bytes to `device`).

    `qr`: "command" where the receipt printer makes it, "raster" where it prints it as a picture.
    `phone_tail`: whether the last 4 digits of the consignee's phone stand on it.
    """

    output: str
    folder: str
    device: str
    qr: str
    phone_tail: bool


def read_printer(table: Table) -> PrinterSettings:
    """Raises StationFault(BAD_SETTINGS)."""
    return PrinterSettings(
        output=table.choice("output", "none", ("none", "png", "escpos")),
        folder=table.text("folder", "labels", form=PATH, example="labels"),
        device=table.text("device", "/dev/usb/lp0", form=PATH, example="/dev/usb/lp0"),
        qr=table.choice("qr", "command", ("command", "raster")),
        phone_tail=table.flag("phone_tail", False),
    )
