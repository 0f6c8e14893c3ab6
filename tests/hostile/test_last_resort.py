"""Whatever breaks in a screen: a neutral screen in both languages, the log knows why, and the screen comes back."""

import re
import signal
from collections.abc import Callable

import pytest

from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.jobs.station import Station
from kiosk.parcels.roles import Role
from kiosk.screens.terminal.last_resort import PAUSES_S, STEADY_S, keep_open
from kiosk.screens.terminal.neutral_screen import neutral_screen
from tests.apa102_decoder import lit, read_trace
from tests.hostile.at_work import PIXELS, AtWork
from tests.hostile.conftest import Open
from tests.hostile.faulty import ON_KEY, SECRET
from tests.hostile.strict_terminal import wrong_in
from tests.jobs.asking import colleague
from tests.waiting import until

DEFECT = b"\x1bh"
NEUTRAL = ("One moment please", "请稍候", "If this stays, please call staff.")


def was_shown(screen: AtWork, *texts: str) -> bool:
    """Whether it was ever sent."""
    return all(text.encode() in screen.terminal.raw for text in texts)


def says_nothing_of_it(screen: AtWork) -> None:
    """Neither the customer nor the log has anything of what was scanned, and nobody saw a traceback."""
    assert "ValueError" in screen.log() and "faulty.py" in screen.log()
    assert SECRET not in screen.log() and SECRET.encode() not in screen.terminal.raw
    assert b"Traceback" not in screen.terminal.raw and b"Error" not in screen.terminal.raw
    assert wrong_in(bytes(screen.terminal.raw)) == []


def test_defects_of_all_that_runs_in_a_screen(open_screen: Open) -> None:
    screen = open_screen("run", defect="on keys")
    screen.opens()
    for times, key in enumerate(ON_KEY, 1):
        screen.terminal.type("\x1b" + key.removeprefix("alt+"))
        until(lambda wanted=times: screen.log().count("the screen broke") == wanted)  # type: ignore[misc]
        screen.terminal.shows(*NEUTRAL)
        screen.opens()
    screen.serves()
    says_nothing_of_it(screen)
    assert screen.terminal.end() == 0 and not screen.lit()


@pytest.mark.parametrize("defect", ["compose", "lights thread"])
def test_a_defect_at_the_start(open_screen: Open, defect: str) -> None:
    screen = open_screen("run", defect=defect)
    screen.opens()
    screen.serves()
    until(lambda: was_shown(screen, *NEUTRAL))
    screen.serves()
    says_nothing_of_it(screen)


def test_a_defect_of_the_thread_that_reads(open_screen: Open) -> None:
    screen = open_screen("run", defect="input")
    screen.opens()
    screen.serves()
    assert was_shown(screen, *NEUTRAL)
    says_nothing_of_it(screen)


def test_lights_that_break_are_lit_again_without_the_customer_noticing(open_screen: Open) -> None:
    screen = open_screen("run", defect="lights")
    screen.opens()
    screen.serves()
    assert not was_shown(screen, NEUTRAL[0])
    says_nothing_of_it(screen)


def test_other_customers_lights_shine_on(open_screen: Open) -> None:
    screen = open_screen("run", defect="on keys")
    screen.opens()
    screen.terminal.type(f"{screen.codes[0]}\r")
    until(screen.lit)
    transfers = len(read_trace(screen.trace))
    screen.terminal.send(DEFECT)
    screen.terminal.shows(*NEUTRAL)
    screen.opens()
    assert screen.lit()
    later = [line for line in read_trace(screen.trace)[transfers:] if str(line["strip"]) == "main"]
    assert all(lit(bytes.fromhex(str(line["hex"])), PIXELS) for line in later)


def test_the_demo_comes_back_with_its_shelves(open_screen: Open) -> None:
    screen = open_screen("demo", defect="on keys", columns=120)
    screen.opens()
    screen.terminal.send(DEFECT)
    screen.terminal.shows(*NEUTRAL)
    screen.opens()
    screen.terminal.type(f"{screen.codes[0]}\r")
    screen.terminal.shows(f"label {screen.codes[0]}")
    screen.terminal.type("\x11")
    until(lambda: screen.terminal.process.poll() is not None)
    assert screen.terminal.end() == 0


def test_the_desk_comes_back_locked(open_screen: Open, station: Station) -> None:
    colleague(station, "7", "Wang", Role.MANAGER, "271828")
    screen = open_screen("desk", defect="on keys")
    screen.terminal.shows("LOCKED")
    screen.terminal.type("7 271828\r")
    screen.terminal.shows("WELCOME", "Wang")
    screen.terminal.send(DEFECT)
    screen.terminal.shows(*NEUTRAL)
    screen.terminal.shows("LOCKED")
    assert "Wang" not in screen.terminal.text
    screen.terminal.type(f"{screen.codes[0]}\r")
    screen.terminal.shows("Number and PIN do not fit")
    says_nothing_of_it(screen)


def test_sigterm_ends_it_between_two_screens_too_and_nothing_else_does(open_screen: Open) -> None:
    screen = open_screen("run", defect="for ever")
    screen.terminal.shows(*NEUTRAL)
    screen.terminal.send(b"\x03\x1a\x1c\x04\r" * 20)
    for number in (signal.SIGINT, signal.SIGTSTP, signal.SIGQUIT, signal.SIGHUP, signal.SIGUSR1):
        screen.terminal.process.send_signal(number)
    until(lambda: screen.log().count("the screen broke") == 2)
    assert re.findall(r"comes back in (\d+) s", screen.log()) == ["1", "2"]
    assert screen.terminal.process.poll() is None and b"^C" not in screen.terminal.raw
    assert screen.terminal.end(signal.SIGTERM) == 0
    assert screen.terminal.raw.endswith(b"\x1b[?7h")
    assert b"Traceback" not in screen.terminal.raw


def test_a_station_that_cannot_be_opened_again_is_tried_again(open_screen: Open, home: StationHome) -> None:
    screen = open_screen("run", defect="on keys")
    screen.opens()
    home.settings.rename(home.folder / "away")
    screen.terminal.send(DEFECT)
    until(lambda: "no_settings" in screen.log())
    screen.terminal.shows(*NEUTRAL)
    (home.folder / "away").rename(home.settings)
    screen.opens()
    screen.serves()


def test_the_installers_screen_ends_with_a_sentence_and_gives_the_terminal_back(open_screen: Open) -> None:
    screen = open_screen("lights map", defect="on keys")
    screen.terminal.shows("Is the yellow light at this slot?")
    screen.terminal.send(DEFECT)
    until(lambda: screen.terminal.process.poll() is not None)
    assert screen.terminal.end() == 3
    assert b"\x1b[?1049l" in screen.terminal.raw and b"a defect of its own" in screen.terminal.raw
    assert b"Traceback" not in screen.terminal.raw and b"locals" not in screen.terminal.raw


def broken_screens(*lasted_s: float) -> tuple[list[float], Callable[[], None]]:
    """The pauses after screens that stood so long before they broke; the one after them ends as it should."""
    now, left, pauses = [0.0], [*lasted_s], list[float]()

    def open_screen() -> None:
        if left:
            now[0] += left.pop(0)
            raise StationFault(Fault.DATABASE_BUSY)

    def pause(seconds: float) -> bool:
        pauses.append(seconds)
        return False

    return pauses, lambda: keep_open(open_screen, pause, lambda: now[0])


def test_pauses_grow_and_a_steady_screen_starts_afresh() -> None:
    pauses, run = broken_screens(*[0.1] * 7, STEADY_S, 0.1)
    run()
    assert pauses == [*PAUSES_S, PAUSES_S[-1], PAUSES_S[-1], PAUSES_S[0], PAUSES_S[1]]


@pytest.mark.parametrize("size", [(80, 24), (1, 1), (0, 0), (48, 14), (65535, 65535)])
def test_the_neutral_screen_fits(size: tuple[int, int]) -> None:
    sent = neutral_screen(*size)
    assert wrong_in(sent.encode() + b"\x1b") == []
    assert "One moment please" in sent
