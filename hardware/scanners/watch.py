"""All scanners of a screen: each is read in a thread of its own, and opened again when it comes back."""

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, repeat
from select import select
from threading import Thread
from time import monotonic
from typing import NamedTuple

from hardware.scanners.source import ScannerError, ScannerSource
from hardware.scanners.wiring import CameraWiring, EvdevWiring, ScannerWiring, SerialWiring
from hardware.trouble import Trouble

PAUSES_S = (0.5, 1.0, 2.0, 2.0, 5.0)  # until it is opened again; the last one goes on
log = logging.getLogger("kiosk.scanners")


class Scanned(NamedTuple):
    """What a scanner read; `raw` as it came, `symbology` where it named it."""

    text: str
    symbology: str | None
    scanner: str
    raw: str = ""


Changed = Callable[[str, ScannerError | None], None]
Open = Callable[[ScannerWiring], ScannerSource]


def open_scanner(wiring: ScannerWiring) -> ScannerSource:
    """Raises ScannerError."""
    match wiring.connection:
        case EvdevWiring() as evdev:
            from hardware.scanners.evdev import EvdevScanner

            return EvdevScanner(evdev, wiring.frame)
        case SerialWiring() as serial:
            from hardware.scanners.serial import SerialScanner

            return SerialScanner(serial, wiring.frame)
        case CameraWiring() as camera:
            from hardware.scanners.camera import CameraScanner

            return CameraScanner(camera, wiring.frame)
    raise ValueError(f"{wiring.name} is no device")


class Watch:
    """Scanners that are read here, until close(). `scanned` and `changed` are called in the scanners' threads;
    `changed` says what is wrong with the scanner of that name, or that it works."""

    def __init__(
        self,
        wirings: Iterable[ScannerWiring],
        scanned: Callable[[Scanned], None],
        changed: Changed,
        opened: Open = open_scanner,
    ) -> None:
        self._scanned, self._changed, self._open = scanned, changed, opened
        self._woken, self._wake = os.pipe()
        self._threads = [
            Thread(target=self._watch, args=(wiring,), name=f"scanner {wiring.name}", daemon=True) for wiring in wirings
        ]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """The scanners are free for others when this returns."""
        os.close(self._wake)  # the other end is readable from now on, for every thread
        for thread in self._threads:
            thread.join(timeout=5)
        if not any(thread.is_alive() for thread in self._threads):
            os.close(self._woken)

    def _watch(self, wiring: ScannerWiring) -> None:
        told = _Told(wiring.name, self._changed)
        pauses = _pauses()
        while True:
            try:
                source = self._open(wiring)
                try:
                    while True:
                        if source.is_ready and told.tell(None):
                            pauses = _pauses()
                        if not self._has_waited(source, wiring.name):
                            return
                finally:
                    source.close()
            except ScannerError as error:
                told.tell(error)
            except Exception as defect:
                if told.tell(ScannerError(Trouble.FAILED, wiring.name, type(defect).__name__)):
                    log.exception("scanner %s", wiring.name)
            if self._is_closed_within(next(pauses)):
                return

    def _has_waited(self, source: ScannerSource, name: str) -> bool:
        """For the scanner, and told what it read; False when the watch is to end."""
        readable, _, _ = select([source.fileno(), self._woken], [], [], source.patience_s)
        if self._woken in readable:
            return False
        t = monotonic()
        for reading in source.read(t) if readable else source.quiet(t):
            self._scanned(Scanned(reading.text, reading.symbology, name, reading.raw))
        return True

    def _is_closed_within(self, seconds: float) -> bool:
        return bool(select([self._woken], [], [], seconds)[0])


def _pauses() -> Iterator[float]:
    return chain(PAUSES_S, repeat(PAUSES_S[-1]))


class _Told:
    """What was said of a scanner last: nothing is said twice."""

    def __init__(self, name: str, changed: Changed) -> None:
        self._name, self._changed = name, changed
        self._last: str | None = ""  # nothing yet

    def tell(self, error: ScannerError | None) -> bool:
        """Whether it is news; other last words of a camera's command are none."""
        said = f"{error.trouble} {error.device}" if error else None
        if said == self._last:
            return False
        if error:
            log.error("scanner %s: %s", self._name, error)
        elif self._last:
            log.warning("scanner %s works again", self._name)
        self._last = said
        self._changed(self._name, error)
        return True
