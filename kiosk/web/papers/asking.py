"""What the pages and files of a station ask of it. Reading lights nothing. Loaded with the first such page."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from kiosk.counter.answers import StaffAnswer
from kiosk.counter.arguments import report_of, sheets_of
from kiosk.counter.manifest_words import awaited_at_desk
from kiosk.counter.person import phone_and_fact
from kiosk.faults import Fault, StationFault
from kiosk.jobs.keeping.overdue import list_overdue
from kiosk.jobs.keeping.places import look_into
from kiosk.jobs.people.find_person import find_person
from kiosk.jobs.records.look_up import tell_parcel
from kiosk.jobs.records.report import Report
from kiosk.jobs.sheets.manifests import list_manifests
from kiosk.jobs.sheets.sheet import tell_sheet
from kiosk.jobs.sheets.transfer import transfer_manifest
from kiosk.jobs.station import Station
from kiosk.labels.pickup_label import label_png
from kiosk.labels.printing import label_text
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import recognise
from kiosk.parcels.slots import shelves_of
from kiosk.text import Say
from kiosk.text.courier_names import courier_name
from kiosk.text.desk.cards import card_texts
from kiosk.text.files.report_csv import report_csv, report_days
from kiosk.text.slips import slip_text


class File(NamedTuple):
    name: str
    kind: str  # MIME type
    data: bytes


Asked = Mapping[str, str]
ANSWERS: Mapping[str, Callable[[Station, Asked], StaffAnswer]] = {
    "announced": lambda station, asked: list_manifests(station),
    "expected": lambda station, asked: awaited_at_desk(station, asked.get("courier", "")),
    "overdue": lambda station, asked: list_overdue(station),
    "parcel": lambda station, asked: tell_parcel(station, recognise(asked.get("number", ""))),
    "place": lambda station, asked: look_into(station, asked.get("place", ""), lit=False),
    "report": lambda station, asked: report_of(station, asked.get("day", "")),
    "sheet": lambda station, asked: tell_sheet(station, _number(asked)),
    "sheets": lambda station, asked: sheets_of(station, asked.get("which", "")),
}


def number_of(station: Station, text: str) -> str:
    """Of the parcel that a number or a code means; empty where there is none."""
    answer = tell_parcel(station, recognise(text))
    return "" if isinstance(answer, Refused) else answer.waybill


def look_for(station: Station, text: str) -> StaffAnswer:
    """Whose phone it is, or ends so; that look is on record, as at the desk. Else what there is to say of it."""
    phone, fact, read = phone_and_fact(text)
    if phone is None:
        return tell_parcel(station, recognise(text))
    return find_person(station, phone, fact, "" if phone.number else read, lit=False)


def _number(asked: Asked) -> int:
    number = asked.get("number", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0


def _report(station: Station, asked: Asked, say: Say) -> File | Refused:
    answer = report_of(station, asked.get("day", ""))
    if not isinstance(answer, Report):
        return answer if isinstance(answer, Refused) else Refused(Problem.BAD_DATE)
    return File(
        f"report-{report_days(answer)}.csv", "text/csv", report_csv(answer).encode("utf-8-sig")
    )  # as Excel needs it


def _slip(station: Station, asked: Asked, say: Say) -> File | Refused:
    story = tell_sheet(station, _number(asked))
    if isinstance(story, Refused):
        return story
    return File(f"slip-{story.sheet}.txt", "text/plain", slip_text(say, station.settings.name, story).encode())


def _transfer(station: Station, asked: Asked, say: Say) -> File | Refused:
    text = transfer_manifest(station, _number(asked))
    return text if isinstance(text, Refused) else File(f"transfer-{_number(asked)}.csv", "text/csv", text.encode())


def _label(station: Station, asked: Asked, say: Say) -> File | Refused:
    story = tell_parcel(station, recognise(asked.get("number", "")))
    if isinstance(story, Refused):
        return story
    if story.code is None:
        return Refused(Problem.NOT_SHELVED, waybill=story.waybill)
    text = label_text(station, story, lambda courier: courier_name(say, courier))
    return File(f"label-{story.code}.png", "image/png", label_png(text))


def _slots(station: Station, asked: Asked, say: Say) -> File | Refused:
    from kiosk.labels.slot_labels import slot_labels  # ReportLab, 80 ms

    shelf = asked.get("shelf", "")
    if shelf and shelf not in shelves_of(slot.name for slot in station.settings.slots):
        return Refused(Problem.NO_SUCH_PLACE)
    addresses = [slot.place.address for slot in station.settings.slots if shelf in ("", slot.place.address.shelf)]
    return File("slot-labels.pdf", "application/pdf", slot_labels(addresses, qr=asked.get("qr") == "yes"))


def _cards(station: Station, asked: Asked, say: Say) -> File | Refused:
    from kiosk.labels.cards import command_cards  # ReportLab

    return File("command-cards.pdf", "application/pdf", command_cards(card_texts(say)))


_FILES: Mapping[str, Callable[[Station, Asked, Say], File | Refused]] = {
    "cards.pdf": _cards,
    "label.png": _label,
    "report.csv": _report,
    "slip.txt": _slip,
    "slot-labels.pdf": _slots,
    "transfer.csv": _transfer,
}
FILES = tuple(_FILES)


def file_of(name: str, station: Station, asked: Asked, say: Say) -> File | Refused:
    """Raises StationFault(NOT_INSTALLED) where the extra for labels is missing."""
    try:
        return _FILES[name](station, asked, say)
    except ImportError as missing:
        raise StationFault(Fault.NOT_INSTALLED, detail="station-kiosk[labels]") from missing
