"""What the customer screen and the staff desk share: keys become scans before any widget sees them."""

import asyncio
import gc
import os
import signal
import sys
from abc import abstractmethod
from collections.abc import Callable
from threading import Thread, Timer
from typing import ClassVar, Protocol, TypeVar

from textual import events
from textual.app import App
from textual.binding import BindingType

from hardware.scanner import WedgeReader
from kiosk.faults import StationFault
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Refused
from kiosk.parcels.scans import Command
from kiosk.screens.job_thread import Answered, JobFailed, JobThread

# Seconds after which a painting thread lets the lights' thread run; Python's own 5 ms would be seen as lag.
SWITCH_S = 0.0001
HANG_UP_S = 3.0  # how long Textual may take to notice that its terminal has gone
TYPING_S = 0.03  # a key is painted so much later, a scan by then is over
LIGHT_FIRST_S = 0.003  # the longest that a paint waits for its light
T = TypeVar("T")


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


class KioskApp(App[None], inherit_bindings=False):
    """Locked down: no key quits it, nothing can be selected, no palette opens. It ends on SIGTERM or SIGHUP."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, station: Station, lights: Callable[[], Lights]) -> None:
        """`station` is the app's from now on. `lights` is called after the first paint: devices may take a while."""
        super().__init__()
        self.reader = WedgeReader()
        self.jobs = JobThread(station)
        self._make_lights = lights
        self._lights: Lights | None = None
        self._closing = False
        self._typing_is_due = False
        self._lights_thread = Thread(target=self.run_lights, name="lights", daemon=True)

    def on_mount(self) -> None:
        self.jobs.start(self)
        # After the first paint: loading gpiozero must not keep the screen waiting.
        self.call_after_refresh(self._lights_thread.start)
        self.call_after_refresh(_collect_from_now)
        sys.setswitchinterval(SWITCH_S)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.exit)
        loop.add_signal_handler(signal.SIGHUP, self._hang_up)

    def run_lights(self) -> None:
        """In a thread of its own: own the strips, or wait until nobody else does."""
        self._lights = self._make_lights()
        if not self._closing:
            self._lights.run()

    def close(self) -> None:
        """After run(): finish the jobs, leave the strips dark."""
        self._go_dark()
        if self._lights_thread.is_alive():
            self._lights_thread.join(timeout=5)
        self.jobs.stop()

    def _go_dark(self) -> None:
        self._closing = True
        if self._lights is not None:
            self._lights.stop()

    def _hang_up(self) -> None:
        """The terminal has gone. Textual may wait for it for ever, so the process ends by itself, with dark strips."""
        self._go_dark()
        last_resort = Timer(HANG_UP_S, os._exit, [0])
        last_resort.daemon = True
        last_resort.start()
        self.exit()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            fed = self.reader.feed(event.key, event.character, event.time)
            if fed.scan is not None:
                # No repaint here: the answer repaints all, and until then the jobs and the lights need the processor.
                self.scanned(fed.scan)
                return
            if not fed.taken:
                self.command_key(event.key)
            self._show_typing_soon()
        elif isinstance(event, events.Paste):
            if not event.is_forwarded:
                self.reader.clear()
                self.scanned(event.text)
        else:
            await super().on_event(event)

    def ask_lit(self, job: Callable[[Station], T], then: Callable[[T], None]) -> None:
        """Ask for a job that lights something: its answer is painted when the light is on, for painting would hold
        the lights' thread up."""

        def job_then_light(station: Station) -> T:
            lights = self._lights
            before = lights.pictures() if lights else 0
            answer = job(station)
            if lights and not isinstance(answer, Refused):
                lights.wait_for_picture(before, LIGHT_FIRST_S)
            return answer

        self.jobs.ask(job_then_light, then)

    def _show_typing_soon(self) -> None:
        """A person's key is painted after a moment, a scanner's keys not one by one: the scan will be over by then."""
        if not self._typing_is_due:
            self._typing_is_due = True
            self.set_timer(TYPING_S, self._show_typing)

    def _show_typing(self) -> None:
        self._typing_is_due = False
        self.typing(self.reader.typed)

    @abstractmethod
    def scanned(self, text: str) -> None:
        """Something was scanned, pasted, or typed and ended with Enter."""

    @abstractmethod
    def typing(self, typed: str) -> None:
        """The unfinished typing changed."""

    def commanded(self, command: Command) -> None:
        """A command card is a key to scan."""
        keys = {Command.CANCEL: "escape", Command.LANGUAGE: "f2", Command.HELP: "f1"}
        self.command_key(keys.get(command, ""))

    @abstractmethod
    def command_key(self, key: str) -> None:
        """A key that is no part of a scan, such as F1 or Escape."""

    @abstractmethod
    def broken(self, fault: StationFault | None) -> None:
        """A job met something broken."""

    def on_answered(self, message: Answered) -> None:
        message.then(message.answer)

    def on_job_failed(self, message: JobFailed) -> None:
        self.broken(message.fault)


def _collect_from_now() -> None:
    """What was loaded stays for good: going through it again and again would delay a light by some 10 ms."""
    gc.freeze()
    gc.enable()
