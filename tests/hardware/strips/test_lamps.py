"""Plain lamps: shift registers and pins of the Pi."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.mocks.lightmock import LightMockFactory, Transfer
from hardware.mocks.read_back import open_readers
from hardware.mocks.shift_reader import ShiftChain
from hardware.strips.drivers import open_driver
from hardware.strips.light import on_off
from hardware.strips.wiring import GpioWiring, ShiftWiring, SpiBus
from hardware.trouble import DeviceError
from tests.hardware.conftest import make_wiring

SHIFT = ShiftWiring(SpiBus(0, 0, 1_000_000))


def test_each_output_has_its_own_bit_the_nearest_register_last(
    bus: LightMockFactory, transfers: list[Transfer]
) -> None:
    driver = open_driver(make_wiring(20, SHIFT))
    chain = ShiftChain(20)
    assert any(chain.rgb())  # registers wake up with anything in them
    for output in range(20):
        driver.write(bytes(3 * output) + b"\xff\xff\xff" + bytes(3 * (19 - output)))
        chain.clock_in(transfers[-1].data)
        assert [n for n in range(20) if chain.rgb()[3 * n]] == [output]
    assert transfers[0].data == b"\0\0\1"
    assert len({transfer.rate_hz for transfer in transfers}) == 1
    driver.close()


@given(st.binary(min_size=1, max_size=6))
def test_registers_pass_on_what_they_do_not_keep(data: bytes) -> None:
    whole, piecemeal = ShiftChain(32), ShiftChain(32)
    whole.clock_in(bytes(4) + data)
    for byte in bytes(4) + data:
        piecemeal.clock_in(bytes([byte]))
    assert whole.rgb() == piecemeal.rgb()


def test_pins_light_plain_and_coloured_leds(bus: LightMockFactory) -> None:
    wiring = make_wiring(2, GpioWiring(((17,), (5, 6, 13)), active_high=True))
    driver = open_driver(wiring)
    reader = open_readers([wiring])["main"]
    assert not any(reader.rgb())
    driver.write(b"\xff\xff\xff\xff\x80\x00")
    assert reader.rgb() == b"\xff\xff\xff\xff\x80\x00"
    assert [bus.pin(number).state for number in (17, 5, 13)] == [1, 1, 0]
    driver.write(bytes(6))
    assert not any(reader.rgb())
    driver.close()


def test_leds_to_plus_are_lit_by_a_low_pin(bus: LightMockFactory) -> None:
    wiring = make_wiring(1, GpioWiring(((17,),), active_high=False))
    driver = open_driver(wiring)
    assert bus.pin(17).state == 1
    driver.write(b"\xff\xff\xff")
    assert bus.pin(17).state == 0
    assert open_readers([wiring])["main"].rgb() == b"\xff\xff\xff"
    driver.close()


def test_a_pin_in_use_or_broken_is_a_strip_error_and_frees_the_others(bus: LightMockFactory) -> None:
    first = open_driver(make_wiring(1, GpioWiring(((17,),), active_high=True)))
    with pytest.raises(DeviceError, match="GPIO 17"):
        open_driver(make_wiring(2, GpioWiring(((27,), (17,)), active_high=True)))
    open_driver(make_wiring(1, GpioWiring(((27,),), active_high=True))).close()
    bus.broken = "the wire is cut"
    with pytest.raises(DeviceError, match="the wire is cut"):
        first.write(b"\xff\xff\xff")
    bus.broken = None
    first.close()


def test_a_lamp_that_cannot_be_dimmed_is_on_in_the_bright_half() -> None:
    assert on_off(b"\x00\x9e\x73" + b"\x30\x30\x30" + bytes(3)) == b"\xff\xff\xff" + bytes(6)
