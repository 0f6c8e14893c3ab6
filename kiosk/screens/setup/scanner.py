"""The wizard's page of the scanner: which device it is, and whether what it reads arrives whole."""

from hardware.scanners.devices import FoundDevice
from hardware.scanners.source import ScannerError
from hardware.scanners.wedge import WedgeReader
from kiosk.config.writing.draft import ScannerDraft
from kiosk.faults import Detail
from kiosk.parcels.scans import recognise
from kiosk.screens.setup.fields import Choice, ChoiceField, Said
from kiosk.screens.setup.page import Page, Watched, Work
from kiosk.text import Say
from kiosk.text.answers.scans import scan_name, trouble_sentence, visible

_KEYBOARD = "wedge:"
_SHOWN = 3


class ScannerPage(Page):
    """What types into the terminal is always heard; a device that is chosen is listened to as long as one is here."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._reader = WedgeReader()
        self._scans: list[str] = []
        self._trouble: ScannerError | None = None
        self._watched: Watched | None = None
        self._found: list[FoundDevice] = []
        scanner = work.draft.scanner
        value = f"{scanner.driver}:{scanner.device}" if scanner else _KEYBOARD
        self._device = ChoiceField(lambda say: say("Scanner"), value, [])
        self._look()

    def title(self, say: Say) -> str:
        return say("Scanner")

    def intro(self, say: Say) -> str:
        if self.work.draft.scanner is None:
            return say("There are several scanners: station.toml says which. Try them with: kiosk scanner test")
        return say("Scan anything: a waybill, a slot label, a pickup code. It must appear here whole.")

    def more(self, say: Say) -> list[str]:
        lines = [trouble_sentence(say, self._trouble)] if self._trouble else []
        if self._reader.typed:
            lines.append(f"> {self._reader.typed}")
        for text in self._scans[:_SHOWN]:
            lines += [f"{visible(text)[:60]}: {scan_name(say, recognise(text))}"]
        return lines or [say("Nothing was scanned so far.")]

    def keys(self, say: Say) -> str:
        return say("F5 look for devices again") if self.fields else ""

    def enter(self) -> None:
        self._watch()

    def leave(self) -> None:
        if self._watched is not None:
            self._watched.close()
            self._watched = None

    def key(self, key: str, character: str | None, t: float) -> bool:
        if key == "f5" and self.fields:
            self._look()
            self._watch()
            return True
        if key in ("left", "right") and self.fields and self._device.key(key, character):
            self._watch()
            return True
        if key in ("escape", "pagedown", "pageup", "up", "down", "f2"):
            self._reader.clear()
            return False
        fed = self._reader.feed(key, character, t)
        if fed.scan:
            self._heard(fed.scan)
            return True
        is_lone = fed.scan == "" or key == "ctrl+c"  # Enter goes on; what ends a scan is the scanner's
        return fed.taken and not is_lone

    def _look(self) -> None:
        choices: list[Choice] = [(_KEYBOARD, lambda say: say("types like a keyboard"))]
        self._found = self.work.scanners.found()
        choices += [(f"{one.driver}:{one.device}", _named(f"{one.name} ({one.driver})")) for one in self._found]
        choices.append(("none:", lambda say: say("none, codes are typed")))
        if self._device.value not in [value for value, _ in choices]:
            choices.append((self._device.value, _named(self._device.value)))  # unplugged now
        self._device.choices = choices
        self.fields = [self._device] if self.work.draft.scanner is not None else []

    def _watch(self) -> None:
        self.leave()
        self._trouble = None
        if self.fields and self.take() is None:
            wiring = self.work.set_up.settings(self.work.draft).scanners[-1:]
            if wiring and wiring[0].has_device:
                self._watched = self.work.scanners.watch(wiring[0], self._heard, self._hear_trouble)

    def _heard(self, text: str) -> None:
        self._scans.insert(0, text)
        del self._scans[_SHOWN:]
        self.work.repaint()

    def _hear_trouble(self, error: ScannerError | None) -> None:
        self._trouble = error
        self.work.repaint()

    def take(self) -> Detail | None:
        if not self.fields:
            return None
        driver, _, device = self._device.value.partition(":")
        fresh = self.work.draft._replace(scanner=ScannerDraft(driver, device))
        return self.keep(fresh)


def _named(name: str) -> Said:
    """What a device is called in every language."""
    return lambda _: name
