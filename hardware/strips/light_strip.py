"""One strip being driven: compare → write, and what to do when it fails."""

import contextlib
import logging
from collections.abc import Callable

from hardware.strips.drivers import open_driver
from hardware.strips.wiring import StripDriver, StripWiring
from hardware.trouble import DeviceError, DeviceFault, fault_of

REOPEN_S = (1.0, 2.0, 5.0, 15.0, 30.0)
STEADY_S = 30.0  # a strip is back when it has answered for so long; a loose wire is one outage
_ASK_S = 0.05  # how often a strip that has not answered yet is asked again
log = logging.getLogger("kiosk.lights")


class LightStrip:
    """Shows frames on a strip and keeps a broken strip's troubles to itself: reopened ever later, one line in the log
    for each way in which it fails and one when it is well again.

    `fault` is what is wrong now. `used_ma` is what it draws, 0 while it does not answer; `held_ma` what it may draw
    all the same, because its last picture may still be lit.
    """

    def __init__(
        self,
        wiring: StripWiring,
        monotonic: Callable[[], float],
        driver: Callable[[StripWiring], StripDriver] = open_driver,
    ) -> None:
        self.wiring = wiring
        self.fault: DeviceFault | None = None
        self.used_ma = self.held_ma = wiring.idle_ma
        self._monotonic = monotonic
        self._open = driver
        self._driver: StripDriver | None = None
        self._shown: bytes | None = None
        self._due = 0.0
        self._failures = 0
        self._told: set[str] = set()  # what of the outage is in the log
        self._answers_since = 0.0

    def show(self, driven: bytes, used_ma: float) -> None:
        """Put RGB bytes (3 × pixels, gamma and limits applied) on the strip unless it shows them already."""
        now = self._monotonic()
        if now < self._due and (self.fault is not None or driven == self._shown):
            return
        try:
            driver = self._driver = self._driver or self._open(self.wiring)
            if not driver.ready():
                self._due = now + _ASK_S
                return
            driver.write(driven)
        except Exception as broken:  # whatever it is, the other strips and the customers go on
            self._failed(now, broken)
            return
        if self.fault is not None:
            self.fault, self._answers_since = None, now
        if self._told and now >= self._answers_since + STEADY_S:
            log.warning("strip %s is back", self.wiring.name)
            self._told.clear()
            self._failures = 0
        self._shown, self._due = driven, now + driver.resend_s
        self.used_ma = self.held_ma = used_ma

    @property
    def node(self) -> str | None:
        """The name of the network node that answers."""
        return self._driver.node if self._driver else None

    @property
    def has_frame(self) -> bool:
        """Whether it has taken the frame it was given last."""
        return self._shown is not None

    def next_due(self) -> float:
        """When show() should be called again even if nothing changes, in monotonic seconds."""
        return self._due

    def close(self) -> None:
        """Go dark and let the device go."""
        driver, self._driver, self._shown = self._driver, None, None
        if driver is None:
            return
        try:
            if driver.ready():
                driver.write(bytes(3 * self.wiring.pixels))
        except Exception as broken:
            log.error("strip %s may still be lit: %s", self.wiring.name, broken)
        finally:
            _let_go(driver)

    def _failed(self, now: float, broken: Exception) -> None:
        self.fault = fault_of(broken)
        if str(self.fault) not in self._told:
            defect = None if isinstance(broken, DeviceError) else broken
            log.error("strip %s: %s", self.wiring.name, self.fault, exc_info=defect)
        self._told.add(str(self.fault))
        self._due = now + REOPEN_S[min(self._failures, len(REOPEN_S) - 1)]
        self._failures += 1
        self.used_ma = 0
        driver, self._driver, self._shown = self._driver, None, None
        if driver is not None:
            _let_go(driver)


def _let_go(driver: StripDriver) -> None:
    with contextlib.suppress(Exception):  # a broken device may not even close
        driver.close()
