"""The desk on a phone: the very picture in both languages, and nothing of any text lost.

KIOSK_WRITE_GOLDEN=1 writes the pictures anew, for a person to look at what differs.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from textual.pilot import Pilot

from kiosk.counter.search import search
from kiosk.home import StationHome
from kiosk.jobs.staff.call_staff import call_staff
from kiosk.jobs.station import Station, open_station
from kiosk.parcels.scans import recognise
from kiosk.screens.desk.app import DeskApp
from kiosk.screens.desk.keys import KEYS, KEYS_LOCKED
from kiosk.screens.widgets.narrow import keys_in, packed, tail, wrapped
from kiosk.text import Language, words
from kiosk.text.answers.any_answer import words_of
from kiosk.text.answers.parts import Mood, Words
from kiosk.text.desk_help import help_lines
from kiosk.text.line_breaks import cells
from kiosk.text.qr_lines import qr_lines
from tests.conftest import Hands
from tests.loop import in_a_loop
from tests.screens.running import NoLights, settled

GOLDEN = Path(__file__).parent / "golden"
SIZES = [(48, 14), (40, 20), (46, 36)]
EACH = [(size, language) for size in SIZES for language in Language]
SF, YTO = "SF1000000000001", "YT1000000000001"


@pytest.fixture
def desk(home: StationHome, hands: Hands) -> Iterator[DeskApp]:
    station = open_station(home, terminal="desk", who="staff", clock=hands.clock, random=Random(7))
    app = DeskApp(station, NoLights)
    yield app
    app.close()


def picture(app: DeskApp) -> str:
    rows = ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]
    return "\n".join(row.rstrip() for row in rows)


def squeezed(text: str) -> str:
    return "".join(text.split())


async def scan(pilot: Pilot[None], app: DeskApp, text: str) -> None:
    """And wait for its answer to be painted."""
    before = len(app.state.last), app.state.last[0] if app.state.last else None
    app.scanned(text)
    await settled(pilot, lambda: (len(app.state.last), app.state.last[0] if app.state.last else None) != before)
    await settled(pilot, app.jobs._queue.empty)
    await pilot.pause()


@pytest.mark.parametrize(("size", "language"), EACH)
@in_a_loop
async def test_a_clerks_day_on_a_phone(
    desk: DeskApp, other_terminal: Station, size: tuple[int, int], language: Language
) -> None:
    desk.state.language = language
    frames: dict[str, str] = {}
    async with desk.run_test(size=size) as pilot:
        await settled(pilot, lambda: desk.view.overview is not None)
        await pilot.pause()
        frames["ready"] = picture(desk)
        desk.scanned("13800001234")
        desk.scanned("SF")
        await pilot.press("f3", "f4", "f4")
        frames["said"] = picture(desk)
        await scan(pilot, desk, SF)
        await scan(pilot, desk, YTO)
        frames["in"] = picture(desk)
        await scan(pilot, desk, "batch SF 120")
        await scan(pilot, desk, "XL")
        frames["refused"] = picture(desk)
        call_staff(other_terminal)
        for number in range(5):
            search(other_terminal, recognise(f"9-9-{number:04d}"))
        await settled(pilot, lambda: str(desk.pane.lines["banner"].render()).count("t2") == 2)
        await pilot.pause()
        await pilot.press("f8")
        await settled(pilot, lambda: words(language)("STATION") in picture(desk))
        frames["called, map"] = picture(desk)
        desk.typing("1" * 60 + "23")
        await pilot.press("f10")
        await pilot.pause()
        frames["menu"] = picture(desk)
        await pilot.press("escape")
        desk.scanned("help")
        await pilot.pause()
        frames["help"] = re.sub(r"\d+(?=.*PgDn)", "N", picture(desk))  # whoever adds a word has not changed the layout
    drawn = "".join(f"== {name}\n{frame}\n" for name, frame in frames.items())
    golden = GOLDEN / f"desk_{size[0]}x{size[1]}_{language}.txt"
    if os.environ.get("KIOSK_WRITE_GOLDEN"):
        golden.write_text(drawn, "utf-8")
    assert drawn == golden.read_text("utf-8")
    say = words(language)
    for frame in frames.values():
        rows = frame.split("\n")
        assert len(rows) == size[1] and max(map(cells, rows)) <= size[0]
        assert squeezed(say(KEYS)) in squeezed(frame)
    assert "1234" in frames["said"] and squeezed(say("not asked")) in squeezed(frames["said"])
    assert "120" in frames["refused"] and squeezed(say("(F7 closes it, Esc leaves it open)")) in squeezed(
        frames["refused"]
    )
    assert squeezed(say("A customer calls at: {terminals}  (F1: on my way)", terminals="t2")) in squeezed(
        frames["called, map"]
    )


@pytest.mark.parametrize(("size", "language"), EACH)
@in_a_loop
async def test_every_word_of_the_help_can_be_reached(desk: DeskApp, size: tuple[int, int], language: Language) -> None:
    desk.state.language = language
    say, seen = words(language), ""
    async with desk.run_test(size=size) as pilot:
        desk.scanned("help")
        while True:
            await pilot.pause()
            page = str(desk.pane.lines["list"].render())
            assert page.count("\n") < desk.pane.lines["list"].size.height
            seen += "\n".join(line for line in page.split("\n") if "PgDn" not in line)
            if "PgDn" not in page:
                break
            await pilot.press("pagedown")
    for line in help_lines(say, language, desk.state.role):
        assert squeezed(line) in squeezed(seen)


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
@in_a_loop
async def test_a_locked_desk_says_how_to_open_it(desk: DeskApp, size: tuple[int, int]) -> None:
    async with desk.run_test(size=size) as pilot:
        await pilot.pause()
        for language in Language:
            desk.state.language = language
            desk.state.lock()
            desk._show()
            await pilot.pause()
            ask = words(language)("Scan your badge, or type your number, a space and your PIN, then Enter.")
            assert squeezed(ask) in squeezed(picture(desk))
            assert squeezed(words(language)(KEYS_LOCKED)) in squeezed(picture(desk))


@in_a_loop
async def test_a_phone_that_is_turned_has_the_wide_desk(desk: DeskApp) -> None:
    async with desk.run_test(size=(44, 30)) as pilot:
        await pilot.pause()
        assert desk.pane.has_class("narrow")
        await pilot.resize_terminal(90, 14)
        await settled(pilot, lambda: not desk.pane.has_class("narrow"))
        await settled(pilot, lambda: squeezed(words(desk.state.language)(KEYS)) in squeezed(picture(desk)))


def test_rows_are_broken_set_in_and_packed() -> None:
    assert wrapped(["  batch [COURIER]: open a hand-over"], 20) == ("  batch [COURIER]:", "    open a hand-over")
    assert wrapped(["short"], 20) == ("short",)
    assert packed(keys_in("F1 coming F5 hand over  F12 lock"), 20) == "F1 coming\nF5 hand over\nF12 lock"
    assert packed(keys_in("F1 coming F5 hand over"), 40) == "F1 coming  F5 hand over"
    assert tail("> 运单123", 5) == "单123"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("size", [(80, 24), (46, 30), (120, 40)], ids=str)
@in_a_loop
async def test_a_qr_is_whole_at_once(desk: DeskApp, size: tuple[int, int], language: Language) -> None:
    async with desk.run_test(size=size) as pilot:
        desk.state.language = language
        desk.scanned("13800138000")
        for text in (SF, "1-1-1", "notice", "pass 48 王芳"):
            await scan(pilot, desk, text)
        for code in [words_of(words(language), answer).qr for answer in list(desk.state.last)[:2]]:
            desk.pane.show(words(language), Words("QR", Mood.CALM, "", ("one", "two", "three"), qr=code))
            await pilot.pause()
            shown = picture(desk)
            assert code and all(row.strip() in shown for row in qr_lines(code))
            assert "PgDn" not in shown.split("one")[0]


@pytest.mark.parametrize("language", Language)
@in_a_loop
async def test_no_key_is_parted_from_what_it_does(desk: DeskApp, language: Language) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        desk.state.language = language
        await pilot.pause()
        desk._show()
        await pilot.pause()
        shown = picture(desk)
        for key in re.split(r"\s+(?=F\d)", words(language)(KEYS)):
            assert key in shown


@in_a_loop
async def test_a_phone_does_not_stay_in_sight(desk: DeskApp) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"13800138000")
        await settled(pilot, lambda: "13800138000" in picture(desk))
        await pilot.press("enter")
        await settled(pilot, lambda: "*******8000" in picture(desk))
        assert "13800138000" not in picture(desk)
