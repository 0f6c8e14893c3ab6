"""Plain LEDs on chained 74HC595 shift registers: a bit an output, clocked in by SPI, shown when the transfer ends."""

from hardware.strips.spi import SpiLine
from hardware.strips.wiring import ShiftWiring, StripDriver, StripWiring


class ShiftRegisters(StripDriver):
    def __init__(self, wiring: StripWiring, chips: ShiftWiring) -> None:
        self._registers = -(-wiring.pixels // 8)
        self._line = SpiLine(wiring.name, chips.bus)

    def write(self, frame: bytes) -> None:
        """A pixel is lit by any colour. The register furthest away comes first, in it QH."""
        outputs = sum(1 << pixel for pixel in range(len(frame) // 3) if any(frame[3 * pixel : 3 * pixel + 3]))
        self._line.write(bytearray(outputs.to_bytes(self._registers, "big")))

    def close(self) -> None:
        self._line.close()
