"""What every LED strip driver does, and what it is told about its strip.

The wirings are named tuples: a dataclass takes most of a millisecond to make, at every start.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

SPIDEV_BUFSIZ = Path("/sys/module/spidev/parameters/bufsiz")  # bytes that the kernel takes in one SPI transfer
USUAL_BUFSIZ, LGPIO_MOST = 4096, 65_536  # bytes: the kernel's default, and what lgpio takes at most
WS2812_RESET_S = 300e-6  # data low for so long ends a frame


class SpiBus(NamedTuple):
    """One device on a hardware SPI port of gpiozero (only port 0 has one); `rate_hz` is its clock."""

    port: int
    device: int
    rate_hz: int


class Apa102Wiring(NamedTuple):
    """APA102 or SK9822 chips. `colour_order` as the chip wants it; `chip_brightness` 1–31 is the chip's own dimming."""

    bus: SpiBus
    colour_order: str
    chip_brightness: int

    @staticmethod
    def transfer_bytes(pixels: int) -> int:
        """Start frame, pixels, 32 zeros that latch an SK9822, n/2 more clocks."""
        return 4 + 4 * pixels + 4 + -(-pixels // 16)


class Ws2812Wiring(NamedTuple):
    """WS2812B or SK6812 chips on MOSI alone, each of their bits drawn with four bits of the bus. A `w` in
    `colour_order`: the chips have a white LED, too."""

    bus: SpiBus
    colour_order: str

    def transfer_bytes(self, pixels: int) -> int:
        """A zero byte, pixels, zeros that last as long as the reset."""
        return 1 + 4 * len(self.colour_order) * pixels + -(-round(WS2812_RESET_S * self.bus.rate_hz) // 8)


class ShiftWiring(NamedTuple):
    """Chained 74HC595 shift registers, one plain LED an output; output 0 is QA of the register next to the Pi.

    RCLK hangs on chip select, so the outputs change together when a transfer ends.
    """

    bus: SpiBus


class GpioWiring(NamedTuple):
    """LEDs on pins of the Pi (BCM numbers): one pin for a plain LED, three (red, green, blue) for a coloured one."""

    leds: tuple[tuple[int, ...], ...]
    active_high: bool


class WledWiring(NamedTuple):
    """A network node that runs WLED: it answers JSON over HTTP and takes pixels by DDP."""

    host: str
    http_port: int
    ddp_port: int


class NoWiring:
    """Shelves without light."""


Chips = Apa102Wiring | Ws2812Wiring | ShiftWiring | GpioWiring | WledWiring | NoWiring
DRIVERS: dict[type, str] = {
    Apa102Wiring: "apa102",
    Ws2812Wiring: "ws2812",
    ShiftWiring: "shift",
    GpioWiring: "gpio",
    WledWiring: "wled",
    NoWiring: "none",
}


@dataclass(frozen=True, slots=True)
class StripWiring:
    """A strip as wired. `brightness` in percent; a pixel draws `ma_idle` dark and `ma_per_pixel` more at full white."""

    name: str
    pixels: int
    chips: Chips
    supply: str
    brightness: int = 100
    ma_per_pixel: int = 60
    ma_idle: float = 1

    @property
    def driver(self) -> str:
        return DRIVERS[type(self.chips)]

    @property
    def has_light(self) -> bool:
        return not isinstance(self.chips, NoWiring)

    @property
    def bus(self) -> SpiBus | None:
        """Its SPI device, where it hangs on one."""
        return self.chips.bus if isinstance(self.chips, Apa102Wiring | Ws2812Wiring | ShiftWiring) else None

    @property
    def has_colours(self) -> bool:
        """Whether its pixels can be dimmed and coloured; plain LEDs are on or off."""
        if isinstance(self.chips, GpioWiring):
            return all(len(pins) == 3 for pins in self.chips.leds)
        return not isinstance(self.chips, ShiftWiring)

    @property
    def idle_ma(self) -> float:
        return self.pixels * self.ma_idle

    @property
    def step_ma(self) -> float:
        """What one step (of 255) of one colour of one pixel draws."""
        chip = self.chips.chip_brightness / 31 if isinstance(self.chips, Apa102Wiring) else 1
        return self.ma_per_pixel * chip / 765

    @property
    def least_ma(self) -> float:
        """What it draws with every pixel lit and dimmed as far as it goes; an LED that is on or off is full on."""
        return self.idle_ma + self.pixels * 3 * self.step_ma * (1 if self.has_colours else 255)


class SupplyWiring(NamedTuple):
    """A power supply and what it may give all its strips together."""

    name: str
    budget_ma: int


def longest_transfer() -> int:
    """Bytes in one SPI transfer on this machine; where no SPI is, what a Pi takes unless it was told otherwise."""
    try:
        return min(int(SPIDEV_BUFSIZ.read_text()), LGPIO_MOST)
    except (OSError, ValueError):
        return USUAL_BUFSIZ


class StripDriver(ABC):
    """Turns a frame of RGB bytes (3 × pixels, gamma and limits already applied) into light."""

    resend_s: float = 5.0  # a frame is sent again after so long: it repairs a strip that lost its power for a moment

    node: str | None = None  # what a network node calls itself

    def ready(self) -> bool:
        """False while the strip has not answered yet. Raises DeviceError when it will not."""
        return True

    @abstractmethod
    def write(self, frame: bytes) -> None:
        """Raises DeviceError when the strip did not take the frame."""

    @abstractmethod
    def close(self) -> None:
        """Release the device. Pixels of a strip stay as they are, LEDs on pins go out."""
