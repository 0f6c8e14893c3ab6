from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.strips.light import GAMMA_TABLE, balanced, drive_table, frame_as_seen
from hardware.strips.light_strip import LightStrip
from hardware.strips.supply import Supply
from hardware.strips.wiring import Apa102Wiring, ShiftWiring, SpiBus, StripDriver, StripWiring, SupplyWiring
from hardware.trouble import DeviceError
from tests.hardware.conftest import APA102, make_wiring

WHITE = b"\xff\xff\xff"


class Remembering(StripDriver):
    def __init__(self) -> None:
        self.frame = b""
        self.broken = False

    def write(self, frame: bytes) -> None:
        if self.broken:
            raise DeviceError("unplugged")
        self.frame = frame

    def close(self) -> None:
        pass


def supply(budget_ma: int, *strips: StripWiring) -> tuple[Supply, list[Remembering]]:
    drivers = [Remembering() for _ in strips]
    by_name = {strip.name: driver for strip, driver in zip(strips, drivers, strict=True)}
    opened = [LightStrip(strip, lambda: 0.0, lambda wiring: by_name[wiring.name]) for strip in strips]
    return Supply(SupplyWiring("main", budget_ma), opened), drivers


def used_ma(supply: Supply) -> float:
    return sum(strip.used_ma for strip in supply.strips)


def milliamps(frames: list[bytes]) -> float:
    """The estimate as planned: 60 mA a pixel at full white, 1 mA idle."""
    return sum(sum(frame) * 60 / 765 + len(frame) // 3 for frame in frames)


def test_gamma_is_monotonic_and_the_eye_undoes_it() -> None:
    assert GAMMA_TABLE[0] == 0 and GAMMA_TABLE[255] == 255
    assert list(GAMMA_TABLE) == sorted(GAMMA_TABLE)
    for v in range(64, 256):
        driven = balanced(bytes((v, v, v))).translate(GAMMA_TABLE)
        assert all(abs(seen - v) <= 12 for seen in frame_as_seen(driven))


def test_a_green_of_a_screen_is_no_cyan_on_leds() -> None:
    """Luminous intensities of the data sheets against those of a screen: the blue that is sent is the smaller."""
    red, green, blue = balanced(bytes((0x00, 0x9E, 0x73))).translate(GAMMA_TABLE)
    assert red == 0 and blue / green == pytest.approx(0.0722 / 0.7152 / (190 / 690) * (0x73 / 0x9E) ** 2.2, rel=0.15)
    assert balanced(bytes((230, 159, 0))) == bytes((230, 159, 0))


def test_brightness_dims_after_gamma_and_puts_nothing_out() -> None:
    assert drive_table(100) == GAMMA_TABLE
    dim = drive_table(10)
    assert dim[255] == 25
    assert [value > 0 for value in dim] == [value > 0 for value in GAMMA_TABLE]


def test_within_the_budget_nothing_is_dimmed() -> None:
    whole, (driver,) = supply(610, make_wiring(10))
    whole.show({"main": WHITE * 10})
    assert driver.frame == WHITE * 10
    assert used_ma(whole) == milliamps([driver.frame]) == 610


def test_strips_of_one_supply_are_dimmed_alike() -> None:
    whole, drivers = supply(700, make_wiring(10, name="a"), make_wiring(10, name="b"))
    whole.show({"a": WHITE * 10, "b": (b"\xff\0\0" * 5) + bytes(15)})
    assert drivers[0].frame[0] == drivers[1].frame[0] < 255
    assert 650 <= milliamps([driver.frame for driver in drivers]) <= 700
    assert used_ma(whole) == milliamps([driver.frame for driver in drivers])


frames = st.binary(min_size=30, max_size=30)


@given(frames, frames, st.integers(25, 2000))
def test_the_limit_holds_and_never_changes_which_pixels_are_lit(one: bytes, two: bytes, budget_ma: int) -> None:
    whole, drivers = supply(budget_ma, make_wiring(10, name="a"), make_wiring(10, name="b"))
    whole.show({"a": one, "b": two})
    sent = [driver.frame for driver in drivers]
    assert milliamps(sent) <= budget_ma
    for seen, frame in zip((one, two), sent, strict=True):
        assert [value > 0 for value in frame] == [GAMMA_TABLE[value] > 0 for value in seen]


def test_the_dimmest_all_lit_frame_is_what_a_supply_must_give() -> None:
    strip = make_wiring(10)
    whole, (driver,) = supply(ceil(strip.least_ma), strip)
    whole.show({"main": WHITE * 10})
    assert driver.frame == b"\1" * 30


def test_lamps_that_cannot_be_dimmed_leave_the_rest_to_the_others() -> None:
    lamps = make_wiring(10, ShiftWiring(SpiBus(0, 1, 1_000_000)), name="lamps", ma_per_pixel=20, ma_idle=0)
    whole, (first, second) = supply(400, make_wiring(10, name="leds"), lamps)
    whole.show({"leds": WHITE * 10, "lamps": WHITE * 10})
    assert second.frame == WHITE * 10
    assert 195 <= milliamps([first.frame]) <= 200


def test_what_a_broken_strip_may_still_draw_is_left_to_it() -> None:
    whole, drivers = supply(1000, make_wiring(10, name="a"), make_wiring(10, name="b"))
    whole.show({"a": WHITE * 10, "b": bytes(30)})
    drivers[0].broken = True
    whole.show({"a": bytes(30), "b": bytes(30)})
    whole.show({"a": bytes(30), "b": WHITE * 10})
    still_lit, shown = WHITE * 10, drivers[1].frame
    assert 900 < milliamps([still_lit, shown]) <= 1000


def test_lamps_alone_may_take_all_that_a_supply_gives() -> None:
    lamps = make_wiring(50, ShiftWiring(SpiBus(0, 1, 1_000_000)), ma_per_pixel=20, ma_idle=0)
    whole, (driver,) = supply(1000, lamps)
    whole.show({"main": WHITE * 50})
    assert driver.frame == WHITE * 50 and round(used_ma(whole)) == 1000


def test_a_chip_that_limits_the_current_itself_is_counted_so() -> None:
    chips = Apa102Wiring(APA102.bus, "bgr", 15)
    assert make_wiring(10, chips).step_ma == 60 * 15 / 31 / 765


def test_a_strip_that_comes_back_is_dimmed_like_the_others() -> None:
    clock = [0.0]
    driver = Remembering()
    strip = LightStrip(make_wiring(10), lambda: clock[0], lambda wiring: driver)
    whole = Supply(SupplyWiring("main", 200), [strip])
    whole.show({"main": WHITE * 10})
    driver.broken = True
    whole.show({"main": b"\xf0" * 30})
    assert strip.fault
    driver.broken, clock[0] = False, 5.0
    whole.show({"main": WHITE * 10})
    assert strip.fault is None and milliamps([driver.frame]) <= 200


def test_when_one_strip_fails_the_others_make_room_at_once() -> None:
    whole, drivers = supply(1000, make_wiring(10, name="a"), make_wiring(10, name="b"))
    whole.show({"a": WHITE * 10, "b": bytes(30)})
    still_lit, drivers[0].broken = drivers[0].frame, True
    whole.show({"a": bytes(30), "b": WHITE * 10})
    assert milliamps([still_lit, drivers[1].frame]) <= 1000
