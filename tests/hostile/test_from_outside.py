"""Anything at all from a scanner, a keyboard, a manifest or a settings file: an answer, and nothing but text shown."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from textual import events
from textual.messages import TerminalSupportsSynchronizedOutput

from hardware.scanners.wedge import WedgeReader
from kiosk.config import LARGEST, MOST_DOTS, read_settings
from kiosk.counter.words import read_desk_word
from kiosk.faults import Fault, StationFault
from kiosk.parcels.manifest import LARGEST as LARGEST_MANIFEST
from kiosk.parcels.manifest import Announced, read_manifest
from kiosk.parcels.rejected_lines import Reason, RejectedLine
from kiosk.parcels.scans import recognise, unframed
from kiosk.screens.desk.state import DeskState
from kiosk.screens.terminal.terminal_keys import LONGEST_PASTE, PASTE_SILENCES, RUBBISH, TerminalKeys
from kiosk.screens.widgets.as_shown import as_shown
from kiosk.text import Language
from kiosk.text.desk_words import in_english
from scripts.fuzzing.inputs import SPICE, WORDS, hostile
from scripts.fuzzing.targets import Target, targets
from tests.hostile.strict_terminal import wrong_in

INPUTS = 60
bits = st.one_of(st.sampled_from([*SPICE, *WORDS]), st.binary(max_size=12))
sent = st.lists(bits, max_size=12).map(b"".join)
any_text = st.one_of(
    st.text(st.characters(), max_size=300), sent.map(lambda data: data.decode("utf-8", "surrogateescape"))
)


def as_told(messages: list[object]) -> list[tuple[str, str | None]]:
    """Keys and pastes as they can be compared."""
    told = []
    for message in messages:
        assert isinstance(message, events.Key | events.Paste | TerminalSupportsSynchronizedOutput)
        if isinstance(message, events.Key):
            told.append((message.key, message.character))
        elif isinstance(message, events.Paste):
            told.append(("paste", message.text))
    return told


@given(sent, st.integers(0, 40))
def test_the_same_keys_however_the_bytes_arrive(data: bytes, cut: int) -> None:
    whole, parts, single = TerminalKeys(), TerminalKeys(), TerminalKeys()
    told = as_told([*whole.feed(data)])
    assert as_told([*parts.feed(data[:cut]), *parts.feed(data[cut:])]) == told
    assert as_told([one for byte in data for one in single.feed(bytes([byte]))]) == told


@given(sent)
def test_a_silence_ends_whatever_was_begun(data: bytes) -> None:
    terminal = TerminalKeys()
    terminal.feed(data)
    for _ in range(PASTE_SILENCES):
        terminal.silence()
    assert as_told([*terminal.feed(b"3\r")]) == [("3", "3"), ("enter", "\r")]


@pytest.mark.parametrize("report", [
    b"\x1b[48;24;80;0;0t", b"\x1b[?2048;1$y", b"\x1b[5;7R", b"\x1b[I", b"\x1b[O", b"\x1b[<0;3;3M", b"\x1b[?62;4c",
    b"\x1b[?25u",
    b"\x1b[0n",
])  # fmt: skip
def test_what_only_a_terminal_tells_is_no_key_and_no_size(report: bytes) -> None:
    assert as_told([*TerminalKeys().feed(b"3" + report + b"-")]) == [("3", "3"), ("minus", "-")]


def test_a_paste_is_kept_to_a_length_and_told_once() -> None:
    terminal = TerminalKeys()
    (paste,) = [
        one
        for n in range(50)
        for one in terminal.feed(b"\x1b[200~" * (n == 0) + b"y" * 1000 + b"\x1b[201~" * (n == 49))
    ]
    assert isinstance(paste, events.Paste) and len(paste.text) == LONGEST_PASTE


def test_a_sequence_in_a_scan_spoils_it_and_presses_nothing() -> None:
    terminal, reader = TerminalKeys(), WedgeReader()
    keys = [one for one in terminal.feed(b"3-2-\x1b[27u0147\r") if isinstance(one, events.Key)]
    fed = [reader.feed(one.key, one.character, 0.001 * n) for n, one in enumerate(keys)]
    assert RUBBISH in [one.key for one in keys] and all(one.taken for one in fed)
    assert fed[-1].scan == "3-2-\x1b0147"


def test_ctrl_b_from_a_keyboard_swallows_nothing_of_the_next_scan() -> None:
    reader = WedgeReader()
    reader.feed("ctrl+b", "\x02", 0.0)
    reader.feed("9", "9", 0.01)
    scans = [reader.feed("enter" if c == "\r" else c, c, 3 + 0.001 * n).scan for n, c in enumerate("3-2-0147\r")]
    assert scans[-1] == "3-2-0147"


@given(any_text)
def test_any_text_is_recognised(text: str) -> None:
    recognise(text)
    word = read_desk_word(in_english(text))
    assert wrong_in((unframed(text) + (word[1] if word else "")).encode("utf-8", "replace") + b"\x1b") == []
    assert len(DeskState(Language.ENGLISH).masked(text)) == len(text)


@given(any_text)
def test_whatever_is_stored_is_shown_as_text(text: str) -> None:
    shown = as_shown(text)
    assert wrong_in(shown.encode() + b"\x1b") == [] and len(shown) == len(text)
    assert as_shown("张*　1 列\n2") == "张*　1 列\n2"


@given(st.one_of(st.binary(max_size=400), sent.map(lambda data: b"waybill,courier,phone\n" + data)))
def test_any_bytes_as_a_manifest(data: bytes) -> None:
    for line in read_manifest(data):
        assert isinstance(line, Announced | RejectedLine)
        if isinstance(line, RejectedLine):
            assert wrong_in(line.column.encode() + b"\x1b") == []


def test_a_manifest_that_is_too_large() -> None:
    (rejected,) = read_manifest(b"\0" * (LARGEST_MANIFEST + 1))
    assert isinstance(rejected, RejectedLine) and rejected.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("data", [
    b"#" * (LARGEST + 1), b"a." * 100_000 + b"a = 1", b"[" + b"a." * MOST_DOTS + b".a]",
    b"a = " + b"[" * 100_000,
    b"a = " + b"{a = " * 5000, b"\xff\xfe", b"\0", b"a = " + b"9" * 10_000, b'[station]\nname = "\\u202e"',
    b"\x1b[31m = 1",
    '[station]\nname = "a\u2066b"'.encode(), b'"\\u001b[2J" = 1', b"", b"station = 1",
])  # fmt: skip
def test_settings_that_nobody_should_write(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "station.toml"
    path.write_bytes(data)
    with pytest.raises(StationFault) as refused:
        read_settings(path)
    assert refused.value.fault is Fault.BAD_SETTINGS


@examples(max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_as_settings(data: bytes) -> None:
    with TemporaryDirectory() as folder, pytest.raises(StationFault):
        path = Path(folder) / "station.toml"
        path.write_bytes(data)
        read_settings(path)


@pytest.fixture(scope="module")
def known() -> Iterator[dict[str, tuple[Target, list[bytes]]]]:
    with targets(Random(5)) as found:
        yield found


@pytest.mark.parametrize("name", ["scans", "keys", "manifest", "settings", "settings by key", "desk", "customer"])
def test_a_short_run_of_the_fuzz_program(known: dict[str, tuple[Target, list[bytes]]], name: str) -> None:
    target, seeds = known[name]
    random = Random(3)
    for _ in range(INPUTS):
        data = hostile(random, seeds)
        try:
            target(data)
        except Exception as defect:
            raise AssertionError(f"{name} fell over {data!r}") from defect
