"""`kiosk lights map`: the installer walks the shelves and says which slot each light belongs to."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Digits, Static

from hardware.trouble import DeviceFault
from kiosk.config.writing.walk import Segment, Walk
from kiosk.faults import StationFault
from kiosk.parcels.codes import plain
from kiosk.parcels.scan_places import ScanPlace
from kiosk.parcels.scans import recognise
from kiosk.screens.colours import BAD, CALM, GOOD
from kiosk.screens.scan_app import ScanApp
from kiosk.screens.widgets.as_shown import as_shown
from kiosk.text import language_of_environment, words
from kiosk.text.device_answers import device_fault
from kiosk.text.sentences import fault_detail

RELIGHT_S = 0.5  # network nodes leave a picture that is not sent again
_FAR = 10  # pixels at a time with shift
_HERE, _KNOWN = b"\xf0\xe4\x42", b"\x00\x60\x40"


class MapScreen(ScanApp):
    """`light` shows frames (RGB as seen, by strip) and returns faults; `save` writes changed segments.

    After run(), `saved` names the shelves that were written, None when the installer left without saving.
    """

    CSS_PATH: ClassVar[str] = "map_screen.tcss"

    def __init__(
        self,
        walk: Walk,
        light: Callable[[Mapping[str, bytes]], Mapping[str, DeviceFault]],
        save: Callable[[Mapping[str, Segment]], list[str]],
    ) -> None:
        super().__init__()
        self.saved: list[str] | None = None
        self._walk, self._light, self._save = walk, light, save
        self._language = language_of_environment()
        self._note, self._paint = "", CALM
        self._leaving = False
        self._lines = {name: Static(id=name, markup=False) for name in ("ask", "note", "detail", "keys")}
        self._place = Digits(id="place")
        self._commands: dict[str, Callable[[], None]] = {
            "left": lambda: walk.move(-1),
            "right": lambda: walk.move(1),
            "shift+left": lambda: walk.move(-_FAR),
            "shift+right": lambda: walk.move(_FAR),
            "up": lambda: walk.grow(1),
            "down": lambda: walk.grow(-1),
            "pageup": walk.back,
            "pagedown": walk.skip,
            "f2": self._switch_language,
            "f9": self._write,
            "escape": self._leave,
        }

    def compose(self) -> ComposeResult:
        yield self._lines["ask"]
        yield self._place
        yield from (self._lines[name] for name in ("note", "detail", "keys"))

    def on_mount(self) -> None:
        self.set_interval(RELIGHT_S, self._show)
        self.call_after_refresh(self._show)  # no light before signals are heard

    def scanned(self, text: str, at: ScanPlace = ScanPlace.ANY) -> None:
        """A slot's label, or Enter alone: the light is right."""
        self._say("", CALM)
        if text == "":
            self._accept()
        else:
            self._place_on(text)
        self._show()

    def typing(self, typed: str) -> None:
        if typed:
            self._say(f"> {typed}", CALM)
            self._show()

    def command_key(self, key: str) -> None:
        if key in self._commands:
            self._say("", CALM)
            if key != "escape":
                self._leaving = False
            self._commands[key]()
            self._show()

    def _accept(self) -> None:
        say = words(self._language)
        slot, others = self._walk.slot, self._walk.in_the_way()
        if others:
            self._say(say("These pixels are those of {slots} already.", slots=", ".join(others)), BAD)
            return
        self._walk.accept()
        self._say(say("{slot} is right.", slot=slot), GOOD)

    def _place_on(self, text: str) -> None:
        say, walk = words(self._language), self._walk
        slot = recognise(text).slot_name or ""
        if not walk.knows(slot):
            self._say(say("That is no slot of this station: {text}", text=plain(text)[:40]), BAD)
        elif not walk.may_be(slot):
            self._say(say("{slot} hangs on another strip. Check where this light is.", slot=slot), BAD)
        else:
            walk.place_on(slot)
            self._say(say("The light was at {slot}.", slot=slot), GOOD)

    def go_dark(self) -> None:
        self._light({})

    def _write(self) -> None:
        try:
            self.saved = self._save(self._walk.changed)
        except StationFault as fault:
            say = words(self._language)
            self._say(say("Not written. Wanted: {detail}.", detail=fault_detail(say, fault)), BAD)
            return
        self.exit()

    def _leave(self) -> None:
        if self.reader.typed:
            self.reader.clear()
        elif not self._walk.changed or self._leaving:
            self.exit()
        else:
            self._leaving = True
            self._say(words(self._language)("Not saved: F9 saves, Esc once more leaves without saving."), BAD)

    def _switch_language(self) -> None:
        self._language = self._language.other

    def _say(self, note: str, paint: str) -> None:
        self._note, self._paint = note, paint

    def _show(self) -> None:
        say, walk = words(self._language), self._walk
        faults = self._light(self._frames())
        segment = walk.segment
        last = segment.first + segment.pixels - 1
        detail = [
            say("strip {strip}, pixels {first} to {last}", strip=segment.strip, first=segment.first, last=last),
            say("Slots confirmed: {done} of {all}.", done=len(walk.confirmed), all=len(walk.order)),
            *(
                say("strip {strip} is dark: {fault}", strip=name, fault=device_fault(say, one))
                for name, one in faults.items()
            ),
        ]
        if walk.is_done:
            detail.append(say("That was the last one. F9 writes it down."))
        self._put("ask", say("Is the yellow light at this slot?"))
        self._place.update(walk.slot)
        self._put("note", self._note)
        self._lines["note"].styles.background = self._paint
        self._put("detail", "\n".join(detail))
        keys = say(
            "Enter: yes. No: scan the label of the slot where it shines,\n"
            "or move it: ← → (with shift by ten), ↑ ↓ longer or shorter.\n"
            "PgUp PgDn other slot   F2 language   F9 save   Esc leave"
        )
        self._put("keys", keys)

    def _frames(self) -> dict[str, bytes]:
        """The present segment in yellow, confirmed ones in dim green."""
        walk = self._walk
        frames: dict[str, bytearray] = {}
        known = [walk.segments[slot] for slot in walk.order if slot in walk.confirmed]
        for segment, colour in [*((one, _KNOWN) for one in known), (walk.segment, _HERE)]:
            frame = frames.setdefault(segment.strip, bytearray(3 * walk.length_of(segment.strip)))
            frame[3 * segment.first : 3 * (segment.first + segment.pixels)] = colour * segment.pixels
        return {strip: bytes(frame) for strip, frame in frames.items()}

    def _put(self, place: str, text: str) -> None:
        self._lines[place].update(Content(as_shown(text)))
