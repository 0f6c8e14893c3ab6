"""An operation whose outcome is not known is asked for again: it is done once, and the first answer is given."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from random import Random
from typing import get_args, get_type_hints

import pytest

from kiosk.counter.answers import GivenTo, ModeSet, NotCertain, PlaceLeft, Said, StaffAnswer, WhoseAsked
from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.counter.words import DESK_WORDS
from kiosk.faults import Fault, StationFault
from kiosk.jobs import kept_answers
from kiosk.jobs.allowed import allowed
from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.keeping.hold import hold
from kiosk.jobs.kept_answers import UnreadableAnswer, as_text, read_answer
from kiosk.jobs.records.undo import Undone, undo
from kiosk.jobs.sheets.sheet import SheetStory
from kiosk.jobs.staff.leave import Left
from kiosk.jobs.station import Operation, Station
from kiosk.jobs.taking_in.announce import Announcement, announce
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import recognise
from kiosk.parcels.states import Event
from kiosk.safety.verify import verify
from tests.conftest import Hands
from tests.jobs.asking import done, why
from tests.jobs.test_random_walk import ARGUMENTS, SCANS, WAYBILLS

SF, YTO = "SF1000000000001", "YT1000000000001"


def events(station: Station) -> int:
    return int(station.conn.execute("SELECT count(*) FROM events").fetchone()[0])


def within(station: Station, operation: str) -> Station:
    return replace(station, operation=Operation(operation))


def test_a_check_in_is_done_once(station: Station) -> None:
    first = done(check_in(within(station, "a"), recognise(SF), Particulars()))
    before = events(station)
    again = done(check_in(within(station, "a"), recognise(SF), Particulars()))
    assert again == first and first.look is not None and events(station) == before
    assert done(check_in(within(station, "b"), recognise(YTO), Particulars())).waybill == YTO


def test_put_away_meanwhile_it_is_not_lit_again(station: Station) -> None:
    first = done(check_in(within(station, "a"), recognise(SF), Particulars()))
    done(check_in(station, recognise(YTO), Particulars()))  # which confirms the one before
    assert done(check_in(within(station, "a"), recognise(SF), Particulars())) == replace(first, look=None)


def test_what_was_kept_under_the_names_of_older_versions_is_read(station: Station) -> None:
    """They named the module too, and modules move."""
    answer = done(check_in(station, recognise(SF), Particulars()))
    text = as_text(replace(answer, look=None))
    assert '"!": "CheckedIn"' in text
    for older in ("kiosk.jobs.taking_in.check_in:", "kiosk.jobs.gone_since:"):
        old = text.replace('"!": "', f'"!": "{older}')
        assert read_answer(old) == replace(answer, look=None)
    with pytest.raises(UnreadableAnswer):
        read_answer('{"!": "os:system"}')


OF_THE_DESK = {GivenTo, Left, ModeSet, PlaceLeft, Said, WhoseAsked}  # which no job gives


def test_every_answer_that_may_be_kept_has_a_place() -> None:
    """Its own name, once; what it is made of too. What no job writes is not kept."""
    found: set[type] = set()
    not_kept = {NotCertain, *OF_THE_DESK}

    def walk(kind: object) -> None:
        for part in get_args(kind):
            walk(part)
        if isinstance(kind, type) and kind.__module__.startswith("kiosk.") and kind not in found | not_kept:
            found.add(kind)
            if not issubclass(kind, Enum):
                for hint in get_type_hints(kind).values():
                    walk(hint)

    walk(StaffAnswer)
    assert {kind.__qualname__: kind.__module__ for kind in found} == kept_answers._MODULES


def test_a_hand_over_at_the_counter_is_done_once(station: Station, shelved: Callable[..., CheckedIn]) -> None:
    shelved(SF, phone="13800001234")
    first = check_out(within(station, "a"), recognise(SF), at_counter=True)
    assert isinstance(first, HandedOver)
    assert check_out(within(station, "a"), recognise(SF), at_counter=True) == first
    assert why(check_out(within(station, "b"), recognise(SF), at_counter=True)) is Problem.ALREADY_COLLECTED


def test_an_operation_id_stands_for_one_wish(station: Station) -> None:
    check_in(within(station, "a"), recognise(SF), Particulars())
    assert why(check_in(within(station, "a"), recognise(YTO), Particulars())) is Problem.OPERATION_REUSED


def test_what_was_refused_was_not_done_and_may_be_tried_again(station: Station) -> None:
    assert why(hold(within(station, "a"), recognise(SF), "damaged")) is Problem.NO_SUCH_WAYBILL
    check_in(station, recognise(SF), Particulars())
    assert done(hold(within(station, "a"), recognise(SF), "damaged")).held_for == "damaged"


def test_what_is_kept_tells_nothing_to_who_reads_the_file(station: Station) -> None:
    check_in(within(station, "a"), recognise(SF), Particulars(phone=read_phone("13800001234")))
    (kept,) = station.conn.execute("SELECT answer FROM operations").fetchone()
    assert SF.encode() not in kept


def test_a_job_that_fails_keeps_nothing(station: Station) -> None:
    @allowed(Event.AMEND)
    def fails(station: Station) -> None:
        with station.transaction():
            station.keep(Problem.ON_HOLD)
            raise StationFault(Fault.UNWRITABLE_HOME)

    with pytest.raises(StationFault):
        fails(within(station, "a"))
    assert station.conn.execute("SELECT count(*) FROM operations").fetchone() == (0,)


@pytest.mark.parametrize("seed", range(2))
def test_every_word_of_the_desk_is_done_once(seed: int, reset: Callable[[str, str], Station], hands: Hands) -> None:
    """Whatever a clerk does is asked for twice: the second time no event is written and the answer is the same."""
    random = Random(seed)
    reset("partners = []", 'partners = ["North gate"]')
    station = reset("capacity_per_slot = 20", "capacity_per_slot = 2")
    hand, repeated = AtHand(), 0
    for step in range(500):
        texts = (*random.choices(WAYBILLS, k=3), random.choice(SCANS))
        words = (f"{random.choice([*DESK_WORDS])} {random.choice(ARGUMENTS)}" for _ in range(4))
        text = random.choice((*texts, *words))
        before = events(station)
        answer = serve_staff(within(station, str(step)), recognise(text), hand)
        written = events(station) - before
        if written and not isinstance(answer, Refused):
            again = serve_staff(within(station, str(step)), recognise(text), hand)
            assert events(station) == before + written, text
            assert _without_light(again) == _without_light(answer), text
            repeated += 1
        if isinstance(answer, SheetStory):
            hand = hand._replace(sheet=answer.sheet, kind=answer.kind)
        hand = hand._replace(parcel=random.choice((hand.parcel, random.choice(WAYBILLS), None)))
        hands.pass_time(random.choice((1, 60, 4000)))
    assert repeated > 30
    assert verify(station).violations == ()


def _without_light(answer: object) -> object:
    return replace(answer, look=None) if isinstance(answer, CheckedIn) else answer


def test_a_manifest_read_again_under_its_id_gives_the_first_counts(station: Station) -> None:
    data = b"waybill\nSF1000000000001\nYT1000000000001\n"
    first = announce(within(station, "a"), data)
    assert first == Announcement(2, 0, ()) == announce(within(station, "a"), data)
    assert announce(within(station, "b"), data) == Announcement(0, 2, ())


def test_an_operation_is_of_one_person_at_one_terminal(station: Station, second_desk: Station) -> None:
    check_in(station, recognise(SF), Particulars(), shelve=True)
    assert isinstance(undo(within(station, "a")), Undone)
    assert why(undo(within(second_desk, "a"))) is Problem.OPERATION_REUSED


def test_an_answer_of_an_older_program_is_told_as_done(station: Station) -> None:
    check_in(within(station, "a"), recognise(SF), Particulars())
    sealed = station.key.seal("answer", '{"!": "kiosk.jobs.taking_in.check_in:Gone"}')
    station.conn.execute("UPDATE operations SET answer = ?", (sealed,))
    assert why(check_in(within(station, "a"), recognise(SF), Particulars())) is Problem.OPERATION_DONE
