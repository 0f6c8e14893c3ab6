"""The wizard's page of the first manager: a PIN, typed twice."""

from kiosk.faults import Detail, told
from kiosk.jobs.staff.pins import LONGEST_PIN, SHORTEST_PIN, is_good_pin
from kiosk.jobs.staff.register import FIRST_NUMBER
from kiosk.screens.setup.fields import SecretField
from kiosk.screens.setup.page import Page, Work
from kiosk.text import Say


class ManagerPage(Page):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._pin = SecretField(lambda say: say("PIN"), longest=LONGEST_PIN)
        self._again = SecretField(lambda say: say("Once more"), longest=LONGEST_PIN)
        self.fields = [self._pin, self._again] if work.set_up.needs_manager else []

    def title(self, say: Say) -> str:
        return say("Manager")

    def intro(self, say: Say) -> str:
        if not self.work.set_up.needs_manager:
            return say("People work here already. Staff, PINs and badges: kiosk staff")
        return say("The manager signs in at the desk with number {number} and a PIN of {low} to {high} digits: "
                   "no row, no repeats, no date.",
                   number=FIRST_NUMBER, low=SHORTEST_PIN, high=LONGEST_PIN)  # fmt: skip

    def take(self) -> Detail | None:
        if not self.fields:
            return None
        if not is_good_pin(self._pin.value, FIRST_NUMBER):
            self.at, self._pin.value, self._again.value = 0, "", ""
            return told(
                "a PIN of {low} to {high} digits: no row, no repeats, no date", low=SHORTEST_PIN, high=LONGEST_PIN
            )
        if self._pin.value != self._again.value:
            self.at = 1
            self._again.value = ""
            return told("the same PIN twice")
        self.work.pin = self._pin.value
        return None
