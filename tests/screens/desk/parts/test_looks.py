"""What the desk looks like in both themes, without colours, and from one scan to the next."""

from collections.abc import Iterator
from random import Random

import pytest
from textual.geometry import Region

from kiosk.home import StationHome
from kiosk.jobs.station import open_station
from kiosk.screens.desk.app import DeskApp
from kiosk.screens.desk.parts.paint import LARGE_MARK, MARK, PAINT
from kiosk.screens.desk.parts.palette import INK, SAID, THEMES, Palette
from kiosk.text import Language
from kiosk.text.answers.parts import Mood
from tests.conftest import Hands
from tests.loop import in_a_loop
from tests.screens.contrast import contrast
from tests.screens.desk.test_desk_narrow import picture, scan
from tests.screens.running import NoLights, settled

TEXT, GRAPHICS = 4.5, 3.0  # WCAG 2 AA
DAY = (
    "SF1000000000001", "1-1-1", "YT1000000000001", "13800001234", "X-ODD-77", "9-9-0000", "SF1000000000001", "batch 3",
    "STO", "773000000000001", "773000000000002", "773000000000003", "773000000000004", "done", "out", "hold",
)  # fmt: skip


@pytest.fixture
def desk(home: StationHome, hands: Hands) -> Iterator[DeskApp]:
    station = open_station(home, terminal="desk", who="staff", clock=hands.clock, random=Random(7))
    app = DeskApp(station, NoLights)
    yield app
    app.close()


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_text_and_mark_is_read_in_both_themes(theme: Palette) -> None:
    for ground in (theme.ground, theme.panel):
        assert contrast(theme.text, ground) >= 7 and contrast(theme.muted, ground) >= TEXT
    for level in theme.levels:
        assert all(contrast(level, behind) >= GRAPHICS for behind in theme.map[:3]), level
        assert contrast(level, INK) >= GRAPHICS  # a full or closed slot has its mark in ink
    assert contrast(SAID, INK) >= TEXT
    for mood in set(Mood) - {Mood.CALM}:
        assert contrast(PAINT[mood], INK) >= TEXT


def test_outcomes_have_a_form_of_their_own() -> None:
    assert len(set(MARK.values())) == len(set(LARGE_MARK.values())) == len(Mood)


def regions(app: DeskApp) -> dict[str, Region]:
    return {name: part.region for name, part in app.pane.lines.items()}


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (160, 50), (46, 36)], ids=str)
@pytest.mark.parametrize("language", Language)
@in_a_loop
async def test_nothing_jumps(desk: DeskApp, size: tuple[int, int], language: Language) -> None:
    desk.state.language = language
    async with desk.run_test(size=size) as pilot:
        await settled(pilot, lambda: desk.view.overview is not None)
        await pilot.pause()
        at_first = regions(desk)
        for text in DAY:
            await scan(pilot, desk, text)
            newest = desk.pane.card
            assert regions(desk) == at_first, text
            assert newest.region.bottom <= size[1]


@in_a_loop
async def test_without_colours_the_marks_tell(desk: DeskApp) -> None:
    """They are letters, whatever NO_COLOR leaves of the rest."""
    async with desk.run_test(size=(100, 30)) as pilot:
        for text in ("SF1000000000001", "X-ODD-77", "9-9-0000", "SF1000000000002"):
            await scan(pilot, desk, text)
        shown = picture(desk)
        for mood in (Mood.GOOD, Mood.DOUBTFUL, Mood.BAD):
            assert f" {MARK[mood]} " in shown
        assert all(row.strip() in shown for row in LARGE_MARK[Mood.GOOD])


@in_a_loop
async def test_what_is_said_stays_in_sight_until_it_is_used(desk: DeskApp) -> None:
    async with desk.run_test(size=(100, 30)) as pilot:
        await scan(pilot, desk, "13800001234")
        await scan(pilot, desk, "9-9-0000")
        assert "138 0000 1234" in str(desk.pane.lines["next"].render())
        await scan(pilot, desk, "SF1000000000001")
        assert "138 0000 1234" not in picture(desk)
