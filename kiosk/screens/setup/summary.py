"""The wizard's last pages: what will be written, and what comes then."""

from kiosk.faults import Detail, StationFault
from kiosk.jobs.upkeep.set_up import Hindrance
from kiosk.screens.setup.fields import ChoiceField
from kiosk.screens.setup.page import Page, Work
from kiosk.screens.setup.strip import STRIP_NAMES
from kiosk.text import Say, words
from kiosk.text.sentences import fault_sentence

CUSTOMERS, DESK, NOTHING = "run --trial", "desk", ""


class SummaryPage(Page):
    def title(self, say: Say) -> str:
        return say("All answers")

    def intro(self, say: Say) -> str:
        if self.work.set_up.is_new:
            return say("Enter writes all this and makes the station. Esc goes back, nothing is lost.")
        return say("Enter writes what was changed. Esc goes back, nothing is lost.")

    def more(self, say: Say) -> list[str]:
        draft = self.work.draft
        lines = [f"{draft.name}  {draft.number}  {draft.time_zone}"]
        if draft.layout:
            shelves, levels, slots, _ = draft.layout
            lines.append(say("Shelves: {shelves}; levels on each: {levels}; slots on each level: {slots}",
                             shelves=shelves, levels=levels, slots=slots))  # fmt: skip
        if draft.strip:
            lines.append(
                say(
                    "Strip {driver}, {count} pixel",
                    "Strip {driver}, {count} pixels",
                    driver=say(STRIP_NAMES[draft.strip.driver]),
                    count=draft.strip.pixels,
                )
            )
        if draft.scanner:
            lines.append(say("Scanner {driver} {device}", driver=draft.scanner.driver, device=draft.scanner.device))
        if self.work.pin:
            lines.append(say("A manager with a PIN"))
        if self.work.phrase:
            lines.append(say("A recovery phrase"))
        if draft.channel:
            lines.append(say("Messages by {kind}", kind=draft.channel.url.partition(":")[0]))
        return lines

    def take(self) -> Detail | None:
        """Nothing is written before this."""
        try:
            called = words(self.work.language)("Manager")  # until they say otherwise: kiosk staff change 1 --name
            self.work.set_up.finish(self.work.draft, self.work.pin, called, self.work.phrase)
        except StationFault as fault:
            return Hindrance("{why}", {"why": fault_sentence(words(self.work.language), fault)})
        return None


class DonePage(Page):
    """`then`: the command that opens what comes next, empty for none."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        choices = [
            (NOTHING, lambda say: say("nothing, end here")),
            (DESK, lambda say: say("the staff desk")),
            (CUSTOMERS, lambda say: say("the customer screen")),
        ]
        self._then = ChoiceField(lambda say: say("Open now"), NOTHING, choices)
        self.fields = [self._then]

    @property
    def then(self) -> str:
        return self._then.value

    def title(self, say: Say) -> str:
        return say("Ready")

    def intro(self, say: Say) -> str:
        if self.work.set_up.is_new:
            return say("✔ The station is made. Next: print the slot labels.")
        return say("✔ Written. Screens that are open take it when they are opened again.")

    def more(self, say: Say) -> list[str]:
        ends = {
            NOTHING: say("Enter ends the setting up."),
            DESK: say("The word quit ends the desk and comes back here."),
            CUSTOMERS: say("Ctrl-Q ends this screen. On the station's own display (kiosk run) no key ends it."),
        }
        return [ends[self.then], say("Commands to go on with stand in the terminal after that, to be copied.")]
