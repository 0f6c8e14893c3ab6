"""The staff desk in a browser: it opens for somebody who has signed in at the page, and ends where others lock."""

from collections.abc import Callable
from dataclasses import replace

from hardware.scanners.wedge import WedgeReader
from kiosk.config.screen import InputSettings
from kiosk.counter.answers import StaffAnswer
from kiosk.jobs.staff.sign_in import SignedIn
from kiosk.jobs.station import Station
from kiosk.screens.desk.app import DeskApp
from kiosk.screens.desk.entry import takes_over
from kiosk.screens.desk.serving import PrintLabel
from kiosk.screens.lights import Lights
from kiosk.screens.terminal.browser_driver import BrowserDriver
from kiosk.text import Language


class BrowserDesk(DeskApp):
    """Whoever started it watches the time without a key; keys of a keyboard are buttons of the page."""

    def __init__(
        self,
        station: Station,
        lights: Callable[[], Lights],
        print_label: PrintLabel,
        person: SignedIn,
        language: Language,
    ) -> None:
        super().__init__(_far_from(station, person), lights, print_label)
        self.driver_class = BrowserDriver
        self.reader = WedgeReader(is_far=True)
        self.state.language, self.state.person = language, person
        self._lock_s = 0
        self.pane.has_keys = False

    def begin(self) -> None:
        """They have shown who they are already."""

    def _answered(self, answer: StaffAnswer | None) -> None:
        """Somebody else who comes here signs in at the page, so that the page knows them too."""
        if answer is not None and takes_over(answer):
            self.state.lock()  # the colleague is signed out already
            self._lock()
        elif isinstance(answer, SignedIn) and self.state.person and answer.number != self.state.person.number:
            self._lock()
        else:
            super()._answered(answer)

    def _switch_language(self) -> None:
        """By its key or by a card: the page around it follows."""
        super()._switch_language()
        if isinstance(self._driver, BrowserDriver):
            self._driver.tell_language(self.state.language)

    def _locked(self) -> None:
        self.exit()


def _far_from(station: Station, person: SignedIn) -> Station:
    """Scanners, buttons and buzzer of the machine are not this desk's: a browser may be anywhere."""
    settings = station.settings
    tones = settings.tones._replace(output="bell" if settings.tones.output == "buzzer" else settings.tones.output)
    far = replace(settings, scanners=(), inputs=InputSettings(call_staff_pin=None, confirm_pin=None), tones=tones)
    return replace(station, settings=far, who=person.who, role=person.role, standing=person.standing)
