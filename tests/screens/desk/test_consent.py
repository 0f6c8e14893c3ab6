"""A manager's consent: one badge scan does one refused job, and the clerk stays signed in."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

import pytest

from kiosk.home import StationHome
from kiosk.jobs.money.settle import Settled
from kiosk.jobs.records.look_up import list_events
from kiosk.jobs.records.undo import Undone
from kiosk.jobs.staff.leave import Left
from kiosk.jobs.staff.register import change_staff, make_badge
from kiosk.jobs.staff.sign_in import SignedIn
from kiosk.jobs.station import Operation, Station, open_station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.parcels.states import State
from kiosk.screens.desk.serving import serve_scan
from kiosk.screens.desk.state import DeskState
from kiosk.store.tables.staff import by_number
from kiosk.text import Language, words
from kiosk.text.answers.any_answer import words_of
from tests.conftest import Hands
from tests.jobs.asking import colleague, done, row, why

SF = "SF1000000000001"
Shelved = Callable[..., CheckedIn]


class Desk:
    """A desk at which Li, a clerk, has signed in; Wang is the manager, Sun another clerk."""

    def __init__(self, station: Station) -> None:
        colleague(station, "1", "Wang", Role.MANAGER, "271828")
        colleague(station, "7", "Li", Role.CLERK, "314159")
        colleague(station, "8", "Sun", Role.CLERK, "161803")
        self.badges = {number: done(make_badge(station, number)).text for number in ("1", "7", "8")}
        one = by_number(station.conn, "7")
        assert one is not None
        self.station = replace(station, who="staff-7", role=Role.CLERK, standing=one.standing)
        self.state = DeskState(Language.ENGLISH)
        self.became: list[str] = []
        self.scans = 0

    def scan(self, text: str) -> object:
        self.scans += 1
        station = replace(self.station, operation=Operation(f"scan {self.scans}"))
        return serve_scan(station, self.state, recognise(text), lambda who, role, standing: self.became.append(who))


@pytest.fixture
def desk(station: Station) -> Desk:
    return Desk(station)


@pytest.fixture
def with_pins(home: StationHome, hands: Hands) -> Iterator[Desk]:
    settings = home.settings.read_text("utf-8")
    assert "badge_needs_pin = false" in settings
    home.settings.write_text(settings.replace("badge_needs_pin = false", "badge_needs_pin = true"), "utf-8")
    station = open_station(home, terminal="t1", who="staff", clock=hands.clock, random=Random(7))
    yield Desk(station)
    station.close()


def asked(answer: object) -> bool:
    return isinstance(answer, Refused) and answer.consent


@pytest.fixture
def owing(desk: Desk, shelved: Shelved) -> Desk:
    shelved(SF, cod_fen=2500)
    desk.state.hand.parcel = SF
    return desk


def test_a_badge_waives_and_nobody_is_signed_off(owing: Desk) -> None:
    refused = owing.scan("waive damaged")
    assert isinstance(refused, Refused) and asked(refused) and row(owing.station, SF).due_fen == 2500
    told = words_of(words(Language.ENGLISH), refused)
    assert told.lines[0] == f"what was due is not asked for  damaged  {SF}", "a manager sees what it is about"
    assert isinstance(owing.scan(owing.badges["1"]), Settled)
    assert row(owing.station, SF).due_fen == 0 and owing.became == []
    last = list(list_events(owing.station))[-1]
    assert (last.event, last.who, last.changes["asked_by"]) == ("waive", "staff-1", "staff-7")
    assert "sign_in" not in {event.event for event in list_events(owing.station)}
    assert asked(owing.scan("waive again")), "one consent is for one job"
    assert why(owing.scan(owing.badges["1"])) is Problem.NOTHING_DUE


def test_number_and_pin_are_as_good_as_a_badge(owing: Desk) -> None:
    owing.scan("waive damaged")
    assert isinstance(owing.scan("1 271828"), Settled) and owing.became == []


@pytest.mark.parametrize("between", ["report", SF, "find 1234", "PKB1:AAAAAAAAAAAAAAAAAAAAAAAAAA", "hlod"])
def test_anything_else_in_between_drops_it(owing: Desk, between: str) -> None:
    owing.scan("waive damaged")
    owing.scan(between)
    assert isinstance(owing.scan(owing.badges["1"]), SignedIn)  # as a badge is at any other time
    assert row(owing.station, SF).due_fen == 2500


def test_it_lasts_a_minute(owing: Desk, hands: Hands) -> None:
    owing.scan("waive damaged")
    hands.pass_time(61)
    assert isinstance(owing.scan(owing.badges["1"]), SignedIn)
    assert row(owing.station, SF).due_fen == 2500


@pytest.mark.parametrize("number", ["7", "8"])
def test_whoever_may_not_either_is_refused_on_record_and_not_signed_in(owing: Desk, number: str) -> None:
    owing.scan("waive damaged")
    answer = owing.scan(owing.badges[number])
    assert why(answer) is Problem.NOT_ALLOWED and not asked(answer) and owing.became == []
    last = list(list_events(owing.station))[-1]
    assert (last.event, last.who) == ("refuse", f"staff-{number}")
    assert isinstance(owing.scan(owing.badges["1"]), SignedIn), "nothing is asked for any more"
    assert row(owing.station, SF).due_fen == 2500


def test_a_manager_with_a_pin_of_somebody_elses_choice_may_not(owing: Desk) -> None:
    owner = replace(owing.station, who="staff", role=Role.MANAGER, standing="")
    done(change_staff(owner, "1", pin="482915"))
    owing.scan("waive damaged")
    assert why(owing.scan(owing.badges["1"])) is Problem.PIN_MUST_CHANGE
    assert row(owing.station, SF).due_fen == 2500


def test_what_is_too_old_for_a_clerk_is_taken_back_by_a_managers_badge(
    desk: Desk, shelved: Shelved, hands: Hands
) -> None:
    shelved(SF)
    hands.pass_time(30 * 3600)
    assert asked(desk.scan("undo"))
    assert why(desk.scan(desk.badges["8"])) is Problem.TOO_LATE
    assert asked(desk.scan("undo"))
    assert isinstance(desk.scan(desk.badges["1"]), Undone)
    assert row(desk.station, SF).state == State.CHECKED_IN


def test_an_old_hand_over_too(desk: Desk, shelved: Shelved, hands: Hands) -> None:
    shelved(SF)
    desk.state.hand.parcel = SF
    desk.scan("out")
    hands.pass_time(30 * 3600)
    assert asked(desk.scan("back wrong person"))
    assert isinstance(desk.scan(desk.badges["1"]), Undone)
    assert row(desk.station, SF).state == State.SHELVED


def test_where_nobody_has_signed_in_nobody_is_asked(station: Station, shelved: Shelved, hands: Hands) -> None:
    shelved(SF)
    hands.pass_time(30 * 3600)
    state = DeskState(Language.ENGLISH)
    answer = serve_scan(station, state, recognise("undo"), lambda who, role, standing: None)
    assert why(answer) is Problem.TOO_LATE and not asked(answer)


def test_a_badge_that_needs_a_pin_does_it_with_the_pin(with_pins: Desk) -> None:
    desk = with_pins
    assert not asked(desk.scan("lost gone"))  # no parcel is at hand: nothing to consent to
    assert asked(desk.scan("quit"))
    pin_asked = desk.scan(desk.badges["1"])
    assert why(pin_asked) is Problem.PIN_NEEDED and asked(pin_asked) and desk.state.hand.awaits_pin
    assert desk.state.masked("271828") == "******" and desk.became == []
    wrong = desk.scan("271829")
    assert why(wrong) is Problem.WRONG_PIN and asked(wrong), "a digit is mistyped easily"
    assert desk.state.masked("271828") == "******"
    assert isinstance(desk.scan("271828"), Left)
    assert desk.became == [] and not desk.state.hand.awaits_pin


def test_wrong_pins_wait_as_those_to_sign_in_do(with_pins: Desk) -> None:
    desk = with_pins
    for _ in range(9):
        desk.scan("quit")
        desk.scan(desk.badges["1"])
        assert why(desk.scan("271829")) is Problem.WRONG_PIN
    desk.scan("quit")
    desk.scan(desk.badges["1"])
    assert why(desk.scan("271828")) is Problem.WRONG_PIN, "right, but too late"
    assert why(desk.scan("1 271828")) is Problem.WRONG_PIN, "nor does it open the desk meanwhile"


def test_a_scan_that_is_tried_again_is_the_same_consent(owing: Desk) -> None:
    """The disk failed as the job was done: the same scan comes once more."""
    owing.scan("waive damaged")
    first = owing.state.hand.asked_by_last_scan("scan x")
    assert first is not None and owing.state.hand.asked_by_last_scan("scan x") is first
    assert owing.state.hand.asked_by_last_scan("scan y") is None


def test_what_somebody_elses_desk_did_is_nobodys_mode(owing: Desk) -> None:
    owing.scan("mode out")
    assert owing.state.hand.mode is not None
    owing.scan(owing.badges["8"])
    assert owing.state.hand.mode is None and owing.became == ["staff-8"]
