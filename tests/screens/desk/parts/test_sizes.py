"""Rows of the desk's parts: all of the screen and no more at any size, and the same whatever was scanned."""

from itertools import product

import pytest

from kiosk.screens.desk.parts.large import large
from kiosk.screens.desk.parts.sizes import Needed, map_columns, place_rows, sizes
from kiosk.text.line_breaks import cells

WIDTHS, HEIGHTS = (20, 40, 46, 60, 61, 80, 99, 100, 120, 160, 300), (*range(4, 50), 80, 120)
ANSWERS = [Needed(keys=2, lines=lines) for lines in range(8)]


@pytest.mark.parametrize(("width", "height"), list(product(WIDTHS, HEIGHTS)))
def test_all_rows_are_given_out_and_no_answer_moves_anything(width: int, height: int) -> None:
    for needed in (*ANSWERS, Needed(keys=5, banner=9, sheet=3, next=4), Needed(page=True, code=25, lines=3)):
        rows = sizes(width, height, needed)
        assert sum(rows) == height and min(rows) >= 0 and rows.typed == 1
    assert len({sizes(width, height, needed) for needed in ANSWERS}) == 1
    assert map_columns(width, height) <= width // 3


@pytest.mark.parametrize(("width", "height", "least"), [(80, 24, 7), (100, 30, 9), (120, 40, 10), (46, 36, 15)])
def test_the_last_scans_have_room(width: int, height: int, least: int) -> None:
    rows = sizes(width, height, Needed(keys=4 if width < 60 else 2, lines=6))
    assert rows.list >= least and rows.glance and place_rows(rows.lines)


def test_a_code_has_the_rows_it_needs() -> None:
    assert sizes(80, 24, Needed(keys=2, page=True, code=19)).list >= 19


@pytest.mark.parametrize("text", ["1-2-3", "10-12-10", "A-1-2", "138 0000 3333", "0123456789"])
@pytest.mark.parametrize("columns", [30, 45, 70, 110])
@pytest.mark.parametrize("rows", [3, 7])
def test_a_place_is_as_large_as_there_is_room_for(text: str, columns: int, rows: int) -> None:
    drawn = large(text, columns, rows)
    assert len(drawn) == rows and max(map(cells, drawn)) <= columns
    assert any(drawn)
