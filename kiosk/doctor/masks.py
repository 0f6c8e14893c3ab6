"""What may leave the station for whoever helps: texts with all that could tell of a person, a parcel or a secret
masked. What is known to be personal is looked for in any spelling, the rest by its shape; when in doubt it goes."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from kiosk.doctor.known_words import KnownWords
from kiosk.doctor.shapes import GONE, Span, keyed, placeless, shapeless

_WORD = re.compile(r"[0-9A-Za-z-]+")
_TECHNICAL = frozenset(
    "version mock driver font strip supply shelf shelves sizes mode now time key why fault detail group form".split()
)
_LINES = re.compile(r"(20\d\d-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ [a-z_.]+: )?(.*)", re.DOTALL)


_LONGEST = 2000  # characters of a line; nobody reads on, and some patterns take the square of a word
# What a station's folder has of itself; people name the rest.
_OWN_FILES = re.compile(
    r"/(?:station\.toml|station\.db(?:-wal|-shm)?|kiosk\.log(?:\.1)?|key|backups|aside|labels|run)?"
)


class Masks:
    """`secrets`: of the settings; `words`: names, addresses, notes; `numbers`: waybills and codes of the station. The
    folder `home` is written STATION."""

    def __init__(
        self, home: Path, secrets: Iterable[str], words: Iterable[str] = (), numbers: Iterable[str] = ()
    ) -> None:
        told = {unicodedata.normalize("NFKC", word) for word in secrets}
        self._words = KnownWords(chain(told, (unicodedata.normalize("NFKC", word) for word in words)))
        signs = [re.escape(word) for word in told if len(word) > 1 and not word.isalnum()]
        # A secret with signs in it goes with its signs; where only its letters are found, those go.
        self._with_signs = re.compile("|".join(sorted(signs, key=len, reverse=True)) or r"(?!)", re.IGNORECASE)
        self._told: dict[str, str] = {}
        self._numbers = frozenset(number.upper() for number in numbers)
        homes = sorted({str(home.absolute()), str(home.resolve())}, key=len, reverse=True)
        self._home = re.compile(rf"(?:{'|'.join(map(re.escape, homes))})(?![\w-])(/[^\s\"':,;)]*)?")

    def text(self, text: str) -> str:
        """A text from anywhere."""
        return "".join(map(self._line, unicodedata.normalize("NFKC", text).splitlines(keepends=True)))

    def line_name(self, name: str) -> str:
        """Of the doctor's lines: `channel:NAME`, whose name is somebody's word."""
        kind, colon, named = name.partition(":")
        return f"{kind}{colon}{self.text(named)}"

    def log(self, text: str) -> str:
        """Lines of kiosk.log; their times stay, and which room they are of."""
        lines = [_LINES.fullmatch(line) for line in unicodedata.normalize("NFKC", text).splitlines()]
        return "".join(f"{line[1] or ''}{self._line(line[2])}\n" for line in lines if line)

    def values(self, values: Mapping[str, object]) -> dict[str, object]:
        """What a sentence of ours is filled with: figures stay, technical words are masked, all else goes."""
        return {name: self._value(name, value) for name, value in values.items()}

    def _value(self, name: str, value: object) -> object:
        if isinstance(value, int | float):
            return value
        return self.text(str(value)) if name in _TECHNICAL or isinstance(value, Path) else GONE

    def _line(self, text: str) -> str:
        """A log says the same again and again."""
        if text not in self._told:
            self._told[text] = self._masked(text[:_LONGEST] + GONE if len(text) > _LONGEST else text)
        return self._told[text]

    def _masked(self, text: str) -> str:
        text = self._home.sub(lambda found: _in_the_home(found[1] or ""), text)
        signs = (found.span() for found in self._with_signs.finditer(text))
        # All are looked for in the same text: a mask would hide the key of what stands behind it.
        text = placeless(without(text, [*signs, *self._words.found(text), *keyed(text)]))
        text = _WORD.sub(lambda found: GONE if found[0].upper() in self._numbers else found[0], text)
        return shapeless(text)


def without(text: str, spans: Iterable[Span]) -> str:
    """Each of them, or several that touch, replaced by one sign."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start > at or not parts:
            parts += [text[at:start], GONE]
        at = max(at, end)
    return "".join([*parts, text[at:]])


def _in_the_home(rest: str) -> str:
    found = _OWN_FILES.match(rest)
    ours = found[0] if found and rest[found.end() :][:1] in ("", "/") else ""
    return f"STATION{ours}" if ours == rest else f"STATION{ours.rstrip('/')}/{GONE}"
