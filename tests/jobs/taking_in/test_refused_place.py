"""A put-away that was refused: nobody takes the parcel to lie where it was to be put; the record says where it is."""

from collections.abc import Callable

import pytest

from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.keeping.hold import found_again, mark_missing
from kiosk.jobs.keeping.places import close_place
from kiosk.jobs.records.undo import Undone, undo
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import announce
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import PutAway, confirm_put_away, put_away, put_away_pending
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import recognise
from kiosk.parcels.slots import Size
from kiosk.parcels.states import State
from kiosk.safety.verify import verify
from tests.jobs.asking import done, row, why

YTO, SF, ZTO = "YT7000000000001", "SF1000000000001", "73100000000001"
SMALL, CLOSED, FULL, NONE = "1-5-1", "2-2-2", "3-2-3", "9-9-9"  # of the founded station, where level 5 takes S only


def _takes_no_more(station: Station, full: Callable[..., CheckedIn]) -> None:
    done(close_place(station, CLOSED, "wet"))
    for number in range(station.settings.slots_by_name[FULL].place.capacity):
        full(f"SF2{number:012d}")
        done(put_away(station, recognise(f"SF2{number:012d}"), recognise(FULL)))


PROBLEMS = {
    SMALL: Problem.SLOT_TOO_SMALL, CLOSED: Problem.PLACE_CLOSED, FULL: Problem.SLOT_FULL, NONE: Problem.NO_SUCH_SLOT
}  # fmt: skip


@pytest.mark.parametrize("slot", PROBLEMS)
def test_the_next_parcel_does_not_confirm_it_and_says_so(
    station: Station, second_desk: Station, shelved: Callable[..., CheckedIn], slot: str
) -> None:
    _takes_no_more(station, shelved)
    done(check_in(station, recognise(YTO), Particulars()))
    assert why(put_away_pending(station, recognise(f"SLOT:{slot}"))) is PROBLEMS[slot]
    following = done(check_in(station, recognise(SF), Particulars()))
    assert isinstance(following.confirmed, Refused)
    assert (following.confirmed.problem, following.confirmed.waybill) == (PROBLEMS[slot], YTO)
    assert row(station, YTO).state == State.CHECKED_IN
    again = done(check_in(second_desk, recognise(YTO), Particulars()))  # found lying there, and scanned at another desk
    assert again.again and again.asks_slot and again.slot == row(station, YTO).proposed_slot
    assert done(check_in(second_desk, recognise(ZTO), Particulars())).confirmed is None
    assert row(station, YTO).state == State.CHECKED_IN
    assert done(put_away(second_desk, recognise(YTO), recognise("2-3-1"))).slot == "2-3-1"
    assert verify(station).violations == ()


@pytest.mark.parametrize("slot", [SMALL, CLOSED])
def test_the_same_slot_once_more_is_where_it_lies(
    station: Station, second_desk: Station, shelved: Callable[..., CheckedIn], slot: str
) -> None:
    _takes_no_more(station, shelved)
    done(check_in(station, recognise(YTO), Particulars()))
    assert why(put_away_pending(station, recognise(slot))) is PROBLEMS[slot]
    assert why(put_away(second_desk, recognise(YTO), recognise("1-5-2"))) is Problem.SLOT_TOO_SMALL  # another one
    assert why(put_away(station, recognise(YTO), recognise(slot))) is PROBLEMS[slot]
    put = done(put_away(second_desk, recognise(YTO), recognise(slot)))  # whoever says it, wherever
    assert (put.slot, put.doubt, row(station, YTO).slot) == (slot, PROBLEMS[slot], slot)
    assert done(put_away(station, recognise(YTO), recognise(slot))).doubt is None  # there it is
    assert verify(station).violations == ()


def test_a_full_slot_stays_full_however_often_it_is_said(station: Station, shelved: Callable[..., CheckedIn]) -> None:
    _takes_no_more(station, shelved)
    done(check_in(station, recognise(YTO), Particulars()))
    for _ in range(3):
        assert why(put_away_pending(station, recognise(FULL))) is Problem.SLOT_FULL
    check_out(station, recognise("SF2000000000000"), at_counter=True)
    assert done(put_away_pending(station, recognise(FULL))).doubt is None
    assert verify(station).violations == ()


def test_a_move_and_a_find_are_no_other(station: Station, shelved: Callable[..., CheckedIn]) -> None:
    shelved(YTO)
    assert why(put_away(station, recognise(YTO), recognise(SMALL))) is Problem.SLOT_TOO_SMALL
    assert done(put_away(station, recognise(YTO), recognise(SMALL))).slot == SMALL
    shelved(SF)
    done(mark_missing(station, recognise(SF)))
    assert why(found_again(station, recognise(SF), recognise(SMALL))) is Problem.SLOT_TOO_SMALL
    assert done(found_again(station, recognise(SF), recognise(SMALL))).slot == SMALL
    assert verify(station).violations == ()


def test_what_confirms_otherwise_asks_too(station: Station) -> None:
    done(check_in(station, recognise(YTO), Particulars()))
    put_away_pending(station, recognise(SMALL))
    assert why(confirm_put_away(station)) is Problem.SLOT_TOO_SMALL
    assert done(check_in(station, recognise(YTO), Particulars())).asks_slot
    assert row(station, YTO).state == State.CHECKED_IN
    assert isinstance(check_out(station, recognise(YTO), at_counter=True), HandedOver)  # it is in the clerk's hand
    assert verify(station).violations == ()


def test_a_refusal_is_no_action_to_take_back(station: Station) -> None:
    done(check_in(station, recognise(YTO), Particulars()))
    put_away_pending(station, recognise(SMALL))
    put_away_pending(station, recognise("6-1-1"))
    assert done(undo(station)).state == State.CHECKED_IN
    assert isinstance(done(check_in(station, recognise(SF), Particulars())).confirmed, PutAway)  # that was before
    done(undo(station))
    done(undo(station))
    put_away_pending(station, recognise(SMALL))
    back = undo(station)
    assert isinstance(back, Undone) and back.state == State.VOIDED
    done(check_in(station, recognise(YTO), Particulars()))
    assert isinstance(done(check_in(station, recognise(ZTO), Particulars())).confirmed, PutAway)
    assert verify(station).violations == ()


def test_the_slot_of_a_forgotten_parcel_is_scanned_like_any_other(station: Station, second_desk: Station) -> None:
    done(check_in(station, recognise(YTO), Particulars()))
    put_away_pending(station, recognise(SMALL))
    done(check_in(station, recognise(SF), Particulars()))
    hand = AtHand(parcel=YTO)
    for one in (second_desk, station):
        answer = serve_staff(one, recognise("SLOT:1-2-2"), hand)
        assert isinstance(answer, PutAway) is (one is second_desk)
    assert row(station, YTO).slot == "1-2-2"


def test_pieces_that_are_still_to_come_are_not_taken_for_the_one_that_waits(station: Station) -> None:
    announce(station, f"waybill,courier,piece,pieces\n{SF},SF,1,2\n{SF},SF,2,2\n".encode())
    first = done(check_in(station, recognise(SF), Particulars()))
    put_away_pending(station, recognise(NONE))
    done(check_in(station, recognise(ZTO), Particulars(size=Size.S)))
    second = done(check_in(station, recognise(SF), Particulars()))
    assert (first.waybill, second.waybill, second.again) == (f"{SF}-1-2", f"{SF}-2-2", False)


def test_an_amended_size_leaves_it_asked_about(station: Station) -> None:
    done(check_in(station, recognise(YTO), Particulars()))
    put_away_pending(station, recognise(SMALL))
    done(check_in(station, recognise(YTO), Particulars(size=Size.L)))
    assert isinstance(done(check_in(station, recognise(SF), Particulars())).confirmed, Refused)
