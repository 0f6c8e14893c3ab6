"""Characters in, codes out: every frame seen in the wild."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.scanners.framing import BROKEN_OFF_S, LONGEST, LOST, Framing, Repeats, read_frame, split_aim
from hardware.scanners.wiring import Frame

CODE = "3-2-0147"


class Line:
    """A scanner's line with a clock in the test's hands."""

    def __init__(self, frame: Frame = Frame(again_s=0)) -> None:  # noqa: B008 - immutable
        self.framing = Framing(frame)
        self.t = 100.0
        self.codes: list[str] = []

    def send(self, characters: str, after: float = 0.001) -> None:
        self.t += after
        self.codes += [one.text for one in self.framing.feed(characters, self.t)]

    def wait(self, seconds: float) -> None:
        self.t += seconds
        self.codes += [one.text for one in self.framing.quiet(self.t)]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t", "\x03", "\x04", "\r\n\n"])
@pytest.mark.parametrize("start", ["", "\x02", "]C1", "\x02]Q3", "]d2\x1d", "\x1d"])
def test_every_frame_comes_off(start: str, end: str) -> None:
    line = Line()
    for _ in range(2):
        line.send(f"{start}{CODE}{end}")
    assert line.codes == [CODE, CODE]


def test_an_aim_identifier_names_the_symbology() -> None:
    assert split_aim("]C0SF1") == ("SF1", "Code 128")
    assert split_aim("]C1SF1") == ("SF1", "GS1-128")
    assert split_aim("]Q3x") == ("x", "GS1 QR Code")
    assert split_aim("]d1x") == ("x", "Data Matrix")
    assert split_aim("]") == ("]", None)
    assert split_aim("]?1x") == ("]?1x", None)
    assert read_frame("\x02]d2\x1dSF1\x1d\x03") == ("SF1", "GS1 DataMatrix", "\x02]d2\x1dSF1\x1d\x03")


def test_a_gs_inside_stays() -> None:
    assert read_frame("]C142094105\x1d9205590164917312751089\r").text == "42094105\x1d9205590164917312751089"


def test_configured_marks_come_off_and_end_a_code() -> None:
    line = Line(Frame(prefix="A~", suffix="#!", again_s=0))
    line.send(f"A~{CODE}#!A~4-1-0001#!")
    line.send("A~5-5-9#13\r")
    assert line.codes == [CODE, "4-1-0001", "5-5-9#13"]


def test_stx_begins_a_code_whatever_was_left_open() -> None:
    line = Line()
    line.send(f"{CODE}\x024-1-0001\x03")
    assert line.codes == [CODE, "4-1-0001"]


def test_silence_ends_a_code_of_a_scanner_that_sends_no_end() -> None:
    line = Line()
    line.send("3-2-")
    assert line.framing.patience_s == 0.2
    line.wait(0.1)
    line.send("0147")
    assert line.codes == []
    line.wait(0.2)
    assert line.codes == [CODE]
    line.send("4-1-0001", after=1)  # nobody called quiet() between the two
    line.send("4-1-0002", after=1)
    assert line.codes == [CODE, "4-1-0001"]
    assert line.framing.patience_s is not None


def test_half_a_code_of_a_scanner_that_sends_ends_is_none() -> None:
    line = Line()
    line.send(f"{CODE}\r3-2-")
    line.wait(0.3)
    line.send("0148\r")  # a slow line, no new code
    assert line.codes == [CODE, "3-2-0148"]
    line.send("3-2-")
    line.wait(BROKEN_OFF_S)
    line.send("9-9-9999\r")
    assert line.codes == [CODE, "3-2-0148", "9-9-9999"]


def test_a_scanner_whose_end_was_switched_off_works_again_after_one_code() -> None:
    line = Line()
    line.send(f"{CODE}\r")
    for _ in range(2):
        line.send(CODE, after=1)
        line.wait(BROKEN_OFF_S)
    assert line.codes == [CODE, CODE]


@pytest.mark.parametrize("end", ["\r", ""])
def test_where_characters_got_lost_the_whole_code_is(end: str) -> None:
    line = Line()
    line.send(f"3-{LOST}0147{end}")
    line.wait(1)
    line.send(f"4-1-0001{end}")
    line.wait(1)
    assert line.codes == ["4-1-0001"]


def test_an_endless_code_is_cut() -> None:
    line = Line()
    line.send("7" * 10_000 + "\r" + CODE + "\r")
    assert [len(one) for one in line.codes] == [LONGEST, len(CODE)]


def test_a_label_read_twice_is_one_scan_until_it_was_gone_for_a_moment() -> None:
    line = Line(Frame(again_s=0.5))
    for _ in range(10):
        line.send(f"{CODE}\r", after=0.4)
    line.send("4-1-0001\r")
    line.send(f"{CODE}\r", after=0.1)
    assert line.codes == [CODE, "4-1-0001"]
    line.send(f"{CODE}\r", after=0.6)
    assert line.codes == [CODE, "4-1-0001", CODE]
    repeats = Repeats(0)
    assert not repeats.is_again(CODE, 1.0) and not repeats.is_again(CODE, 1.0)


def test_ends_alone_are_no_code() -> None:
    line = Line()
    line.send("\r\n\t\x02\x03\x1d\r]C1\r")
    line.wait(5)
    assert line.codes == []


@given(st.lists(st.text("0123456789ABCDEF-]", min_size=1, max_size=20)), st.data())
def test_codes_in_any_pieces_come_out_as_they_went_in(codes: list[str], data: st.DataObject) -> None:
    line, stream = Line(), "".join(f"\x02{code}\r\n" for code in codes)
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        line.send(stream[:size])
        stream = stream[size:]
    expected = [split_aim(code)[0] for code in codes]
    assert line.codes == [code for code in expected if code]
