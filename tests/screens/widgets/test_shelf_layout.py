"""Which shelves are drawn, how large, and what is left out where a station is larger than a screen."""

import pytest

from kiosk.config.shelves import Spot
from kiosk.screens.widgets.shelf_layout import Shelf, ShelfLayout, laid_out


def shelf(name: str, levels: int = 5, slots: int = 4) -> Shelf:
    return Shelf(name, tuple(tuple(f"{name}-{n}-{m}" for m in range(1, slots + 1)) for n in range(1, levels + 1)))


SIX = tuple(shelf(str(number)) for number in range(1, 7))
FORTY = tuple(shelf(str(number), 6, 10) for number in range(1, 41))
ROOM = {"1": Spot(1, 1), "2": Spot(1, 2), "3": Spot(1, 4), "4": Spot(3, 1), "5": Spot(3, 2), "6": Spot(3, 4)}


def names(layout: ShelfLayout | None) -> list[list[str]]:
    return [[one.name if one else "" for one in row] for row in layout.shelves] if layout else []


def test_all_shelves_stand_side_by_side_as_large_as_there_is_room() -> None:
    small, large = laid_out(SIX, {}, 36, 22), laid_out(SIX, {}, 72, 58)
    assert small and large
    assert names(small) == [["1", "2"], ["3", "4"], ["5", "6"]]
    assert large.size.wide > small.size.wide >= 3
    assert names(laid_out(SIX, {}, 200, 22)) == [["1", "2", "3", "4", "5", "6"]]


def test_they_stand_as_the_owner_says_with_aisles_between() -> None:
    assert names(laid_out(SIX, ROOM, 60, 22)) == [["1", "2", "", "3"], ["", "", "", ""], ["4", "5", "", "6"]]


@pytest.mark.parametrize(("columns", "rows"), [(36, 22), (50, 30), (72, 58), (20, 10), (12, 7), (10, 4), (0, 0)])
@pytest.mark.parametrize("spots", [{}, ROOM], ids=["in order", "as told"])
def test_what_is_drawn_has_room_and_the_slot_in_question_on_it(columns: int, rows: int, spots: dict[str, Spot]) -> None:
    layout = laid_out(SIX, spots, columns, rows, ["5-2-4", "1-1-1"])
    if not layout:
        assert (columns, rows) in [(10, 4), (0, 0)]  # one shelf alone has 6 columns and 6 rows
        return
    heights = [max((layout.size.rows(one) for one in row if one), default=1) for row in layout.shelves]
    assert layout.width <= columns and sum(heights) + len(heights) - 1 <= rows
    assert {"5", "1"} & {name for row in names(layout) for name in row}


def test_of_a_station_larger_than_the_screen_the_part_in_question_is_drawn() -> None:
    assert names(laid_out(FORTY, {}, 36, 22, ["17-3-9"])) == [["17"]]
    assert names(laid_out(FORTY, {}, 36, 22, ["17-3-9", "2-1-1"])) == [["2"], ["17"]]
    aisles = {one.name: Spot(1 + number // 8, 1 + number % 8) for number, one in enumerate(FORTY)}
    row = laid_out(FORTY, aisles, 110, 22, ["17-3-9"])
    assert names(row) == [[str(number) for number in range(17, 25)]]
    assert laid_out(FORTY, {}, 36, 22) is None
