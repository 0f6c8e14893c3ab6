"""A TOML table being read: every key that is read is a key that is known, every wrong one is named with its line."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import time
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kiosk.faults import Detail, Fault, StationFault, expected
from kiosk.parcels.scans import clean
from kiosk.parcels.slots import Size

# No control characters, and none that turn the direction of writing or cannot be seen: screens show these texts.
PRINTABLE = r"[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
NAME = PRINTABLE + r"{1,60}"
PATH = PRINTABLE + r"{1,255}"


class SettingsFile(NamedTuple):
    """station.toml as it was read."""

    path: Path
    text: str


class Table:
    """`number` counts the tables of an array `[[name]]` from 1; it is 0 for a plain `[name]`."""

    def __init__(self, file: SettingsFile, values: Mapping[str, object], name: str = "", number: int = 0) -> None:
        self._file, self._name, self._number, self._values = file, name, number, values
        self._known: set[str] = set()

    @property
    def name(self) -> str:
        """As it is named to people: `strips[2]`."""
        return f"{self._name}[{self._number}]" if self._number else self._name

    def wrong(self, key: str, detail: Detail) -> StationFault:
        """BAD_SETTINGS with the file, the line and the key."""
        from kiosk.config.lines import line_of  # its patterns are compiled only for a mistake

        table = self.name
        line = line_of(self._file.text, self._name, max(self._number, 1), key)
        path = f"{self._file.path}:{line}" if line else str(self._file.path)
        return StationFault(Fault.BAD_SETTINGS, path=path, key=f"{table}.{key}" if table else key, detail=detail)

    def refuse_unknown_keys(self) -> None:
        for key in self._values.keys() - self._known:
            raise self.wrong(key, expected("one of {choices}", choices=", ".join(sorted(self._known))))

    def get(self, key: str, default: object) -> object:
        self._known.add(key)
        return self._values.get(key, default)

    def table(self, key: str, *, required: bool = True) -> "Table":
        found = self.get(key, None if required else {})
        if not isinstance(found, dict):
            raise self.wrong(key, expected("a table [{name}]", name=key))
        return type(self)(self._file, found, key)

    def tables(self, key: str, *, required: bool = True) -> "list[Table]":
        """Of an array of tables; without it, where it is not required, one table of defaults."""
        found = self.get(key, None if required else [{}])
        if not isinstance(found, list) or not found or not all(isinstance(item, dict) for item in found):
            raise self.wrong(key, expected("one or more tables [[{name}]]", name=self._full(key)))
        return [type(self)(self._file, item, self._full(key), number) for number, item in enumerate(found, 1)]

    def _full(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key

    def text(self, key: str, default: str, *, form: str = NAME, example: str = "Station 1") -> str:
        """`default` outside of `form` makes the key needed; `example` shows a person how to write it."""
        found = self.get(key, default)
        found = str(found) if _is_whole(found, 0, 10**9) else found
        if not isinstance(found, str) or not re.fullmatch(form, found) or not _is_clean(found):
            missing = key not in self._values
            needed = expected("it to be there, such as {example}", example=f'{key} = "{example}"')
            raise self.wrong(key, needed if missing else expected('text such as "{example}"', example=example))
        return found

    def path(self, key: str, example: str) -> str | None:
        """None where the key is left out."""
        return None if self.get(key, None) is None else self.text(key, "", form=PATH, example=example)

    def told(self, key: str, example: str) -> str | None:
        """A name or a few words; None where the key is left out."""
        return None if self.get(key, None) is None else self.text(key, "", example=example)

    def choice(self, key: str, default: str, choices: Sequence[str]) -> str:
        found = self.get(key, default)
        if not isinstance(found, str) or found not in choices:
            raise self.wrong(key, expected("one of {choices}", choices=", ".join(choices)))
        return found

    def flag(self, key: str, default: bool) -> bool:
        found = self.get(key, default)
        if not isinstance(found, bool):
            raise self.wrong(key, expected("true or false"))
        return found

    def number(self, key: str, default: float, low: float, high: float) -> float:
        found = self.get(key, default)
        if isinstance(found, bool) or not isinstance(found, int | float) or not low <= found <= high:
            raise self.wrong(key, expected("a number from {low} to {high}", low=low, high=high))
        return float(found)

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        found = self.get(key, default)
        if not _is_whole(found, low, high):
            raise self.wrong(key, expected("a whole number from {low} to {high}", low=low, high=high))
        assert isinstance(found, int)
        return found

    def pin(self, key: str) -> int | None:
        """A GPIO of the Pi by its BCM number; None where the key is left out."""
        return None if self.get(key, None) is None else self.whole(key, 0, 0, LAST_PIN)

    def pins(self, key: str) -> tuple[tuple[int, ...], ...]:
        """One entry an LED: a pin, or three for red, green and blue."""
        found = self.get(key, None)
        leds = [led if isinstance(led, list) else [led] for led in found] if isinstance(found, list) else []
        if not leds or not all(len(led) in (1, 3) and all(_is_whole(p, 0, LAST_PIN) for p in led) for led in leds):
            raise self.wrong(key, expected("a list of GPIO numbers, or of three for a coloured LED: [17, [5, 6, 13]]"))
        return tuple(tuple(led) for led in leds)

    def pairs(self, key: str, rows: int, columns: int) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Rows of [first, count]; empty where the key is left out."""
        found = self.get(key, [])
        is_grid = isinstance(found, list) and len(found) == rows and all(_is_row(row, columns) for row in found)
        if found != [] and not is_grid:
            raise self.wrong(
                key,
                expected(
                    "{rows} of {pairs} [first pixel, how many]",
                    rows=expected("{count} row", "{count} rows", count=rows),
                    pairs=expected("{count} pair", "{count} pairs", count=columns),
                ),
            )
        assert isinstance(found, list)
        return tuple(tuple((first, count) for first, count in row) for row in found)

    def texts(self, key: str, *, example: str, form: str = NAME) -> tuple[str, ...]:
        """A list of names; empty where the key is left out."""
        found = self.get(key, [])
        if not isinstance(found, list) or not all(
            isinstance(t, str) and re.fullmatch(form, t) and clean(t) == t for t in found
        ):
            raise self.wrong(key, expected("a list of texts: {example}", example=example))
        return tuple(found)

    def wholes(self, key: str, default: int, count: int, low: int, high: int) -> list[int]:
        """`count` whole numbers; one number stands for all."""
        found = self.get(key, default)
        if not isinstance(found, list):
            return [self.whole(key, default, low, high)] * count
        if len(found) != count or not all(_is_whole(item, low, high) for item in found):
            whats = expected(
                "{count} whole number from {low} to {high}",
                "{count} whole numbers from {low} to {high}",
                count=count,
                low=low,
                high=high,
            )
            raise self.wrong(key, whats)
        return found

    def zone(self, key: str, default: str) -> ZoneInfo:
        name = self.text(key, default)
        try:
            return ZoneInfo(name)
        except (ValueError, OSError, LookupError) as unknown:
            raise self.wrong(key, expected("a time zone such as Asia/Shanghai")) from unknown

    def time_of_day(self, key: str, default: str) -> time:
        """`02:30`."""
        text = self.get(key, default)
        found = re.fullmatch(_TIME_OF_DAY, text) if isinstance(text, str) else None
        if not found:
            raise self.wrong(key, expected("a time such as {example}", example=default))
        return time(int(found[1]), int(found[2]))

    def hours(self, key: str) -> tuple[time, time] | None:
        """`22:00-07:00`; None where the key is left out."""
        if self.get(key, None) is None:
            return None
        text = self.get(key, "")
        found = re.fullmatch(_HOURS, text) if isinstance(text, str) else None
        if not found:
            raise self.wrong(key, expected("hours such as 22:00-07:00"))
        return time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))

    def sizes(self, key: str) -> list[Size]:
        found = self.get(key, ["L", "M", "M", "S", "S"])
        if not isinstance(found, list) or not found or not all(_is_size(item) for item in found):
            raise self.wrong(key, expected("a list of {sizes}, lowest level first", sizes=", ".join(Size.__members__)))
        return [Size[item] for item in found]


LAST_PIN = 27
_TIME_OF_DAY = r"([01]\d|2[0-3]):([0-5]\d)"
_HOURS = f"{_TIME_OF_DAY}-{_TIME_OF_DAY}"


def _is_clean(text: str) -> bool:
    bare = text.replace("\n", "")  # where a form lets line ends through
    return clean(bare, len(bare)) == bare


def _is_whole(found: object, low: int, high: int) -> bool:
    return isinstance(found, int) and not isinstance(found, bool) and low <= found <= high


def _is_size(item: object) -> bool:
    return isinstance(item, str) and item in Size.__members__


def _is_row(row: object, columns: int) -> bool:
    return isinstance(row, list) and len(row) == columns and all(_is_pair(pair) for pair in row)


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and _is_whole(pair[0], 0, 9999) and _is_whole(pair[1], 1, 999)


def is_within(moment: time, start: time, end: time) -> bool:
    """Hours may run over midnight: 22:00–07:00."""
    return start <= moment < end if start <= end else moment >= start or moment < end


def refuse_doubles(tables: Sequence[Table], key: str, used: Callable[[int], object]) -> None:
    """Refuse the second table whose `key` has a value that an earlier one has; `used(index)` is that value."""
    seen: dict[object, Table] = {}
    for index, table in enumerate(tables):
        value = used(index)
        other = seen.setdefault(value, table)
        if value is not None and other is not table:
            raise table.wrong(key, expected("something else than in {other}", other=other.name))
