"""Inside the machine: a listener on the bus, and one on the pins."""

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic_ns, sleep

from scripts.metal.pins_up import line
from scripts.metal.wires import Lit, Strip, Transfer, WrongWire, captured

_CAPTURE, _KNOBS = Path("/dev/spi-capture"), Path("/sys/kernel/debug/spi-capture")
_TRACING = Path("/sys/kernel/tracing")


class Tap:
    """What went over the bus since the start. `strips` hang on its chip selects; they may change."""

    def __init__(self, strips: dict[int, Strip]) -> None:
        self.strips = strips
        self.asked: Counter[tuple[int, str, int, int, int]] = Counter()  # select, chips, Hz, mode, bytes
        self.frames, self.wrong = 0, list[str]()
        self._lit: dict[int, Lit] = {}
        self._read: dict[bytes, Lit] = {}
        self._watchers: dict[int, Callable[[Lit], None] | None] = {}
        threading.Thread(target=self._listen, daemon=True).start()

    def lit(self, select: int) -> Lit:
        return self._lit.get(select, {})

    def watch(self, select: int, watcher: Callable[[Lit], None] | None) -> None:
        """Called with each frame from now on."""
        self._watchers[select] = watcher

    def _listen(self) -> None:
        kept = bytearray()
        with _CAPTURE.open("rb", buffering=0) as capture:
            while True:
                kept += capture.read(1 << 16) or b""
                for transfer in captured(kept):
                    self._take(transfer)

    def _take(self, transfer: Transfer) -> None:
        strip = self.strips.get(transfer.select)
        if transfer.status or strip is None:
            return
        self.asked[transfer.select, strip.chips, transfer.hz, transfer.mode, len(transfer.mosi)] += 1
        self.frames += 1
        try:
            if transfer.mosi not in self._read:
                self._read[transfer.mosi] = strip.lit(transfer)
            self._lit[transfer.select] = self._read[transfer.mosi]
            if watcher := self._watchers.get(transfer.select):
                watcher(self._lit[transfer.select])
        except WrongWire as wrong:
            self.wrong.append(f"chip select {transfer.select}: {wrong}")


def fail(number: int) -> None:
    """Every transfer fails with this errno; 0: none does."""
    (_KNOBS / "fail").write_text(str(number))


def unplug(*, gone: bool) -> None:
    (_KNOBS / "unplug").write_text("1" if gone else "0")


def transfers() -> int:
    """How many reached the controller."""
    return int((_KNOBS / "count").read_text())


def level(pin: int) -> int:
    return int(line(pin, "value").read_text())


def press(pin: int, milliseconds: float, *, by_sleep: bool = False) -> float:
    """A finger on a button to ground; returns for how long it really was, in ms: the machine is emulated, and who
    sleeps in it sleeps long."""
    pull = os.open(line(pin, "pull"), os.O_WRONLY)
    os.write(pull, b"pull-down")
    down = monotonic_ns()
    if by_sleep:
        sleep(milliseconds / 1000)
    while monotonic_ns() < down + milliseconds * 1e6:
        pass
    os.pwrite(pull, b"pull-up", 0)
    up = monotonic_ns()
    os.close(pull)
    return (up - down) / 1e6


@contextmanager
def edges(pin: int) -> Iterator[list[tuple[float, int]]]:
    """(seconds, level) of each change that the kernel made at a pin, by its own trace."""
    seen: list[tuple[float, int]] = []
    event = _TRACING / "events/gpio/gpio_value/enable"
    (_TRACING / "trace").write_text("")
    event.write_text("1")
    yield seen
    event.write_text("0")
    number = _first_number() + pin
    for row in (_TRACING / "trace").read_text().splitlines():
        if f"gpio_value: {number} set " in row:
            at = row.split("gpio_value:")[0].split()[-1].rstrip(":")
            seen.append((float(at), int(row.rsplit(" ", 1)[1])))


def _first_number() -> int:
    """What the kernel adds to the pins of our chip."""
    for base in Path("/sys/class/gpio").glob("gpiochip*/base"):
        if base.with_name("ngpio").read_text().strip() == "54":
            return int(base.read_text())
    return 0
