import logging

import pytest

from hardware.strips.light_strip import STEADY_S, LightStrip
from hardware.strips.wiring import StripDriver, StripWiring
from hardware.trouble import DeviceError
from tests.conftest import Hands
from tests.hardware.conftest import make_wiring

WHITE = b"\xff" * 30


class Wire(StripDriver):
    """A driver that remembers frames and can be broken."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.opened = 0
        self.broken, self.reason = False, "unplugged"
        self.answers = True

    def open(self, wiring: StripWiring) -> "Wire":
        self.opened += 1
        if self.broken:
            raise DeviceError(self.reason)
        return self

    def ready(self) -> bool:
        return self.answers

    def write(self, frame: bytes) -> None:
        if self.broken:
            raise DeviceError(self.reason)
        self.frames.append(frame)

    def close(self) -> None:
        pass


def test_a_frame_goes_out_once_and_again_after_a_while(hands: Hands) -> None:
    wire = Wire()
    strip = LightStrip(make_wiring(), hands.clock.monotonic, wire.open)
    for _ in range(3):
        strip.show(WHITE, 10)
    assert len(wire.frames) == 1
    assert strip.next_due() == hands.seconds + Wire.resend_s
    hands.pass_time(Wire.resend_s)
    strip.show(WHITE, 10)
    assert len(wire.frames) == 2
    strip.close()
    assert wire.frames[-1] == bytes(30)


def test_a_broken_strip_is_told_once_and_comes_back(hands: Hands, caplog: pytest.LogCaptureFixture) -> None:
    wire = Wire()
    strip = LightStrip(make_wiring(), hands.clock.monotonic, wire.open)
    strip.show(WHITE, 10)
    wire.broken = True
    waits = []
    with caplog.at_level(logging.WARNING, "kiosk.lights"):
        strip.show(bytes(30), 10)
        for _ in range(6):
            waits.append(strip.next_due() - hands.seconds)
            hands.pass_time(waits[-1] - 0.01)
            opened = wire.opened
            strip.show(bytes(30), 10)
            assert wire.opened == opened  # not before its time
            hands.pass_time(0.02)
            strip.show(bytes(30), 10)
        assert [round(wait) for wait in waits] == [1, 2, 5, 15, 30, 30]
        wire.broken = False
        hands.pass_time(31)
        strip.show(WHITE, 10)
        assert strip.fault is None and wire.frames[-1] == WHITE
        assert len(caplog.records) == 1  # it may be a loose wire
        hands.pass_time(STEADY_S)
        strip.show(bytes(30), 10)
    assert caplog.messages == ["strip main: unplugged", "strip main is back"]


def test_another_reason_is_told_too(hands: Hands, caplog: pytest.LogCaptureFixture) -> None:
    wire = Wire()
    strip = LightStrip(make_wiring(), hands.clock.monotonic, wire.open)
    for reason in ("EIO", "ENODEV", "EIO", "ENODEV"):
        wire.broken, wire.reason = True, reason
        hands.pass_time(60)
        strip.show(WHITE, 10)
    assert caplog.messages == ["strip main: EIO", "strip main: ENODEV"]


def test_a_loose_wire_is_one_outage_and_is_tried_ever_later(hands: Hands, caplog: pytest.LogCaptureFixture) -> None:
    wire = Wire()
    strip = LightStrip(make_wiring(), hands.clock.monotonic, wire.open)
    for turn in range(200):
        wire.broken = turn % 2 == 1
        strip.show(bytes([turn]) * 30, 10)
        hands.pass_time(0.5)
    assert caplog.messages == ["strip main: unplugged"]
    assert wire.opened < 30


def test_a_strip_that_has_not_answered_yet_is_asked_again_and_is_no_fault(hands: Hands) -> None:
    wire = Wire()
    wire.answers = False
    strip = LightStrip(make_wiring(), hands.clock.monotonic, wire.open)
    strip.show(WHITE, 10)
    assert (strip.fault, strip.has_frame, wire.frames) == (None, False, [])
    assert strip.next_due() - hands.seconds < 0.1
    wire.answers = True
    strip.show(WHITE, 10)
    assert strip.has_frame and wire.opened == 1 and strip.used_ma == 10


def test_even_a_defect_of_a_driver_stays_with_its_strip(hands: Hands, caplog: pytest.LogCaptureFixture) -> None:
    def open_badly(wiring: StripWiring) -> StripDriver:
        raise ZeroDivisionError("a defect")

    strip = LightStrip(make_wiring(), hands.clock.monotonic, open_badly)
    strip.show(WHITE, 10)
    assert str(strip.fault) == "a defect"
    assert "strip main: a defect" in caplog.messages
