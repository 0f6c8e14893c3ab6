"""Every key of station.toml, told by the code that reads it: its default and what it may be."""

import re
from collections.abc import Mapping, Sequence
from datetime import time
from functools import cached_property
from pathlib import Path
from typing import ClassVar, NamedTuple
from zoneinfo import ZoneInfo

from hardware.scanners.wiring import DRIVERS as SCANNER_DRIVERS
from hardware.strips.wiring import DRIVERS as STRIP_DRIVERS
from kiosk.config import read_table
from kiosk.config.table import LAST_PIN, NAME, SettingsFile, Table
from kiosk.parcels.slots import Size

_KINDS = {"strips": tuple(STRIP_DRIVERS.values()), "scanners": tuple(SCANNER_DRIVERS.values())}


class Key(NamedTuple):
    """`default` as TOML writes it, empty where there is none; `is_needed`: then it may not be left out.

    `allowed`: choices, "low-high", or an example and "…". `drivers`: the kinds of strip or scanner that have it; empty
    for all.
    """

    table: str
    name: str
    default: str
    allowed: str
    is_needed: bool = False
    drivers: tuple[str, ...] = ()


def all_keys() -> list[Key]:
    """In the order in which they are read. Where kinds differ in a default, the first one's is told."""
    found: dict[tuple[str, str], Key] = {}
    having: dict[tuple[str, str], list[str]] = {}
    for table, drivers in _KINDS.items():
        for driver in drivers:
            for key in _read_as({(table, "driver"): driver}):
                place = (key.table, key.name)
                found.setdefault(place, key)
                if key.table == table:
                    having.setdefault(place, []).append(driver)
    return [
        key._replace(drivers=tuple(having[place]) if len(having.get(place, ())) < len(_KINDS.get(place[0], ())) else ())
        for place, key in found.items()
    ]


def _read_as(chosen: Mapping[tuple[str, str], str]) -> list[Key]:
    keys: list[Key] = []

    class Reading(_EmptyTable):
        noted = keys
        choices_made = chosen

    read_table(Reading(SettingsFile(Path("station.toml"), ""), {}))
    return list(dict.fromkeys(keys))


class _EmptyTable(Table):
    """A table that says nothing: each key that is asked for is noted and has its default."""

    noted: ClassVar[list[Key]]
    choices_made: ClassVar[Mapping[tuple[str, str], str]]

    @cached_property
    def _optional(self) -> set[str]:
        """Keys that were asked for before they are read: they may be left out."""
        return set()

    def _note(self, key: str, default: object, allowed: str, *, is_needed: bool = False) -> None:
        self.noted.append(Key(self._name, key, _as_toml(default), allowed, is_needed))

    def get(self, key: str, default: object) -> object:
        """What may be left out is taken as given, so that its form is asked for too."""
        if default is None:
            self._optional.add(key)
        return self if default is None else default

    def table(self, key: str, *, required: bool = True) -> Table:
        del required
        return type(self)(self._file, {}, key)

    def tables(self, key: str, *, required: bool = True) -> list[Table]:
        del required
        return [type(self)(self._file, {}, self._full(key), 1)]

    def text(self, key: str, default: str, *, form: str = NAME, example: str = "Station 1") -> str:
        is_needed = key not in self._optional and not re.fullmatch(form, default)
        self._note(key, default, f"{_as_toml(example)}, …", is_needed=is_needed)
        return default or example

    def choice(self, key: str, default: str, choices: Sequence[str]) -> str:
        self._note(key, default, " | ".join(f'"{choice}"' for choice in choices))
        return self.choices_made.get((self._name, key), default)

    def flag(self, key: str, default: bool) -> bool:
        self._note(key, default, "true | false")
        return default

    def number(self, key: str, default: float, low: float, high: float) -> float:
        self._note(key, default, f"{low}-{high}")
        return default

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        has_default = low <= default <= high
        is_needed = not has_default and key not in self._optional
        self._note(key, default if has_default else "", f"{low}-{high}", is_needed=is_needed)
        return default if has_default else min(high, _PIXELS)

    def wholes(self, key: str, default: int, count: int, low: int, high: int) -> list[int]:
        self._note(key, default, f"{low}-{high}")
        return [default] * count

    def pin(self, key: str) -> int | None:
        self._note(key, "", f"0-{LAST_PIN}")
        return None

    def pins(self, key: str) -> tuple[tuple[int, ...], ...]:
        self._note(key, "", "[17, 27], [[5, 6, 13]], …", is_needed=True)
        return tuple((pin,) for pin in range(_PIXELS))

    def pairs(self, key: str, rows: int, columns: int) -> tuple[tuple[tuple[int, int], ...], ...]:
        del rows, columns
        self._note(key, "", "[[[0, 2], [2, 2]]], …")
        return ()

    def texts(self, key: str, *, example: str, form: str = NAME) -> tuple[str, ...]:
        del form
        self._note(key, [], f"{example}, …")
        return ()

    def zone(self, key: str, default: str) -> ZoneInfo:
        self._note(key, default, '"Europe/Berlin", …')
        return ZoneInfo(default)

    def time_of_day(self, key: str, default: str) -> time:
        self._note(key, default, f"{_as_toml(default)}, …")
        return super().time_of_day(key, default)

    def hours(self, key: str) -> tuple[time, time] | None:
        self._note(key, "", '"22:00-07:00", …')
        return None

    def sizes(self, key: str) -> list[Size]:
        self._note(key, [size.name for size in _SIZES], " | ".join(Size.__members__))
        return _SIZES


_PIXELS = 60  # long enough for the one shelf that is read
_SIZES = [Size.L, Size.M, Size.M, Size.S, Size.S]


def _as_toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        quote = "'" if '"' in value else '"'
        return f"{quote}{value}{quote}" if value else ""
    if isinstance(value, list):
        return "[" + ", ".join(_as_toml(item) for item in value) + "]"
    return str(value)
