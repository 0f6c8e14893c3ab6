"""Guessing: who is wrong too often waits, hears the same as ever, and a restart or a changed clock helps nobody."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from kiosk.clock import Clock
from kiosk.counter.customer import serve_customer
from kiosk.counter.search import search
from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.handing_over.notices import make_notice
from kiosk.jobs.handing_over.passes import issue_pass
from kiosk.jobs.handing_over.pick_up import Found
from kiosk.jobs.staff.pauses import lift_pauses, list_pauses
from kiosk.jobs.staff.register import add_staff, make_badge
from kiosk.jobs.staff.sign_in import SignedIn, sign_in, sign_in_by_badge, sign_in_by_pin
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.meanings import BadgeScan
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from tests.conftest import Hands
from tests.jobs.asking import done, why

Shelve = Callable[..., CheckedIn]
SF, YTO = "SF1000000000001", "YT1000000000001"


def guess(station: Station, times: int, first: int = 0) -> None:
    for number in range(first, first + times):
        assert why(search(station, recognise(f"9-9-{number:04d}"))) is Problem.NO_SUCH_CODE


def test_five_wrong_codes_and_the_right_one_is_answered_alike(other_terminal: Station, shelved: Shelve) -> None:
    code = shelved(SF).code
    guess(other_terminal, 5)
    assert (
        search(other_terminal, recognise(code))
        == search(other_terminal, recognise("9-9-9999"))
        == Refused(Problem.NO_SUCH_CODE, wait_s=30)
    )
    assert other_terminal.leases.lit_slots() == ()


def test_the_pause_ends_and_other_terminals_never_had_it(
    station: Station, other_terminal: Station, shelved: Shelve, hands: Hands
) -> None:
    code = shelved(SF).code
    guess(other_terminal, 5)
    assert isinstance(search(station, recognise(code)), Found)
    hands.pass_time(31)
    assert isinstance(search(other_terminal, recognise(code)), Found)


def test_many_terminals_together_have_a_limit_too(station: Station, shelved: Shelve) -> None:
    code = shelved(SF).code
    for number in range(5):
        guess(replace(station, terminal=f"k{number}"), 4, first=10 * number)
    assert search(replace(station, terminal="k9"), recognise(code)) == Refused(
        Problem.NO_SUCH_CODE, wait_s=60, waits_everywhere=True
    )


def test_a_pause_outlives_the_program_and_the_wall_clock_is_not_asked(
    other_terminal: Station, shelved: Shelve, hands: Hands
) -> None:
    code = shelved(SF).code
    guess(other_terminal, 5)
    hands.wall = hands.wall.replace(year=hands.wall.year + 1)
    again = open_station(
        other_terminal.home, terminal="t2", who="customer", clock=hands.clock, random=Random(1)
    )  # fmt: skip
    assert why(search(again, recognise(code))) is Problem.NO_SUCH_CODE
    again.close()
    machine_restarted = Clock(now=hands.clock.now, monotonic=lambda: 5.0, boot=lambda: "another boot")
    again = open_station(other_terminal.home, terminal="t2", who="customer", clock=machine_restarted)
    assert why(search(again, recognise(code))) is Problem.NO_SUCH_CODE
    again.close()


def test_codes_in_one_message_are_counted_one_by_one(other_terminal: Station, shelved: Shelve) -> None:
    code = shelved(SF).code
    guesses = " ".join(f"9-9-{number:04d}" for number in range(4))
    assert isinstance(search(other_terminal, recognise(f"{guesses} {code}")), Found)
    assert (
        why(search(other_terminal, recognise(f"9-9-0009 {code}"))) is Problem.NO_SUCH_CODE
    )  # the fifth; what follows is not read
    assert why(search(other_terminal, recognise(code))) is Problem.NO_SUCH_CODE
    assert why(search(other_terminal, recognise(" ".join(f"9-9-{n:04d}" for n in range(11))))) is Problem.TOO_LONG


def test_a_hand_over_forgives(other_terminal: Station, shelved: Shelve) -> None:
    code = shelved(SF).code
    guess(other_terminal, 4)
    assert isinstance(search(other_terminal, recognise(code)), Found)
    assert isinstance(check_out(other_terminal, recognise(SF)), HandedOver)
    guess(other_terminal, 4)
    assert list_pauses(other_terminal).pauses == ()


def test_a_short_waybill_at_the_exit_is_no_guess(other_terminal: Station, shelved: Shelve) -> None:
    shelved("123456789")
    for _ in range(8):
        assert why(serve_customer(other_terminal, recognise("123456789"), None)) is Problem.NOT_IN_SESSION
    assert list_pauses(other_terminal).pauses == ()


def test_a_paused_terminal_serves_signed_codes_and_passes(
    station: Station, other_terminal: Station, shelved: Shelve
) -> None:
    shelved(SF, phone="13800001234")
    shelved(YTO, phone="13800001234")
    notice, proxy = done(make_notice(station, recognise(SF))), done(issue_pass(station, [recognise(YTO)], 24, "王芳"))
    guess(other_terminal, 5)
    found = serve_customer(other_terminal, recognise(notice.text), None)
    assert isinstance(found, Found) and len(found.parcels) == 2
    assert isinstance(serve_customer(other_terminal, recognise(proxy.text), None), Found)


def test_five_wrong_digits_lock_the_digits_of_a_code_at_every_terminal(
    station: Station, other_terminal: Station, shelved: Shelve, hands: Hands
) -> None:
    code = shelved(SF, phone="13800001234").code
    for number in range(5):
        terminal = replace(other_terminal, terminal=f"k{number}")
        assert why(search(terminal, recognise(code), f"000{number}")) is Problem.WRONG_PHONE_TAIL
    assert why(search(other_terminal, recognise(code), "1234")) is Problem.WRONG_PHONE_TAIL
    assert isinstance(search(other_terminal, recognise(code)), Found)  # the code itself still opens its own parcel
    seen = list_pauses(station)
    assert [pause.scope for pause in seen.pauses] == [f"tail {code}"]
    assert [(one.waybill, one.phone) for one in seen.parcels] == [(SF, "*******1234")]  # staff see whose it is
    assert done(lift_pauses(station, code)).pauses[0].seconds == 0
    assert isinstance(search(other_terminal, recognise(code), "1234"), Found)


def test_the_right_digits_wait_for_minutes_that_grow(other_terminal: Station, shelved: Shelve, hands: Hands) -> None:
    """The owner of a parcel at whose digits somebody guessed is not locked out for an hour."""
    code = shelved(SF, phone="13800001234").code
    waits = []
    for _ in range(4):
        answer = search(other_terminal, recognise(code), "0000")
        while isinstance(answer, Refused) and not answer.wait_s:
            answer = search(other_terminal, recognise(code), "0000")
        assert answer == search(other_terminal, recognise(code), "1234")
        assert isinstance(answer, Refused)
        waits.append(answer.wait_s)
        hands.pass_time(answer.wait_s + 1)
    assert waits == [60, 120, 240, 480]
    assert isinstance(search(other_terminal, recognise(code), "1234"), Found)


def test_staff_see_a_pause_and_lift_it_and_that_is_on_record(
    station: Station, other_terminal: Station, shelved: Shelve
) -> None:
    code = shelved(SF).code
    guess(other_terminal, 5)
    (pause,) = list_pauses(station).pauses
    assert (pause.scope, pause.seconds) == ("code t2", 30)
    assert why(lift_pauses(other_terminal)) is Problem.NOT_ALLOWED
    assert why(lift_pauses(station, "elsewhere")) is Problem.NO_PAUSE
    done(lift_pauses(station, "t2"))
    assert isinstance(search(other_terminal, recognise(code)), Found)
    (event, changes) = station.conn.execute("SELECT event, changes FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    assert event == "lift_pause" and changes == '{"lifted":["code t2"]}'


def test_pins_are_paused_by_terminal_and_by_number_badges_are_not(station: Station, second_desk: Station) -> None:
    done(add_staff(station, "7", "Li Na", Role.CLERK, "271828"))
    badge = recognise(done(make_badge(station, "7")).text).means
    assert isinstance(badge, BadgeScan)
    for pin in range(5):
        assert why(sign_in_by_pin(station, "7", f"11111{pin}")) is Problem.WRONG_PIN
    assert why(sign_in_by_pin(station, "7", "271828")) is Problem.WRONG_PIN
    assert why(sign_in_by_pin(second_desk, "7", "271828")) is Problem.WRONG_PIN
    assert isinstance(sign_in_by_badge(station, badge.token), SignedIn)
    done(lift_pauses(second_desk))
    assert isinstance(sign_in_by_pin(station, "7", "271828"), SignedIn)


def test_unknown_numbers_are_counted_at_the_terminal(station: Station) -> None:
    done(add_staff(station, "7", "Li Na", Role.CLERK, "271828"))
    for number in range(5):
        assert why(sign_in_by_pin(station, f"9{number}", "271828")) is Problem.WRONG_PIN
    assert why(sign_in_by_pin(station, "7", "271828")) is Problem.WRONG_PIN
    refused = station.conn.execute("SELECT count(*) FROM events WHERE event = 'refuse'").fetchone()
    assert refused == (5,)  # what is tried during a pause fills no log


def test_unknown_wrong_and_paused_cost_the_same_work(other_terminal: Station, shelved: Shelve) -> None:
    """One commit each, after the same look-ups; what a right code costs is not compared, for it shows a light."""
    code = shelved(SF, phone="13800001234").code

    def work_of(text: str, tail: str | None = None) -> tuple[int, int]:
        seen: list[str] = []
        other_terminal.conn.set_trace_callback(seen.append)
        search(other_terminal, recognise(text), tail)
        other_terminal.conn.set_trace_callback(None)
        verbs = [statement.split()[0] for statement in seen]
        return verbs.count("COMMIT"), verbs.count("INSERT") + verbs.count("REPLACE")

    unknown, wrong = work_of("9-9-0000"), work_of(code, "0000")
    guess(other_terminal, 4)
    paused, paused_and_right = work_of("9-9-0000"), work_of(code)
    assert unknown == paused == paused_and_right == (1, 3)
    assert wrong == (1, 2)  # of digits there is one count, not two


def test_a_clerk_lifts_no_pause_of_a_pin(station: Station, shelved: Shelve) -> None:
    done(add_staff(station, "1", "Wang", Role.MANAGER, "271828"))
    for pin in range(5):
        sign_in_by_pin(station, "1", f"11111{pin}")
    clerk = replace(station, role=Role.CLERK, who="staff-8")
    assert why(lift_pauses(clerk)) is Problem.NO_PAUSE
    assert len(done(lift_pauses(station)).pauses) == 2


def test_many_codes_in_a_scan_stop_no_other_terminal(
    station: Station, other_terminal: Station, shelved: Shelve
) -> None:
    code = shelved(SF).code
    for scan in range(3):
        search(
            replace(other_terminal, terminal=f"k{scan}"), recognise(" ".join(f"9-9-{scan}{n:03d}" for n in range(10)))
        )
    assert isinstance(search(station, recognise(code)), Found)


def test_a_parcel_scanned_at_a_locked_desk_is_no_try(station: Station) -> None:
    done(add_staff(station, "7", "Li Na", Role.CLERK, "271828"))
    for _ in range(8):
        assert why(sign_in(station, recognise(SF))) is Problem.WRONG_PIN
    assert isinstance(sign_in(station, recognise("7 271828")), SignedIn)
