"""The drawing of the shelves beside the number: read off the screen's cells."""

from collections.abc import Iterator

import pytest

from kiosk.home import StationHome
from kiosk.jobs.handing_over.pick_up import FoundParcel
from kiosk.jobs.station import open_station
from kiosk.parcels.looks import SESSION_LOOKS, Look
from kiosk.parcels.problems import Problem, Refused
from kiosk.screens.customer.app import CustomerApp
from kiosk.screens.customer.state import CustomerState
from kiosk.text import Language
from tests.conftest import Hands
from tests.loop import in_a_loop
from tests.screens.customer.test_every_face import found
from tests.screens.rendered import rendered
from tests.screens.running import NoLights

SEVERAL = (
    FoundParcel(1, "3-2-0147", "3-2-4"),
    FoundParcel(2, "1-5-0001", "1-5-1"),
    FoundParcel(3, "6-1-0002", "6-1-4"),
)
SIZES = [(100, 24), (130, 40), (200, 60)]


@pytest.fixture
def app(home: StationHome, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> Iterator[CustomerApp]:
    monkeypatch.setattr(CustomerApp, "_tick", lambda self: None)  # the state is ours
    app = CustomerApp(open_station(home, terminal="screen", who="customer", clock=hands.clock), NoLights)
    app.state = CustomerState(Language.ENGLISH)
    yield app
    app.close()


def paint(look: Look) -> str:
    return "#{:02X}{:02X}{:02X}".format(*look.colour.rgb)


def shining(app: CustomerApp, colour: str) -> list[tuple[str, int, str]]:
    """(shelf, level, mark) of each slot of that colour in the drawing, from the top."""
    left = app.shelves.region.x
    shelves: dict[int, str] = {}
    slots: list[tuple[str, int, str]] = []
    for row in rendered(app):
        text = row.text[left:] if len(row.text) == len(row.behind) else ""
        names = {text.index(name, 0): name.strip("[]") for name in text.split() if name.startswith("[")}
        shelves = names or shelves
        behind, at = row.behind[left:], 0
        while text and colour in behind[at:]:
            at = behind.index(colour, at)
            end = next((n for n in range(at, len(behind)) if behind[n] != colour), len(behind))
            shelf = shelves[min(shelves, key=lambda x: abs(x - at))]
            before = text[:at].split()
            mark = text[at:end].strip()
            if mark:
                slots.append((shelf, int([one for one in before if one.isdigit()][-1]), mark))
            at = end
    return slots


@pytest.mark.parametrize("look", SESSION_LOOKS[:7], ids=lambda look: f"{look.colour}-{look.pattern}")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@in_a_loop
async def test_slots_of_the_search_shine_in_its_colour_with_its_symbol(
    app: CustomerApp, size: tuple[int, int], look: Look
) -> None:
    async with app.run_test(size=size) as pilot:
        app.state.show_found(found(SEVERAL, look=look))
        app.refresh_face()
        await pilot.pause()
        symbol = look.colour.symbol
        assert sorted(shining(app, paint(look))) == [("1", 5, symbol), ("3", 2, symbol), ("6", 1, symbol)]
        assert app.pane.region.right <= app.shelves.region.x and app.shelves.region.right <= size[0]
        assert app.shelves.region.bottom <= size[1]


@in_a_loop
async def test_it_is_drawn_where_there_is_room_and_something_to_be_found(app: CustomerApp) -> None:
    async with app.run_test(size=(100, 24)) as pilot:
        for typed in ("", "3-2-4"):  # a code that somebody types is no place yet
            app.refresh_face(typed)
            await pilot.pause()
            assert not app.shelves.display and app.pane.region.width == 100
        app.state.show_found(found())
        app.refresh_face()
        await pilot.pause()
        assert app.shelves.display
        app.state.show_passing(Refused(Problem.NO_SUCH_CODE), 1000.0)
        app.refresh_face()
        await pilot.pause()
        assert not app.shelves.display


@in_a_loop
async def test_a_narrow_screen_has_none(app: CustomerApp) -> None:
    async with app.run_test(size=(99, 40)) as pilot:
        app.state.show_found(found())
        app.refresh_face()
        await pilot.pause()
        assert not app.shelves.display and app.pane.region.width == 99


@in_a_loop
async def test_a_slot_without_light_is_drawn_white(app: CustomerApp) -> None:
    async with app.run_test(size=(100, 24)) as pilot:
        app.state.show_found(found())
        app.state.dark = frozenset({"3-2-4"})
        app.refresh_face()
        await pilot.pause()
        assert shining(app, "#FFFFFF") == [("3", 2, found().look.colour.symbol)]
