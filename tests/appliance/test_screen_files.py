"""What the appliance's screen is made of: how large its letters are, and what the keys of a keypad are."""

import ctypes
import ctypes.util
import subprocess
from pathlib import Path

import pytest

from tests.environment import environment

PI = Path(__file__).parent.parent.parent / "scripts" / "pi"
# evdev's numbers of keys (linux/input-event-codes.h)
KEYPAD = {
    "KP /": (98, "F1"), "KP *": (55, "F2"), "KP +": (78, "F3"), "KP .": (83, "F4"), "Num Lock": (69, "Escape"),
    "KP -": (74, "KP_Subtract"), "KP Enter": (96, "KP_Enter"), "KP 7": (71, "KP_7"), "Backspace": (14, "BackSpace"),
    "F1": (59, "F1"), "F4": (62, "F4"), "/": (53, "slash"), ".": (52, "period"), "Esc": (1, "Escape"),
}  # fmt: skip


def cell(font: str) -> tuple[float, float, float]:
    """Width and height of a cell of DejaVu Sans Mono in pixels, and of its capitals: advance 1233, ascent 1901, descent
    483, capital height 1493 of 2048 units. foot rounds up what it puts beside each other."""
    name, _, number = font.partition("=")
    em = float(number) * (1 if name == "pixelsize" else 96 / 72)
    return -(-em * 1233 / 2048 // 1), -(-em * 1901 / 2048 // 1) + -(-em * 483 / 2048 // 1), em * 1493 / 2048


@pytest.fixture
def shown_font(tmp_path: Path) -> "ShownFont":
    return ShownFont(tmp_path)


class ShownFont:
    """What show-screen asks of the terminal at a display of that mode."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for program in ("foot", "swaymsg"):
            (folder / program).write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {folder}/{program}.told\n')
            (folder / program).chmod(0o755)

    def __call__(self, mode: str, **more: str) -> str:
        for number, (status, modes) in enumerate((("disconnected", ""), ("connected", f"{mode}\n640x480\n"))):
            connector = self._folder / f"card0-HDMI-A-{number}"
            connector.mkdir(exist_ok=True)
            (connector / "status").write_text(f"{status}\n")
            (connector / "modes").write_text(modes)
        path = f"{self._folder}:/usr/bin:/bin"
        seen = environment(PATH=path, KIOSK_DISPLAYS=str(self._folder), **more)
        subprocess.run([PI / "show-screen"], env=seen, check=True)
        told = (self._folder / "foot.told").read_text().split("\n")
        (fonts,) = [one.removeprefix("--font=") for one in told if one.startswith("--font=")]
        latin, chinese = (font.split(":")[1] for font in fonts.split(","))
        assert latin == chinese and (self._folder / "swaymsg.told").read_text() == "exit\n"
        return latin


@pytest.mark.parametrize("mode", [
    "1920x1080", "1920x1080i", "1280x800", "1024x600", "800x480", "1366x768", "1280x1024", "1024x768", "1080x1920",
    "600x1024", "2560x1440", "3840x2160", "1280x720", "1440x900", "1680x1050",
])  # fmt: skip
def test_letters_are_as_large_as_the_fewest_cells_allow(shown_font: ShownFont, mode: str) -> None:
    width, height = (int(part.rstrip("i")) for part in mode.split("x"))
    wide, high, _ = cell(shown_font(mode))
    columns, rows = width // wide, height // high
    assert columns >= 40 and rows >= 12
    assert columns <= 45 or rows <= 13  # no larger letters would fit


def test_capitals_are_10_mm_high_on_the_pages_own_example(shown_font: ShownFont) -> None:
    """15.6 inches, 1920 × 1080: 194.3 mm high. Rows are keys for fingers: 15 mm."""
    pitch = 194.3 / 1080
    _, high, capital = cell(shown_font("1920x1080"))
    assert capital * pitch >= 10 and high * pitch >= 15


def test_an_owner_may_choose_the_size(shown_font: ShownFont) -> None:
    assert shown_font("1920x1080", FONT_SIZE="30") == "size=30"
    assert shown_font("1920x1080", FONT_SIZE="auto").startswith("pixelsize=")
    assert "\ndpi-aware=no\n" in (PI / "foot.ini").read_text()  # or points would be a panel's own


def test_a_keypad_has_the_four_keys_and_scanners_keep_theirs() -> None:
    """Compiled as the compositor does it."""
    name = ctypes.util.find_library("xkbcommon")
    if name is None or not Path("/usr/share/X11/xkb/rules/evdev").exists():
        pytest.skip("no compositor is installed here")
    xkb = ctypes.CDLL(name)
    for function in ("xkb_context_new", "xkb_keymap_new_from_string", "xkb_state_new"):
        getattr(xkb, function).restype = ctypes.c_void_p
    context = ctypes.c_void_p(xkb.xkb_context_new(0))
    keymap = xkb.xkb_keymap_new_from_string(context, (PI / "keypad.xkb").read_bytes(), 1, 0)
    assert keymap
    state = ctypes.c_void_p(xkb.xkb_state_new(ctypes.c_void_p(keymap)))
    spoken = ctypes.create_string_buffer(64)
    found = {}
    for key, (code, _) in KEYPAD.items():
        xkb.xkb_keysym_get_name(xkb.xkb_state_key_get_one_sym(state, code + 8), spoken, 64)
        found[key] = spoken.value.decode()
    assert found == {key: symbol for key, (_, symbol) in KEYPAD.items()}


def test_the_compositor_takes_the_keys_from_there() -> None:
    assert "\ninput type:keyboard xkb_file /opt/kiosk/current/pi/keypad.xkb\n" in (PI / "sway.conf").read_text()
