"""What a job answered as parts of a page: its words as the desk says them, and its lists as tables that a person can
read on a phone, copy, and make larger. Loaded with the first such page."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from kiosk.counter.answers import StaffAnswer
from kiosk.jobs.keeping.overdue import OverdueList
from kiosk.jobs.keeping.places import PlaceContents
from kiosk.jobs.people.find_person import PeopleFound
from kiosk.jobs.records.look_up import ParcelStory
from kiosk.jobs.records.report import Report
from kiosk.jobs.sheets.awaited import AwaitedList
from kiosk.jobs.sheets.manifests import ManifestList
from kiosk.jobs.sheets.sheet import SheetList, SheetStory
from kiosk.jobs.shelf.listed import ListedParcel
from kiosk.parcels.sheets import SheetKind
from kiosk.text import Say
from kiosk.text.answers.any_answer import words_of
from kiosk.text.answers.lists import parcel_cells
from kiosk.text.answers.parcel import event_line, taken_back
from kiosk.text.courier_names import courier_name
from kiosk.text.files.report_csv import report_days
from kiosk.text.sheet_names import sheet_name


class Link(NamedTuple):
    """`href` is a page or a file of ours."""

    text: str
    href: str


Cell = str | int | Link


class Table(NamedTuple):
    """`heads` as many as a row has cells; the first cell names the row."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Shown(NamedTuple):
    """An answer on a page. `plain`: lines that are no table; `files`: what can be fetched of it."""

    word: str
    mood: str
    lines: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    plain: tuple[str, ...] = ()
    files: tuple[Link, ...] = ()


def link(text: str, page: str, **asked: object) -> Link:
    return Link(text, f"/{page}?{urlencode(asked)}" if asked else f"/{page}")


def shown(say: Say, answer: StaffAnswer) -> Shown:
    """Any answer; those that have no tables of their own show the desk's lines."""
    words = words_of(say, answer)
    more = _MORE.get(type(answer))
    if more is None:
        return Shown(words.word, words.mood, words.lines, plain=words.table)
    return Shown(words.word, words.mood, words.lines)._replace(**more(say, answer))


def _parcels(say: Say, parcels: tuple[ListedParcel, ...]) -> tuple[Table, ...]:
    heads = (say("Waybill"), say("Courier"), say("Slot"), say("Code"), say("Days"), say("Else"))
    rows = []
    for one in parcels:
        slot, code, courier, waybill, _, told = parcel_cells(say, one)
        rows.append((link(waybill, "parcel", number=waybill), courier, slot, code, one.days, told))
    return (Table(say("Parcels"), heads, tuple(rows)),) if rows else ()


def _listed(say: Say, answer: OverdueList | PlaceContents) -> dict[str, object]:
    return {"tables": _parcels(say, answer.parcels)}


def _people(say: Say, answer: PeopleFound) -> dict[str, object]:
    head, *_ = words_of(say, answer).lines  # what follows is for the keys of the desk
    groups = [*answer.by_person(), *([answer.perhaps] if answer.perhaps else [])]
    names = [f"{say('PERSON')} {n}" for n, _ in enumerate(answer.people, 1)]
    names.append(say("Perhaps theirs, for only the last 4 digits are known:"))
    named = zip(names, groups, strict=False)
    return {
        "lines": (head,),
        "tables": tuple(t._replace(caption=name) for name, one in named for t in _parcels(say, one)),
    }


def _sheet(say: Say, answer: SheetStory) -> dict[str, object]:
    files = [link(say("Slip to be signed (text)"), "slip.txt", number=answer.sheet)]
    if answer.kind is SheetKind.TRANSFER:
        files.append(link(say("Manifest for the other place (CSV)"), "transfer.csv", number=answer.sheet))
    return {"tables": _parcels(say, answer.parcels), "files": tuple(files)}


def _sheets(say: Say, answer: SheetList) -> dict[str, object]:
    heads = (say("Sheet"), say("Opened"), say("Scanned"), say("Expected"), say("State"))
    rows = tuple(
        (
            link(sheet_name(say, one.kind, one.sheet, one.party), "sheet", number=one.sheet),
            f"{one.opened_at:%Y-%m-%d %H:%M}", one.scanned, "-" if one.expected is None else one.expected,
            say("closed") if one.closed_at else say("open"),
        )
        for one in answer.sheets
    )  # fmt: skip
    return {"tables": (Table(say("Sheets"), heads, rows),) if rows else ()}


def _story(say: Say, answer: ParcelStory) -> dict[str, object]:
    files = [link(say("Label (picture)"), "label.png", number=answer.waybill)] if answer.code and answer.slot else []
    undone = taken_back(answer.history)
    rows = tuple(event_line(say, event, is_undone=event.seq in undone) for event in answer.history)
    first, *facts = words_of(say, answer).lines
    key = say("F5 hands it over.")  # at the desk; here the browser's own F5 would do something else
    own = tuple(line for line in facts if line not in (*rows, key))
    return {"lines": (first, *own), "plain": rows, "files": tuple(files)}


def _report(say: Say, answer: Report) -> dict[str, object]:
    couriers = tuple(
        (courier_name(say, name), day.checked_in, day.picked_up, day.delivered, day.returned, day.transferred,
         day.in_custody, day.awaited)
        for name, day in answer.couriers.items()
    )  # fmt: skip
    heads = (
        say("Courier"),
        say("in"),
        say("out"),
        say("home"),
        say("back"),
        say("sent on"),
        say("here"),
        say("to come"),
    )
    by_hour = zip(answer.hours_in, answer.hours_out, strict=True)
    hours = tuple((f"{hour:02d}:00", came, went) for hour, (came, went) in enumerate(by_hour) if came or went)
    tables = (
        Table(say("Couriers"), heads, couriers),
        *_clerks_and_days(say, answer),
        Table(say("By the hour"), (say("Hour"), say("in"), say("out")), hours),
    )
    files = (link(say("Figures for a spreadsheet (CSV)"), "report.csv", day=report_days(answer)),)
    return {"tables": tuple(table for table in tables if table.rows), "files": files}


def _clerks_and_days(say: Say, answer: Report) -> tuple[Table, ...]:
    clerks = tuple(
        (one.who, one.checked_in, one.put_away, one.handed_over, one.delivered, one.returned) for one in answer.clerks
    )
    heads = (say("Staff"), say("in"), say("shelved"), say("out"), say("home"), say("back"))
    days = tuple((f"{one.day:%Y-%m-%d}", one.checked_in, one.picked_up) for one in answer.days)
    of_days = (say("Day"), say("in"), say("out"))
    return Table(say("By staff number"), heads, clerks), Table(say("By day"), of_days, days)


def _awaited(say: Say, answer: AwaitedList) -> dict[str, object]:
    heads = (say("Waybill"), say("Courier"), say("Announced"), say("Days"))
    rows = tuple(
        (
            link(one.waybill, "parcel", number=one.waybill), courier_name(say, one.courier),
            f"{one.announced_at:%Y-%m-%d %H:%M}", one.days,
        )
        for one in answer.parcels
    )  # fmt: skip
    return {"tables": (Table(say("Announced and not arrived"), heads, rows),) if rows else ()}


def _manifests(say: Say, answer: ManifestList) -> dict[str, object]:
    heads = (
        say("Manifest"),
        say("Announced"),
        say("Parcels"),
        say("Came"),
        say("To come"),
        say("Taken back"),
        say("File"),
    )
    rows = tuple(
        (one.manifest, f"{one.at:%Y-%m-%d %H:%M}", one.named, one.came, one.missing, one.withdrawn, one.file)
        for one in answer.manifests
    )
    return {"tables": (Table(say("Manifests"), heads, rows),) if rows else ()}


_MORE: Mapping[type, Callable[[Say, Any], dict[str, Any]]] = {
    AwaitedList: _awaited,
    ManifestList: _manifests,
    OverdueList: _listed,
    PeopleFound: _people,
    ParcelStory: _story,
    PlaceContents: _listed,
    Report: _report,
    SheetList: _sheets,
    SheetStory: _sheet,
}
