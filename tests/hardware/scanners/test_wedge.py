from hypothesis import given
from hypothesis import strategies as st

from hardware.scanners.framing import LONGEST
from hardware.scanners.wedge import WedgeReader
from hardware.scanners.wiring import Frame

FAST, SLOW = 0.002, 0.3


class Keyboard:
    """Presses keys on a reader and keeps what comes out."""

    def __init__(self, *, is_far: bool = False) -> None:
        self.reader = WedgeReader(is_far=is_far)
        self.t = 100.0
        self.scans: list[str] = []
        self.untaken: list[str] = []

    def key(self, key: str, character: str | None = None, gap: float = FAST) -> None:
        self.t += gap
        fed = self.reader.feed(key, character, self.t)
        if fed.scan is not None:
            self.scans.append(fed.scan)
        if not fed.taken:
            self.untaken.append(key)

    def text(self, text: str, gap: float = FAST) -> None:
        for character in text:
            self.key(character, character, gap)

    def enter(self, gap: float = FAST) -> None:
        self.key("enter", "\r", gap)


def test_a_burst_of_scans_stays_apart() -> None:
    keyboard = Keyboard()
    codes = [f"3-2-{number:04d}" for number in range(100)]
    for code in codes:
        keyboard.text(code)
        keyboard.enter()
    assert keyboard.scans == codes


def test_cr_lf_is_one_end_and_lf_alone_and_tab_end_too() -> None:
    keyboard = Keyboard()
    for end in (["enter", "ctrl+j"], ["ctrl+j"], ["tab"]):
        keyboard.text("3-2-0147")
        for key in end:
            keyboard.key(key, "\r")
    assert keyboard.scans == ["3-2-0147"] * 3


def test_a_key_that_stands_for_the_separator_is_it_inside_a_scan_only() -> None:
    for key, character in (("f8", None), ("ctrl+right_square_bracket", "\x1d")):
        keyboard = Keyboard()
        keyboard.text("42094105")
        keyboard.key(key, character)
        keyboard.text("9205590164917312751089")
        keyboard.enter()
        keyboard.key(key, character, SLOW)
        assert keyboard.scans == ["42094105\x1d9205590164917312751089"]
        assert keyboard.untaken == [key]


def test_enter_alone_is_an_empty_scan() -> None:
    keyboard = Keyboard()
    keyboard.enter(SLOW)
    assert keyboard.scans == [""]


def test_a_scan_cuts_into_somebodys_typing() -> None:
    keyboard = Keyboard()
    keyboard.text("4-6", SLOW)
    keyboard.t += SLOW
    keyboard.text("3-2-0147")
    keyboard.enter()
    assert keyboard.scans == ["3-2-0147"]


def test_a_network_that_stalls_cuts_no_scan() -> None:
    keyboard = Keyboard(is_far=True)
    keyboard.text("SF13900")
    keyboard.key("1", "1", SLOW)
    keyboard.text("3912345")
    keyboard.enter()
    assert keyboard.scans == ["SF1390013912345"]


def test_typing_is_taken_whole_and_can_be_corrected() -> None:
    keyboard = Keyboard()
    keyboard.text("3-2-01488", SLOW)
    keyboard.key("backspace", None, SLOW)
    keyboard.key("backspace", None, SLOW)
    keyboard.text("7", SLOW)
    assert keyboard.reader.typed == "3-2-0147"[:7] + "7"
    keyboard.enter(SLOW)
    assert keyboard.scans == ["3-2-0147"]


def test_a_framed_scan_leaves_the_typing_alone() -> None:
    keyboard = Keyboard()
    keyboard.text("4-6", SLOW)
    keyboard.key("ctrl+b", "\x02")
    keyboard.text("3-2-0147")
    keyboard.key("ctrl+c", "\x03")
    assert keyboard.scans == ["3-2-0147"]
    assert keyboard.reader.typed == "4-6"


def test_keys_inside_a_scan_press_no_button() -> None:
    keyboard = Keyboard()
    keyboard.text("3-2")
    keyboard.key("escape", "\x1b")
    keyboard.key("f1")
    keyboard.text("0147")
    assert keyboard.reader.typed == "3-2??0147"
    keyboard.enter()
    assert keyboard.untaken == []
    assert keyboard.scans == ["3-2\x1b\x1b0147"]
    keyboard.key("escape", "\x1b", SLOW)
    keyboard.key("f1", None, SLOW)
    assert keyboard.untaken == ["escape", "f1"]


def test_what_a_person_left_behind_is_forgotten() -> None:
    keyboard = Keyboard()
    keyboard.text("4-6", SLOW)
    keyboard.text("7", 31)
    assert keyboard.reader.typed == "7"


def test_an_endless_scan_is_cut_but_still_one_scan() -> None:
    keyboard = Keyboard()
    keyboard.text("7" * 10_000)
    keyboard.enter()
    assert [len(scan) for scan in keyboard.scans] == [LONGEST]


@given(st.lists(st.text(alphabet="0123456789ABCDEF-", min_size=4, max_size=20), max_size=20))
def test_any_scans_in_one_burst_come_out_as_they_went_in(scans: list[str]) -> None:
    keyboard = Keyboard()
    for scan in scans:
        keyboard.text(scan)
        keyboard.enter()
    assert keyboard.scans == scans


def framed(prefix: str = "", suffix: str = "", again_s: float = 0) -> Keyboard:
    keyboard = Keyboard()
    keyboard.reader = WedgeReader(Frame(prefix, suffix, again_s=again_s))
    return keyboard


def test_a_configured_prefix_tells_a_slow_scan_from_typing() -> None:
    keyboard = framed(prefix="~#")
    keyboard.text("4-6", SLOW)
    keyboard.text("~#3-2-0147", 0.06)
    keyboard.enter()
    assert keyboard.scans == ["3-2-0147"]
    assert keyboard.reader.typed == "4-6"


def test_a_configured_suffix_ends_a_scan_with_and_without_a_prefix() -> None:
    keyboard = framed(prefix="~", suffix="#!")
    keyboard.text("~3-2-0147#!3-2-0148#!")
    keyboard.enter()  # some send both
    keyboard.text("~3-2-0149")
    keyboard.enter()
    assert keyboard.scans == ["3-2-0147", "3-2-0148", "3-2-0149"]


def test_a_prefix_pressed_by_a_person_swallows_nothing() -> None:
    keyboard = framed(prefix="~")
    keyboard.text("~", SLOW)
    keyboard.t += 1
    keyboard.text("3-2-0147", SLOW)
    keyboard.enter(SLOW)
    assert keyboard.scans == ["3-2-0147"]


def test_a_label_read_twice_is_one_scan() -> None:
    keyboard = framed(again_s=0.5)
    for _ in range(3):
        keyboard.text("3-2-0147")
        keyboard.enter()
    keyboard.t += 1
    keyboard.text("3-2-0147")
    keyboard.enter()
    assert keyboard.scans == ["3-2-0147"] * 2
