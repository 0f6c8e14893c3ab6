"""The owner over the mock bus: what it was asked to light is on the wire, and darkness is left behind."""

import json
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest

from hardware.mocks.lightmock import LightMockFactory
from kiosk.config import read_settings
from kiosk.home import StationHome
from kiosk.lights.owner import LightOwner
from kiosk.lights.status import read_status
from kiosk.parcels.looks import Colour
from kiosk.store.lease_book.book import LeaseBook
from kiosk.store.lease_book.sessions import Purpose, Wanted
from tests.apa102_decoder import LitPixels, last_lit
from tests.children import working
from tests.waiting import until

PIXELS = 240


@pytest.fixture
def trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KIOSK_LIGHT_TRACE", str(tmp_path / "trace"))
    return tmp_path / "trace"


@pytest.fixture
def start(home: StationHome, trace: Path, bus: LightMockFactory) -> Iterator[Callable[[], tuple[LightOwner, Thread]]]:
    started: list[tuple[LightOwner, Thread]] = []

    def start() -> tuple[LightOwner, Thread]:
        owner = LightOwner(read_settings(home.settings), home.runtime(), f"owner {len(started)}")
        thread = Thread(target=owner.run)
        thread.start()
        started.append((owner, thread))
        return owner, thread

    yield start
    for owner, thread in started:
        owner.stop()
        thread.join()


@pytest.fixture
def book(home: StationHome) -> Iterator[LeaseBook]:
    book = LeaseBook(home.runtime(), monotonic)
    yield book
    book.close()


def shown(trace: Path) -> LitPixels | None:
    return last_lit(trace, PIXELS)


Start = Callable[[], tuple[LightOwner, Thread]]


def test_a_lease_is_on_the_wire_until_it_ends(start: Start, book: LeaseBook, trace: Path) -> None:
    start()
    until(lambda: shown(trace) == {})
    session = book.light(Purpose.PICK_UP, "t", [Wanted(1, "2-1-1", "2")], seconds=60)
    assert session
    until(lambda: set(shown(trace) or {}) == {40, 41})
    book.end(session.id)
    until(lambda: shown(trace) == {})
    line = json.loads(trace.read_text().splitlines()[0])
    assert (line["strip"], line["rate"], len(line["hex"])) == ("main", 4_000_000, 2 * (4 + 4 * 240 + 4 + 15))


def test_no_look_is_cyan_or_blue_on_the_wire(start: Start, book: LeaseBook, trace: Path) -> None:
    """The blue of LEDs is strong: of green and sky as much is sent as shows the same as on a screen."""
    start()
    pixel_of: dict[Colour, int] = {}
    for number in range(4):
        session = book.light(Purpose.PICK_UP, "t", [Wanted(number, f"2-1-{number + 1}", "2")], seconds=60)
        assert session
        pixel_of[session.look.colour] = 40 + 2 * number
    seen: dict[int, tuple[int, int, int]] = {}

    def all_were_lit() -> bool:
        for pixel, colour in (shown(trace) or {}).items():
            seen[pixel] = max(seen.get(pixel, (0, 0, 0)), colour, key=sum)  # some breathe: at their brightest
        return all(max(seen.get(pixel, (0,))) > 40 for pixel in pixel_of.values())

    until(all_were_lit)
    red, green, blue = seen[pixel_of[Colour.GREEN]]
    assert red == 0 and 0 < blue < green / 3.5
    for red, green, blue in seen.values():
        assert blue < max(red, green)


def test_light_goes_off_by_itself(start: Start, book: LeaseBook, trace: Path) -> None:
    start()
    book.light(Purpose.PICK_UP, "t", [Wanted(1, "2-1-1", "2")], seconds=0.3)
    until(lambda: bool(shown(trace)))
    until(lambda: shown(trace) == {})


def test_a_clean_stop_is_dark_and_the_next_owner_restores_the_live_leases(
    start: Start, book: LeaseBook, trace: Path, home: StationHome
) -> None:
    first, thread = start()
    book.light(Purpose.PICK_UP, "t", [Wanted(1, "2-1-1", "2")], seconds=60)
    until(lambda: bool(shown(trace)))
    second, _ = start()
    assert (second.locked_by() or "").endswith("owner 0")
    first.stop()
    thread.join()
    until(lambda: bool(shown(trace)))  # the second owner took over
    transfers = [line["hex"] for line in map(json.loads, trace.read_text().splitlines())]
    until(lambda: (read_status(home.runtime()).owner or "").endswith("owner 1"))
    dark = "".join(transfers).count("ff000000" * 240)
    assert dark >= 3  # the first owner's start and end, the second one's start


def test_strip_troubles_are_told_and_mended(
    start: Start,
    book: LeaseBook,
    trace: Path,
    home: StationHome,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    bus: LightMockFactory,
) -> None:
    monkeypatch.setattr("hardware.strips.light_strip.REOPEN_S", (0.05,))
    started_owner, _ = start()
    until(lambda: shown(trace) == {})
    bus.broken = "the wire is cut"
    book.light(Purpose.PICK_UP, "t", [Wanted(1, "2-1-1", "2")], seconds=60)
    until(lambda: any("strip main: SPI write failed: the wire is cut" in line for line in caplog.messages))
    until(lambda: len(started_owner.dark_slots()) == 120)
    bus.broken = None
    until(lambda: set(shown(trace) or {}) == {40, 41})  # reopened and redrawn
    until(lambda: [s.fault for s in read_status(home.runtime()).strips] == [None])
    assert read_status(home.runtime()).strips[0].budget_ma == 4000


def test_a_crash_of_the_render_loop_leaves_the_strips_dark(
    start: Start, book: LeaseBook, trace: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    start()
    book.light(Purpose.PICK_UP, "t", [Wanted(1, "2-1-1", "2")], seconds=60)
    until(lambda: bool(shown(trace)))

    def defect(*_: object) -> None:
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr("kiosk.lights.picture.Picture.draw", defect)
    book.light(Purpose.PICK_UP, "t", [Wanted(2, "3-1-1", "3")], seconds=60)
    until(lambda: shown(trace) == {})
    transfers = len(trace.read_text().splitlines())
    until(lambda: len(trace.read_text().splitlines()) > transfers + 3)  # it tries again and again,
    assert len([line for line in caplog.messages if "stumbled" in line]) == 1  # and says so once
    monkeypatch.undo()
    until(lambda: len(shown(trace) or {}) == 4)


def test_systemd_hears_from_the_render_loop(home: StationHome, tmp_path: Path, bus: LightMockFactory) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(20)
        environment = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "60000"}
        owner = LightOwner(read_settings(home.settings), home.runtime(), "owner", environment)
        with working(owner.run, owner.stop):
            heard = [systemd.recv(100) for _ in range(4)]
    assert heard == [b"READY=1"] + 3 * [b"WATCHDOG=1"]


def test_systemd_hears_from_an_owner_that_waits_for_another(
    start: Start, home: StationHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen has stepped in: the service stands by, instead of being started again and again."""
    monkeypatch.setattr("kiosk.lights.owner.TAKE_OVER_S", 0.05)
    start()
    until(lambda: read_status(home.runtime()).owner)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(20)
        environment = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "60000"}
        waiting = LightOwner(read_settings(home.settings), home.runtime(), "service", environment)
        with working(waiting.run, waiting.stop):
            heard = {systemd.recv(100) for _ in range(6)}
            assert heard == {b"READY=1", b"WATCHDOG=1"} and not waiting.pictures()


def test_an_owner_whose_folder_is_deleted_takes_a_new_one(
    start: Start, home: StationHome, trace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.lights.show.LOOK_S", 0.05)
    monkeypatch.setattr("kiosk.lights.owner.TAKE_OVER_S", 0.05)
    start()
    until(lambda: shown(trace) == {})
    shutil.rmtree(home.runtime())
    until(lambda: (read_status(home.runtime()).owner or "").endswith("owner 0"))
    book = LeaseBook(home.runtime(), monotonic)
    book.light(Purpose.PICK_UP, "t", [Wanted(1, "2-1-1", "2")], seconds=60)
    until(lambda: set(shown(trace) or {}) == {40, 41})
    book.close()
