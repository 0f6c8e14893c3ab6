"""Chained 74HC595 shift registers in software: bits move along with each clock and are shown when chip select rises."""

# Registers wake up with anything in them; only what was clocked in is known.
_AT_POWER_UP = 0b1010_1010


class ShiftChain:
    """Output 0 is QA of the register next to the Pi."""

    def __init__(self, outputs: int) -> None:
        registers = -(-outputs // 8)
        self._outputs = outputs
        self._mask = (1 << 8 * registers) - 1
        self._bits = int.from_bytes(bytes([_AT_POWER_UP]) * registers, "big")
        self._shown = self._bits

    def clock_in(self, data: bytes) -> None:
        """One transfer: every bit pushes all others one output further; at its end the outputs change."""
        for byte in data:
            for shift in range(7, -1, -1):
                self._bits = (self._bits << 1 | byte >> shift & 1) & self._mask
        self._shown = self._bits

    def rgb(self) -> bytes:
        """3 bytes an output, all 255 or all 0."""
        return b"".join(b"\xff\xff\xff" if self._shown >> n & 1 else b"\0\0\0" for n in range(self._outputs))
