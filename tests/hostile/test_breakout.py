"""No key, paste, signal, size or sequence leaves the customer screen, and the next customer is served as ever."""

import os
import signal
import termios
from fcntl import ioctl
from pathlib import Path
from random import Random

import pytest
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS

from scripts.fuzzing.inputs import SPICE, WORDS, hostile
from tests.hostile.at_work import AtWork
from tests.hostile.conftest import Open
from tests.hostile.strict_terminal import wrong_in
from tests.waiting import until

RANDOM_STRINGS = 80
# Left open, or told by no terminal: what comes after them belongs to somebody else.
TRAPS = [
    b"\x1b[200~", b"\x1b[200~3-2-", b"\x1b[48;1;1;1;1t", b"\x1b[48;65535;65535;1;1t", b"\x1b[99999999999999;5u",
    b"\x1b[1:2;1u", b"\x1b]0;title", b"\x1bP1$r", b"\x1b_G", b"\x1b^x", b"\x1bX", b"\x1b[", b"\x1bO", b"\x1b",
    b"\x1b[<0;1", b"\x1b[M!", b"\x02", b"\x0299", b"\xff", b"\xf0\x9f", b"\x1b[?2048;1$y", b"\x1b[?2026;1$y",
    b"\x1b[1;1R", b"\x1b[I", b"\x1b[O", b"\x9b", b"\x13",
]  # fmt: skip
SIZES = [(1, 1), (0, 0), (65535, 65535), (65535, 1), (1, 65535), (10, 3), (80, 24)]
MOST_KB = 120_000
_FATAL = {
    signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP,
    signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT, signal.SIGTRAP, signal.SIGSYS,
}  # fmt: skip


def kitty_keys() -> list[bytes]:
    """Every key of the kitty keyboard protocol with every modifier of the first four."""
    codes = [*range(128), *(int(name[:-1]) for name in FUNCTIONAL_KEYS if name.endswith("u"))]
    return [f"\x1b[{code};{modifiers}u".encode() for code in codes for modifiers in range(1, 17)]


def one_by_one(screen: AtWork, keys: list[bytes]) -> None:
    """Each is read before the next one comes."""
    slave = os.open(f"/proc/{screen.terminal.process.pid}/fd/0", os.O_RDWR | os.O_NOCTTY)
    try:
        for key in keys:
            screen.terminal.send(key)
            until(lambda: ioctl(slave, termios.FIONREAD, b"\0\0\0\0") == b"\0\0\0\0")
    finally:
        os.close(slave)


_F4 = b"\x1bOS"


def test_every_byte_and_every_key(open_screen: Open) -> None:
    screen = open_screen("run")
    screen.opens()
    every_byte = [bytes([byte]) for byte in range(256)]
    every_key = [sequence.encode() for sequence in ANSI_SEQUENCES_KEYS]
    one_by_one(screen, every_byte)
    screen.serves()
    one_by_one(screen, [*every_key, _F4])  # among them three times, and large text is painted
    screen.serves()
    for keys in (every_byte, every_key, kitty_keys(), [key + b"\r" for key in every_byte]):
        screen.terminal.send(b"".join(keys))
        screen.lights()  # in large text or not
    assert "Traceback" not in screen.log() and "broke" not in screen.log()


def test_random_strings(open_screen: Open) -> None:
    screen = open_screen("run")
    screen.opens()
    random = Random(11)
    for number in range(RANDOM_STRINGS):
        screen.terminal.send(hostile(random, [*WORDS, *SPICE])[:2000])
        if number % 40 == 39:
            screen.serves()
    assert "broke" not in screen.log()


def test_random_strings_at_the_desk(open_screen: Open) -> None:
    screen = open_screen("desk")
    screen.terminal.shows("READY")
    random = Random(12)
    for _ in range(RANDOM_STRINGS):
        screen.terminal.send(hostile(random, [*WORDS, *SPICE])[:2000])
    screen.scans_until("SF9000000000001", lambda: "SF9000000000001" in screen.terminal.text)
    assert wrong_in(bytes(screen.terminal.raw)) == []
    assert "broke" not in screen.log() and "failed" not in screen.log()


def test_markup_stays_text(open_screen: Open) -> None:
    screen = open_screen("run")
    screen.opens()
    for markup in ("[red]x[/red]", "[@click=app.exit]y", "[/nothing]", "$accent"):
        screen.terminal.type(markup)
        screen.terminal.shows(markup)
        screen.terminal.type("\r")
        screen.serves()


def test_nothing_left_open_disables_the_kiosk_for_the_next_customer(open_screen: Open) -> None:
    screen = open_screen("run")
    screen.opens()
    for number, trap in enumerate(TRAPS):
        screen.terminal.send(trap)
        if number % 5 == 4:
            screen.serves()
    screen.terminal.send(b"\x1b[200~" + b"x" * 300_000 + b"\x1b[201~")
    screen.serves()


def test_no_size_is_too_absurd(open_screen: Open) -> None:
    screen = open_screen("run", COLUMNS="65535", LINES="²", TEXTUAL_PRESS="ctrl+q", TEXTUAL_DRIVER="os:path")
    screen.opens()
    for columns, rows in SIZES:
        screen.terminal.resize(columns, rows)
        screen.lights()
    screen.serves()
    status = Path(f"/proc/{screen.terminal.process.pid}/status").read_text()
    assert int(status.split("VmHWM:")[1].split()[0]) < MOST_KB


def test_only_sigterm_ends_it(open_screen: Open) -> None:
    screen = open_screen("run")
    screen.opens()
    for number in sorted(signal.valid_signals() - _FATAL):
        screen.terminal.process.send_signal(number)
    screen.serves()
    for number in (signal.SIGSTOP, signal.SIGCONT):
        screen.terminal.process.send_signal(number)
    screen.serves()
    assert screen.terminal.end(signal.SIGTERM) == 0
    assert b"\x1b[?1049l" in screen.terminal.raw
    assert not screen.lit()


@pytest.mark.parametrize("environment", [
    {"TERM": "no-such-terminal", "LC_ALL": "\x1b[31m", "LANG": "xx_YY.rubbish"},
    {"TERM": "", "LC_ALL": "", "LANG": "C", "KIOSK_LIGHT_TRACE": "/nowhere/\x1b[31m", "PYTHONIOENCODING": "ascii"},
])  # fmt: skip
def test_rubbish_in_the_environment(open_screen: Open, environment: dict[str, str]) -> None:
    screen = open_screen("run", **environment)
    screen.opens()
    screen.terminal.type(f"{screen.codes[0]}\r")
    screen.terminal.shows(f" {screen.codes[0]}")
