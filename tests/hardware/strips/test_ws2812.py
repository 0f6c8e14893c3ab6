import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.mocks.lightmock import LightMockFactory
from hardware.mocks.ws2812_reader import Ws2812Chain
from hardware.strips.wiring import SpiBus, StripWiring, Ws2812Wiring
from tests.hardware.conftest import make_wiring, sent
from tests.pins import pins

RATE = 3_050_000


def ws2812(pixels: int, order: str = "grb", rate_hz: int = RATE) -> StripWiring:
    return make_wiring(pixels, Ws2812Wiring(SpiBus(0, 0, rate_hz), order))


def by_the_data_sheet(data: bytes, rate_hz: int, gap_bits: int, pixels: int) -> bytes:
    """A second opinion that shares nothing with hardware/: the line as a string of bit times, split at each rise."""
    line = "".join(f"{byte:08b}" + "0" * gap_bits for byte in data).lstrip("0")
    pulses, at = [], 0
    while at < len(line):
        high = len(line[at:]) - len(line[at:].lstrip("1"))
        low = len(line[at + high :]) - len(line[at + high :].lstrip("0"))
        pulses.append((high * 1e9 / rate_hz, low * 1e9 / rate_hz))
        at += high + low
    assert all(220 <= high <= 380 or 580 <= high <= 1000 for high, _ in pulses)
    assert all(low >= 580 for _, low in pulses)
    assert pulses[-1][1] >= 280_000, "no reset"
    bits = "".join("1" if high > 500 else "0" for high, _ in pulses)
    assert len(bits) == 24 * pixels
    grb = [int(bits[i : i + 8], 2) for i in range(0, len(bits), 8)]
    return bytes(grb[3 * pixel + place] for pixel in range(pixels) for place in (1, 0, 2))


@given(st.binary(min_size=3, max_size=90).map(lambda b: b[: len(b) // 3 * 3]), st.sampled_from((0, 1, 2)))
def test_every_pulse_is_inside_the_windows_whatever_the_gap_between_bytes(frame: bytes, gap_bits: int) -> None:
    pixels = len(frame) // 3
    with pins(LightMockFactory()) as bus:
        transfer = sent(bus, ws2812(pixels), frame)
    chain = Ws2812Chain(pixels, gap_bits=gap_bits)
    chain.clock_in(transfer.data, transfer.rate_hz)
    assert chain.violations == []
    assert chain.rgb() == frame == by_the_data_sheet(transfer.data, transfer.rate_hz, gap_bits, pixels)


@pytest.mark.parametrize("rate_hz", [3_010_000, RATE, 3_440_000])
@pytest.mark.parametrize("order", ["rgb", "grb", "bgr"])
def test_any_rate_and_order_that_the_settings_allow(bus: LightMockFactory, rate_hz: int, order: str) -> None:
    frame = bytes(range(0, 240, 8))
    transfer = sent(bus, ws2812(10, order, rate_hz), frame)
    chain = Ws2812Chain(10, order)
    chain.clock_in(transfer.data, transfer.rate_hz)
    assert (chain.violations, chain.rgb()) == ([], frame)


@pytest.mark.parametrize("order", ["grbw", "rgbw", "bgrw"])
def test_an_sk6812_with_white_takes_32_bits_a_pixel_and_its_white_stays_dark(bus: LightMockFactory, order: str) -> None:
    frame = bytes(range(0, 240, 8))
    transfer = sent(bus, ws2812(10, order), frame)
    line = "".join(f"{byte:08b}" for byte in transfer.data).lstrip("0")
    bits = ["1" if pulse.startswith("11") else "0" for pulse in re.findall("1+0+", line)]
    octets = [int("".join(bits[at : at + 8]), 2) for at in range(0, len(bits), 8)]
    assert len(octets) == 40 and octets[3::4] == [0] * 10
    assert bytes(octets[4 * pixel + order.index(c)] for pixel in range(10) for c in "rgb") == frame
    chain = Ws2812Chain(10, order)
    chain.clock_in(transfer.data, transfer.rate_hz)
    assert (chain.violations, chain.rgb()) == ([], frame)


def test_bits_for_a_chip_without_white_are_seen_on_one_with_it(bus: LightMockFactory) -> None:
    chain = Ws2812Chain(3, "grbw")
    chain.clock_in(sent(bus, ws2812(4, "grb"), b"\x20" * 12).data, RATE)
    assert chain.rgb() == b"\x40" * 9  # 96 bits are three of these chips, white lit too


def three_bit_coding(frame: bytes) -> bytes:
    """What most libraries send: 100 and 110 at 2.4 MHz."""
    bits = "".join("110" if byte >> shift & 1 else "100" for byte in frame for shift in range(7, -1, -1))
    return bytes(1) + int(bits, 2).to_bytes(len(bits) // 8, "big") + bytes(100)


def test_the_mock_does_catch_bad_timing(bus: LightMockFactory) -> None:
    data = sent(bus, ws2812(2), b"\x55" * 6).data
    for bad, rate_hz in ((data, 2_000_000), (data, 4_800_000), (three_bit_coding(b"\x55" * 6), 2_400_000)):
        chain = Ws2812Chain(2)
        chain.clock_in(bad, rate_hz)
        assert chain.violations and not any(chain.rgb())
    unprotected = Ws2812Chain(2)  # without the zero byte the stretched first bit is no bit
    unprotected.clock_in(data[1:], RATE)
    assert "bit 0" in unprotected.violations[0]
    unended = Ws2812Chain(2)
    unended.clock_in(data[:60], RATE)
    assert unended.violations[-1] == "no reset after the frame: nothing is shown" and not any(unended.rgb())


def test_half_a_frame_changes_the_first_pixels_only(bus: LightMockFactory) -> None:
    chain = Ws2812Chain(4)
    chain.clock_in(sent(bus, ws2812(4), b"\x10" * 12).data, RATE)
    chain.clock_in(sent(bus, ws2812(2), b"\x20" * 6).data, RATE)
    assert chain.rgb() == b"\x20" * 6 + b"\x10" * 6


def test_all_values_of_a_byte_are_drawn_right(bus: LightMockFactory) -> None:
    frame = bytes(value for value in range(256) for _ in "rgb")
    transfer = sent(bus, ws2812(256), frame)
    assert len(transfer.data) <= 4096
    assert by_the_data_sheet(transfer.data, RATE, 0, 256) == frame


def test_331_pixels_fit_one_transfer() -> None:
    chips = Ws2812Wiring(SpiBus(0, 0, RATE), "grb")
    assert chips.transfer_bytes(331) <= 4096 < chips.transfer_bytes(332)
