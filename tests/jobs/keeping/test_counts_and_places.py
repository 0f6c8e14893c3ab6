"""Counting a level, closing places, looking into them, overdue parcels."""

from collections.abc import Callable

from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.keeping.hold import found_again, hold, mark_missing, write_off
from kiosk.jobs.keeping.overdue import list_overdue, remind
from kiosk.jobs.keeping.picture import picture
from kiosk.jobs.keeping.places import close_place, free_places, look_into, reopen_place
from kiosk.jobs.records.undo import undo
from kiosk.jobs.sheets.cycle_count import CountResult, close_count, count_parcel, open_count, tell_count
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import put_away
from kiosk.parcels.overdue import Overdue
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem
from kiosk.parcels.scans import recognise
from kiosk.parcels.slots import Size
from kiosk.parcels.states import State
from kiosk.safety.verify import verify
from tests.conftest import Hands
from tests.jobs.asking import done, row, why

A, B, C, D, E = (f"SF1{number:012d}" for number in range(5))
Shelve = Callable[..., CheckedIn]
DAY_S = 24 * 3600


def test_a_count_names_what_is_missing_misplaced_and_unexpected(
    station: Station, second_desk: Station, shelved: Shelve
) -> None:
    for waybill in (A, B, C, D, E):
        shelved(waybill, size=Size.S)
        done(put_away(station, recognise(waybill), recognise("3-4-1" if waybill in (A, B, C) else "5-5-2")))
    mark_missing(station, recognise(D))
    check_out(station, recognise(E), at_counter=True)
    assert why(open_count(station, "99-1")) is Problem.NO_SUCH_PLACE
    sheet = done(open_count(station, "SLOT:3-4-1")).sheet
    assert {lit.slot for lit in station.leases.lit_slots()} == {"3-4-1"}
    first = done(count_parcel(station, sheet, recognise(A)))
    assert (first.result, first.counted, first.expected) == (CountResult.RIGHT, 1, 3)
    # The next day another clerk goes on at another terminal.
    assert done(open_count(second_desk, "3-4")).sheet == sheet
    shelved("YT1000000000001", size=Size.S)
    done(put_away(station, recognise("YT1000000000001"), recognise("5-4-1")))
    results = [
        done(count_parcel(second_desk, sheet, recognise(text))).result
        for text in (A, "YT1000000000001", D, E, "YT9999999999999", row(station, B).code or "")
    ]
    assert results == [
        CountResult.AGAIN, CountResult.MISPLACED, CountResult.WAS_MISSING, CountResult.UNEXPECTED,
        CountResult.UNEXPECTED, CountResult.RIGHT,
    ]  # fmt: skip
    before = done(tell_count(station, sheet))
    assert [one.waybill for one in before.missing] == [C]
    assert why(close_count(second_desk, sheet)) is Problem.NOT_ALL_COUNTED
    ended = done(close_count(second_desk, sheet, "searched twice"))
    assert (ended.counted, ended.expected) == (2, 3) and [one.slot for one in ended.missing] == ["3-4-1"]
    assert [one.waybill for one in ended.missing] == [C] and ended.closed
    assert {one.waybill for one in ended.misplaced} == {"YT1000000000001", D}
    assert ended.unexpected == (E, "YT9999999999999")
    assert row(station, C).state == State.MISSING and row(station, C).slot is None
    assert why(count_parcel(station, sheet, recognise(B))) is Problem.SHEET_CLOSED
    done(found_again(station, recognise(C), recognise("3-4-2")))
    done(found_again(station, recognise(D)))
    assert verify(station).violations == ()


def test_a_held_parcel_that_was_missing_is_still_held_when_found(station: Station, shelved: Shelve) -> None:
    shelved(A)
    hold(station, recognise(A), "intercepted by the sender")
    done(mark_missing(station, recognise(A)))
    back = done(found_again(station, recognise(A)))
    assert back.held_for == "intercepted: by the sender"
    assert verify(station).violations == ()


def test_what_nobody_finds_is_written_off_with_a_reason(station: Station, shelved: Shelve) -> None:
    shelved(A)
    mark_missing(station, recognise(A))
    assert why(write_off(station, recognise(A), "")) is Problem.NEEDS_REASON
    assert done(write_off(station, recognise(A), "searched twice")).state == State.LOST
    assert why(undo(station)) is Problem.CANNOT_UNDO


def test_a_closed_level_takes_no_parcels_until_it_is_opened(station: Station, second_desk: Station) -> None:
    for shelf in range(1, 6):
        done(close_place(station, str(shelf), "painting"))
    done(close_place(station, "6-1", "broken"))
    assert why(close_place(station, "6-1", "broken")) is Problem.ALREADY_SO
    assert why(close_place(station, "77", "x")) is Problem.NO_SUCH_PLACE
    proposed = done(check_in(second_desk, recognise(A), Particulars(size=Size.S))).slot
    assert proposed.startswith("6-") and not proposed.startswith("6-1")
    assert why(check_in(second_desk, recognise(B), Particulars(size=Size.L))) is Problem.NO_ROOM
    assert why(put_away(second_desk, recognise(A), recognise("6-1-1"))) is Problem.PLACE_CLOSED
    assert {slot.split("-")[0] for slot, _ in free_places(station, Size.S).places} == {"6"}
    done(reopen_place(station, "1"))
    assert done(check_in(second_desk, recognise(C), Particulars(size=Size.L))).slot.startswith("1-1")
    assert verify(station).violations == ()


def test_a_slot_is_lit_and_listed_even_when_it_is_empty(station: Station, shelved: Shelve) -> None:
    empty = done(look_into(station, "2-2-2"))
    assert (empty.parcels, empty.capacity) == ((), 20)
    assert [lit.slot for lit in station.leases.lit_slots()] == ["2-2-2"]
    shelved(A, phone="13800001234", size=Size.S)
    done(put_away(station, recognise(A), recognise("2-4-3")))
    full = done(look_into(station, "SLOT:2-4-3"))
    assert [(one.waybill, one.phone) for one in full.parcels] == [(A, "*******1234")]
    assert [lit.slot for lit in station.leases.lit_slots()] == ["2-4-3"]  # the walk before is over
    assert len(done(look_into(station, "2")).parcels) == 1


def test_the_picture_tells_fill_age_and_courier(station: Station, shelved: Shelve, hands: Hands) -> None:
    shelved(A, size=Size.S)
    done(put_away(station, recognise(A), recognise("2-4-3")))
    done(close_place(station, "2-4-3", "x"))
    (slot,) = [fill for fill in picture(station).slots if fill.slot == "2-4-3"]
    assert (slot.held, slot.capacity, slot.closed, slot.couriers) == (1, 20, True, ("SF",))
    assert slot.oldest is not None and slot.oldest.utctimetuple() == hands.wall.utctimetuple()


def test_the_ladder_and_its_reminders(station: Station, shelved: Shelve, hands: Hands) -> None:
    shelved(A, size=Size.S, phone="13800001234")
    done(put_away(station, recognise(A), recognise("2-4-3")))
    assert list_overdue(station).parcels == ()
    hands.pass_time(3 * DAY_S)
    assert [one.rung for one in list_overdue(station).parcels] == [Overdue.WARN]
    assert done(remind(station)).parcels == ()
    hands.pass_time(4 * DAY_S)
    assert done(remind(station)).parcels == (A,)
    assert done(remind(station)).parcels == ()  # once a day
    for _ in range(3):
        hands.pass_time(DAY_S)
        last = done(remind(station))
    assert (last.parcels, last.at_limit) == ((), 1)
    hands.pass_time(5 * DAY_S)
    walk = list_overdue(station, "2-4", lit=True)
    assert [(one.rung, one.days) for one in walk.parcels] == [(Overdue.RETURN_DUE, 15)]
    assert [lit.slot for lit in station.leases.lit_slots()] == ["2-4-3"]
    assert list_overdue(station, "2-3").parcels == ()
    assert verify(station).violations == ()
