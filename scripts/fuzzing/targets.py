"""What takes input from outside, each as a function of bytes that must not raise, and what it shows must be plain."""

import json
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from math import inf, nan
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any

from textual import events

from hardware.scanners.wedge import WedgeReader
from kiosk.clock import Clock
from kiosk.config import read_settings
from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.counter.customer import serve_customer
from kiosk.counter.words import read_desk_word
from kiosk.faults import StationFault
from kiosk.home import StationHome
from kiosk.jobs.handing_over.pick_up import Found
from kiosk.jobs.sheets.sheet import SheetClosed, SheetStory
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.upkeep.found_station import found_station
from kiosk.parcels.manifest import read_manifest
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.scans import CommandScan, recognise
from kiosk.screens.customer.state import CustomerState
from kiosk.screens.desk.state import DeskState
from kiosk.screens.terminal.terminal_keys import TerminalKeys
from kiosk.text import Language, words
from kiosk.text.answers.any_answer import words_of
from kiosk.text.sentences import fault_sentence
from scripts.fuzzing.inputs import MANIFESTS, SETTINGS, SPICE, WORDS

VALUES: list[Any] = [
    0, 1, -1, 2**31, 2**63 - 1, -(2**63), 0.0, -0.5, 1e308, inf, -inf, nan, True, False, "", "\u202e", "\x1b[31m",
    "x" * 10_000, "/etc/passwd", "../..", "a:b", "22:00-07:00", "¹", "三", [], [[]], [1, 2, 3], [[0, 1]], [[[0, 1]]],
    [[[0, 0]] * 99] * 99, {}, {"": 1}, {"\x1b": {"\u202e": []}}, [{}], [{"name": "x"}] * 300, datetime(2026, 1, 1),
    date(2026, 1, 1), time(1), "A", "M", ["M"] * 500, ["\x1b"], "none", "wled", "ws2812", "gpio", "shift",
]  # fmt: skip
Target = Callable[[bytes], None]
FRESH_AFTER = 3000  # inputs, then a new station: a full one is slow
_KEY_S = (0.001, 0.02, 0.2, 40.0)


@cache
def _usual_settings() -> dict[str, Any]:
    return tomllib.loads(files("kiosk").joinpath("station.toml").read_text("utf-8"))


def _toml(value: Any) -> str:
    """On one line."""
    match value:
        case dict():
            return "{" + ", ".join(f"{json.dumps(key)} = {_toml(one)}" for key, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case str() | bool():
            return json.dumps(value, ensure_ascii=False)
        case datetime() | date() | time():
            return value.isoformat()
    return str(value)


def must_be_plain(text: str) -> None:
    """What a screen shows of it."""
    if not text.replace("\n", "").isprintable():
        raise AssertionError(f"would be painted: {text!r}")


def scans(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    recognise(text)
    word = read_desk_word(text)
    if word is not None:
        must_be_plain(word[1])
    must_be_plain(DeskState(Language.ENGLISH).masked("".join(c for c in text if c.isprintable())))


def keys(data: bytes) -> None:
    """Bytes of a terminal through the parser and the reader; afterwards the next person's scan comes out whole."""
    terminal, reader, t = TerminalKeys(), WedgeReader(), 0.0
    random = Random(len(data))
    state = CustomerState(Language.ENGLISH)
    silences = [terminal.silence] * 5
    for told in (terminal.feed(data[:20]), terminal.silence(), terminal.feed(data[20:]), *(one() for one in silences)):
        for message in told:
            t += random.choice(_KEY_S)
            if isinstance(message, events.Key):
                reader.feed(message.key, message.character, t)
                face = state.face(reader.typed, t)
                must_be_plain("\n".join([face.headline, face.big, *(line.text for line in face.detail)]))
    pressed = [one for one in terminal.feed(b"\r3-2-0147\r") if isinstance(one, events.Key)]
    came = [reader.feed(one.key, one.character, t + 1 + 0.001 * n).scan for n, one in enumerate(pressed)]
    if came[-1] != "3-2-0147":
        raise AssertionError(f"the next scan was spoiled: {came}")


def manifest(data: bytes) -> None:
    for line in read_manifest(data):
        must_be_plain(str(getattr(line, "courier", None) or ""))


@dataclass
class _Stations:
    """A real station on disk, taken afresh now and then; its clock goes on by a minute for each input."""

    folder: Path
    random: Random
    used: int = 0
    at: datetime = datetime(2026, 11, 22, 8, tzinfo=UTC)
    station: Station | None = None
    hand: AtHand = field(default_factory=AtHand)
    session: str | None = None

    def seconds(self) -> float:
        return (self.at - datetime(2026, 1, 1, tzinfo=UTC)).total_seconds()

    def take(self) -> Station:
        if self.station is None or self.used % FRESH_AFTER == 0:
            self.close()
            home = StationHome(self.folder / f"station-{self.used}")
            found_station(home)
            clock = Clock(now=lambda: self.at, monotonic=self.seconds)
            self.station = open_station(home, terminal="t1", who="staff", clock=clock, random=self.random)
            for number in range(5):
                check_in(self.station, recognise(f"SF100000000000{number}"), Particulars(), shelve=True)
        self.used += 1
        self.at += timedelta(minutes=1)
        return self.station

    def close(self) -> None:
        if self.station is not None:
            home = self.station.home
            self.station.close()
            rmtree(home.runtime(), ignore_errors=True)
            rmtree(home.folder, ignore_errors=True)

    def desk(self, data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        answer = serve_staff(self.take(), recognise(text), self.hand)
        for language in Language:
            shown = words_of(words(language), answer)
            must_be_plain("\n".join([shown.word, shown.big, *shown.lines, *shown.table]))
        if isinstance(answer, SheetStory):
            self.hand = self.hand._replace(sheet=answer.sheet, kind=answer.kind)
        elif isinstance(answer, SheetClosed):
            self.hand = AtHand()
        self.hand = self.hand._replace(parcel=getattr(answer, "waybill", None) or self.hand.parcel)

    def customer(self, data: bytes) -> None:
        answer = serve_customer(self.take(), recognise(data.decode("utf-8", "replace")), self.session)
        if isinstance(answer, CommandScan):
            return
        for language in Language:
            state = CustomerState(language)
            if isinstance(answer, Found):
                state.show_found(answer)
                self.session = answer.session
            else:
                state.show_passing(answer, 0.0)
            face = state.face("", 0.0)
            must_be_plain("\n".join([face.headline, face.big, *(line.text for line in face.detail)]))

    def settings_by_key(self, data: bytes) -> None:
        """The station's own settings with a few values of any kind at any place."""
        random = Random(data)
        top = deepcopy(_usual_settings())
        for _ in range(random.randrange(1, 4)):
            place: Any = top
            while True:
                key = random.choice([*place] if isinstance(place, dict) else range(len(place)))
                if not isinstance(place[key], dict | list) or not place[key] or random.random() < 0.1:
                    break
                place = place[key]
            place[key] = deepcopy(random.choice(VALUES)) if random.random() < 0.8 else data.decode("utf-8", "ignore")
        self.settings("".join(f"{key} = {_toml(value)}\n" for key, value in top.items()).encode())

    def settings(self, data: bytes) -> None:
        path = self.folder / "station.toml"
        path.write_bytes(data)
        try:
            must_be_plain(read_settings(path).name)
        except StationFault as fault:
            for language in Language:
                fault_sentence(words(language), fault)


@contextmanager
def targets(random: Random) -> Iterator[dict[str, tuple[Target, list[bytes]]]]:
    """By name: the target and seeds for it."""
    with TemporaryDirectory() as folder:
        desk, customer = (_Stations(Path(folder) / who, random) for who in ("desk", "customer"))
        for one in (desk, customer):
            one.folder.mkdir()
        try:
            yield {
                "scans": (scans, WORDS),
                "keys": (keys, WORDS + SPICE),
                "manifest": (manifest, MANIFESTS),
                "settings": (desk.settings, SETTINGS),
                "settings by key": (desk.settings_by_key, WORDS + SPICE),
                "desk": (desk.desk, WORDS),
                "customer": (customer.customer, WORDS),
            }
        finally:
            desk.close()
            customer.close()
