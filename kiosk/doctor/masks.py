"""What may leave the station for whoever helps: texts with all that could tell of a person, a parcel or a secret
masked. What is known to be personal is looked for word by word, the rest by its shape; when in doubt it goes."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

GONE = "…"
_DATE = re.compile(r"\b20\d\d-[01]\d-[0-3]\d\b(?:[ T][0-2]\d:[0-5]\d)?")
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,20})://[^\s\"']*")
_SHAPES = (
    re.compile(r"\S*\bPK[A-Z]?1:\S+"),  # our QR codes: keys to parcels and desks
    re.compile(r"\S+@\S+|\$\w+\$\S+"),  # addresses, hashes
    re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|(?:[0-9A-Fa-f]{0,4}:){3,7}[0-9A-Fa-f]{0,4}"),  # IP, MAC
    re.compile(r"'[^'\n]*'|\"[^\"\n]*\""),
    re.compile(r"[A-Za-z]{0,4}\d(?:[- ]?\d){3,}[0-9A-Za-z]*|[0-9A-Za-z]{20,}|\d{3,}(?:[./]\d{3,})+"),  # numbers, codes
    re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"),  # Chinese: this program logs none
)
_PATH = re.compile(r"(?<![\w.…:/])/[^\s\"':,;)]+")
_OURS = re.compile(r".*?/((?:site-packages|dist-packages|kiosk|hardware|python3\.\d+)/.*)")
_WORD = re.compile(r"[0-9A-Za-z-]+")
_TECHNICAL = frozenset(
    "version mock driver font strip supply shelf shelves sizes mode now time key why fault detail group form".split()
)
_LINES = re.compile(r"(20\d\d-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ [a-z.]+: )?(.*)", re.DOTALL)


class Masks:
    """`words`: names, addresses, notes; `numbers`: waybills and codes of the station; `home` is written STATION."""

    def __init__(self, home: Path, words: Iterable[str], numbers: Iterable[str] = ()) -> None:
        folded = {unicodedata.normalize("NFKC", word) for word in words if len(word.strip()) > 1}
        self._words = sorted(folded, key=len, reverse=True)
        self._numbers = frozenset(numbers)
        self._homes = sorted({str(home), str(home.resolve())}, key=len, reverse=True)

    def text(self, text: str) -> str:
        """A text from anywhere."""
        return self._masked(self._wordless(unicodedata.normalize("NFKC", text)))

    def _wordless(self, text: str) -> str:
        folded = text.casefold()
        for word in self._words:
            if word.casefold() in folded:  # most are not, and there may be 100,000
                border = r"\b" if word.isascii() and word.isalnum() else ""
                text = re.sub(f"{border}{re.escape(word)}{border}", GONE, text, flags=re.IGNORECASE)
                folded = text.casefold()
        return text

    def _masked(self, text: str) -> str:
        for home in self._homes:
            text = text.replace(home, "STATION")
        text = _URL.sub(lambda found: f"{found[1]}:{GONE}", text)
        text = _PATH.sub(lambda found: _path(found[0]), text)
        text = _WORD.sub(lambda found: GONE if found[0] in self._numbers else found[0], text)
        return _between_dates(text)

    def log(self, text: str) -> str:
        """Lines of kiosk.log; their times stay."""
        lines = self._wordless(unicodedata.normalize("NFKC", text)).splitlines()
        parts = [_LINES.fullmatch(line) for line in lines]
        return "".join(f"{line[1] or ''}{self._masked(line[2])}\n" for line in parts if line)

    def values(self, values: Mapping[str, object]) -> dict[str, object]:
        """What a sentence of ours is filled with: figures stay, technical words are masked, all else goes."""
        return {name: self._value(name, value) for name, value in values.items()}

    def _value(self, name: str, value: object) -> object:
        if isinstance(value, int | float):
            return value
        return self.text(str(value)) if name in _TECHNICAL or isinstance(value, Path) else GONE


def _between_dates(text: str) -> str:
    parts, at = [], 0
    for date in _DATE.finditer(text):
        parts += [_shapeless(text[at : date.start()]), date[0]]
        at = date.end()
    return "".join([*parts, _shapeless(text[at:])])


def _shapeless(text: str) -> str:
    for shape in _SHAPES:
        text = shape.sub(GONE, text)
    return text


def _path(path: str) -> str:
    """Folders are named by people: of a program's file its place in the program stays, of devices all."""
    ours = _OURS.fullmatch(path)
    if ours:
        return f"{GONE}/{ours[1]}"
    return path if path.startswith("/dev/") else GONE
