"""Whatever was done at a terminal can be taken back there, and the record shows both."""

from collections.abc import Callable

import pytest

from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.keeping.hold import hold, mark_missing, release, start_return
from kiosk.jobs.money.settle import pay, waive
from kiosk.jobs.people.reveal import reveal
from kiosk.jobs.records.look_up import list_events, tell_parcel
from kiosk.jobs.records.undo import Undone, undo, undo_check_out
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import announce
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import put_away
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import recognise
from kiosk.parcels.sheets import StationEvent
from kiosk.parcels.slots import Size
from kiosk.parcels.states import Event, State
from kiosk.safety.verify import verify
from kiosk.text import Language, words
from kiosk.text.answers.story import parcel_story
from tests.conftest import Hands
from tests.jobs.asking import done, row, why

SF, YTO = "SF1000000000001", "YT1000000000001"
Shelve = Callable[..., CheckedIn]


def undone(station: Station, reason: str | None = None) -> Event | StationEvent:
    answer = undo(station, reason)
    assert isinstance(answer, Undone), answer
    assert verify(station).violations == ()
    return answer.event


ACTIONS: dict[str, Callable[[Station], object]] = {
    "relocate": lambda station: put_away(station, recognise(SF), recognise("6-1-2")),
    "check_out": lambda station: check_out(station, recognise(SF), at_counter=True),
    "hold": lambda station: hold(station, recognise(SF), "damaged"),
    "start_return": lambda station: start_return(station, recognise(SF), "refused"),
    "mark_missing": lambda station: mark_missing(station, recognise(SF)),
    "pay": lambda station: pay(station, recognise(SF)),
    "waive": lambda station: waive(station, recognise(SF), "our own mistake"),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_taken_back_leaves_the_parcel_as_it_was(station: Station, shelved: Shelve, action: str) -> None:
    shelved(SF, size=Size.S, cod_fen=1200 if action in ("pay", "waive") else None)
    before = row(station, SF)
    assert not isinstance(ACTIONS[action](station), Refused)
    assert row(station, SF) != before
    assert undone(station) == Event(action)
    assert row(station, SF) == before


def test_a_burst_is_taken_back_step_by_step(station: Station) -> None:
    for waybill in (SF, YTO):
        assert isinstance(check_in(station, recognise(waybill), Particulars()), CheckedIn)
    assert undone(station) is Event.CHECK_IN
    assert row(station, YTO).state == State.VOIDED
    assert undone(station) is Event.SHELVE
    assert row(station, SF).state == State.CHECKED_IN and row(station, SF).proposed_slot is not None
    assert undone(station) is Event.CHECK_IN
    assert why(undo(station)) is Problem.NOTHING_TO_UNDO
    assert station.leases.lit_slots() == ()


def test_a_check_in_taken_back_keeps_what_the_manifest_said(station: Station) -> None:
    announce(station, f"waybill,phone,size,consent\n{SF},13800001234,L,given\n".encode())
    check_in(station, recognise(SF), Particulars())
    undone(station)
    again = check_in(station, recognise(SF), Particulars())
    assert isinstance(again, CheckedIn) and again.earlier is None
    now = row(station, SF)
    assert (now.size, now.contact_id is not None) == ("L", True)


def test_a_terminal_takes_back_its_own_actions_only(station: Station, second_desk: Station, shelved: Shelve) -> None:
    shelved(SF)
    assert why(undo(second_desk)) is Problem.NOTHING_TO_UNDO
    hold(second_desk, recognise(SF), "damaged")
    assert why(undo(station)) is Problem.CANNOT_UNDO  # something happened to the parcel since
    undone(second_desk)
    assert undone(station) is Event.SHELVE


def test_a_hand_over_is_taken_back_within_its_minutes_and_with_a_reason(
    station: Station, shelved: Shelve, hands: Hands
) -> None:
    code = shelved(SF).code
    check_out(station, recognise(SF), at_counter=True)
    assert why(undo_check_out(station, recognise(SF), "")) is Problem.NEEDS_REASON
    answer = undo_check_out(station, recognise(SF), "wrong person")
    assert isinstance(answer, Undone) and (answer.code, answer.state) == (code, State.SHELVED)
    assert isinstance(check_out(station, recognise(SF), at_counter=True), HandedOver)
    hands.pass_time(31 * 60)
    assert why(undo_check_out(station, recognise(SF), "wrong person")) is Problem.TOO_LATE


def test_a_second_pick_up_tells_staff_who_and_when(station: Station, shelved: Shelve, hands: Hands) -> None:
    shelved(SF)
    check_out(station, recognise(SF), at_counter=True)
    hands.pass_time(60)
    again = check_out(station, recognise(SF), at_counter=True)
    assert isinstance(again, Refused) and again.problem is Problem.ALREADY_COLLECTED
    assert again.at is not None and again.at.isoformat() == "2026-11-22T16:00:00+08:00"
    assert again.who == "staff@t1"


def test_a_slot_that_is_full_by_now_is_not_filled_twice(station: Station, shelved: Shelve) -> None:
    slot = shelved(SF, size=Size.S).slot
    check_out(station, recognise(SF), at_counter=True)
    for number in range(20):
        waybill = f"SF2{number:012d}"
        shelved(waybill, size=Size.S)
        put_away(station, recognise(waybill), recognise(slot))
    assert why(undo_check_out(station, recognise(SF), "wrong person")) is Problem.SLOT_FULL


def test_what_stands_is_not_taken_back_the_next_day(station: Station, shelved: Shelve, hands: Hands) -> None:
    shelved(SF)
    hands.pass_time(24 * 3600)
    assert why(undo(station)) is Problem.TOO_LATE


def test_a_hold_is_resolved_and_said_how(station: Station, shelved: Shelve) -> None:
    shelved(SF)
    held = hold(station, recognise(SF), "damaged corner is wet")
    assert getattr(held, "held_for", None) == "damaged: corner is wet"
    release(station, recognise(SF), "repacked")
    (told,) = list_events(station, last=1)
    assert told.changes["resolution"] == "repacked"
    assert undone(station) is Event.RELEASE
    assert (row(station, SF).hold_reason, row(station, SF).hold_note) == ("damaged", "corner is wet")


def test_nobody_has_collected_what_was_taken_back(station: Station, shelved: Shelve) -> None:
    shelved(SF, phone="13800001234")
    check_out(station, recognise(SF), at_counter=True, proxy="Wang Fang")
    assert done(reveal(station, recognise(SF))).collector == "Wang Fang"
    assert undone(station) is Event.CHECK_OUT
    assert done(reveal(station, recognise(SF))).collector is None
    told = parcel_story(words(Language.ENGLISH), done(tell_parcel(station, recognise(SF))))
    assert not any("collected" in line for line in told.lines) and any("(taken back)" in line for line in told.lines)
    check_out(station, recognise(SF), at_counter=True)
    assert done(reveal(station, recognise(SF))).collector is None


def test_who_handed_it_over_is_not_who_looked_at_it_later(
    station: Station, second_desk: Station, shelved: Shelve
) -> None:
    shelved(SF, phone="13800001234")
    check_out(station, recognise(SF), at_counter=True)
    done(reveal(second_desk, recognise(SF)))
    again = check_out(station, recognise(SF), at_counter=True)
    assert isinstance(again, Refused) and again.who == "staff@t1"
