"""What terminals send, as keys: Esc and a scan that follows at once are Esc and the scan, not Alt and a garbled one."""

import pytest
from textual import events
from textual.message import Message

from hardware.scanners.wedge import WedgeReader
from kiosk.screens.terminal.terminal_keys import TerminalKeys

CODES = [
    "3-2-0147",
    "4-6-7602",
    "SF1000000000001",
    "yt1000000000001",
    "bf-1",
    "-1-2",
    "O1234",
    "取件码 3-2-0147",
    "#1-1",
]


def keys(messages: list[Message]) -> list[str]:
    return [message.key for message in messages if isinstance(message, events.Key)]


def scans(messages: list[Message]) -> tuple[list[str], list[str]]:
    """Keys that are no part of a scan, and the scans."""
    reader, left, found = WedgeReader(), list[str](), list[str]()
    for at, message in enumerate(messages):
        assert isinstance(message, events.Key)
        fed = reader.feed(message.key, message.character, 100 + at / 1000)
        left += [] if fed.taken else [message.key]
        found += [fed.scan] if fed.scan is not None else []
    return left, found


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("cut", ["at once", "byte by byte", "behind the Esc"])
def test_esc_and_a_scan_behind_it(code: str, cut: str) -> None:
    """In whatever pieces it is read, as long as nothing pauses between."""
    terminal = TerminalKeys()
    data = f"\x1b{code}\r".encode()
    pieces = {
        "at once": [data],
        "byte by byte": [data[n : n + 1] for n in range(len(data))],
        "behind the Esc": [data[:1], data[1:]],
    }[cut]
    told = [message for piece in pieces for message in terminal.feed(piece)]
    assert scans(told) == (["escape"], [code])


def test_a_person_with_alt_types_nothing() -> None:
    """The table of sequences has signs for Alt and a digit, such as £."""
    for key in "0123456789-abfzASQ":
        terminal = TerminalKeys()
        assert terminal.feed(b"\x1b" + key.encode()) == []
        (told,) = terminal.silence()
        assert isinstance(told, events.Key) and told.key == f"alt+{key}" and told.character is None


def test_esc_alone_and_keys_with_sequences_are_as_before() -> None:
    terminal = TerminalKeys()
    assert terminal.feed(b"\x1b") == [] and keys(terminal.silence()) == ["escape"]
    assert keys(terminal.feed(b"\x1bOP\x1b[B\x1b[15~")) == ["f1", "down", "f5"]
    assert keys([*terminal.feed(b"\x1b\x1b"), *terminal.silence()]) == ["escape", "escape"]
    assert keys([*terminal.feed(b"\x1b3"), *terminal.feed(b"\x1b[B"), *terminal.silence()]) == ["alt+3", "down"]


def test_an_esc_within_a_scan_spoils_it() -> None:
    terminal = TerminalKeys()
    left, found = scans(terminal.feed(b"3-2\x1b-0147\r"))
    assert left == [] and found == ["3-2\x1b-0147"]
