"""Words that must not leave the station: of the settings, and what the database knows of people, with the parts of each
that tell as much as the whole."""

import base64
import os
import platform
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from urllib.parse import unquote

from kiosk.home import StationHome
from kiosk.store.support import Personal, PersonalKind

TECHNICAL_TEXTS = frozenset(
    "driver supply strip shelf colour_order time_zone guide output starts_at runs one_light_for level_sizes quiet role"
    " to language number device name".split()
)
_FILES = re.compile(r"\w*_file")  # such as url_file and password_file: what they hold is looked for
_LARGEST_FILE = 10_000  # bytes
_HEADER, _ASSIGNED = re.compile(r"[\s#]*\[\[?([\w.-]+)\]"), re.compile(r"[\s#]*([\w.-]+)\s*=\s*(.*)")
_STRING = re.compile(r"\"((?:\\.|[^\"\\\n])*)\"|'([^'\n]*)'")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:/{1,2}(?P<rest>\S+)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# In addresses and hosts everywhere; whoever helps reads them in every second line.
_COMMON = frozenset(
    "street road lane avenue building unit room floor door house north south east west gate city district province"
    " smtp imap mail www http https host local localhost gmail outlook hotmail yahoo proton icloud qyapi oapi".split()
)


def settings_words(home: StationHome) -> Iterator[str]:
    """What the owner wrote into station.toml and the files that it names, and how machine and user are called."""
    own = [*_settings_texts(home), *filter(None, (os.environ.get("USER"), os.environ.get("LOGNAME")))]
    own += [str(home.folder)] if not home.folder.is_absolute() else []
    own += [platform.node(), platform.node().partition(".")[0]]
    for text in own:
        if text not in reference_words():
            yield text
        if _URL.search(text):
            yield from _url_parts(text)
        elif "/" not in text:  # no device: a name, of which a part tells, too
            yield from (word for word in _WORD.findall(text) if _tells(word))


def person_words(known: Iterable[Personal]) -> Iterator[str]:
    """Each text, and of it what somebody may be told by alone."""
    for kind, text in known:
        yield text
        if kind is PersonalKind.EMAIL:
            yield from re.split(r"[@]", text)[:1]
        elif kind is PersonalKind.ADDRESS:
            yield from (part for part in re.split(r"[,;/|\d#(){}\[\]]+", text) if _tells(part))
            yield from (word for word in _WORD.findall(text) if _tells(word))
        elif kind is PersonalKind.NAME:
            yield from (
                word for word in _WORD.findall(text) if len(word) > 1 and word.casefold() not in reference_words()
            )
        elif kind is PersonalKind.OWN_WORDS:  # of a note the names in it
            yield from (word for word in _WORD.findall(text) if word[0].isupper() and _tells(word))


@cache
def reference_words() -> frozenset[str]:
    """Everybody's: keys and usual values."""
    return frozenset(re.findall(r"[a-z_]+", files("kiosk").joinpath("station.toml").read_text("utf-8")))


def _tells(part: str) -> bool:
    word = part.strip().casefold()
    return len(word) >= 4 and word not in _COMMON and word not in reference_words()


def _settings_texts(home: StationHome) -> Iterator[str]:
    """Also of a file that is no TOML any more, and of channels that were commented out: older lines tell of them."""
    try:
        text = home.settings.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return
    try:
        told = list(_texts(tomllib.loads(text)))
    except (ValueError, RecursionError):
        told = []
    examples = {word for _, word in _assigned(files("kiosk").joinpath("station.toml").read_text("utf-8"))}
    for name, word in (*told, *_assigned(text)):
        if word in examples:
            continue
        if name not in TECHNICAL_TEXTS or len(word) > 20:
            yield word
        if _FILES.fullmatch(name):
            yield from _lines_of(home, word)


def _texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, _key(name, str(key)))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, name)
    elif isinstance(value, str):
        yield name, value


def _assigned(text: str) -> Iterator[tuple[str, str]]:
    """The same, line by line."""
    table = ""
    for line in text.splitlines():
        header, assigned = _HEADER.match(line), _ASSIGNED.match(line)
        if header:
            table = header[1].rpartition(".")[2]
        for quoted in _STRING.findall(assigned[2]) if assigned else ():
            yield _key(table, assigned[1].rpartition(".")[2] if assigned else ""), quoted[0] or quoted[1]


def _key(table: str, key: str) -> str:
    """A strip is called as its maker calls it; a station or a channel as its owner does."""
    return "its own name" if table in ("station", "channels") and key == "name" else key


def _lines_of(home: StationHome, name: str) -> Iterator[str]:
    try:
        with (home.folder / name).open("rb") as file:
            lines = file.read(_LARGEST_FILE).decode("utf-8-sig", "replace").splitlines()
    except (OSError, ValueError):
        return
    yield from (line.strip() for line in lines if line.strip())


def _url_parts(text: str) -> Iterator[str]:
    """User, password, host, each part of the path and of the query: as they are written and as they are meant; and user
    and password as they go over the wire."""
    url = _URL.search(text)
    if url is None:
        return
    place, _, query = url["rest"].partition("?")
    who, _, where = place.rpartition("@")
    host, *path = where.split("/")
    parts = [*re.split(r"[:/]", who), host.partition(":")[0], *path]
    parts += [value.partition("=")[2] or value for value in re.split(r"[&;#]", query)]
    labels = host.partition(":")[0].split(".")
    parts += [".".join(labels[at:]) for at in range(1, len(labels) - 1)]
    parts += [label for label in labels[:-1] if _tells(label)]
    parts += [half for part in parts if "@" in part for half in part.split("@")]
    for part in parts:
        for spelt in {part, unquote(part)}:
            if len(spelt) > 2 and spelt not in reference_words() | _COMMON and not spelt.startswith("{"):
                yield spelt
    if ":" in who:
        yield base64.b64encode(unquote(who).encode()).decode().rstrip("=")
        yield who.partition(":")[2]  # a password, whatever word it is
