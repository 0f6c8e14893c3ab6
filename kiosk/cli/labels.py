"""`kiosk labels`: what is printed once and stuck on."""

from pathlib import Path

import click

from kiosk.cli import Invocation
from kiosk.cli.output import emit, json_option, say
from kiosk.config import read_settings
from kiosk.faults import Fault, StationFault
from kiosk.parcels.slots import shelves_of


@click.command()
@click.option("--slots", is_flag=True, required=True, help=say()("Labels for the slots."))
@click.option("--shelf", help=say()("Only this shelf."))
@click.option("--qr", is_flag=True, help=say()("A QR code instead of Code 128."))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("slot-labels.pdf"),
    show_default=True,
    help=say()("The PDF to write."),
)
@json_option
@click.pass_obj
def labels(invocation: Invocation, slots: bool, shelf: str | None, qr: bool, out: Path, as_json: bool) -> None:
    del slots  # the only kind so far
    settings = read_settings(invocation.home.settings)
    shelves = shelves_of(slot.name for slot in settings.slots)
    if shelf is not None and shelf not in shelves:
        raise click.BadParameter(say()("one of {choices}", choices=", ".join(shelves)), param_hint="--shelf")
    try:
        from kiosk.labels.slot_labels import slot_labels
    except ImportError as missing:
        raise StationFault(Fault.NOT_INSTALLED, detail="reportlab") from missing
    addresses = [slot.place.address for slot in settings.slots if shelf in (None, slot.place.address.shelf)]
    try:
        out.write_bytes(slot_labels(addresses, qr=qr))
    except OSError as broken:
        raise StationFault(Fault.UNWRITABLE_FILE, path=out, detail=broken.strerror or "") from broken
    text = say()("{count} labels are in {path}. Print them at 100 %.", count=len(addresses), path=out)
    emit({"labels": len(addresses), "path": str(out)}, text, as_json=as_json)
