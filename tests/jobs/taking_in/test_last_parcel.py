"""The parcel taken in last has no next one that confirms it: what ends the work does, or it is asked for."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.jobs.keeping.hold import hold
from kiosk.jobs.records.undo import undo
from kiosk.jobs.sheets.batch import open_batch
from kiosk.jobs.sheets.cycle_count import CountStory, open_count
from kiosk.jobs.sheets.sheet import SheetClosed
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.last_parcel import Waiting, not_put_away, put_away_last
from kiosk.jobs.taking_in.put_away import PutAway, put_away_pending
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.parcels.sheets import SheetKind
from kiosk.parcels.states import State
from kiosk.safety.verify import verify
from kiosk.text import Language, words
from kiosk.text.answers.any_answer import words_of
from kiosk.text.answers.parts import Mood
from tests.conftest import Hands
from tests.jobs.asking import done, row, why

STO, SF, YTO = "773000000000001", "SF1000000000001", "YT1000000000001"


def taken_in(station: Station, waybill: str, batch: int | None = None) -> CheckedIn:
    return done(check_in(station, recognise(waybill), Particulars(batch=batch)))


def closed(station: Station, sheet: int, note: str = "", kind: SheetKind = SheetKind.BATCH) -> object:
    return serve_staff(station, recognise(f"done {note}".strip()), AtHand(sheet=sheet, kind=kind))


def test_a_batch_that_is_closed_confirms_it_and_says_so(station: Station) -> None:
    batch = done(open_batch(station, "STO", 1)).sheet
    slot = taken_in(station, STO, batch).slot
    answer = closed(station, batch)
    assert isinstance(answer, SheetClosed) and answer.confirmed == (STO, slot)
    assert row(station, STO).slot == slot and station.leases.lit_slots() == ()
    told = words_of(words(Language.ENGLISH), answer)
    assert told.mood is Mood.GOOD and f"Before: {STO} is put away in {slot}" in told.lines
    assert [done(undo(station)).event for _ in range(3)] == ["close_sheet", "shelve", "check_in"]


def test_a_batch_that_stays_open_leaves_it_in_hand_and_lit(station: Station) -> None:
    batch = done(open_batch(station, "STO", 2)).sheet
    slot = taken_in(station, STO, batch).slot
    assert why(closed(station, batch)) is Problem.COUNTS_DIFFER
    assert row(station, STO).state == State.CHECKED_IN
    answer = closed(station, batch, "one missing")
    assert isinstance(answer, SheetClosed) and answer.confirmed == (STO, slot)


def test_one_that_was_refused_elsewhere_is_asked_about(station: Station) -> None:
    batch = done(open_batch(station, "STO", 1)).sheet
    taken_in(station, STO, batch)
    put_away_pending(station, recognise("1-5-1"))
    answer = closed(station, batch)
    assert isinstance(answer, SheetClosed) and isinstance(answer.confirmed, Refused)
    told = words_of(words(Language.ENGLISH), answer)
    assert told.mood is Mood.DOUBTFUL and any("NOT put away" in line and STO in line for line in told.lines)
    assert row(station, STO).state == State.CHECKED_IN


def test_a_count_and_no_sheet_at_all_do_the_same(station: Station) -> None:
    slot = taken_in(station, STO).slot
    assert serve_staff(station, recognise("done"), AtHand()) == PutAway(
        STO, row(station, STO).code or "", slot, State.SHELVED
    )
    assert why(serve_staff(station, recognise("done"), AtHand())) is Problem.NO_SUCH_SHEET
    taken_in(station, SF)
    count = done(open_count(station, "6-4"))
    answer = closed(station, count.sheet, kind=SheetKind.COUNT)
    assert isinstance(answer, CountStory) and answer.confirmed is not None
    assert row(station, SF).state == State.SHELVED
    assert verify(station).violations == ()


def test_who_leaves_confirms_it_and_who_was_never_here_does_not(station: Station) -> None:
    taken_in(station, STO)
    assert put_away_last(replace(station, role=Role.CUSTOMER, who="nobody")) is None
    assert isinstance(put_away_last(station), PutAway)
    assert put_away_last(station) is None
    assert verify(station).events == 2


Forgets = Callable[[Station, Hands], None]


def _a_minute_passes(station: Station, hands: Hands) -> None:
    hands.pass_time(61)


def _a_slot_will_not_do(station: Station, hands: Hands) -> None:
    put_away_pending(station, recognise("1-5-1"))


@pytest.mark.parametrize("forget", [_a_minute_passes, _a_slot_will_not_do])
def test_what_nobody_puts_away_is_news_at_every_desk(
    station: Station, second_desk: Station, hands: Hands, forget: Forgets
) -> None:
    slot = taken_in(station, STO).slot
    hands.pass_time(30)
    assert not_put_away(second_desk) == ()
    forget(station, hands)
    for desk in (station, second_desk):
        ((number, waybill, proposed, refused),) = not_put_away(desk)
        assert (number, waybill, proposed) == (row(station, STO).id, STO, slot)
        assert (refused is not None) is (forget is _a_slot_will_not_do)
    done(put_away_pending(station, recognise("2-2-2")))
    assert not_put_away(second_desk) == ()


def test_a_held_parcel_is_put_nowhere_and_one_taken_back_has_its_minute_anew(station: Station, hands: Hands) -> None:
    taken_in(station, STO)
    done(hold(station, recognise(STO), "damaged"))
    taken_in(station, SF)
    done(put_away_pending(station, recognise("2-2-2")))
    hands.pass_time(600)
    assert not_put_away(station) == ()
    done(undo(station))
    assert not_put_away(station) == ()
    hands.pass_time(61)
    waiting = row(station, SF)
    assert not_put_away(station) == (Waiting(waiting.id, SF, waiting.proposed_slot or "", None),)
