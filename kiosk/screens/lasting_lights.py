"""Lights that outlive the screen: when it breaks they go on shining for everybody, and the next screen has them."""

import logging
from collections.abc import Callable, Mapping
from threading import Event, Thread

from hardware.trouble import DeviceFault
from kiosk.screens.lights import Lights

PAUSES_S = (1.0, 5.0, 15.0, 60.0)  # until what broke the lights is tried again
END_S = 5.0
log = logging.getLogger("kiosk.screens")


class LastingLights:
    """Each screen is given these; `make` makes the real ones when the first screen asks for them."""

    def __init__(self, make: Callable[[], Lights]) -> None:
        self._make = make
        self._lights: Lights | None = None
        self._over = Event()
        self._thread: Thread | None = None

    def run(self) -> None:
        """Returns at once: they run in a thread that belongs to no screen."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="lasting lights", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        self._over.set()
        if self._lights is not None:
            self._lights.stop()

    def end(self) -> None:
        """The program ends: wait until the strips are dark."""
        self.stop()
        if self._thread is not None:
            self._thread.join(END_S)

    def pictures(self) -> int:
        return self._lights.pictures() if self._lights else 0

    def wait_for_picture(self, after: int, seconds: float) -> None:
        if self._lights is not None:
            self._lights.wait_for_picture(after, seconds)

    def dark_slots(self) -> frozenset[str]:
        return self._lights.dark_slots() if self._lights else frozenset()

    def strip_faults(self) -> Mapping[str, DeviceFault]:
        return self._lights.strip_faults() if self._lights else {}

    def _run(self) -> None:
        """The screens go on by text, whatever befalls the lights."""
        failures = 0
        while not self._over.is_set():
            try:
                self._lights = self._make()
                if not self._over.is_set():
                    self._lights.run()
            except Exception:
                log.exception("the lights broke and are tried again")
            self._over.wait(PAUSES_S[min(failures, len(PAUSES_S) - 1)])
            failures += 1
