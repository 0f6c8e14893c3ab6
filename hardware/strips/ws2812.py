"""WS2812B and SK6812 strips on the SPI bus: each of their bits is drawn as four bits of MOSI, 0 as 1000 and 1 as 1100.

At 3.05 MHz that is the one coding inside all windows of the V5 data sheet and the high times of the old one, and
every byte ends low, so the pause that some Pis put between bytes does no harm. The zero byte in front takes up a
stretched first bit. The whole frame goes in one transfer: a pause inside it would end it. An SK6812 with a white LED
takes the same bits, 32 a pixel; its white stays dark, for colours tell people apart.
"""

from hardware.strips.spi import SpiLine
from hardware.strips.wiring import StripDriver, StripWiring, Ws2812Wiring

_ZERO, _ONE = 0b1000, 0b1100
_FIRST = 1  # after the zero byte


def _drawn(two_bits: int) -> int:
    return (_ONE if two_bits & 2 else _ZERO) << 4 | (_ONE if two_bits & 1 else _ZERO)


# A colour byte becomes four bytes on the bus; the n-th of them draws its n-th pair of bits, from the highest.
_PAIRS = tuple(bytes(_drawn(value >> shift & 3) for value in range(256)) for shift in (6, 4, 2, 0))


class Ws2812(StripDriver):
    def __init__(self, wiring: StripWiring, chips: Ws2812Wiring) -> None:
        self._channels = len(chips.colour_order)
        self._end = _FIRST + 4 * self._channels * wiring.pixels
        self._bytes = bytearray(chips.transfer_bytes(wiring.pixels))
        self._colours = bytearray(self._channels * wiring.pixels)
        self._places = [chips.colour_order.index(channel) for channel in "rgb"]
        self._line = SpiLine(wiring.name, chips.bus)

    def write(self, frame: bytes) -> None:
        for channel, place in enumerate(self._places):
            self._colours[place :: self._channels] = frame[channel::3]
        for place, table in enumerate(_PAIRS):
            self._bytes[_FIRST + place : self._end : 4] = self._colours.translate(table)
        self._line.write(self._bytes)

    def close(self) -> None:
        self._line.close()
