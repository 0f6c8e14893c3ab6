"""A stand-in for the C module lgpio: the calls that gpiozero's real LGPIOFactory makes, and nothing of gpiozero.

Signatures and limits from http://abyz.me.uk/lg/py_lgpio.html and lgSPI.c, and as measured on a real kernel: more than
65,536 bytes, or none, is lgpio's own "bad SPI count"; what spidev's bufsiz does not hold fails without a transfer.
A pin claimed twice for output and writing an input are errors, as in the library.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any

LGPIO_MOST = 65_536
_IS_OUT = 1 << 1


class error(Exception):  # noqa: N801  # its name in lgpio
    def __str__(self) -> str:
        return repr(self.args[0])  # as lgpio.py has it


class _Callback:
    def __init__(self, chip: "FakeChip", gpio: int, func: Callable[..., None]) -> None:
        self._chip, self._gpio = chip, gpio
        chip.callbacks[gpio] = func

    def cancel(self) -> None:
        self._chip.callbacks.pop(self._gpio, None)


class FakeChip:
    """What happened to the pins and on the bus."""

    def __init__(self) -> None:
        self.modes: dict[int, int] = {}
        self.levels: dict[int, int] = {}
        self.pwm: list[tuple[int, float, float]] = []
        self.debounced: dict[int, int] = {}
        self.callbacks: dict[int, Callable[..., None]] = {}
        self.buses: dict[int, tuple[int, int, int]] = {}  # handle → port, device, baud
        self.transfers: list[tuple[tuple[int, int], int, bytes]] = []  # port and device, baud, data
        self.fails = False
        self.bufsiz = 4096

    def press(self, gpio: int) -> None:
        """Pull a pin to ground, as a button does."""
        self.levels[gpio] = 0
        self.callbacks[gpio](0, gpio, 0, 1_000_000_000)


def module_for(chip: FakeChip) -> ModuleType:
    """To be put into sys.modules as `lgpio`."""
    fake = ModuleType("lgpio")
    api: dict[str, Any] = {
        "error": error, "SET_PULL_NONE": 128, "SET_PULL_UP": 32, "SET_PULL_DOWN": 64,
        "BOTH_EDGES": 3, "RISING_EDGE": 1, "FALLING_EDGE": 2,
    }  # fmt: skip
    vars(fake).update(api)

    def call(function: Callable[..., Any]) -> Callable[..., Any]:
        setattr(fake, function.__name__, function)
        return function

    @call
    def gpiochip_open(number: int) -> int:
        return number

    @call
    def gpiochip_close(handle: int) -> None:
        pass

    @call
    def gpio_claim_input(handle: int, gpio: int, flags: int = 0) -> int:
        chip.modes[gpio] = flags
        chip.levels[gpio] = 1 if flags & 32 else 0
        return 0

    @call
    def gpio_claim_output(handle: int, gpio: int, level: int = 0, flags: int = 0) -> int:
        if chip.modes.get(gpio, 0) & _IS_OUT:
            raise error("GPIO busy")
        chip.modes[gpio] = _IS_OUT
        chip.levels[gpio] = level
        return 0

    @call
    def gpio_claim_alert(handle: int, gpio: int, edges: int, flags: int = 0) -> int:
        return 0

    @call
    def gpio_free(handle: int, gpio: int) -> None:
        chip.modes.pop(gpio)

    @call
    def gpio_get_mode(handle: int, gpio: int) -> int:
        return chip.modes[gpio]

    @call
    def gpio_read(handle: int, gpio: int) -> int:
        return chip.levels[gpio]

    @call
    def gpio_write(handle: int, gpio: int, level: int) -> None:
        if not chip.modes[gpio] & _IS_OUT:
            raise error("GPIO not allocated for output")
        chip.levels[gpio] = int(level)

    @call
    def gpio_set_debounce_micros(handle: int, gpio: int, micros: int) -> None:
        chip.debounced[gpio] = micros

    @call
    def tx_pwm(handle: int, gpio: int, frequency: float, duty: float) -> int:
        if not 0 <= duty <= 100 or frequency > 10_000:
            raise error("bad PWM")
        chip.pwm.append((gpio, frequency, duty))
        return 1

    @call
    def callback(handle: int, gpio: int, edge: int, func: Callable[..., None]) -> _Callback:
        return _Callback(chip, gpio, func)

    @call
    def spi_open(port: int, device: int, baud: int, flags: int = 0) -> int:
        handle = max(chip.buses, default=0) + 1
        chip.buses[handle] = (port, device, baud)
        return handle

    @call
    def spi_close(handle: int) -> None:
        del chip.buses[handle]

    @call
    def spi_write(handle: int, data: bytes | bytearray) -> int:
        port, device, baud = chip.buses[handle]
        if not 0 < len(data) <= LGPIO_MOST:
            raise error("bad SPI count")
        if chip.fails or len(data) > chip.bufsiz:
            raise error("spi xfer/read/write failed")
        chip.transfers.append(((port, device), baud, bytes(data)))
        return len(data)

    return fake
