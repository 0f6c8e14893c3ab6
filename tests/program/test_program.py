"""The whole program as people run it: two processes, one strip, real bytes."""

import re
import shutil
import signal
from pathlib import Path

from kiosk.home import StationHome
from tests.apa102_decoder import last_lit, read_trace
from tests.program.asking import ask, codes_on_shelf, pixels_of
from tests.program.conftest import Open
from tests.program.terminal import kiosk
from tests.waiting import until

PIXELS = 240
YELLOW = (223, 199, 13)  # #F0E442 after gamma 2.2, as the strip gets it


def test_the_demo_from_the_offered_code_to_the_dark_slot(open_terminal: Open, folder: Path, trace: Path) -> None:
    demo = open_terminal("demo", columns=120, rows=30)
    demo.shows("Scan or type your pickup code", "Try one of these:", "F1 help")
    until(lambda: last_lit(trace, PIXELS) == {})
    code = re.findall(r"\b\d-\d-\d{4}\b", demo.text)[0]
    (story,) = ask(folder, "parcel", code)
    demo.type(f"{code}\r")
    demo.shows("Your parcel is here", f"label {code}", f"Demo: the long barcode is {story['waybill']}")
    lit = pixels_of(folder, str(story["slot"]))
    until(lambda: last_lit(trace, PIXELS) == dict.fromkeys(lit, YELLOW))
    until(lambda: b"48;2;" in demo.raw or b"48;5;" in demo.raw)  # the drawn slot glows
    demo.type(f"{story['waybill']}\r")
    demo.shows("You have it. Thank you", f"Parcel {code} is handed over.")
    until(lambda: last_lit(trace, PIXELS) == {})
    assert ask(folder, "parcel", code)[0]["state"] == "PICKED_UP"
    assert ask(folder, "verify")[0]["violations"] == []
    demo.type("\x11")
    until(lambda: demo.process.poll() is not None)
    until(lambda: f"kiosk --home {folder} desk" in demo.text.replace("\n", ""))  # what to do next
    assert demo.end() == 0


def test_no_variable_takes_the_colours_away(open_terminal: Open, folder: Path) -> None:
    """A customer follows a colour: it is the product's promise, whatever the environment asks of other programs."""
    asks = {"NO_COLOR": "1", "FORCE_COLOR": "0", "TTY_COMPATIBLE": "0", "TEXTUAL_COLOR_SYSTEM": "standard"}
    code = codes_on_shelf(folder)["1-2-1"]
    for command, typed, shown in (("run", code, "Your parcel is here"), ("desk", "SF1000000000001", "CHECKED IN")):
        screen = open_terminal(command, columns=80, rows=24, **asks)
        screen.shows("Scan")
        screen.type(f"{typed}\r")
        screen.shows(shown)
        until(lambda screen=screen: re.search(rb"\x1b\[[0-9;]*48;(2|5);", bytes(screen.raw)))  # type: ignore[misc]
        painted = {tuple(map(int, one)) for one in re.findall(rb"48;2;(\d+);(\d+);(\d+)", bytes(screen.raw))}
        indexed = {int(one) for one in re.findall(rb"48;5;(\d+)", bytes(screen.raw))}
        assert any(len(set(rgb)) > 1 for rgb in painted) or any(16 <= one < 232 and one != 16 for one in indexed)
        assert screen.end() == 0


def test_a_screen_and_a_command_line_see_each_others_lights(open_terminal: Open, folder: Path, trace: Path) -> None:
    screen = open_terminal("run", columns=48, rows=14)
    screen.shows("Scan or type your pickup code")
    codes = codes_on_shelf(folder)
    (search,) = ask(folder, "pick-up", codes["1-2-1"])
    assert search["lit"] is True
    slot = str(search["parcels"][0]["slot"])  # type: ignore[index]
    until(lambda: set(last_lit(trace, PIXELS) or {}) == pixels_of(folder, slot))
    screen.shows(f"Lit now: ✚ yellow, steady {slot}")
    screen.type(f"{codes['2-2-1']}\r")
    screen.shows("Your parcel is here")
    (status,) = ask(folder, "lights", "status")
    assert {lease["colour"] for lease in status["leases"]} == {"yellow", "sky"}  # type: ignore[attr-defined]
    assert "screen" in str(status["owner"])
    assert screen.end() == 0
    assert last_lit(trace, PIXELS) == {}


def test_a_hundred_scans_in_one_burst(open_terminal: Open, folder: Path) -> None:
    screen = open_terminal("run", columns=48, rows=14)
    screen.shows("Scan or type your pickup code")
    screen.type("".join(f"9-9-{number:04d}\r" for number in range(100)))
    from kiosk.store.file.database import open_database

    conn = open_database(folder / "station.db")
    until(lambda: conn.execute("SELECT count(*) FROM attempts").fetchone() == (100,))
    assert conn.execute("SELECT DISTINCT outcome FROM attempts").fetchall() == [("no_such_code",)]
    conn.close()
    screen.shows("Too many wrong tries")


def test_rubbish_at_scanner_speed_leaves_the_screen_standing(open_terminal: Open, folder: Path) -> None:
    screen = open_terminal("run", columns=48, rows=14)
    screen.shows("Scan or type your pickup code")
    screen.type("\x11\x03\x1a\x1c\x10")  # ctrl+q, c, z, backslash, p
    screen.type("[@click=app.exit]x[/]\r")
    screen.shows("This QR code is not ours")
    screen.type("9" * 10_000 + "\r")
    screen.shows("That is too long")
    screen.type("13812345678\r")
    screen.shows("That is a phone number")
    assert b"\x1b[@click" not in screen.raw
    assert screen.process.poll() is None


def test_sigkill_of_the_owner_then_a_new_owner_shows_the_same_picture(
    open_terminal: Open, folder: Path, trace: Path
) -> None:
    first = open_terminal("lights")
    first.shows("Driving the lights")
    until(lambda: last_lit(trace, PIXELS) == {})
    (parcel,) = ask(folder, "check-in", "SF1000000000001")
    until(lambda: set(last_lit(trace, PIXELS) or {}) == pixels_of(folder, str(parcel["slot"])))
    before = last_lit(trace, PIXELS)
    first.end(signal.SIGKILL)
    assert last_lit(trace, PIXELS) == before  # nobody could turn it off
    transfers = len(read_trace(trace))
    second = open_terminal("lights")
    until(lambda: len(read_trace(trace)) > transfers + 1 and last_lit(trace, PIXELS) == before)
    refused = kiosk(folder, "lights")
    assert refused.returncode == 3 and "Another program drives the lights" in refused.stderr
    assert second.end(signal.SIGINT) == 0
    assert last_lit(trace, PIXELS) == {}


def test_the_desk_checks_in_at_scanner_speed(open_terminal: Open, folder: Path) -> None:
    desk = open_terminal("desk")
    desk.shows("Scan a waybill", "Next: as announced")
    waybills = [f"SF2{number:012d}" for number in range(20)]
    desk.type("".join(f"{waybill}\r" for waybill in waybills))
    desk.shows("CHECKED IN", waybills[-1])
    states = [ask(folder, "parcel", waybill)[0]["state"] for waybill in waybills[-3:]]
    assert states == ["SHELVED", "SHELVED", "CHECKED_IN"]
    assert ask(folder, "verify")[0]["violations"] == []


def test_a_screen_without_a_station_says_so_before_it_opens(tmp_path: Path) -> None:
    for command in ("run", "desk", "lights"):
        answer = kiosk(tmp_path / "nowhere", command)
        assert answer.returncode == 3
        assert answer.stderr.count("\n") == 1 and "station.toml is missing" in answer.stderr


def test_the_first_demo_of_a_machine_has_parcels_to_try(open_terminal: Open, tmp_path: Path) -> None:
    """As the README's first command opens it: nothing is there before."""
    demo = open_terminal("--home", str(tmp_path / "new"), "demo", columns=120, rows=40)
    demo.shows("Try one of these", "▀")
    assert len(ask(tmp_path / "new", "events")) > 60
    demo.end()
    shutil.rmtree(StationHome(tmp_path / "new").runtime())
