"""Shelf first: a slot or a level is scanned, then what lies there, one scan a parcel, until the next place."""

from collections.abc import Callable
from typing import Any

import pytest

from kiosk.counter.answers import PlaceLeft
from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.jobs.keeping.places import PlaceContents, close_place
from kiosk.jobs.sheets.sheet import SheetClosed, SheetStory
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import announce
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import PutAway, put_away
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import recognise
from kiosk.parcels.slots import Size
from kiosk.parcels.states import State
from kiosk.safety.verify import verify
from kiosk.screens.desk.hand import Hand
from tests.jobs.asking import done, row, why

SF, YTO, STO = "SF1000000000001", "YT1000000000001", "773000000000001"


class Clerk:
    """A clerk whose hand takes every answer, as a desk's does."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.hand = Hand()

    def __call__(self, text: str, said: Particulars = Particulars()) -> Any:  # noqa: B008 - a value
        sheet = self.hand.sheet
        number, kind = (sheet.sheet, sheet.kind) if sheet else (None, None)
        at_hand = AtHand(said, self.hand.parcel, number, kind, place=self.hand.place)
        answer = serve_staff(self.station, recognise(text), at_hand)
        self.hand.take(answer)
        return answer


@pytest.fixture
def clerk(station: Station) -> Clerk:
    return Clerk(station)


def number(n: int) -> str:
    return f"SF1{n:012d}"


@pytest.mark.parametrize("label", ["SLOT:3-2-4", "3-2-4", "slot:3-2-4", "３－２－４"])
def test_one_scan_a_parcel_until_the_next_slot(station: Station, clerk: Clerk, label: str) -> None:
    inside = clerk(label)
    assert isinstance(inside, PlaceContents) and inside.takes_next
    for n in range(3):
        answer = clerk(number(n))
        assert isinstance(answer, CheckedIn) and (answer.slot, answer.state) == ("3-2-4", State.SHELVED)
        assert answer.code == row(station, number(n)).code and answer.code.startswith("3-2-")
    clerk("SLOT:4-1-1")
    assert done(clerk(number(9))).slot == "4-1-1"
    assert [row(station, number(n)).slot for n in range(3)] == ["3-2-4"] * 3
    assert station.leases.lit_slots()[0].slot == "4-1-1"  # of the look into it; no parcel has a light of its own
    assert verify(station).violations == ()


@pytest.mark.parametrize("label", ["SLOT:3-2", "3-2", "slot:3-2"])
def test_a_level_fills_from_the_left(reset: Callable[[str, str], Station], label: str) -> None:
    station = reset("capacity_per_slot = 20", "capacity_per_slot = 2")
    clerk = Clerk(station)
    inside = clerk(label)
    assert isinstance(inside, PlaceContents) and inside.place == "3-2" and inside.takes_next
    slots = [done(clerk(number(n))).slot for n in range(5)]
    assert slots == ["3-2-1", "3-2-1", "3-2-2", "3-2-2", "3-2-3"]
    assert clerk.hand.place == "3-2"
    assert verify(station).violations == ()


def test_a_full_slot_says_so_and_the_next_place_takes_the_parcel(reset: Callable[[str, str], Station]) -> None:
    station = reset("capacity_per_slot = 20", "capacity_per_slot = 2")
    clerk = Clerk(station)
    for text in ("3-2-4", number(0), number(1)):
        clerk(text)
    full = clerk(number(2))
    assert isinstance(full, CheckedIn) and full.not_there is not None
    assert (full.not_there.problem, full.state, full.asks_slot) == (Problem.SLOT_FULL, State.CHECKED_IN, True)
    assert clerk("3-2-3") == PutAway(number(2), row(station, number(2)).code or "", "3-2-3", State.SHELVED)
    assert done(clerk(number(3))).slot == "3-2-3"
    inside = clerk("3-2-3")  # two lie there
    assert isinstance(inside, PlaceContents) and inside.takes_next is False and clerk.hand.place is None
    assert verify(station).violations == ()


def test_the_last_one_confirmed_by_the_scan_may_have_filled_the_slot(reset: Callable[[str, str], Station]) -> None:
    station = reset("capacity_per_slot = 20", "capacity_per_slot = 1")
    waiting = done(check_in(station, recognise(SF), Particulars()))
    answer = done(check_in(station, recognise(YTO), Particulars(), at=waiting.slot))
    assert isinstance(answer.confirmed, PutAway) and answer.not_there is not None
    assert verify(station).violations == ()


def test_sizes(station: Station, clerk: Clerk) -> None:
    clerk("1-5-1")  # for size S
    assert done(clerk(SF)).state == State.SHELVED
    assert row(station, SF).size == "S"  # nobody had said another one
    answer = clerk(YTO, Particulars(size=Size.L))
    assert isinstance(answer, CheckedIn) and answer.not_there is not None and answer.not_there.is_warning
    following = done(clerk(STO))
    assert isinstance(following, CheckedIn) and isinstance(following.confirmed, Refused)
    again = clerk(YTO)
    assert isinstance(again, CheckedIn) and (again.slot, again.state) == ("1-5-1", State.SHELVED)  # said twice
    assert verify(station).violations == ()


@pytest.mark.parametrize("place", ["3-2-4", "3-2"])
def test_a_closed_place_takes_nothing(station: Station, clerk: Clerk, place: str) -> None:
    close_place(station, "3-2", "wet")
    clerk("4-1-1")
    inside = clerk(place)
    assert isinstance(inside, PlaceContents) and inside.takes_next is False
    assert done(clerk(SF)).state == State.CHECKED_IN


def test_one_that_lies_elsewhere_is_moved_by_the_second_scan(
    station: Station, clerk: Clerk, shelved: Callable[..., CheckedIn]
) -> None:
    before = shelved(SF)
    clerk("3-2-4")
    asked = clerk(SF)
    assert asked == Refused(Problem.LIES_ELSEWHERE, slot=before.slot, waybill=SF, detail="3-2-4")
    clerk(YTO)
    assert why(clerk(SF)) is Problem.LIES_ELSEWHERE  # something else was scanned in between
    moved = clerk(SF)
    assert isinstance(moved, PutAway) and (moved.slot, row(station, SF).slot) == ("3-2-4", "3-2-4")
    assert isinstance(clerk(SF), PutAway) and isinstance(clerk(YTO), PutAway)  # they lie there already
    assert clerk.hand.place == "3-2-4"
    assert verify(station).violations == ()


def test_batches_manifests_and_what_is_said_come_along(station: Station, clerk: Clerk) -> None:
    announce(station, f"waybill,courier,phone\n{STO},STO,13800001234\n".encode())
    clerk("batch STO 2")
    clerk("3-2-4")
    assert clerk.hand.sheet is not None
    batch = clerk.hand.sheet.sheet
    clerk(STO)
    clerk("773000000000002")
    assert {row(station, one).batch_id for one in (STO, "773000000000002")} == {batch}
    assert row(station, STO).contact_id is not None and row(station, STO).slot == "3-2-4"
    closed = clerk("done")
    assert isinstance(closed, SheetClosed) and clerk.hand.place is None
    assert done(clerk(SF)).state == State.CHECKED_IN


def test_done_without_a_sheet_and_other_work_end_it(clerk: Clerk) -> None:
    clerk("3-2-4")
    clerk("look 1-1-1")
    assert clerk.hand.place == "3-2-4"  # a look is no other place
    assert clerk("done") == PlaceLeft("3-2-4") and clerk.hand.place is None
    clerk("3-2-4")
    assert isinstance(clerk("returns SF"), SheetStory) and clerk.hand.place is None
    inside = clerk("3-2-4")
    assert isinstance(inside, PlaceContents) and inside.takes_next is None  # parcels go on the sheet now
    clerk.hand.drop()
    clerk("3-2-4")
    clerk.hand.drop()
    assert clerk.hand.place is None


def test_one_undo_takes_back_both(station: Station, clerk: Clerk) -> None:
    clerk("3-2-4")
    clerk(SF)
    clerk(YTO)
    assert done(clerk("undo")).state == State.VOIDED
    assert (row(station, YTO).state, row(station, SF).state) == (State.VOIDED, State.SHELVED)
    put_away(station, recognise(SF), recognise("4-1-1"))
    assert done(clerk("undo")).slot == "3-2-4"
    assert done(clerk("undo")).state == State.VOIDED
    again = clerk(SF)
    assert isinstance(again, CheckedIn) and again.state == State.SHELVED
    assert verify(station).violations == ()


def test_a_parcel_that_waits_is_put_away_by_the_slot_and_nothing_else_follows(station: Station, clerk: Clerk) -> None:
    clerk(SF)
    assert isinstance(clerk("3-2"), PutAway) and row(station, SF).slot == "3-2-1"  # a level does as well
    assert clerk.hand.place is None
    assert done(clerk(YTO)).state == State.CHECKED_IN


def test_laundry_and_doubted_numbers_go_there_too(station: Station, clerk: Clerk) -> None:
    clerk("3-2-4")
    assert done(clerk("laundry 29.90")).slot == "3-2-4"
    assert done(clerk("sure 6901234567892")).slot == "3-2-4"
    assert done(clerk("ABC12345X")).slot == "3-2-4"
    assert verify(station).violations == ()


def test_a_code_is_looked_up_though_a_place_is_at_hand(clerk: Clerk, shelved: Callable[..., CheckedIn]) -> None:
    code = shelved(SF).code
    clerk("3-2-4")
    assert done(clerk(code)).waybill == SF
    assert clerk.hand.place == "3-2-4"


def test_a_place_that_there_is_not_takes_nothing_in(station: Station) -> None:
    for place in ("9-9-9", "7", "x"):
        assert why(check_in(station, recognise(SF), Particulars(), at=place)) is Problem.NO_SUCH_SLOT
    assert verify(station).events == 0
