"""The whole program with scanners that are read past the terminal: a pseudo-terminal stands in for a serial port."""

import os
import pty
import struct
import termios
from collections.abc import Iterator
from fcntl import ioctl
from pathlib import Path
from select import select

import pytest

from tests.apa102_decoder import last_lit
from tests.program.asking import ask, codes_on_shelf, pixels_of
from tests.program.conftest import Open
from tests.waiting import until

PIXELS = 240


class Scanner:
    def __init__(self, folder: Path, role: str) -> None:
        self.port = folder / role
        self.master, self._slave = pty.openpty()
        ioctl(self.master, termios.TIOCPKT, struct.pack("i", 1))  # it is told what becomes of the port
        self.port.symlink_to(os.ttyname(self._slave))
        self.settings = f'\n[[scanners]]\nname = "{role}"\ndriver = "serial"\nrole = "{role}"\ndevice = "{self.port}"\n'

    def is_read(self) -> None:
        """Waits until somebody has opened the port: the last step throws away what came before."""
        until(self._was_flushed)

    def _was_flushed(self) -> bool:
        return bool(select([self.master], [], [], 0)[0]) and bool(
            os.read(self.master, 64)[0] & termios.TIOCPKT_FLUSHREAD
        )

    def scan(self, data: bytes) -> None:
        os.write(self.master, data)

    def unplug(self) -> None:
        self.port.unlink()
        os.close(self.master)
        os.close(self._slave)


@pytest.fixture
def scanners(folder: Path, tmp_path: Path) -> Iterator[dict[str, Scanner]]:
    scanners = {role: Scanner(tmp_path, role) for role in ("entry", "exit", "desk")}
    settings = folder / "station.toml"
    text = settings.read_text("utf-8") + "".join(one.settings for one in scanners.values())
    settings.write_text(text, "utf-8")
    yield scanners
    for one in scanners.values():
        if one.port.is_symlink():
            one.unplug()


def test_a_pick_up_from_the_entry_scanner_to_the_exit_scanner(
    open_terminal: Open, folder: Path, trace: Path, scanners: dict[str, Scanner]
) -> None:
    entry, exit_ = scanners["entry"], scanners["exit"]
    screen = open_terminal("run", columns=48, rows=14)
    screen.shows("Scan or type your pickup code")
    entry.is_read()
    exit_.is_read()
    until(lambda: last_lit(trace, PIXELS) == {})
    code = codes_on_shelf(folder)["2-2-1"]
    (story,) = ask(folder, "parcel", code)
    exit_.scan(f"{code}\r".encode())
    screen.shows("Parcels are handed over here")
    entry.scan(f"]Q1{code}\r\n".encode())
    screen.shows("Your parcel is here", f"label {code}")
    until(lambda: set(last_lit(trace, PIXELS) or {}) == pixels_of(folder, str(story["slot"])))
    entry.scan(f"{story['waybill']}\r".encode())
    screen.shows("The long barcode is for the exit")
    exit_.scan(f"\x02{story['waybill']}\x03".encode())
    screen.shows("You have it. Thank you", f"Parcel {code} is handed over.")
    until(lambda: last_lit(trace, PIXELS) == {})
    assert ask(folder, "parcel", code)[0]["state"] == "PICKED_UP"
    screen.type("9-9-9999\r")  # the keyboard is read all the same
    screen.shows("No match for that code")
    assert screen.end() == 0


def test_an_unplugged_scanner_is_told_and_the_screen_goes_on(
    open_terminal: Open, folder: Path, scanners: dict[str, Scanner]
) -> None:
    screen = open_terminal("run", columns=48, rows=14)
    screen.shows("Scan or type your pickup code")
    entry = scanners["entry"]
    entry.is_read()
    entry.unplug()
    screen.shows("A scanner does not work")
    screen.type("9-9-9999\r")
    screen.shows("No match for that code")
    again = Scanner(entry.port.parent, "entry")
    again.is_read()
    again.scan(b"13812345678\r")
    screen.shows("That is a phone number")
    assert screen.end() == 0
    log = (folder / "kiosk.log").read_text()
    assert log.count("scanner entry: not_found") == 1 and log.count("scanner entry works again") == 1
    again.unplug()


def test_the_desk_reads_its_own_scanner_beside_a_customers_screen(
    open_terminal: Open, folder: Path, scanners: dict[str, Scanner]
) -> None:
    screen, desk = open_terminal("run", columns=48, rows=14), open_terminal("desk")
    screen.shows("Scan or type your pickup code")
    desk.shows("Scan a waybill")
    for one in scanners.values():
        one.is_read()
    waybills = [f"SF2{number:012d}" for number in range(10)]
    scanners["desk"].scan("".join(f"]C0{one}\r\n" for one in waybills).encode())
    desk.shows("CHECKED IN", waybills[-1])
    assert [ask(folder, "parcel", one)[0]["state"] for one in waybills[-2:]] == ["SHELVED", "CHECKED_IN"]
    assert desk.end() == 0 and screen.end() == 0
