"""The wizard's page of the LED strip: what it is, and whether one sees it shine."""

from threading import Event

from kiosk.config.writing.draft import ON_SPI, StripDraft
from kiosk.faults import Detail, told
from kiosk.screens.setup.fields import ChoiceField, Field, NumberField, Said
from kiosk.screens.setup.page import Page, Work, wrong_sentence
from kiosk.text import N_, Say

STRIP_NAMES = {
    "apa102": N_("APA102 or SK9822"),
    "ws2812": N_("WS2812B"),
    "shift": N_("lamps, 74HC595"),
    "wled": N_("WLED node"),
    "none": N_("no light"),
}
_YES, _NO, _UNSAID = "yes", "no", ""


class StripPage(Page):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        strip = work.draft.strip or StripDraft("none", 1, 0, "", 4000)
        drivers = [(name, lambda say, text=text: say(text)) for name, text in STRIP_NAMES.items()]
        self._driver = ChoiceField(lambda say: say("Strip"), strip.driver, drivers)
        self._pixels = NumberField(lambda say: say("Pixels"), strip.pixels, 1, 10_000)
        devices = [(str(number), lambda _, number=number: f"SPI 0.{number}") for number in (0, 1)]
        self._device = ChoiceField(lambda say: say("Wired to"), str(strip.device), devices)
        self._host = Field(lambda say: say("Its address"), strip.host, longest=100)
        self._budget = NumberField(lambda say: say("Supply in mA"), strip.budget_ma, 1, 1_000_000)
        answers = [(_YES, lambda say: say("yes")), (_NO, lambda say: say("no"))]
        self._seen = ChoiceField(lambda say: say("Did you see it?"), _UNSAID, [(_UNSAID, lambda _: "?"), *answers])
        self._said: Said | None = None
        self._stop: Event | None = None
        self._arrange()

    def title(self, say: Say) -> str:
        return say("Light")

    def intro(self, say: Say) -> str:
        if self.work.draft.strip is None:
            return say("There are several strips, or lamps on single pins: station.toml says how. F5 lights them.")
        return say("F5 lights every pixel in turn, then red, green, blue and white. Look at the shelves.")

    def more(self, say: Say) -> list[str]:
        if self._stop is not None:
            return [say("Look at the strip now …")]
        said = [self._said(say)] if self._said else []
        if self._seen.value == _NO:
            said.append(
                say("Nothing lit: check power, ground and the data wire. Wrong colours: another kind of strip.")
            )
        return said

    def keys(self, say: Say) -> str:
        return say("F5 light it")

    def enter(self) -> None:
        strip = self.work.draft.strip
        if strip is not None:
            self._pixels.value = str(strip.pixels)

    def leave(self) -> None:
        if self._stop is not None:
            self._stop.set()

    def key(self, key: str, character: str | None, t: float) -> bool:
        del t
        if key == "f5":
            self._try()
            return True
        if self.here is self._driver and self._driver.key(key, character):
            self._arrange()
            return True
        return False

    def _arrange(self) -> None:
        """Only what this kind of strip needs is asked."""
        fields: list[Field] = []
        if self.work.draft.strip is not None:
            fields = [self._driver]
            fields += [self._pixels] if self._driver.value != "none" else []
            fields += [self._device] if self._driver.value in ON_SPI else []
            fields += [self._host] if self._driver.value == "wled" else []
            fields += [self._budget] if self._driver.value != "none" else []
        if self._said is not None:
            fields.append(self._seen)
        self.fields = fields
        self.at = min(self.at, max(len(fields) - 1, 0))

    def _try(self) -> None:
        problem = self.take()
        if self._stop is not None:
            return
        if problem is not None:
            self._said = lambda say: wrong_sentence(say, problem)
            return
        settings, stop = self.work.set_up.settings(self.work.draft), Event()
        self._stop = stop
        self.work.ask(lambda: self.work.try_strips(settings, stop), self._tried)

    def _tried(self, said: Said) -> None:
        self._said, self._stop = said, None
        self._arrange()
        self.at = max(len(self.fields) - 1, 0)
        self.work.repaint()

    def take(self) -> Detail | None:
        work = self.work
        if work.draft.strip is None:
            return None
        for field in (self._pixels, self._budget):
            if field in self.fields and field.number is None:
                low, high = field.reach
                return self.wrong(field, told("a whole number from {low} to {high}", low=low, high=high))
        pixels = self._pixels.number or 1
        if self._driver.value == "none" and work.draft.layout is not None:
            pixels = max(pixels, work.draft.layout.needed)  # they are counted, though none shines
        host, device = self._host.value.strip(), int(self._device.value)
        strip = StripDraft(self._driver.value, pixels, device, host, self._budget.number or work.draft.strip.budget_ma)
        fresh = work.draft._replace(strip=strip)
        return self.keep(fresh)
