"""From raw bytes to what is painted, inside one process: many inputs, sizes and key names in little time."""

import asyncio
import gc
import io
import logging
from collections.abc import Iterator
from random import Random

import pytest
from textual import events
from textual.keys import Keys
from textual.pilot import Pilot

from kiosk.home import StationHome
from kiosk.jobs.station import open_station
from kiosk.screens.customer.app import CustomerApp
from kiosk.screens.desk.app import DeskApp
from kiosk.screens.kiosk_app import KioskApp
from kiosk.screens.terminal.defects import DiscreetFormatter, tell_of_loop
from kiosk.screens.terminal.terminal_keys import PASTE_SILENCES, TerminalKeys
from scripts.fuzzing.inputs import SPICE, WORDS, hostile
from tests.conftest import Hands
from tests.hostile.faulty import SECRET
from tests.hostile.strict_terminal import wrong_in
from tests.loop import in_a_loop
from tests.screens.running import NoLights, settled

INPUTS = 40


SIZES = [(80, 24), (48, 14), (20, 5), (1, 1), (200, 60)]


@pytest.fixture(params=[CustomerApp, DeskApp])
def app(request: pytest.FixtureRequest, home: StationHome, hands: Hands) -> Iterator[KioskApp]:
    station = open_station(home, terminal="t1", who="staff", clock=hands.clock)
    app: KioskApp = request.param(station, NoLights)
    yield app
    app.close()


def painted(app: KioskApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def all_answered(app: KioskApp, pilot: Pilot[None]) -> None:
    answers: list[None] = []
    app.jobs.ask(lambda station: None, answers.append)
    await settled(pilot, lambda: answers)


@in_a_loop
async def test_bytes_become_text_on_the_screen_at_any_size(app: KioskApp) -> None:
    random, terminal = Random(31), TerminalKeys()
    async with app.run_test(size=SIZES[0]) as pilot:
        for number in range(INPUTS):
            told = terminal.feed(hostile(random, [*WORDS, *SPICE])[:600] + random.choice((b"", b"\r")))
            for message in [*told, *(one for _ in range(PASTE_SILENCES) for one in terminal.silence())]:
                app.post_message(message)
            if number % 8 == 0:
                await pilot.resize_terminal(*random.choice(SIZES))
            await all_answered(app, pilot)
            assert wrong_in(painted(app).encode() + b"\x1b") == []
        assert app.is_running


@in_a_loop
async def test_no_key_by_whatever_name_ends_a_screen(app: KioskApp) -> None:
    names = {key.value for key in Keys} | {chr(code) for code in range(128)}
    async with app.run_test() as pilot:
        for name in sorted(names):
            for modifier in ("", "ctrl+", "alt+", "shift+", "ctrl+shift+", "super+", "ctrl+alt+"):
                app.post_message(events.Key(modifier + name, None))
        await all_answered(app, pilot)
        assert app.is_running and not app._exit and len(app.screen_stack) == 1


def test_a_task_that_nobody_waited_for_tells_where_and_not_what(caplog: pytest.LogCaptureFixture) -> None:
    async def broken() -> None:
        raise ValueError(SECRET)

    loop = asyncio.new_event_loop()
    loop.set_exception_handler(tell_of_loop)
    task = loop.create_task(broken())
    loop.run_until_complete(asyncio.wait([task]))
    del task
    gc.collect()  # from Python 3.12 on it is part of a circle
    loop.close()
    assert "builtins.ValueError" in caplog.text and SECRET not in caplog.text


def test_the_log_quotes_no_exception() -> None:
    written = io.StringIO()
    log = logging.Logger("apart")
    log.addHandler(logging.StreamHandler(written))
    log.handlers[0].setFormatter(DiscreetFormatter())
    try:
        try:
            raise OSError(13, "Permission denied", f"/{SECRET}")
        except OSError as cause:
            raise ValueError(SECRET) from cause
    except ValueError:
        log.exception("it broke")
    assert "builtins.ValueError\n" in written.getvalue()
    assert "builtins.PermissionError: Permission denied\n" in written.getvalue()
    assert SECRET not in written.getvalue()
