import pytest
from gpiozero.pins.mock import MockFactory, MockSPIDevice
from hypothesis import given
from hypothesis import strategies as st

from hardware.mocks.apa102_reader import Apa102Chain
from hardware.mocks.lightmock import LightMockFactory
from hardware.strips.drivers import open_driver
from tests.apa102_decoder import decode
from tests.hardware.conftest import APA102, make_wiring, sent
from tests.pins import pins


@pytest.mark.parametrize(("pixels", "size"), [(144, 593), (300, 1227), (1000, 4071), (1, 13)])
def test_a_frame_has_the_length_of_the_data_sheet(bus: LightMockFactory, pixels: int, size: int) -> None:
    assert len(sent(bus, make_wiring(pixels), bytes(3 * pixels)).data) == size


@given(frame=st.binary(min_size=3, max_size=3 * 70).map(lambda b: b[: len(b) // 3 * 3]))
def test_two_readers_see_what_was_drawn(frame: bytes) -> None:
    pixels = len(frame) // 3
    with pins(LightMockFactory()) as bus:
        data = sent(bus, make_wiring(pixels), frame).data
    assert bytes(v for rgb in decode(data, pixels) for v in rgb) == frame
    chain = Apa102Chain(pixels)
    chain.clock_in(data)
    assert chain.rgb() == frame


@pytest.mark.parametrize("order", ["rgb", "grb", "bgr"])
def test_colour_order_and_brightness_are_the_installers(bus: LightMockFactory, order: str) -> None:
    wiring = make_wiring(1, APA102._replace(colour_order=order, chip_brightness=7))
    data = sent(bus, wiring, bytes([10, 20, 30])).data
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


def test_a_frame_may_come_in_any_pieces(bus: LightMockFactory) -> None:
    frame = bytes(range(120))
    data = sent(bus, make_wiring(40), frame).data
    for size in (1, 3, 7, 64):
        chain = Apa102Chain(40, sk9822=True)
        for at in range(0, len(data), size):
            chain.clock_in(data[at : at + size])
        assert chain.rgb() == frame


@pytest.mark.parametrize("pixels", [1, 17, 144, 300])
def test_an_sk9822_shows_nothing_before_32_zeros_have_followed(bus: LightMockFactory, pixels: int) -> None:
    """Dotstar and luma leave them out; there the last picture comes one frame late."""
    frame = b"\x01\x02\x03" * pixels
    data = sent(bus, make_wiring(pixels), frame).data
    without_latch = data[: 4 + 4 * pixels] + bytes(-(-pixels // 16))
    apa102, sk9822 = Apa102Chain(pixels), Apa102Chain(pixels, sk9822=True)
    apa102.clock_in(without_latch)
    sk9822.clock_in(without_latch)
    assert apa102.rgb() == frame
    assert sk9822.rgb() != frame
    sk9822.clock_in(data)
    assert sk9822.rgb() == frame


class ClockedBits(MockSPIDevice):  # type: ignore[misc]
    """Listens to gpiozero's own mock pins, clock edge by clock edge."""

    def on_start(self) -> None:
        super().on_start()
        self.bits: list[int] = []

    def on_bit(self) -> None:
        self.bits.append(int(self.rx_buf[-1]))


def test_bit_by_bit_on_gpiozeros_own_mock_it_is_the_same_frame() -> None:
    with pins(MockFactory()):
        listener = ClockedBits(11, 10, 9, 8)
        driver = open_driver(make_wiring(5))
        frame = bytes(range(1, 16))
        driver.write(frame)
        bits = "".join(str(bit) for bit in listener.bits)
        data = int(bits, 2).to_bytes(len(bits) // 8, "big")
        assert bytes(v for rgb in decode(data, 5) for v in rgb) == frame
        driver.close()
        listener.close()
