"""The WLED driver against a fake node on loopback that speaks real HTTP and DDP."""

import contextlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread, active_count
from time import monotonic

import pytest

from hardware.mocks.wled_mock import REALTIME_S, FakeWledNode
from hardware.strips import wled
from hardware.strips.ddp import HEADER, packets
from hardware.strips.drivers import open_driver
from hardware.strips.light_strip import LightStrip
from hardware.strips.wiring import StripDriver, StripWiring, WledWiring
from hardware.strips.wled_json import WledJson
from hardware.trouble import DeviceError
from tests.hardware.conftest import make_wiring
from tests.waiting import until

PIXELS = 500  # more than one packet
ORANGE = bytes(value * 128 // 255 for value in (255, 160, 0)) * PIXELS  # a new node's own


@pytest.fixture
def node() -> Iterator[FakeWledNode]:
    node = FakeWledNode(PIXELS, name="shelf D")
    node.start()
    yield node
    node.stop()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that takes seconds in a station takes moments here."""
    monkeypatch.setattr(wled, "CHECK_S", 0.05)
    monkeypatch.setattr(wled, "_SECOND_TRY_S", 0.02)
    monkeypatch.setattr(wled, "LISTENS_S", 0.3)
    monkeypatch.setattr("hardware.strips.light_strip.REOPEN_S", (0.05,))
    monkeypatch.setattr("hardware.strips.light_strip.STEADY_S", 0.0)
    monkeypatch.setattr(wled.Wled, "resend_s", 0.05)


def node_of(node: FakeWledNode) -> WledWiring:
    return WledWiring("127.0.0.1", node.http_port, node.ddp_port)


def wiring_to(node: FakeWledNode, pixels: int = PIXELS) -> StripWiring:
    return make_wiring(pixels, node_of(node))


def opened(node: FakeWledNode) -> StripDriver:
    driver = open_driver(wiring_to(node, node.pixels))
    until(driver.ready)
    return driver


def test_ddp_packets_are_those_of_the_specification() -> None:
    first, second = packets(bytes(range(250)) * 6)
    assert first[:10] == bytes([0x40, 0, 0x0B, 1, 0, 0, 0, 0, 0x05, 0xA0])
    assert HEADER.unpack_from(second) == (0x41, 0, 0x0B, 1, 1440, 60)
    assert first[10:] + second[10:] == bytes(range(250)) * 6


def test_pixels_arrive_as_they_were_sent_and_the_node_is_dark_without_us(node: FakeWledNode) -> None:
    assert any(node.rgb())  # WLED wakes up in orange
    driver = opened(node)
    assert not any(node.rgb())
    frame = bytes(range(250)) * 6
    driver.write(frame)
    until(lambda: node.rgb() == frame)
    assert wled.WledReader(wiring_to(node), node_of(node)).rgb() == b""  # it tells only every second of so many
    assert node.violations == []
    driver.close()


def test_the_picture_is_left_two_and_a_half_seconds_after_the_last_packet() -> None:
    now = [100.0]
    node = FakeWledNode(4, monotonic=lambda: now[0])
    node.start()
    driver = opened(node)
    driver.write(b"\x09" * 12)
    until(lambda: node.rgb() == b"\x09" * 12)
    assert wled.WledReader(wiring_to(node, 4), node_of(node)).rgb() == b"\x09" * 12
    now[0] += REALTIME_S - 0.1
    assert any(node.rgb())
    now[0] += 0.2
    assert not any(node.rgb())
    assert driver.resend_s < REALTIME_S / 2  # one packet may get lost
    driver.close()
    node.stop()


def test_a_broken_packet_changes_nothing(node: FakeWledNode) -> None:
    driver = opened(node)
    assert isinstance(driver, wled.Wled)
    good = next(iter(packets(b"\x07" * 30)))
    for bad in (b"", b"\x40", b"\x00" + good[1:], good[:-1], good[:9] + b"\xff" + good[10:]):
        driver._socket.send(bad)
    until(lambda: len(node.violations) == 5)
    assert not any(node.rgb())
    driver.close()


def test_a_node_with_too_few_leds_is_refused(node: FakeWledNode) -> None:
    driver = open_driver(wiring_to(node, PIXELS + 1))
    with pytest.raises(DeviceError, match="node shelf D has fewer LEDs than are configured: 500 instead of 501"):
        until(driver.ready)
    driver.close()


def test_what_is_no_wled_is_refused(node: FakeWledNode) -> None:
    with pytest.raises(DeviceError, match="HTTP 404"):
        WledJson(node_of(node)).ask("/json/nothing")
    with pytest.raises(DeviceError, match="does not answer"):
        WledJson(WledWiring("127.0.0.1", 1, 1)).ask("/json/info")


def test_a_node_that_goes_away_is_told_once_and_shows_the_picture_again_when_back(
    node: FakeWledNode, quick: None, caplog: pytest.LogCaptureFixture
) -> None:
    strip = LightStrip(wiring_to(node), monotonic)
    frame = b"\x05" * 3 * PIXELS

    def is_shown() -> bool:
        strip.show(frame, 100)
        return node.rgb() == frame

    def has_fault() -> bool:
        strip.show(frame, 100)
        return strip.fault is not None

    with caplog.at_level(logging.WARNING, "kiosk.lights"):
        until(is_shown)
        node.stop()
        until(has_fault)
        node.start()
        until(is_shown)
    strip.close()
    until(lambda: node.rgb() == ORANGE)
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    assert caplog.messages[1] == "strip main is back"


def test_a_slow_node_keeps_nobody_waiting(node: FakeWledNode, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hardware.strips.wled_json.TIMEOUT_S", 0.2)
    strip = LightStrip(wiring_to(node), monotonic)
    node.slow_s = 0.5
    longest = 0.0

    def has_fault() -> bool:
        nonlocal longest
        before = monotonic()
        strip.show(bytes(3 * PIXELS), 0)
        longest = max(longest, monotonic() - before)
        return strip.fault is not None

    until(has_fault)
    assert longest < 0.1
    assert "timed out" in str(strip.fault)
    strip.close()


def test_a_node_that_was_restarted_or_switched_in_its_app_is_taken_over_again(node: FakeWledNode, quick: None) -> None:
    driver = opened(node)
    frame = b"\xc8" * 3 * PIXELS

    def is_shown() -> bool:
        driver.write(frame)
        return node.rgb() == frame

    until(is_shown)
    for change in ({"on": False}, {"bri": 20}, {"lor": 1}):
        node.change(change)
        assert node.rgb() != frame
        until(is_shown)
    driver.close()


def test_a_node_that_does_not_listen_is_a_fault_that_names_the_setting(node: FakeWledNode, quick: None) -> None:
    node.listens = False
    driver = open_driver(wiring_to(node))
    with pytest.raises(DeviceError, match="switch on “Receive UDP realtime” in its sync settings"):
        until(driver.ready)
    driver.close()


def test_a_node_that_listens_no_more_is_a_fault(quick: None) -> None:
    now = [100.0]
    node = FakeWledNode(4, monotonic=lambda: now[0])
    node.start()
    driver = opened(node)
    driver.write(b"\x09" * 12)
    node.listens = False
    now[0] += REALTIME_S + 0.1  # a firewall was switched on: its own picture is back

    until(lambda: isinstance(driver, wled.Wled) and driver._trouble is not None)
    with pytest.raises(DeviceError, match="does not show what it is sent"):
        driver.write(b"\x09" * 12)
    driver.close()
    node.stop()


def test_a_busy_node_is_asked_again_and_shows_what_it_is_sent(node: FakeWledNode, quick: None) -> None:
    node.busy = 5
    driver = opened(node)
    node.busy = 20
    frame = b"\x0a" * 3 * PIXELS

    def is_shown() -> bool:
        driver.write(frame)
        return node.rgb() == frame and node.busy == 0

    until(is_shown)
    driver.close()


def test_a_node_that_is_always_busy_is_a_fault(node: FakeWledNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wled, "BUSY_S", 0.1)
    monkeypatch.setattr(wled, "_SECOND_TRY_S", 0.02)
    node.busy = 1_000_000
    driver = open_driver(wiring_to(node))
    with pytest.raises(DeviceError, match="HTTP 503"):
        until(driver.ready)
    driver.close()


@pytest.mark.parametrize("chosen", [{}, {"seg": [{"fx": 9, "col": [[1, 2, 3]]}]}, {"on": False}])
def test_a_node_is_given_back_as_it_was_whatever_was_chosen_meanwhile(
    node: FakeWledNode, quick: None, chosen: dict[str, object]
) -> None:
    node.change({"bri": 255, "seg": [{"fx": 3, "col": [[0, 0, 200]]}]})
    before = node.rgb()
    driver = opened(node)
    driver.write(b"\x0a" * 3 * PIXELS)
    node.change(chosen)
    driver.close()
    node.change({"lor": 0})
    until(lambda: node.rgb() == before)
    assert (node.answer("/json/state") or {})["seg"][0]["fx"] == 3


def test_an_effect_that_somebody_chose_is_put_out_again(node: FakeWledNode, quick: None) -> None:
    """Else it would shine at customers where this program is killed."""
    driver = opened(node)
    node.change({"seg": [{"fx": 9, "col": [[255, 0, 0]]}]})
    until(lambda: (node.answer("/json/state") or {})["seg"][0] == {"fx": 0, "col": [[0, 0, 0]], "id": 0})
    driver.close()


def test_a_usual_build_does_not_tell_what_it_shows(node: FakeWledNode) -> None:
    node.has_live = False
    assert wled.WledReader(wiring_to(node), node_of(node)).rgb() == b""


class Drip(BaseHTTPRequestHandler):
    """A node that answers one byte at a time, for ever."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        go_on = Event()
        with contextlib.suppress(OSError):
            while not go_on.wait(0.02):
                self.wfile.write(b" ")

    def log_message(self, *args: object) -> None:
        del args


@pytest.mark.parametrize("answer", [b'{"leds":{"count":1e999}}', b"[" * 5000, b"<html>", b"[]", b'{"leds":7}'])
def test_whatever_a_node_says_it_is_a_fault_at_most(answer: bytes) -> None:
    class Odd(Drip):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

    with served(Odd) as port:
        driver = open_driver(make_wiring(3, WledWiring("127.0.0.1", port, 1)))
        with pytest.raises(DeviceError):
            until(driver.ready)
        driver.close()


def test_a_node_that_drips_is_a_fault_in_time_and_leaves_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wled, "SILENT_S", 0.3)
    with served(Drip) as port:
        before = active_count()
        driver = open_driver(make_wiring(3, WledWiring("127.0.0.1", port, 1)))
        with pytest.raises(DeviceError, match="does not answer in time"):
            until(driver.ready)
        driver.close()
        until(lambda: active_count() <= before)


@contextmanager
def served(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_node_that_does_not_obey_is_a_fault(node: FakeWledNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "change", lambda state: {"error": 1})
    driver = open_driver(wiring_to(node))
    with pytest.raises(DeviceError, match="does not do what it is told"):
        until(driver.ready)
    driver.close()
