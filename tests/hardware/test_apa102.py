import warnings

import pytest
from gpiozero import Device
from gpiozero.pins.mock import MockFactory, MockSPIDevice
from hypothesis import given
from hypothesis import strategies as st

from hardware.apa102 import Apa102
from hardware.apa102_reader import Apa102Chain
from hardware.drivers import open_driver
from hardware.lightmock import LightMockFactory
from hardware.strips import StripError, StripWiring
from tests.apa102_decoder import decode
from tests.hardware.conftest import make_wiring


def written(bus: LightMockFactory, wiring: StripWiring, frame: bytes) -> bytes:
    seen: list[bytes] = []
    bus.listeners.append(lambda strip, data: seen.append(data))
    driver = open_driver(wiring)
    driver.write(frame)
    driver.close()
    return seen[0]


@pytest.mark.parametrize(("pixels", "size"), [(144, 593), (300, 1227), (1000, 4071), (1, 13)])
def test_a_frame_has_the_length_of_the_data_sheet(bus: LightMockFactory, pixels: int, size: int) -> None:
    assert len(written(bus, make_wiring(pixels), bytes(3 * pixels))) == size


@given(frame=st.binary(min_size=3, max_size=3 * 70).map(lambda b: b[: len(b) // 3 * 3]))
def test_two_readers_see_what_was_drawn(frame: bytes) -> None:
    pixels = len(frame) // 3
    before, Device.pin_factory = Device.pin_factory, LightMockFactory()
    try:
        data = written(Device.pin_factory, make_wiring(pixels), frame)
    finally:
        Device.pin_factory = before
    assert bytes(v for rgb in decode(data, pixels) for v in rgb) == frame
    chain = Apa102Chain(pixels)
    chain.clock_in(data)
    assert chain.rgb() == frame


@pytest.mark.parametrize("order", ["rgb", "grb", "bgr"])
def test_colour_order_and_brightness_are_the_installers(bus: LightMockFactory, order: str) -> None:
    wiring = make_wiring(1, colour_order=order, brightness=7)
    data = written(bus, wiring, bytes([10, 20, 30]))
    word = data[4:8]
    assert word[0] == 0b1110_0111
    assert [word[1 + order.index(channel)] for channel in "rgb"] == [10, 20, 30]
    chain = Apa102Chain(1, order)
    chain.clock_in(data)
    assert (chain.pixels[0].red, chain.pixels[0].green, chain.pixels[0].blue) == (10, 20, 30)


def test_the_reader_keeps_what_the_clocks_did_not_reach() -> None:
    chain = Apa102Chain(40)
    word = bytes([0xFF, 1, 2, 3])
    chain.clock_in(bytes(4) + word * 40)  # no end frame: the last pixels lack n/2 clocks
    assert chain.pixels[0].red == 3 and chain.pixels[39].red == 0
    chain.clock_in(b"\x01\x00\x00\x00" + bytes([0xFF, 9, 9, 9]) * 40)  # no start frame: nobody listens
    assert chain.pixels[0].red == 3
    chain.clock_in(bytes(4) + bytes([0xFF, 9, 9, 9]) + bytes([0x1F, 9, 9, 9]) + bytes(60))
    assert (chain.pixels[0].red, chain.pixels[1].red) == (9, 3)


def test_the_pins_of_the_bus_are_reserved(bus: LightMockFactory, wiring: StripWiring) -> None:
    first = Apa102(wiring)
    with pytest.raises(StripError):
        Apa102(wiring)
    first.close()
    Apa102(wiring).close()
    assert bus is Device.pin_factory


def test_a_transfer_the_kernel_would_refuse_is_refused(bus: LightMockFactory) -> None:
    spi = bus.spi(port=0, device=0)
    with pytest.raises(Exception, match="4097 bytes"):
        spi.write(bytes(4097))
    spi.close()


def test_a_write_error_is_a_strip_error(bus: LightMockFactory, wiring: StripWiring) -> None:
    driver = Apa102(wiring)
    driver._spi.fault = "the wire is cut"
    with pytest.raises(StripError, match="the wire is cut"):
        driver.write(bytes(30))
    driver.close()
    assert bus.listeners == []


def test_silent_bit_banging_is_refused(bus: LightMockFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_hardware(shared: bool, hardware: bool) -> type:
        raise ImportError("no spidev here")

    monkeypatch.setattr(bus, "_get_spi_class", no_hardware)
    with warnings.catch_warnings(), pytest.raises(StripError, match="no spidev here"):
        Apa102(make_wiring())


class ClockedBits(MockSPIDevice):  # type: ignore[misc]
    """Listens to gpiozero's own mock pins, clock edge by clock edge."""

    def on_start(self) -> None:
        super().on_start()
        self.bits: list[int] = []

    def on_bit(self) -> None:
        self.bits.append(int(self.rx_buf[-1]))


def test_bit_by_bit_on_gpiozeros_own_mock_it_is_the_same_frame() -> None:
    before, Device.pin_factory = Device.pin_factory, MockFactory()
    try:
        listener = ClockedBits(11, 10, 9, 8)
        driver = Apa102(make_wiring(5))
        frame = bytes(range(1, 16))
        driver.write(frame)
        bits = "".join(str(bit) for bit in listener.bits)
        data = int(bits, 2).to_bytes(len(bits) // 8, "big")
        assert bytes(v for rgb in decode(data, 5) for v in rgb) == frame
        driver.close()
        listener.close()
    finally:
        Device.pin_factory.reset()
        Device.pin_factory = before
