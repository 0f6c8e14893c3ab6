"""`kiosk labels`: what is printed and stuck on, or scanned from a card."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import accepted, emit, json_option, opened_station, say
from kiosk.config import read_settings
from kiosk.faults import Fault, StationFault
from kiosk.jobs.handing_over.notices import make_notice
from kiosk.jobs.records.look_up import tell_parcel
from kiosk.jobs.staff.register import list_staff, make_badge
from kiosk.labels.pickup_label import label_png
from kiosk.labels.printing import label_text
from kiosk.labels.qr_picture import qr_png, qr_svg
from kiosk.labels.receipt import label_escpos
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.parcels.slots import shelves_of
from kiosk.text.courier_names import named_in


class _Print(NamedTuple):
    """How many labels, where they go unless said otherwise, and what makes the file (loaded only then)."""

    labels: int
    file: str
    make: Callable[[], bytes]


@click.command()
@click.option("--slots", is_flag=True, help=say()("Labels for the slots (PDF)."))
@click.option("--cards", is_flag=True, help=say()("Cards to scan instead of typing a word of the desk (PDF)."))
@click.option("--badge", metavar="NUMBER", help=say()("A new badge for a colleague (PDF); the old one is void."))
@click.option("--pickup", metavar="CODE|WAYBILL", help=say()("The label of a parcel (PNG)."))
@click.option("--notice", metavar="CODE|WAYBILL", help=say()("Its notice as QR (PNG, or SVG as --out is named)."))
@click.option("--escpos", is_flag=True, help=say()("With --pickup: the bytes of a receipt printer."))
@click.option("--shelf", help=say()("With --slots: only this shelf."))
@click.option("--qr", is_flag=True, help=say()("With --slots: a QR code instead of Code 128."))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help=say()("The file to write."))
@json_option
@click.pass_obj
def labels(
    invocation: Invocation,
    slots: bool,
    cards: bool,
    badge: str | None,
    pickup: str | None,
    notice: str | None,
    escpos: bool,
    shelf: str | None,
    qr: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    if [slots, cards, badge is not None, pickup is not None, notice is not None].count(True) != 1:
        raise click.UsageError(say()("Give one of --slots, --cards, --badge, --pickup, --notice."))
    if slots:
        wanted = _slots(invocation, shelf, qr)
    elif cards:
        wanted = _cards()
    elif badge is not None:
        wanted = _badge(invocation, badge, as_json)
    elif notice is not None:
        wanted = _notice(invocation, notice, out, as_json)
    else:
        wanted = _pickup(invocation, pickup or "", escpos, as_json)
    _write(wanted, out or Path(wanted.file), as_json)


def _slots(invocation: Invocation, shelf: str | None, qr: bool) -> _Print:
    settings = read_settings(invocation.home.settings)
    shelves = shelves_of(slot.name for slot in settings.slots)
    if shelf is not None and shelf not in shelves:
        raise click.BadParameter(say()("one of {choices}", choices=", ".join(shelves)), param_hint="--shelf")
    addresses = [slot.place.address for slot in settings.slots if shelf in (None, slot.place.address.shelf)]

    def make() -> bytes:
        from kiosk.labels.slot_labels import slot_labels  # ReportLab, 80 ms: not for a parcel's label

        return slot_labels(addresses, qr=qr)

    return _Print(len(addresses), "slot-labels.pdf", make)


def _cards() -> _Print:
    from kiosk.text.desk.cards import card_texts  # 30 ms, with all jobs

    texts = card_texts(say())

    def make() -> bytes:
        from kiosk.labels.cards import command_cards

        return command_cards(texts)

    return _Print(len(texts), "command-cards.pdf", make)


def _badge(invocation: Invocation, number: str, as_json: bool) -> _Print:
    from kiosk.text.answers.parcel import role_name  # 30 ms, with all jobs

    with opened_station(invocation) as station:
        made = accepted(make_badge(station, number), as_json=as_json)
        role = next(Role(one.role) for one in list_staff(station) if one.number == number)

    def make() -> bytes:
        from kiosk.labels.cards import badge_card

        return badge_card(made.text, made.name, role_name(say(), role))

    return _Print(1, "badge.pdf", make)


def _pickup(invocation: Invocation, text: str, escpos: bool, as_json: bool) -> _Print:
    with opened_station(invocation) as station:
        story = accepted(tell_parcel(station, recognise(text)), as_json=as_json)
        label = label_text(station, story, named_in(station.settings.screen.language))
        raster = station.settings.printer.qr == "raster"
    if escpos:
        return _Print(1, "pickup-label.bin", lambda: label_escpos(label, raster=raster))
    return _Print(1, "pickup-label.png", lambda: label_png(label))


def _notice(invocation: Invocation, text: str, out: Path | None, as_json: bool) -> _Print:
    with opened_station(invocation) as station:
        notice = accepted(make_notice(station, recognise(text)), as_json=as_json)
    draw = qr_svg if out and out.suffix == ".svg" else qr_png
    return _Print(1, "notice.png", lambda: draw(notice.text))


def _write(wanted: _Print, out: Path, as_json: bool) -> None:
    try:
        data = wanted.make()
    except ImportError as missing:
        raise StationFault(Fault.NOT_INSTALLED, detail="station-kiosk[labels]") from missing
    try:
        out.write_bytes(data)
    except OSError as broken:
        raise StationFault(Fault.UNWRITABLE_FILE, path=out, detail=broken.strerror or "") from broken
    text = say()(
        "{count} label is in {path}. Print it at 100 %.",
        "{count} labels are in {path}. Print them at 100 %.",
        count=wanted.labels,
        path=out,
    )
    emit({"labels": wanted.labels, "path": str(out)}, text, as_json=as_json)
