"""Event streams of scanners in keyboard mode, made by hand after linux/input.h and what evtest shows."""

import string
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.scanners.framing import LOST, Framing
from hardware.scanners.key_decoder import EVENT, KeyDecoder
from hardware.scanners.wiring import Frame
from tests.hardware.scanners.key_stream import ALT, CAPS, CTRL, ENTER, KEY, SHIFT, Stream, code_of

PRINTABLE = string.digits + string.ascii_letters + string.punctuation + " "


def decoded(stream: Stream) -> str:
    return KeyDecoder().feed(stream.data)


def test_octets_as_the_kernel_writes_them() -> None:
    """`3-2-A` and Enter under a 64-bit kernel: 16 octets of time, then type, code and value."""
    time = "00f153650000000040e2010000000000"
    lines = [
        "0400 0400 20000700", "0100 0400 01000000", "0000 0000 00000000", "0100 0400 00000000", "0000 0000 00000000",
        "0100 0c00 01000000", "0000 0000 00000000", "0100 0c00 00000000", "0000 0000 00000000",
        "0100 0300 01000000", "0000 0000 00000000", "0100 0300 00000000", "0000 0000 00000000",
        "0100 0c00 01000000", "0000 0000 00000000", "0100 0c00 00000000", "0000 0000 00000000",
        "0100 2a00 01000000", "0100 1e00 01000000", "0000 0000 00000000", "0100 1e00 00000000", "0100 2a00 00000000",
        "0100 1c00 01000000", "0000 0000 00000000", "0100 1c00 00000000", "0000 0000 00000000",
    ]  # fmt: skip
    data = bytes.fromhex("".join(time + line for line in lines))
    assert KeyDecoder(struct.Struct("<qqHHi")).feed(data) == "3-2-A\r"


@pytest.mark.parametrize("event", [EVENT, struct.Struct("=iiHHi"), struct.Struct("=qqHHi")])
def test_events_of_32_and_of_64_bits(event: struct.Struct) -> None:
    assert KeyDecoder(event).feed(Stream(event).type("SF1-a").press(ENTER).data) == "SF1-a\r"
    assert EVENT.size in (16, 24)


@settings(max_examples=30)
@given(st.text(PRINTABLE, max_size=40), st.data())
def test_every_character_in_any_pieces(text: str, data: st.DataObject) -> None:
    stream, decoder, out = Stream().type(text).data, KeyDecoder(), ""
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        out, stream = out + decoder.feed(stream[:size]), stream[size:]
    assert out == text


def test_control_characters_as_scanners_type_them() -> None:
    stream = Stream().press(code_of("B"), CTRL).press(code_of("]"), CTRL).type("1")
    for key in "MJICD":
        stream.press(code_of(key), CTRL)
    assert decoded(stream) == "\x02\x1d1\r\n\t\x03\x04"


def test_caps_lock_turns_letters_round_and_nothing_else() -> None:
    assert decoded(Stream().press(CAPS).type("aB-1!").press(CAPS).type("a")) == "Ab-1!a"


def test_the_keypad_means_digits_and_alt_a_character_by_its_number() -> None:
    seven, four, six, enter = 71, 75, 77, 96
    assert decoded(Stream().press(seven).press(74).press(82).press(enter)) == "7-0\r"
    by_number = Stream()
    by_number.key(ALT, 1)
    by_number.press(82).press(six).press(77).press(ALT)  # 0 6 6
    assert decoded(by_number) == "B"
    beyond = Stream()
    beyond.key(ALT, 1)
    beyond.press(80).press(four).press(six).press(ALT)  # 246 depends on the code page
    assert decoded(beyond) == "\x1b"


def test_a_held_key_is_one_and_an_unknown_one_spoils() -> None:
    stream = Stream()
    stream.put(KEY, code_of("7"), 1)
    for _ in range(5):
        stream.put(KEY, code_of("7"), 2)
    stream.put(KEY, code_of("7"), 0)
    assert decoded(stream.press(69).press(125)) == "7"  # num lock and the one with the window are no character
    assert decoded(Stream().type("3").press(59).type("2")) == "3\x1b2"  # F1
    assert decoded(Stream().press(code_of("A"), ALT)) == "\x1b"
    assert decoded(Stream().type("420").press(66).type("92")) == "420\x1d92"  # F8: as which some type a GS


def test_where_the_kernel_dropped_events_the_code_is_thrown_away() -> None:
    stream = Stream().type("3-2-01")
    stream.key(SHIFT, 1)
    stream.lose([(KEY, code_of("9"), 1), (KEY, SHIFT, 0)]).type("47").press(ENTER).type("4-1-0001").press(ENTER)
    text = decoded(stream)
    assert text == f"3-2-01{LOST}47\r4-1-0001\r"  # and the shift that was held is not held for ever
    assert [one.text for one in Framing(Frame()).feed(text, 1.0)] == ["4-1-0001"]


@given(st.binary(max_size=400))
def test_rubbish_raises_nothing(data: bytes) -> None:
    KeyDecoder().feed(data)
