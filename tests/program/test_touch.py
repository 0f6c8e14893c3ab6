"""A screen that is worked with fingers alone, by the bytes that a terminal sends for them."""

import re
from pathlib import Path

from kiosk.text.line_breaks import cells
from tests.program.asking import ask, codes_on_shelf
from tests.program.conftest import Open
from tests.program.terminal import Terminal
from tests.waiting import until

WAITS = "Scan or type your pickup code"


def place_of(screen: Terminal, label: str) -> tuple[int, int]:
    """Column and row, from 1, of what stands lowest on the screen."""
    found = re.compile(rf"(?<!\S){re.escape(label)}(?!\S)")
    until(lambda: found.search(screen.text))
    rows = [(number, line) for number, line in enumerate(screen.text.split("\n")) if found.search(line)]
    number, line = rows[-1]
    return cells(line[: [*found.finditer(line)][-1].start()]) + 1, number + 1


def down(place: tuple[int, int], button: int = 0) -> str:
    return f"\x1b[<{button};{place[0]};{place[1]}M"


def up(place: tuple[int, int], button: int = 0) -> str:
    return f"\x1b[<{button};{place[0]};{place[1]}m"


def tap(screen: Terminal, label: str) -> None:
    place = place_of(screen, label)
    screen.type(down(place) + up(place))


def test_a_parcel_is_found_with_fingers_alone(open_terminal: Open, folder: Path) -> None:
    screen = open_terminal("run", columns=80, rows=24)
    screen.shows(WAITS, "↵ OK")
    tap(screen, "F2 中文")
    screen.shows("F1 求助")
    tap(screen, "F2 English")
    screen.shows("F1 help")
    code = codes_on_shelf(folder)["1-2-1"]
    for digit in code:
        tap(screen, digit)
    tap(screen, "9")
    tap(screen, "⌫")
    tap(screen, "↵ OK")
    screen.shows("Your parcel is here", code, "↵ OK")  # there are more of this person: the end of the phone is asked
    for digit in "0000":
        tap(screen, digit)
    tap(screen, "↵ OK")
    until(lambda: "↵ OK" not in screen.text)
    screen.shows("3 parcels to take")
    tap(screen, "Esc cancel")
    screen.shows(WAITS, "↵ OK")
    tap(screen, "F1 help")
    screen.shows("Staff are called")
    assert ask(folder, "events")[-1]["event"] == "call_staff"
    assert screen.end() == 0


def test_a_wrong_code_can_be_tried_again_with_fingers(open_terminal: Open, folder: Path) -> None:
    screen = open_terminal("run", columns=100, rows=30)
    screen.shows(WAITS)
    for label in "9", "-", "9", "-", "1", "2", "3", "4", "↵ OK":
        tap(screen, label)
    screen.shows("✖", "↵ OK")
    code = codes_on_shelf(folder)["2-2-1"]
    for digit in code:
        tap(screen, digit)
    tap(screen, "↵ OK")
    screen.shows("Your parcel is here", code)
    assert screen.end() == 0


def test_a_swipe_a_wheel_and_other_buttons_press_nothing(open_terminal: Open) -> None:
    screen = open_terminal("run", columns=80, rows=24)
    screen.shows(WAITS, "↵ OK")
    before = screen.text
    help_key, five = place_of(screen, "F1 help"), place_of(screen, "5")
    screen.type(down(help_key) + up(five) + down(five) + up(help_key))  # swipes
    screen.type(down(five) + down((five[0] + 1, five[1]), 32) + down((five[0], 1), 32) + up((five[0], 1)))
    for button in (1, 2, 4, 64, 65):
        screen.type(down(help_key, button) + up(help_key, button))
    screen.type(up(help_key))  # the press was somebody else's
    screen.type("\x1b[<0;9999;9999M\x1b[<0;9999;9999m\x1b[<0;0;0M\x1b[<0;0;0m")
    tap(screen, "F2 中文")
    screen.shows("F1 求助")  # all of it has been read by now
    tap(screen, "F2 English")
    screen.shows("F1 help")
    until(lambda: screen.text == before)
    raw = bytes(screen.raw)
    assert b"\x1b[?1000h" in raw and b"\x1b[?1006h" in raw and b"\x1b[?1002h" not in raw and b"\x1b[?1003h" not in raw
    assert screen.end() == 0
    assert b"\x1b[?1000l" in bytes(screen.raw)


def test_a_long_press_is_one_press_when_it_ends(open_terminal: Open) -> None:
    screen = open_terminal("run", columns=80, rows=24)
    screen.shows(WAITS)
    language = place_of(screen, "F2 中文")
    screen.type(down(language) + down((language[0] + 1, language[1]), 32))
    tap_elsewhere = (1, 1)
    screen.type("\x1b[<64;1;1M")
    assert "F1 help" in screen.text
    screen.type(up((language[0] + 1, language[1])))
    screen.shows("F1 求助")
    screen.type(down(tap_elsewhere) + up(tap_elsewhere))
    assert screen.end() == 0


def test_a_finger_does_not_get_into_a_scan(open_terminal: Open, folder: Path) -> None:
    screen = open_terminal("run", columns=80, rows=24)
    screen.shows(WAITS, "↵ OK")
    five, code = place_of(screen, "5"), codes_on_shelf(folder)["2-2-1"]
    screen.type(code[:3] + down(five) + up(five) + code[3:] + "\r")
    screen.shows("Your parcel is here", code)
    assert screen.end() == 0


def test_an_owner_chooses_a_pad_on_the_smallest_screen_or_no_touch_at_all(open_terminal: Open, folder: Path) -> None:
    settings = folder / "station.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("# touch = true ", "touch = true "), "utf-8")
    small = open_terminal("run", columns=40, rows=12)
    small.shows(WAITS, "请扫描或输入取件码", "Exit", "Esc", "⌫  ↵")
    for digit in "3-2":
        tap(small, digit)
    tap(small, "↵")
    small.shows("✖")
    assert small.end() == 0
    settings.write_text(text.replace("# touch = true ", "touch = false"), "utf-8")
    deaf = open_terminal("run", columns=80, rows=24)
    deaf.shows(WAITS)
    assert "↵ OK" not in deaf.text
    tap(deaf, "F2 中文")
    deaf.type("\x1bOQ")
    deaf.shows("F1 求助")  # by the key alone: twice would be English again
    assert b"\x1b[?1000h" not in bytes(deaf.raw)
    assert deaf.end() == 0
