"""Scanners in threads of their own: a pseudo-terminal stands in for a serial port."""

import errno
import logging
import os
import pty
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hardware.scanners.source import ScannerError, ScannerSource
from hardware.scanners.watch import Scanned, Watch, open_scanner
from hardware.scanners.wiring import EvdevWiring, Frame, ScannerWiring, SerialWiring
from hardware.trouble import Trouble
from tests.hardware.scanners.key_stream import ENTER, Stream
from tests.waiting import until


class Plug:
    """A serial scanner that can be pulled out: `port` is a link to its pseudo-terminal."""

    def __init__(self, port: Path) -> None:
        self.port = port
        self._open: list[int] = []

    def put_in(self) -> None:
        self._open = list(pty.openpty())
        self.port.symlink_to(os.ttyname(self._open[1]))

    def send(self, data: bytes) -> None:
        os.write(self._open[0], data)

    def pull(self) -> None:
        self.port.unlink()
        for fd in self._open:
            os.close(fd)
        self._open = []


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[Plug]:
    plug = Plug(tmp_path / "usb-Scanner")
    yield plug
    if plug._open:
        plug.pull()


Open = Callable[[ScannerWiring], ScannerSource]


class Heard:
    """What a watch told."""

    def __init__(self, *wirings: ScannerWiring, opened: Open = open_scanner) -> None:
        self.codes: list[str] = []
        self.scans: list[Scanned] = []
        self.changes: list[tuple[str, Trouble | None]] = []
        self.watch = Watch(wirings, self._scanned, self._changed, opened)

    def _scanned(self, scanned: Scanned) -> None:
        self.scans.append(scanned)
        self.codes.append(scanned.text)

    def _changed(self, name: str, error: ScannerError | None) -> None:
        self.changes.append((name, error.trouble if error else None))


def serial(plug: Plug, name: str = "exit") -> ScannerWiring:
    return ScannerWiring(name, "exit", SerialWiring(str(plug.port), 9600), Frame(again_s=0))


def test_a_serial_scanner_is_read_as_it_was_framed(plug: Plug) -> None:
    plug.put_in()
    heard = Heard(serial(plug))
    until(lambda: heard.changes == [("exit", None)])
    plug.send(b"]C1SF1000000000001\r\n\x023-2-0147\x03")
    until(lambda: len(heard.scans) == 2)
    assert heard.scans == [
        ("SF1000000000001", "GS1-128", "exit", "]C1SF1000000000001\r"),
        ("3-2-0147", None, "exit", "\x023-2-0147\x03"),
    ]
    heard.watch.close()


def test_a_code_without_an_end_arrives_all_the_same(plug: Plug) -> None:
    plug.put_in()
    heard = Heard(serial(plug)._replace(frame=Frame(idle_s=0.03)))
    until(lambda: heard.changes)
    plug.send(b"3-2-0147")
    until(lambda: heard.codes == ["3-2-0147"])
    heard.watch.close()


def test_a_scanner_pulled_out_and_put_in_again(plug: Plug, caplog: pytest.LogCaptureFixture) -> None:
    plug.put_in()
    heard = Heard(serial(plug))
    until(lambda: heard.changes)
    plug.send(b"half a co")
    plug.pull()
    until(lambda: len(heard.changes) == 2)
    plug.put_in()
    until(lambda: len(heard.changes) == 3)
    plug.send(b"3-2-0147\r")
    until(lambda: heard.codes)
    heard.watch.close()
    assert heard.changes == [("exit", None), ("exit", Trouble.NOT_FOUND), ("exit", None)]
    assert heard.codes == ["3-2-0147"]
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


def test_a_scanner_that_is_not_there_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    tries: list[str] = []

    def opened(wiring: ScannerWiring) -> ScannerSource:
        tries.append(wiring.name)
        return open_scanner(wiring)

    wiring = ScannerWiring("entry", "entry", EvdevWiring(str(tmp_path / "by-id" / "*-event-kbd")))
    heard = Heard(wiring, opened=opened)
    until(lambda: len(tries) >= 2)
    heard.watch.close()
    assert heard.changes == [("entry", Trouble.NOT_FOUND)]
    assert len(caplog.records) == 1


def test_two_programs_do_not_share_a_port(plug: Plug) -> None:
    plug.put_in()
    first = Heard(serial(plug))
    until(lambda: first.changes)
    second = Heard(serial(plug))
    until(lambda: second.changes == [("exit", Trouble.IN_USE)])
    first.watch.close()
    until(lambda: len(second.changes) == 2)
    plug.send(b"3-2-0147\r")
    until(lambda: second.codes)
    second.watch.close()
    assert first.codes == []


def test_a_missing_extra_is_named(plug: Plug, monkeypatch: pytest.MonkeyPatch) -> None:
    plug.put_in()
    monkeypatch.setitem(sys.modules, "serial", None)
    with pytest.raises(ScannerError) as raised:
        open_scanner(serial(plug))
    assert (raised.value.trouble, raised.value.detail) == (Trouble.NOT_INSTALLED, "pyserial")


def test_what_is_no_keyboard_is_not_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "event0").touch()
    with pytest.raises(ScannerError) as raised:
        open_scanner(ScannerWiring("entry", "any", EvdevWiring(str(tmp_path / "event*"))))
    assert raised.value.trouble is Trouble.FAILED


def test_a_defect_in_a_driver_stops_no_screen(caplog: pytest.LogCaptureFixture) -> None:
    def opened(wiring: ScannerWiring) -> ScannerSource:
        raise ZeroDivisionError

    heard = Heard(ScannerWiring("entry", "any", EvdevWiring("-")), opened=opened)
    until(lambda: heard.changes == [("entry", Trouble.FAILED)])
    heard.watch.close()
    assert any(record.levelno == logging.ERROR for record in caplog.records)


class Grabs:
    """The kernel's answer to who wants a device alone."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []
        self.answers: list[OSError] = []

    def ioctl(self, fd: int, request: int, argument: int) -> int:
        self.asked.append((request, argument))
        if self.answers:
            raise self.answers.pop(0)
        return 0


@pytest.fixture
def grabs(monkeypatch: pytest.MonkeyPatch) -> Grabs:
    grabs = Grabs()
    monkeypatch.setattr("hardware.scanners.evdev.fcntl", grabs)
    return grabs


@pytest.fixture
def keyboard(tmp_path: Path) -> Iterator[int]:
    """A FIFO stands in for the event device; its other end, kept open for both."""
    os.mkfifo(tmp_path / "event3")
    fd = os.open(tmp_path / "event3", os.O_RDWR)
    yield fd
    os.close(fd)


def evdev(tmp_path: Path) -> ScannerWiring:
    return ScannerWiring("entry", "entry", EvdevWiring(str(tmp_path / "event*")), Frame(again_s=0))


def test_a_keyboard_is_taken_for_us_alone_once_nobody_else_has_it(tmp_path: Path, grabs: Grabs, keyboard: int) -> None:
    grabs.answers = [OSError(errno.EBUSY, "busy")]
    heard = Heard(evdev(tmp_path))
    until(lambda: len(heard.changes) == 2)
    assert heard.changes == [("entry", Trouble.IN_USE), ("entry", None)]
    assert grabs.asked == [(0x40044590, 1)] * 2
    os.write(keyboard, Stream().type("PK1:S001:3-2-0147").press(ENTER).data)
    until(lambda: heard.codes == ["PK1:S001:3-2-0147"])
    heard.watch.close()


def test_two_scanners_at_once_stay_apart(plug: Plug, tmp_path: Path, grabs: Grabs, keyboard: int) -> None:
    plug.put_in()
    heard = Heard(evdev(tmp_path), serial(plug))
    until(lambda: len(heard.changes) == 2)
    for number in range(50):
        os.write(keyboard, Stream().type(f"3-2-{number:04d}").press(ENTER).data)
        plug.send(f"SF1{number:012d}\r".encode())
    until(lambda: len(heard.scans) == 100)
    heard.watch.close()
    by_scanner = {name: [one.text for one in heard.scans if one.scanner == name] for name in ("entry", "exit")}
    assert by_scanner["entry"] == [f"3-2-{number:04d}" for number in range(50)]
    assert by_scanner["exit"] == [f"SF1{number:012d}" for number in range(50)]
