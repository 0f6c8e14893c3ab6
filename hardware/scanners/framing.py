"""Where one code ends and the next begins, and what the scanner put round it: one place for all scanners."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from hardware.scanners.wiring import Frame  # every screen loads this file, few that one

STX, GS = "\x02", "\x1d"
ENDS = "\r\n\t\x03\x04"  # CR, LF, Tab, ETX, EOT
LOST = "\ufdd0"  # no character: here some got lost
LONGEST = 4096  # characters kept, a whole message; more is still reported as one over-long code
BROKEN_OFF_S = 2.0  # what a scanner that ends its codes has left open for so long is thrown away

# ISO/IEC 15424: what the letter of an AIM identifier stands for, and the identifiers of GS1.
_SYMBOLOGIES = {
    "A": "Code 39", "C": "Code 128", "E": "EAN/UPC", "F": "Codabar", "G": "Code 93", "H": "Code 11",
    "I": "Interleaved 2 of 5", "L": "PDF417", "M": "MSI", "Q": "QR Code", "U": "MaxiCode", "X": "other",
    "d": "Data Matrix", "e": "GS1 DataBar", "h": "Han Xin", "j": "DotCode", "z": "Aztec",
}  # fmt: skip
_GS1 = {"C1": "GS1-128", "d2": "GS1 DataMatrix", "Q3": "GS1 QR Code"}


class Reading(NamedTuple):
    """A code without its frame; `raw` as it came. `symbology` where the scanner named it."""

    text: str
    symbology: str | None
    raw: str


def split_aim(text: str) -> tuple[str, str | None]:
    """`]C1SF123` → `SF123`, `GS1-128`; a text without an AIM identifier stays as it is."""
    if len(text) < 3 or text[0] != "]" or text[1] not in _SYMBOLOGIES or not (text[2].isascii() and text[2].isalnum()):
        return text, None
    return text[3:], _GS1.get(text[1:3], _SYMBOLOGIES[text[1]])


def read_frame(raw: str, prefix: str = "", suffix: str = "") -> Reading:
    """Take off STX and ends, prefix and suffix, AIM identifier, and the GS that stands for an FNC1 in front."""
    text = raw.strip(STX + ENDS).removeprefix(prefix).removesuffix(suffix)
    text, symbology = split_aim(text.strip(GS))
    return Reading(text.strip(GS), symbology, raw)


class Repeats:
    """One label read twice, or held under the scanner, is one scan; the time runs from when it was seen last."""

    def __init__(self, again_s: float) -> None:
        self._again_s = again_s
        self._seen: dict[str, float] = {}

    def is_again(self, text: str, t: float) -> bool:
        self._seen = {one: at for one, at in self._seen.items() if t - at <= self._again_s}
        is_again = text in self._seen
        if self._again_s:
            self._seen[text] = t
        return is_again


class Framing:
    """Feed it characters with their time in seconds. It never merges two codes, and half a code is none."""

    def __init__(self, frame: "Frame") -> None:
        self._frame = frame
        self._repeats = Repeats(frame.again_s)
        self._begun: list[str] = []
        self._is_spoilt = False
        self._sends_ends = False
        self._fed_at = 0.0

    @property
    def patience_s(self) -> float | None:
        """How long nothing may come until quiet() has to be called; None where nothing is begun."""
        if not self._begun and not self._is_spoilt:
            return None
        return BROKEN_OFF_S if self._sends_ends and not self._is_spoilt else self._frame.idle_s

    def feed(self, characters: str, t: float) -> list[Reading]:
        found = self.quiet(t)
        self._fed_at = t
        for character in characters:
            found += self._take(character, t)
        return found

    def quiet(self, t: float) -> list[Reading]:
        """To be called when nothing came for a while: a code without an end has ended."""
        patience_s = self.patience_s
        if patience_s is None or t - self._fed_at < patience_s:
            return []
        if self._sends_ends or self._is_spoilt:
            self._drop()
            self._sends_ends = False  # it may have been set otherwise meanwhile
        return self._end(t)

    def _take(self, character: str, t: float) -> list[Reading]:
        if character == LOST:
            self._drop()
            self._is_spoilt = True  # the rest of that code is no code either
            return []
        if character in ENDS:
            self._sends_ends |= bool(self._begun)
            return self._end(t, character)
        found = self._end(t) if character == STX else []
        if self._is_spoilt:
            return found
        if len(self._begun) < LONGEST:
            self._begun.append(character)
        suffix = self._frame.suffix
        if suffix and character == suffix[-1] and "".join(self._begun[-len(suffix) :]) == suffix:
            self._sends_ends = True
            return found + self._end(t)
        return found

    def _end(self, t: float, end: str = "") -> list[Reading]:
        reading = read_frame("".join(self._begun) + end, self._frame.prefix, self._frame.suffix)
        self._drop()
        if not reading.text or self._repeats.is_again(reading.text, t):
            return []
        return [reading]

    def _drop(self) -> None:
        self._begun.clear()
        self._is_spoilt = False
