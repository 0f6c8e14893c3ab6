"""Where fingers may press, and what is under them; with a terminal's own bytes: tests/program/test_touch.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events

from hardware.scanners.wedge import WedgeReader
from kiosk.screens.customer.lines import keys_lines
from kiosk.screens.customer.moments.home_wish import HomeKey
from kiosk.screens.customer.touch.digit_pad import BACK, ENTER, DigitPad, digit_pad, pressed
from kiosk.screens.customer.touch.key_line import key_at
from kiosk.screens.terminal.terminal_keys import Pressed, TerminalKeys
from kiosk.text import Language, words
from kiosk.text.line_breaks import broken

ALL = {*"0123456789-", BACK, ENTER}
columns, rows = st.integers(38, 300), st.integers(12, 100)
# The panels of the parts page: their width and height in mm, and the cells that the appliance makes of them.
INSTALLED = {"15.6 inch": (345.4, 194.3, 44, 12), "21.5 inch": (476.1, 267.8, 44, 12)}
LARGE_ENOUGH = 15.0


@given(columns, rows, st.booleans())
def test_each_key_has_cells_of_its_own_and_the_face_keeps_its_room(columns: int, rows: int, always: bool) -> None:
    pad = digit_pad(columns, rows, always=always)
    if pad is None:
        assert not always and rows <= 14
        return
    assert rows - pad.rows >= (min(14, rows - 2) if rows >= 14 else 11)
    under = [[pad.key_at(x, y) for x in range(pad.columns)] for y in range(pad.rows)]
    keys = [key for row in pad.keys for key in row]
    assert {key for row in under for key in row} == set(keys) == ALL and len(keys) == len(ALL)
    for key in keys:
        cells = [(x, y) for y, row in enumerate(under) for x, one in enumerate(row) if one == key]
        wide, high = len({x for x, _ in cells}), len({y for _, y in cells})
        assert wide * high == len(cells) and wide >= 2 and high == pad.high
    assert {pad.key_at(-1, 0), pad.key_at(pad.columns, 0), pad.key_at(0, -1), pad.key_at(0, pad.rows)} == {None}


@pytest.mark.parametrize("panel", INSTALLED)
def test_at_the_installers_size_a_finger_has_15_mm(panel: str) -> None:
    width, height, columns, rows = INSTALLED[panel]
    pad = digit_pad(columns, rows, always=True)
    assert pad is not None
    narrowest = min(b - a for n in range(len(pad.keys)) for a, b in zip(pad.edges(n), pad.edges(n)[1:], strict=False))
    assert narrowest * width / columns >= LARGE_ENOUGH and pad.high * height / rows >= LARGE_ENOUGH
    for language in Language:
        for line in keys_lines(words(language), language, home=HomeKey.ASK, large=False):
            for name in ("F1", "F2", "F3", "F4", "Esc"):
                if name in line:
                    cells = sum(
                        key_at(line, x, y) == pressed_key(name) for y in range(2) for x in range(cell_len(line))
                    )
                    assert cells * width / columns >= LARGE_ENOUGH


def test_where_there_is_room_it_is_a_telephones() -> None:
    assert digit_pad(48, 14, always=False) is None
    telephone = digit_pad(200, 60, always=False)
    assert telephone == DigitPad((("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), ("-", "0", BACK), (ENTER,)), 4, 48)


def test_a_key_of_the_pad_is_a_key_of_the_keyboard() -> None:
    reader = WedgeReader()
    fed = [
        reader.feed(*pressed(label), float(n)) for n, label in enumerate(["3", "-", "9", BACK, "2", "-", "1", ENTER])
    ]
    assert fed[-1].scan == "3-2-1"


def pressed_key(name: str) -> str:
    return {"Esc": "escape"}.get(name, name.lower())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("width", [24, 38, 46, 78, 198])
def test_every_cell_of_the_line_of_keys_is_that_keys(language: Language, width: int) -> None:
    for line in keys_lines(words(language), language, home=HomeKey.ASK, large=True):
        shown = "\n".join(broken(line, width))
        for row, text in enumerate(shown.split("\n")):
            for name in ("F1", "F2", "F3", "F4", "Esc"):
                if name in text:
                    first = cell_len(text[: text.index(name)])
                    assert {key_at(shown, first + x, row) for x in range(len(name))} == {pressed_key(name)}
            assert key_at(shown, cell_len(text), row) is None and key_at(shown, -1, row) is None
        assert key_at(shown, 0, shown.count("\n") + 1) is None


def test_what_was_broken_off_belongs_to_the_key_before_it() -> None:
    assert [key_at("F1 call staff  F4\nlarge text  Esc cancel", x, 1) for x in (0, 9, 12)] == ["f4", "f4", "escape"]
    assert key_at("SF1F2 no key", 4, 0) is None


def told(data: bytes, *, tells_presses: bool = True) -> list[Pressed | str]:
    messages = TerminalKeys(tells_presses=tells_presses).feed(data)
    return [
        one.key if isinstance(one, events.Key) else one for one in messages if isinstance(one, Pressed | events.Key)
    ]


def test_presses_are_those_of_a_finger_or_the_left_button() -> None:
    (down, up) = told(b"\x1b[<0;12;7M\x1b[<0;12;7m")
    assert isinstance(down, Pressed) and isinstance(up, Pressed)
    assert (down.column, down.row, down.is_lifted) == (11, 6, False) and up.is_lifted
    others = b"\x1b[<32;12;7M\x1b[<35;12;7M\x1b[<2;12;7M\x1b[<2;12;7m\x1b[<64;3;3M\x1b[<65;3;3M\x1b[<4;3;3M\x1b[<0;3M"
    assert told(others) == []  # dragged, moved, the right button, a wheel, with Shift, not whole
    assert told(b"\x1b[<0;12;7M\x1b[<0;12;7m", tells_presses=False) == []


def test_large_text_comes_before_a_pad_that_nobody_needs() -> None:
    assert digit_pad(80, 24, always=False, large=True) is None
    assert digit_pad(80, 24, always=True, large=True) is not None
    low, high = digit_pad(62, 30, always=False, large=True), digit_pad(62, 30, always=False)
    assert low and high and low.rows == 2 < high.rows  # else what is to be done is not painted at 100 x 30
    assert digit_pad(200, 60, always=False, large=True) == digit_pad(200, 60, always=False)
