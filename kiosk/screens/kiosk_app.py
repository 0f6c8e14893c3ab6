"""What the customer screen and the staff desk share: a thread for jobs, one for lights, tones and buttons."""

import gc
import logging
import sys
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Protocol, TypeVar

from textual.message import Message

from hardware.tones import Tone
from kiosk.faults import StationFault
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Refused
from kiosk.parcels.scans import Command
from kiosk.screens.job_thread import Answered, JobFailed, JobThread
from kiosk.screens.scan_app import ScanApp
from kiosk.screens.sounds import Sounds
from kiosk.watchdog import Watchdog

if TYPE_CHECKING:
    from hardware.buttons import Buttons

# Seconds after which a painting thread lets the lights' thread run; Python's own 5 ms would be seen as lag.
SWITCH_S = 0.0001
LIGHT_FIRST_S = 0.003  # the longest that a paint waits for its light
T = TypeVar("T")
log = logging.getLogger("kiosk.screens")


class Lights(Protocol):
    """Whoever drives the strips while a screen is open."""

    def run(self) -> None:
        """Until stop(); in a thread of its own."""

    def stop(self) -> None:
        """From any thread; the strips go dark."""

    def pictures(self) -> int:
        """How many changes are on the strips so far."""

    def wait_for_picture(self, after: int, seconds: float) -> None:
        """Until one more change is on the strips, or for so many seconds."""

    def dark_slots(self) -> frozenset[str]:
        """Slots whose light is out of order."""


@dataclass
class ButtonPushed(Message):
    """A push button on a GPIO: it counts as this key."""

    key: str


CONFIRM = "confirm"  # no key of a keyboard: only a button confirms


class KioskApp(ScanApp):
    """A screen of a station: jobs in one thread, lights in another. `help_key` is what the card HELP stands for."""

    help_key = "f1"

    def __init__(self, station: Station, lights: Callable[[], Lights]) -> None:
        """`station` is the app's from now on. `lights` is called after the first paint: devices may take a while."""
        super().__init__()
        self.jobs = JobThread(station)
        self.watchdog = Watchdog({})  # whoever opens the screen for systemd gives it a real one
        self._make_lights = lights
        self._lights: Lights | None = None
        self._closing = False
        now, zone = station.clock.now, station.settings.time_zone
        self.sounds = Sounds(station.settings.tones, lambda: now().astimezone(zone), self.bell, self.set_timer)
        self._inputs = station.settings.inputs
        self._buttons: Buttons | None = None
        self._lights_thread = Thread(target=self._run_lights, name="lights", daemon=True)

    def on_mount(self) -> None:
        self.jobs.start(self)
        # After the first paint: loading gpiozero must not keep the screen waiting.
        self.call_after_refresh(self._lights_thread.start)
        self.call_after_refresh(_collect_from_now)
        self.call_after_refresh(self.watchdog.ready)
        if self.watchdog.is_awaited:  # by a timer of the loop itself: a loop that hangs falls silent
            self.set_interval(self.watchdog.every_s / 2, lambda: self.watchdog.alive(monotonic()))
        sys.setswitchinterval(SWITCH_S)

    def run_lights(self) -> None:
        """In a thread of its own: watch the buttons, and own the strips or wait until nobody else does."""
        self._buttons = self._watch_buttons()
        self._lights = self._make_lights()
        if not self._closing:
            self._lights.run()

    def _run_lights(self) -> None:
        try:
            self.run_lights()
        except Exception as defect:
            self.call_from_thread(self._handle_exception, defect)

    def close(self) -> None:
        """After run(): finish the jobs, leave the strips dark; those of a screen that broke stay as they are."""
        if self._exception is None:
            self.go_dark()
            if self._lights_thread.is_alive():
                self._lights_thread.join(timeout=5)
        if self._buttons:
            self._buttons.close()
        self.sounds.close()
        self.jobs.stop()

    def dark_slots(self) -> frozenset[str]:
        """Slots whose light is out of order; from any thread."""
        return self._lights.dark_slots() if self._lights else frozenset()

    def _watch_buttons(self) -> "Buttons | None":
        keys = {self._inputs.call_staff_pin: "f1", self._inputs.confirm_pin: CONFIRM}
        pins = {pin: key for pin, key in keys.items() if pin is not None}
        if not pins:
            return None
        from hardware.buttons import Buttons  # gpiozero is loaded in this thread, after the first paint

        try:
            return Buttons({pin: partial(self._pushed, key) for pin, key in pins.items()})
        except Exception:  # no pins here, or somebody else has them; the keyboard does the same
            log.exception("the push buttons do not work")
            return None

    def _pushed(self, key: str) -> None:
        self.post_message(ButtonPushed(key))

    def go_dark(self) -> None:
        self._closing = True
        if self._lights is not None:
            self._lights.stop()

    def ask_lit(self, job: Callable[[Station], T], then: Callable[[T], None], about: str = "") -> None:
        """Ask for a job that lights something: its answer is painted when the light is on, for painting would hold
        the lights' thread up."""

        def job_then_light(station: Station) -> T:
            lights = self._lights
            before = lights.pictures() if lights else 0
            answer = job(station)
            if lights and not isinstance(answer, Refused):
                lights.wait_for_picture(before, LIGHT_FIRST_S)
            return answer

        self.jobs.ask(job_then_light, then, about=about)

    def commanded(self, command: Command) -> None:
        """A command card is a key to scan."""
        keys = {Command.CANCEL: "escape", Command.LANGUAGE: "f2", Command.HELP: self.help_key, Command.UNDO: "f9"}
        self.command_key(keys.get(command, ""))

    @abstractmethod
    def broken(self, fault: StationFault | None, about: str) -> None:
        """A job met something broken; `about` a parcel, if it was about one."""

    def on_button_pushed(self, message: ButtonPushed) -> None:
        self.command_key(message.key)

    def on_answered(self, message: Answered) -> None:
        message.then(message.answer)

    def on_job_failed(self, message: JobFailed) -> None:
        if not message.quietly:
            self.sounds.play(Tone.BAD)
        self.broken(message.fault, message.about)


def _collect_from_now() -> None:
    """What was loaded stays for good: going through it again and again would delay a light by some 10 ms."""
    gc.freeze()
    gc.enable()
