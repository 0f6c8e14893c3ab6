"""When a screen breaks: a pause with a neutral screen, and the screen again; for ever."""

import logging
from collections.abc import Callable

from kiosk.faults import StationFault
from kiosk.screens.terminal.defects import told

PAUSES_S: tuple[float, ...] = (1.0, 2.0, 5.0, 15.0, 30.0)  # the last one again and again
STEADY_S = 60.0  # a screen that stood so long has not failed again and again
log = logging.getLogger("kiosk.screens")


def keep_open(open_screen: Callable[[], None], pause: Callable[[float], bool], now: Callable[[], float]) -> None:
    """Open the screen until it ends as it was told to. `pause(seconds)` is true when the program is to end; `now` in
    monotonic seconds."""
    failures = 0
    while True:
        opened_at = now()
        try:
            open_screen()
            return
        except Exception as defect:
            failures = 0 if now() - opened_at >= STEADY_S else failures
            pause_s = PAUSES_S[min(failures, len(PAUSES_S) - 1)]
            why = str(defect) if isinstance(defect, StationFault) else told(defect)
            log.error("the screen broke and comes back in %g s\n%s", pause_s, why)
        failures += 1
        if pause(pause_s):
            return
