"""What follows a word at the staff desk, read for the job that needs it."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from kiosk.counter.answers import Mode, PlaceLeft, StaffAnswer
from kiosk.counter.brands import brand_said
from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.handing_over.passes import issue_pass
from kiosk.jobs.keeping.hold import found_again
from kiosk.jobs.keeping.overdue import list_overdue
from kiosk.jobs.keeping.picture import PictureBy, picture
from kiosk.jobs.keeping.places import close_place, free_places
from kiosk.jobs.records.history import tell_history
from kiosk.jobs.records.report import report
from kiosk.jobs.records.undo import undo
from kiosk.jobs.sheets.batch import open_batch
from kiosk.jobs.sheets.cycle_count import CountStory, close_count, tell_count
from kiosk.jobs.sheets.home_round import list_round, open_round
from kiosk.jobs.sheets.returns import open_return
from kiosk.jobs.sheets.sheet import SheetClosed, close_sheet, list_sheets, tell_sheet
from kiosk.jobs.shelf.room_for import no_room
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.amend import amend
from kiosk.jobs.taking_in.last_parcel import put_away_last, told_of, with_last_parcel
from kiosk.jobs.taking_in.put_away import put_away
from kiosk.parcels.couriers import read_courier
from kiosk.parcels.emails import read_email
from kiosk.parcels.meanings import CodeScan, WaybillScan
from kiosk.parcels.money import read_yuan
from kiosk.parcels.particulars import NOTHING_SAID, Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.report_days import read_span
from kiosk.parcels.scans import Scan, recognise
from kiosk.parcels.sheets import SheetKind
from kiosk.parcels.size_words import read_size

PASS_HOURS = 48
_COUNT = re.compile(r"(?<![0-9])[0-9]{1,5}$")  # parcels, as the driver's list says


class AtHand(NamedTuple):
    """What a clerk is at: the particulars for the next item, the parcel shown last (its number), the open sheet,
    what each scan does, and the slot or level where what is scanned goes.

    `may_be_back`: the number of which was asked just now whether its parcel, which has left, is back, or whether it
    is a waybill at all; `people`: the parcels (row ids) of those who were found, by person.

    `of_this`: what is said of the very item that is scanned now. `undecided`: whether a phone is the next one's has
    been asked, and nothing comes in before that is answered.
    """

    said: Particulars = NOTHING_SAID
    parcel: str | None = None
    sheet: int | None = None
    kind: SheetKind | None = None
    mode: Mode | None = None
    place: str | None = None
    may_be_back: str | None = None
    people: tuple[tuple[int, ...], ...] = ()
    of_this: Particulars = NOTHING_SAID
    undecided: bool = False


Does = Callable[[Station, AtHand, str], StaffAnswer]
OfParcel = Callable[[Station, Scan, str], StaffAnswer]  # the parcel at hand, then the argument


def begin_batch(station: Station, argument: str) -> StaffAnswer:
    """`SF 120`, `120`, `SF`, or nothing for a mixed batch of unknown size."""
    brand, expected = argument.strip(), None
    if read_courier(brand) is None and (counted := _COUNT.search(brand)):  # `S10` is a brand
        brand, expected = brand[: counted.start()].strip(), int(counted[0])
    courier = brand_said(station, brand) if brand else None
    return courier if isinstance(courier, Refused) else open_batch(station, courier, expected)


def begin_return(station: Station, argument: str) -> StaffAnswer:
    courier = brand_said(station, argument, may_be_new=False)
    return courier if isinstance(courier, Refused) else open_return(station, courier)


def show_sheet(station: Station, at_hand: AtHand, argument: str) -> StaffAnswer:
    number = int(argument) if argument.isascii() and argument.isdecimal() and len(argument) < 10 else at_hand.sheet
    if number is None:
        return Refused(Problem.NO_SUCH_SHEET)
    is_count = at_hand.kind is SheetKind.COUNT and number == at_hand.sheet
    return tell_count(station, number) if is_count else tell_sheet(station, number)


def close_at_hand(station: Station, at_hand: AtHand, note: str) -> StaffAnswer:
    """With the sheet, or without one, the parcel taken in last is done with."""
    if at_hand.sheet is None:
        last = put_away_last(station)
        return PlaceLeft(at_hand.place, told_of(last)) if at_hand.place else last or Refused(Problem.NO_SUCH_SHEET)
    sheet, is_count = at_hand.sheet, at_hand.kind is SheetKind.COUNT

    def close(whole: Station) -> CountStory | SheetClosed | Refused:
        return close_count(whole, sheet, note or None) if is_count else close_sheet(whole, sheet, note or None)

    closed, last = with_last_parcel(station, close)
    return closed if isinstance(closed, Refused) else replace(closed, confirmed=told_of(last))


def amount_of(column: str) -> OfParcel:
    def set_amount(station: Station, parcel: Scan, argument: str) -> StaffAnswer:
        fen = read_yuan(argument)
        if fen is None:
            return Refused(Problem.BAD_AMOUNT)
        return amend(station, parcel, replace(Particulars(), **{column: fen}))  # type: ignore[arg-type]

    return set_amount


def set_phone(station: Station, parcel: Scan, argument: str) -> StaffAnswer:
    phone = read_phone(argument)
    return amend(station, parcel, Particulars(phone=phone)) if phone else Refused(Problem.BAD_PHONE)


def set_email(station: Station, parcel: Scan, argument: str) -> StaffAnswer:
    email = read_email(argument)
    return amend(station, parcel, Particulars(email=email)) if email else Refused(Problem.BAD_EMAIL)


def set_courier(station: Station, parcel: Scan, argument: str) -> StaffAnswer:
    courier = brand_said(station, argument)
    return courier if isinstance(courier, Refused) else amend(station, parcel, Particulars(courier=courier))


def set_size(station: Station, parcel: Scan, argument: str) -> StaffAnswer:
    size = read_size(argument)
    return amend(station, parcel, Particulars(size=size)) if size else Refused(Problem.NO_SUCH_SIZE)


def set_second_waybill(station: Station, parcel: Scan, argument: str) -> StaffAnswer:
    waybill = recognise(argument).waybill
    if isinstance(waybill, Problem):
        return Refused(waybill)
    return amend(station, parcel, Particulars(second_waybill=waybill.number))


def free_for(station: Station, argument: str) -> StaffAnswer:
    size = read_size(argument or "S")
    if size is None:
        return Refused(Problem.NO_SUCH_SIZE)
    free, refused = free_places(station, size), no_room(station, size)
    return free if refused.problem is Problem.NO_ROOM else refused


def close_for(station: Station, argument: str) -> StaffAnswer:
    place, _, reason = argument.partition(" ")
    return close_place(station, place, reason.strip() or "-")


def report_of(station: Station, argument: str) -> StaffAnswer:
    span = read_span(argument, station.local(station.stamp()).date())
    return report(station, *span) if span else Refused(Problem.BAD_DATE)


def proxy_pass(station: Station, parcel: Scan, argument: str) -> StaffAnswer:
    """`48 3-2-0147 Wang Fang`: valid for so many hours, for the parcel at hand and those named, for this person."""
    hours, _, rest = argument.partition(" ")
    if hours[:1] in ("-", "+") and hours[1:2].isdecimal():
        return Refused(Problem.BAD_NUMBER)
    if not hours.isdecimal():
        hours, rest = "", argument
    if hours and not (hours.isascii() and len(hours) < 4 and int(hours)):
        return Refused(Problem.BAD_NUMBER)
    others = list(takewhile(lambda word: any(map(str.isdigit, word)), rest.split()))
    bearer = " ".join(rest.split()[len(others) :])
    return issue_pass(station, [parcel, *map(recognise, others)], int(hours or PASS_HOURS), bearer)


def sheets_of(station: Station, which: str) -> StaffAnswer:
    return list_sheets(station, only_open=which != "all")


def move_to(station: Station, parcel: Scan, slot: str) -> StaffAnswer:
    return put_away(station, parcel, recognise(slot))


def turned_up(station: Station, parcel: Scan, slot: str) -> StaffAnswer:
    return found_again(station, parcel, recognise(slot) if slot else None)


def names_parcel(text: str) -> bool:
    """Whether it is a waybill or a pickup code, and no word of somebody's own."""
    return isinstance(recognise(text).means, WaybillScan | CodeScan)


def hand_over(station: Station, parcel: Scan, proxy: str) -> StaffAnswer:
    """`out` hands the parcel over, `out Wang` to somebody else; `out 3-2-0147` is about the one that is named."""
    if names_parcel(proxy):
        return check_out(station, recognise(proxy), at_counter=True)
    return check_out(station, parcel, at_counter=True, proxy=proxy or None)


def begin_round(station: Station, name: str) -> StaffAnswer:
    return open_round(station, name or "-")


def walk_overdue(station: Station, place: str) -> StaffAnswer:
    return list_overdue(station, place or None, lit=True)


def walk_homes(station: Station, _: str) -> StaffAnswer:
    return list_round(station, lit=True)


def history_of(station: Station, at_hand: AtHand, text: str) -> StaffAnswer:
    return tell_history(station, recognise(text or at_hand.parcel or ""))


def map_by(station: Station, by: str) -> StaffAnswer:
    return picture(station, PictureBy(by) if by in set(PictureBy) else PictureBy.FILL)


def undo_last(station: Station, reason: str) -> StaffAnswer:
    return undo(station, reason or None)
