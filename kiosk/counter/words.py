"""The words of the staff desk: typed, or scanned from a command card, each does one job.

A word may be about the parcel at hand (the one shown last) or the sheet at hand (the open batch, manifest, round or
count). What follows the word is its argument.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from kiosk.counter.answers import StaffAnswer
from kiosk.counter.arguments import (
    AtHand,
    Does,
    OfParcel,
    amount_of,
    begin_batch,
    begin_return,
    begin_round,
    close_at_hand,
    close_for,
    free_for,
    history_of,
    map_by,
    move_to,
    names_parcel,
    proxy_pass,
    report_of,
    set_courier,
    set_email,
    set_phone,
    set_second_waybill,
    set_size,
    sheets_of,
    show_sheet,
    turned_up,
    undo_last,
    walk_homes,
    walk_overdue,
)
from kiosk.counter.manifest_words import (
    announce_at_desk,
    awaited_at_desk,
    chase_at_desk,
    remind_at_desk,
    withdraw_at_desk,
)
from kiosk.counter.modes import begin_mode, ending_mode, one_or_each
from kiosk.counter.person import find, hand_all, to_people_first
from kiosk.counter.taking_in import take_in, take_in_doubted, take_in_named
from kiosk.jobs.handing_over.ask_delivery import request_delivery, withdraw_delivery
from kiosk.jobs.handing_over.notices import make_notice
from kiosk.jobs.keeping.hold import cancel_return, mark_missing, release, write_off
from kiosk.jobs.keeping.places import look_into, reopen_place
from kiosk.jobs.money.settle import pay, waive
from kiosk.jobs.people.reveal import reveal
from kiosk.jobs.records.undo import undo_check_out
from kiosk.jobs.sheets.cycle_count import open_count
from kiosk.jobs.sheets.home_round import fail_delivery
from kiosk.jobs.sheets.manifests import list_manifests
from kiosk.jobs.sheets.sheet import take_off
from kiosk.jobs.sheets.transfer import open_transfer
from kiosk.jobs.staff.leave import leave
from kiosk.jobs.staff.pauses import lift_pauses, list_pauses
from kiosk.jobs.station import Station
from kiosk.parcels.kinds import Kind
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan, recognise, unframed
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.states import Event


class DeskWord(NamedTuple):
    """`event`: what one must be allowed to do for it; None where it only shows something.

    `about`: whether it needs the parcel or the sheet at hand.
    """

    event: Event | StationEvent | None
    does: Does
    about: Subject = Subject.STATION


def at_parcel(job: OfParcel) -> Does:
    """A job about the parcel at hand."""

    def does(station: Station, at_hand: AtHand, argument: str) -> StaffAnswer:
        if at_hand.parcel is None:
            return Refused(Problem.NO_PARCEL_AT_HAND)
        return job(station, recognise(at_hand.parcel), argument)

    return does


def at_station(job: Callable[[Station, str], StaffAnswer]) -> Does:
    """A job that needs neither parcel nor sheet."""
    return lambda station, _, argument: job(station, argument)


def alone(job: Callable[[Station, Scan], StaffAnswer]) -> OfParcel:
    """A job that takes no argument beside the parcel: one that is named is meant, and not the one at hand."""
    return lambda station, parcel, argument: job(station, recognise(argument) if names_parcel(argument) else parcel)


def maybe(job: Callable[[Station, Scan, str | None], StaffAnswer]) -> OfParcel:
    """A job whose argument may be left out."""
    return lambda station, parcel, argument: job(station, parcel, argument or None)


def only(job: Callable[[Station], StaffAnswer]) -> Callable[[Station, str], StaffAnswer]:
    """A job that needs nothing but the station."""
    return lambda station, _: job(station)


DESK_WORDS: Mapping[str, DeskWord] = {
    # From the driver and back to the driver
    "announce": DeskWord(Event.ANNOUNCE, at_station(announce_at_desk)),
    "announced": DeskWord(None, at_station(only(list_manifests))),
    "expected": DeskWord(None, at_station(awaited_at_desk)),
    "chase": DeskWord(StationEvent.CHASE, chase_at_desk),
    "withdraw": DeskWord(Event.WITHDRAW, at_station(withdraw_at_desk)),
    "batch": DeskWord(StationEvent.OPEN_SHEET, at_station(begin_batch)),
    "returns": DeskWord(StationEvent.OPEN_SHEET, at_station(begin_return)),
    "transfer": DeskWord(StationEvent.OPEN_SHEET, at_station(open_transfer)),
    "round": DeskWord(StationEvent.OPEN_SHEET, at_station(begin_round)),
    "count": DeskWord(Event.COUNT, at_station(open_count)),
    "sheet": DeskWord(None, show_sheet, Subject.SHEET),
    "sheets": DeskWord(None, at_station(sheets_of)),
    "done": DeskWord(StationEvent.CLOSE_SHEET, ending_mode(close_at_hand), Subject.SHEET),
    "off": DeskWord(Event.AMEND, at_parcel(alone(take_off)), Subject.PARCEL),
    "sure": DeskWord(Event.CHECK_IN, take_in_doubted),
    "in": DeskWord(Event.CHECK_IN, take_in_named),
    "mode": DeskWord(None, begin_mode),
    # The parcel at hand
    "out": DeskWord(Event.CHECK_OUT, to_people_first(one_or_each("out")), Subject.PARCEL),
    "pay": DeskWord(Event.PAY, at_parcel(alone(pay)), Subject.PARCEL),
    "waive": DeskWord(Event.WAIVE, at_parcel(waive), Subject.PARCEL),
    "back": DeskWord(Event.UNDO_CHECK_OUT, at_parcel(undo_check_out), Subject.PARCEL),
    "move": DeskWord(Event.RELOCATE, at_parcel(move_to), Subject.PARCEL),
    "hold": DeskWord(Event.HOLD, one_or_each("hold"), Subject.PARCEL),
    "release": DeskWord(Event.RELEASE, at_parcel(maybe(release)), Subject.PARCEL),
    "return": DeskWord(Event.START_RETURN, one_or_each("return"), Subject.PARCEL),
    "stay": DeskWord(Event.CANCEL_RETURN, at_parcel(alone(cancel_return)), Subject.PARCEL),
    "missing": DeskWord(Event.MARK_MISSING, at_parcel(alone(mark_missing)), Subject.PARCEL),
    "found": DeskWord(Event.FOUND, at_parcel(turned_up), Subject.PARCEL),
    "lost": DeskWord(Event.WRITE_OFF, at_parcel(write_off), Subject.PARCEL),
    "phone": DeskWord(Event.AMEND, at_parcel(set_phone), Subject.PARCEL),
    "email": DeskWord(Event.AMEND, at_parcel(set_email), Subject.PARCEL),
    "courier": DeskWord(Event.AMEND, at_parcel(set_courier), Subject.PARCEL),
    "size": DeskWord(Event.AMEND, at_parcel(set_size), Subject.PARCEL),
    "also": DeskWord(Event.AMEND, at_parcel(set_second_waybill), Subject.PARCEL),
    "freight": DeskWord(Event.AMEND, at_parcel(amount_of("freight_collect_fen")), Subject.PARCEL),
    "cod": DeskWord(Event.AMEND, at_parcel(amount_of("cod_fen")), Subject.PARCEL),
    "pass": DeskWord(StationEvent.ISSUE_PASS, at_parcel(proxy_pass), Subject.PARCEL),
    "reveal": DeskWord(Event.REVEAL, at_parcel(alone(reveal)), Subject.PARCEL),
    "notice": DeskWord(StationEvent.ISSUE_PASS, at_parcel(alone(make_notice)), Subject.PARCEL),
    # Home delivery
    "home": DeskWord(Event.REQUEST_DELIVERY, at_parcel(maybe(request_delivery)), Subject.PARCEL),
    "nohome": DeskWord(Event.WITHDRAW_DELIVERY, at_parcel(alone(withdraw_delivery)), Subject.PARCEL),
    "homes": DeskWord(None, at_station(walk_homes)),
    "delivered": DeskWord(Event.DELIVER, one_or_each("delivered"), Subject.PARCEL),
    "failed": DeskWord(Event.FAIL_DELIVERY, at_parcel(fail_delivery), Subject.PARCEL),
    # Other things kept
    "reward": DeskWord(Event.CHECK_IN, take_in(Kind.REWARD)),
    "order": DeskWord(Event.CHECK_IN, take_in(Kind.ORDER)),
    "laundry": DeskWord(Event.CHECK_IN, take_in(Kind.LAUNDRY)),
    # The station
    "look": DeskWord(None, at_station(look_into)),
    "free": DeskWord(None, at_station(free_for)),
    "close": DeskWord(StationEvent.CLOSE_PLACE, at_station(close_for)),
    "open": DeskWord(StationEvent.REOPEN_PLACE, at_station(reopen_place)),
    "map": DeskWord(None, at_station(map_by)),
    "overdue": DeskWord(None, at_station(walk_overdue)),
    "remind": DeskWord(Event.REMIND, remind_at_desk),
    "find": DeskWord(StationEvent.FIND_PERSON, find),
    "all": DeskWord(Event.CHECK_OUT, hand_all),
    "history": DeskWord(None, history_of),
    "report": DeskWord(None, at_station(report_of)),
    "pauses": DeskWord(None, at_station(only(list_pauses))),
    "lift": DeskWord(StationEvent.LIFT_PAUSE, at_station(lift_pauses)),
    "undo": DeskWord(Event.AMEND, at_station(undo_last)),
    "quit": DeskWord(None, at_station(only(leave))),
}  # fmt: skip
LONGEST_ARGUMENT = 120  # characters of somebody's own words


def read_desk_word(text: str) -> tuple[DeskWord, str] | None:
    """The word at the beginning and its argument; None where the text is none."""
    _, _, argument = unframed(text).partition(" ")
    name = name_of_word(text)
    return (DESK_WORDS[name], argument[:LONGEST_ARGUMENT]) if name else None


def name_of_word(text: str) -> str | None:
    """Which word stands at the beginning, if one does."""
    first = unframed(text).partition(" ")[0].lower()
    return first if first in DESK_WORDS else None


def is_mistyped(text: str) -> bool:
    """A word that the desk does not have, with or without something after it: no number begins so."""
    first = unframed(text).partition(" ")[0]
    return len(first) > 1 and first.isalpha()
