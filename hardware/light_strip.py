"""One strip being driven: gamma → power → compare → write, and what to do when it fails."""

import logging
from collections.abc import Callable

from hardware.drivers import open_driver
from hardware.light import GAMMA_TABLE, milliamps, within_budget
from hardware.strips import StripDriver, StripError, StripWiring

RESEND_S = 5.0  # repairs a strip that lost its power for a moment
_REOPEN_S = (1.0, 2.0, 5.0, 15.0, 30.0)
log = logging.getLogger("kiosk.lights")


class LightStrip:
    """Shows frames on a strip and keeps a broken strip's troubles to itself: logged once, reopened ever later."""

    def __init__(
        self,
        wiring: StripWiring,
        monotonic: Callable[[], float],
        driver: Callable[[StripWiring], StripDriver] = open_driver,
    ) -> None:
        self.wiring = wiring
        self.fault: str | None = None
        self.used_ma = 0.0
        self._monotonic = monotonic
        self._open = driver
        self._driver: StripDriver | None = None
        self._shown: bytes | None = None
        self._sent_at = 0.0
        self._failures = 0
        self._retry_at = 0.0

    def show(self, frame: bytes) -> None:
        """Put RGB bytes (3 × pixels, as seen) on the strip unless it shows them already."""
        now = self._monotonic()
        if self.fault is not None and now < self._retry_at:
            return
        limited = within_budget(frame.translate(GAMMA_TABLE), self.wiring.budget_ma)
        if limited == self._shown and now < self._sent_at + RESEND_S:
            return
        try:
            if self._driver is None:
                self._driver = self._open(self.wiring)
            self._driver.write(limited)
        except StripError as broken:
            self._failed(now, broken)
            return
        if self.fault is not None:
            log.warning("strip %s is back", self.wiring.name)
        self.fault, self._failures = None, 0
        self._shown, self._sent_at, self.used_ma = limited, now, milliamps(limited)

    def next_due(self) -> float:
        """When show() should be called again even if nothing changes, in monotonic seconds."""
        return self._retry_at if self.fault is not None else self._sent_at + RESEND_S

    def close(self) -> None:
        """Go dark and let the device go."""
        if self._driver is None:
            return
        try:
            self._driver.write(bytes(3 * self.wiring.pixels))
        except StripError as broken:
            log.error("strip %s may still be lit: %s", self.wiring.name, broken)
        self._driver.close()
        self._driver = self._shown = None

    def _failed(self, now: float, broken: StripError) -> None:
        if self.fault is None:
            log.error("strip %s: %s", self.wiring.name, broken)
        self.fault = str(broken)
        self._retry_at = now + _REOPEN_S[min(self._failures, len(_REOPEN_S) - 1)]
        self._failures += 1
        self._shown = None
        if self._driver is not None:
            self._driver.close()
            self._driver = None
