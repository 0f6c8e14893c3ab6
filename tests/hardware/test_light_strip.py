import logging

import pytest

from hardware.light import GAMMA_TABLE, SEEN_TABLE, milliamps, within_budget
from hardware.light_strip import RESEND_S, LightStrip
from hardware.strips import StripError, StripWiring
from tests.conftest import Hands
from tests.hardware.conftest import make_wiring

WHITE = b"\xff" * 30


class Wire:
    """A driver that remembers frames and can be broken."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.opened = 0
        self.broken = False

    def open(self, wiring: StripWiring) -> "Wire":
        self.opened += 1
        if self.broken:
            raise StripError("unplugged")
        return self

    def write(self, frame: bytes) -> None:
        if self.broken:
            raise StripError("unplugged")
        self.frames.append(frame)

    def close(self) -> None:
        pass


def test_gamma_is_monotonic_and_the_eye_undoes_it() -> None:
    assert GAMMA_TABLE[0] == 0 and GAMMA_TABLE[255] == 255
    assert list(GAMMA_TABLE) == sorted(GAMMA_TABLE)
    assert all(abs(SEEN_TABLE[GAMMA_TABLE[v]] - v) <= 8 for v in range(64, 256))


def test_power_is_estimated_as_planned_and_limited_without_losing_a_pixel() -> None:
    assert milliamps(WHITE) == 10 * 60 + 10
    assert within_budget(WHITE, 610) == WHITE
    frame = b"\xff\xff\xff\x01\x00\x00" + WHITE
    limited = within_budget(frame, 100)
    assert milliamps(limited) <= 100
    assert [bool(v) for v in limited] == [bool(v) for v in frame]


def test_a_frame_goes_out_once_and_again_after_a_while(hands: Hands) -> None:
    wire = Wire()
    strip = LightStrip(make_wiring(), hands.clock.monotonic, wire.open)
    for _ in range(3):
        strip.show(WHITE)
    assert len(wire.frames) == 1
    assert strip.next_due() == hands.seconds + RESEND_S
    hands.pass_time(RESEND_S)
    strip.show(WHITE)
    assert len(wire.frames) == 2
    strip.close()
    assert wire.frames[-1] == bytes(30)


def test_a_broken_strip_is_told_once_and_comes_back(hands: Hands, caplog: pytest.LogCaptureFixture) -> None:
    wire = Wire()
    strip = LightStrip(make_wiring(), hands.clock.monotonic, wire.open)
    strip.show(WHITE)
    wire.broken = True
    waits = []
    with caplog.at_level(logging.WARNING, "kiosk.lights"):
        strip.show(bytes(30))
        for _ in range(6):
            waits.append(strip.next_due() - hands.seconds)
            hands.pass_time(waits[-1] - 0.01)
            opened = wire.opened
            strip.show(bytes(30))
            assert wire.opened == opened  # not before its time
            hands.pass_time(0.02)
            strip.show(bytes(30))
        assert [round(wait) for wait in waits] == [1, 2, 5, 15, 30, 30]
        wire.broken = False
        hands.pass_time(31)
        strip.show(WHITE)
    assert strip.fault is None and wire.frames[-1] == WHITE
    assert len(caplog.records) == 2


def test_dimmed_frames_are_compared_as_sent(hands: Hands) -> None:
    wire = Wire()
    strip = LightStrip(make_wiring(budget_ma=50), hands.clock.monotonic, wire.open)
    strip.show(WHITE)
    assert strip.used_ma <= 50
