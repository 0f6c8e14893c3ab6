"""What the customer screen and the staff desk share: a thread for jobs, one for lights, tones and buttons."""

import gc
import logging
import sys
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.message import Message

from hardware.scanners.wedge import WedgeReader
from hardware.tones import Tone
from hardware.trouble import DeviceFault
from kiosk.faults import StationFault
from kiosk.jobs.station import Station
from kiosk.parcels.meanings import Command
from kiosk.parcels.problems import Refused
from kiosk.parcels.scan_places import FOR_CUSTOMERS, ScanPlace
from kiosk.screens.job_thread import Answered, JobFailed, JobThread
from kiosk.screens.lights import Lights
from kiosk.screens.scan_app import ScanApp
from kiosk.screens.sounds import Sounds
from kiosk.watchdog import Watchdog

if TYPE_CHECKING:
    from hardware.scanners.source import ScannerError
    from hardware.scanners.watch import Scanned, Watch
    from hardware.scanners.wiring import ScannerWiring
    from kiosk.screens.push_buttons import PushButtons

# Seconds after which a painting thread lets the lights' thread run; Python's own 5 ms would be seen as lag.
SWITCH_S = 0.0001
LIGHT_FIRST_S = 0.003  # the longest that a paint waits for its light
T = TypeVar("T")
log = logging.getLogger("kiosk.screens")


@dataclass
class ButtonPushed(Message):
    """A push button on a GPIO: it counts as this key."""

    key: str


@dataclass
class DeviceScanned(Message):
    """A scanner that is read past the terminal read this, at that place of the station."""

    text: str
    at: ScanPlace


@dataclass
class ScannerChanged(Message):
    """The scanner of this name works, or does not."""

    name: str
    works: bool


CONFIRM = "confirm"  # no key of a keyboard: only a button confirms


class KioskApp(ScanApp):
    """A screen of a station: jobs in one thread, lights in another, each scanner in its own. `help_key` is what the
    card HELP stands for, `large_key` the card LARGE; `reads`: at which places its scanners stand."""

    help_key = "f1"
    large_key = ""
    reads: ClassVar[frozenset[ScanPlace]] = FOR_CUSTOMERS
    last_job: Callable[[Station], object] | None = None  # before a screen ends that has not broken

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
        self._buttons: PushButtons | None = None
        self._runtime, self._terminal = station.home.runtime(), station.terminal
        self.silent_scanners: set[str] = set()
        self._scanners = [one for one in station.settings.scanners if one.has_device and one.role in self.reads]
        self._watch: Watch | None = None
        self._set_keyboard(station.settings.scanners)
        self._lights_thread = Thread(target=self._run_lights, name="lights", daemon=True)

    def on_mount(self) -> None:
        self.jobs.start(self)
        # After the first paint: loading gpiozero must not keep the screen waiting.
        self.call_after_refresh(self._lights_thread.start)
        if self._inputs.by_pin():
            self.call_after_refresh(self._watch_buttons)
        if self._scanners:
            self.call_after_refresh(self._watch_scanners)
        self.call_after_refresh(_collect_from_now)
        self.call_after_refresh(self.watchdog.ready)
        if self.watchdog.is_awaited:  # by a timer of the loop itself: a loop that hangs falls silent
            self.set_interval(self.watchdog.every_s / 2, lambda: self.watchdog.alive(monotonic()))
        sys.setswitchinterval(SWITCH_S)

    def run_lights(self) -> None:
        """In a thread of its own: own the strips or wait until nobody else does."""
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
            if self.last_job:
                self.jobs.ask(self.last_job)
            self.go_dark()
            if self._lights_thread.is_alive():
                self._lights_thread.join(timeout=5)
        if self._buttons:
            self._buttons.close()
        if self._watch:
            self._watch.close()
        self.sounds.close()
        self.jobs.stop()

    def dark_slots(self) -> frozenset[str]:
        """Slots whose light is out of order; from any thread."""
        return self._lights.dark_slots() if self._lights else frozenset()

    def strip_faults(self) -> Mapping[str, DeviceFault]:
        """From any thread."""
        return self._lights.strip_faults() if self._lights else {}

    def _watch_buttons(self) -> None:
        from kiosk.screens.push_buttons import PushButtons  # most stations have none

        keys = {self._inputs.call_staff_pin: "f1", self._inputs.confirm_pin: CONFIRM}

        def pushed(pin: int) -> None:
            self.post_message(ButtonPushed(keys[pin]))

        self._buttons = PushButtons(self._runtime, self._terminal, self._inputs.by_pin(), pushed)

    def _set_keyboard(self, scanners: "Sequence[ScannerWiring]") -> None:
        """The keyboard is always read; a scanner that types into it may have a frame and a place of its own."""
        wedges = [one for one in scanners if one.driver == "wedge"]
        mine = [one for one in wedges if one.role in self.reads] or [one for one in wedges if one.role == ScanPlace.ANY]
        for one in mine:
            self.reader, self.keyboard_at = WedgeReader(one.frame), ScanPlace(one.role)

    def _watch_scanners(self) -> None:
        """Whatever has the focus, and past the terminal, which loses keys while a slow machine paints."""
        from hardware.scanners.watch import Watch  # most stations have one that types

        self._watch = Watch(self._scanners, self._device_scanned, self._scanner_changed)

    def _device_scanned(self, scanned: "Scanned") -> None:
        """In the scanner's thread."""
        at = next(ScanPlace(one.role) for one in self._scanners if one.name == scanned.scanner)
        with suppress(RuntimeError):  # a screen that broke hears no more
            self.post_message(DeviceScanned(scanned.text, at))

    def _scanner_changed(self, name: str, error: "ScannerError | None") -> None:
        """In the scanner's thread."""
        with suppress(RuntimeError):
            self.post_message(ScannerChanged(name, error is None))

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
        keys = {
            Command.CANCEL: "escape", Command.LANGUAGE: "f2", Command.UNDO: "f9",
            Command.HELP: self.help_key, Command.LARGE: self.large_key,
        }  # fmt: skip
        self.command_key(keys[command])

    @abstractmethod
    def broken(self, fault: StationFault | None, about: str) -> None:
        """A job met something broken; `about` a parcel, if it was about one."""

    def on_button_pushed(self, message: ButtonPushed) -> None:
        self.command_key(message.key)

    def on_device_scanned(self, message: DeviceScanned) -> None:
        self.scanned(message.text, message.at)

    def on_scanner_changed(self, message: ScannerChanged) -> None:
        (self.silent_scanners.discard if message.works else self.silent_scanners.add)(message.name)

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
