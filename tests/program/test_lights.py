"""Strips of every kind under the whole program: tested, pulled away in the middle of a pick-up, killed, blanked."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from hardware.mocks.wled_mock import FakeWledNode
from tests.apa102_decoder import LitPixels, last_lit, read_trace
from tests.apa102_decoder import lit as lit_pixels
from tests.program.asking import ask, codes_on_shelf, pixels_of
from tests.program.conftest import Open
from tests.program.terminal import Terminal, kiosk
from tests.waiting import until

MOCK = {"GPIOZERO_PIN_FACTORY": "lightmock"}
PIXELS = 240

EVERY_DRIVER = """
[station]
[[strips]]
name = "apa"
driver = "apa102"
pixels = 20
[[strips]]
name = "ws"
driver = "ws2812"
pixels = 15
device = 1
[[strips]]
name = "lamps"
driver = "gpio"
pins = [17, 27, 22]
[[strips]]
name = "rgb"
driver = "gpio"
pins = [[5, 6, 13], [16, 20, 21]]
[[strips]]
name = "node"
driver = "wled"
pixels = 10
host = "127.0.0.1"
http_port = {http_port}
ddp_port = {ddp_port}
[[strips]]
name = "dark"
driver = "none"
[[shelves]]
shelf = 1
level_sizes = ["M"]
"""
SHIFT = (
    '[station]\n[[strips]]\nname = "reg"\ndriver = "shift"\npixels = 20\n[[shelves]]\nshelf = 1\nlevel_sizes = ["M"]\n'
)


@pytest.fixture
def node() -> Iterator[FakeWledNode]:
    node = FakeWledNode(PIXELS)
    node.start()
    yield node
    node.stop()


def wire_to(folder: Path, node: FakeWledNode) -> None:
    """The station's one strip hangs on a network node from now on."""
    text = (folder / "station.toml").read_text()
    start, end = text.index("port = 0"), text.index("chip_brightness = 31\n") + len("chip_brightness = 31\n")
    ports = f'host = "127.0.0.1"\nhttp_port = {node.http_port}\nddp_port = {node.ddp_port}\n'
    text = text[:start] + ports + text[end:]
    (folder / "station.toml").write_text(text.replace('driver = "apa102"', 'driver = "wled"'))


def lit(node: FakeWledNode) -> set[int]:
    shown = node.rgb()
    return {pixel for pixel in range(node.pixels) if any(shown[3 * pixel : 3 * pixel + 3])}


def lit_in(line: dict[str, object]) -> LitPixels:
    return lit_pixels(bytes.fromhex(str(line["hex"])), PIXELS)


def test_every_drivers_mock_answers_every_pixel(tmp_path: Path) -> None:
    node = FakeWledNode(10)
    node.start()
    (tmp_path / "station.toml").write_text(EVERY_DRIVER.format(http_port=node.http_port, ddp_port=node.ddp_port))
    done = kiosk(tmp_path, "lights", "test", "--step", "0", environment=MOCK)
    answers = [line for line in done.stdout.splitlines() if "answered" in line]
    assert answers == [
        "apa: all 20 pixels answered", "ws: all 15 pixels answered", "lamps: all 3 pixels answered",
        "rgb: all 2 pixels answered", "node: all 10 pixels answered",
    ]  # fmt: skip
    assert done.returncode == 0 and not any(node.rgb())
    node.stop()
    (tmp_path / "station.toml").write_text(SHIFT)
    done = kiosk(tmp_path, "lights", "test", "--step", "0", "--json", environment=MOCK)
    (answer,) = map(json.loads, done.stdout.splitlines())
    assert (answer["ok"], answer["answered"], answer["full_ma"]) == (True, 20, 400)


def test_a_strip_that_fails_its_test_is_named(tmp_path: Path) -> None:
    (tmp_path / "station.toml").write_text(SHIFT)
    (tmp_path / "fault").write_text("short")
    broken = {**MOCK, "KIOSK_LIGHT_FAULT": str(tmp_path / "fault")}
    done = kiosk(tmp_path, "lights", "test", "--step", "0", environment=broken)
    assert done.returncode == 3 and "reg failed: SPI write was cut short: 1 of 3 bytes" in done.stdout


def test_a_real_wire_cannot_answer_and_the_test_says_so(tmp_path: Path) -> None:
    """gpiozero's own mock tells nothing back, like the wire to real LEDs."""
    text = '[station]\n[[strips]]\ndriver = "gpio"\npins = [17, 27]\n[[shelves]]\nshelf = 1\nlevel_sizes = ["M"]\n'
    (tmp_path / "station.toml").write_text(text + "slots_per_level = 1\n")
    done = kiosk(tmp_path, "lights", "test", "--step", "0", environment={"GPIOZERO_PIN_FACTORY": "mock"})
    assert done.returncode == 0 and "this wire cannot answer: did you see each?" in done.stdout


def test_a_network_node_needs_no_pins(folder: Path, node: FakeWledNode) -> None:
    wire_to(folder, node)
    for command in (("lights", "off"), ("lights", "test", "--step", "0")):
        done = kiosk(folder, *command, environment={"GPIOZERO_PIN_FACTORY": "no such thing"})
        assert done.returncode == 0, done.stderr
    assert "all 240 pixels answered" in done.stdout


def test_a_node_pulled_away_in_the_middle_of_a_pick_up_loses_nothing(
    open_terminal: Open, folder: Path, node: FakeWledNode
) -> None:
    wire_to(folder, node)
    checked_in = [
        ask(folder, "check-in", f"SF100000000000{number}", "--phone", "13912345678", "--shelve")[0] for number in (1, 2)
    ]
    waybill, code = str(checked_in[0]["waybill"]), str(checked_in[0]["code"])
    screen = open_terminal("run")
    screen.shows("Scan or type your pickup code")
    until(lambda: node.rgb() == bytes(3 * PIXELS))
    (search,) = ask(folder, "pick-up", code, "--phone-tail", "5678")
    parcels: list[dict[str, str]] = search["parcels"]  # type: ignore[assignment]
    slots = [parcel["slot"] for parcel in parcels]
    until(lambda: lit(node) == set().union(*(pixels_of(folder, slot) for slot in slots)))

    assert ask(folder, "lights", "status")[0]["strips"][0]["node"] == "Fake WLED"  # type: ignore[index]
    node.stop()
    until(lambda: ask(folder, "lights", "status")[0]["dark_shelves"] == ["1", "2", "3", "4", "5", "6"])
    (status,) = ask(folder, "lights", "status")
    assert len(status["leases"]) == len(parcels) == 2  # type: ignore[arg-type]
    screen.type(f"{code}\r")
    screen.shows("Your parcel is here", "No light there now: find it by this number")
    screen.type(f"{waybill}\r")
    screen.shows("You have it. Thank you")
    assert ask(folder, "parcel", waybill)[0]["state"] == "PICKED_UP"

    node.start()
    other = next(parcel["slot"] for parcel in parcels if parcel["code"] != code)
    until(lambda: lit(node) == pixels_of(folder, other))
    until(lambda: ask(folder, "lights", "status")[0]["dark_shelves"] == [])
    assert ask(folder, "verify")[0]["violations"] == []
    assert screen.end() == 0
    until(lambda: not lit(node))
    log = (folder / "kiosk.log").read_text()
    told = [line.partition("strip main: ")[2] for line in log.splitlines() if "strip main: " in line]
    assert told and len(set(told)) == len(told)  # a packet and a request tell it in words of their own, each once
    assert "is back" not in log  # only after half a minute


def test_a_strip_that_fails_is_told_at_the_desk_and_goes_on_by_text(
    open_terminal: Open, folder: Path, tmp_path: Path
) -> None:
    fault = tmp_path / "fault"
    desk = open_terminal("desk", KIOSK_LIGHT_FAULT=str(fault))
    desk.shows("Scan a waybill")
    fault.write_text("the wire is cut")
    desk.type("SF1000000000001\r")
    desk.shows("CHECKED IN", "No light on shelves 1, 2, 3, 4, 5, 6")
    (status,) = ask(folder, "lights", "status")
    assert status["strips"][0]["fault"] == "SPI write failed: the wire is cut"  # type: ignore[index]
    until(lambda: ask(folder, "report")[0]["light_faults"] == {"main": 1})
    fault.unlink()
    until(lambda: "No light on shelves" not in desk.text)


def test_a_killed_owner_is_followed_within_a_second(open_terminal: Open, folder: Path, trace: Path) -> None:
    first = open_terminal("lights")
    first.shows("Driving the lights")
    screen = open_terminal("run")
    screen.shows("Scan or type your pickup code")
    code = next(iter(codes_on_shelf(folder).values()))
    screen.type(f"{code}\r")
    until(lambda: bool(last_lit(trace, PIXELS)))
    before = last_lit(trace, PIXELS)
    transfers, killed_at = len(read_trace(trace)), monotonic()
    first.end(signal.SIGKILL)
    until(lambda: len(read_trace(trace)) > transfers + 1 and last_lit(trace, PIXELS) == before)
    dark, again = read_trace(trace)[transfers : transfers + 2]
    assert lit_in(dark) == {} and lit_in(again) == before
    assert float(str(again["t"])) - killed_at < 1.0


def test_lights_off_blanks_what_a_killed_owner_left_lit(open_terminal: Open, folder: Path, trace: Path) -> None:
    owner = open_terminal("lights")
    owner.shows("Driving the lights")
    ask(folder, "check-in", "SF1000000000001")
    until(lambda: bool(last_lit(trace, PIXELS)))
    refused = kiosk(folder, "lights", "off", environment=MOCK)
    assert refused.returncode == 3 and "kiosk lights" in refused.stderr  # it names the owner
    owner.end(signal.SIGKILL)
    assert last_lit(trace, PIXELS)
    off = kiosk(folder, "lights", "off", environment={**MOCK, "KIOSK_LIGHT_TRACE": str(trace)})
    assert (off.returncode, off.stdout) == (0, "All strips are dark.\n")
    assert last_lit(trace, PIXELS) == {}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_test_that_is_broken_off_leaves_the_strips_dark(
    open_terminal: Open, folder: Path, trace: Path, number: int
) -> None:
    test = open_terminal("lights", "test")
    until(lambda: len(read_trace(trace)) > 5)
    test.end(number)
    assert last_lit(trace, PIXELS) == {}


def test_buttons_and_a_buzzer_without_pins_leave_the_screen_alone(folder: Path) -> None:
    settings = folder / "station.toml"
    text = settings.read_text("utf-8").replace("# call_staff_pin", "call_staff_pin")
    settings.write_text(text.replace('output = "bell"', 'output = "buzzer"'), encoding="utf-8")
    screen = Terminal("--home", str(folder), "run", environment={"GPIOZERO_PIN_FACTORY": "no such thing"})
    screen.shows("Scan or type your pickup code")
    screen.type("\x1bOP")  # F1
    screen.shows("Staff are called")
    log = folder / "kiosk.log"
    until(lambda: "button on GPIO 17" in log.read_text() and "buzzer on GPIO 18" in log.read_text())
    assert "Warning" not in screen.text and screen.end() == 0
