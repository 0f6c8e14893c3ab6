"""station.toml → frozen settings. A bad key is refused with the file, the key and what was expected."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from hardware.strips import StripWiring
from kiosk.faults import Detail, Fault, StationFault, expected
from kiosk.parcels.slots import Place, Size, SlotAddress

_LONGEST_PLACE = 4  # with five random digits a code has nine; a longer number would be read as a waybill
MOST_APA102_PIXELS = 1006  # one 4,096-byte SPI transfer


@dataclass(frozen=True, slots=True)
class SlotSettings:
    """A slot and its pixels: `first_pixel` … `first_pixel + pixels - 1` on `strip`."""

    place: Place
    strip: str
    first_pixel: int
    pixels: int

    @property
    def name(self) -> str:
        return self.place.name


@dataclass(frozen=True)
class Settings:
    """Everything an owner sets. Seconds are seconds of light; `exit_grace_s` runs on after the light is off."""

    name: str
    number: str
    time_zone: ZoneInfo
    cooling_days: int
    pick_up_light_s: float
    put_away_light_s: float
    alarm_light_s: float
    exit_grace_s: float
    strips: tuple[StripWiring, ...]
    slots: tuple[SlotSettings, ...]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return tuple(slot.place for slot in self.slots)

    @cached_property
    def slots_by_name(self) -> Mapping[str, SlotSettings]:
        return {slot.name: slot for slot in self.slots}


def read_settings(path: Path) -> Settings:
    """Raises StationFault(NO_SETTINGS | BAD_SETTINGS) naming file, key and what was expected."""
    try:
        top = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as missing:
        raise StationFault(Fault.NO_SETTINGS, path=path) from missing
    except OSError as unreadable:
        raise StationFault(Fault.UNREADABLE_HOME, path=path, detail=unreadable.strerror or "") from unreadable
    except (ValueError, RecursionError) as broken:  # no TOML, no UTF-8, a number of 5,000 digits, 100,000 brackets
        raise StationFault(Fault.BAD_SETTINGS, path=path, key="-", detail=str(broken)) from broken
    root = _Table(path, "", top)
    station, lights = root.table("station"), root.table("lights", required=False)
    strips = tuple(_read_strip(table) for table in root.tables("strips"))
    slots = tuple(slot for table in root.tables("shelves") for slot in _read_shelf(table, strips))
    settings = Settings(
        name=station.text("name", "Pickup station"),
        number=station.text("number", "S001", form=r"[A-Z0-9]{1,12}"),
        time_zone=station.zone("time_zone", "Asia/Shanghai"),
        cooling_days=station.whole("cooling_days", 7, 0, 365),
        pick_up_light_s=lights.number("pick_up_seconds", 60, 5, 600),
        put_away_light_s=lights.number("put_away_seconds", 120, 5, 3600),
        alarm_light_s=lights.number("alarm_seconds", 10, 1, 120),
        exit_grace_s=lights.number("exit_grace_seconds", 300, 0, 3600),
        strips=strips,
        slots=slots,
    )
    for table in (root, station, lights):
        table.refuse_unknown_keys()
    _refuse_doubles(path, strips)
    _refuse_overlaps(path, slots)
    return settings


def _read_strip(table: "_Table") -> StripWiring:
    pixels = table.whole("pixels", 0, 1, MOST_APA102_PIXELS)
    strip = StripWiring(
        name=table.text("name", "main", form=r"[a-z0-9_-]{1,20}"),
        driver=table.choice("driver", "apa102", ("apa102",)),
        pixels=pixels,
        port=table.whole("port", 0, 0, 0),
        device=table.whole("device", 0, 0, 1),
        rate_hz=table.whole("rate_hz", 4_000_000, 100_000, 30_000_000),
        colour_order=table.choice("colour_order", "bgr", ("bgr", "brg", "gbr", "grb", "rbg", "rgb")),
        brightness=table.whole("brightness", 31, 1, 31),
        budget_ma=table.whole("budget_ma", 4000, pixels + 1, 1_000_000),
    )
    table.refuse_unknown_keys()
    return strip


def _read_shelf(table: "_Table", strips: Sequence[StripWiring]) -> list[SlotSettings]:
    """A shelf's slots: pixels run on from `first_pixel`, level by level from the lowest, slot by slot."""
    shelf = table.text("shelf", "", form=r"[A-Z]{0,2}[0-9]{1,3}")
    by_name = {strip.name: strip for strip in strips}
    strip = by_name[table.choice("strip", next(iter(by_name)), tuple(by_name))]
    slots_on_level = table.whole("slots_per_level", 4, 1, 60)
    pixels = table.whole("pixels_per_slot", 2, 1, 60)
    capacity = table.whole("capacity_per_slot", 20, 1, 1000)
    sizes = table.sizes("level_sizes")
    first = table.whole("first_pixel", 0, 0, strip.pixels - 1)
    table.refuse_unknown_keys()
    if len(shelf) + len(str(len(sizes))) > _LONGEST_PLACE:
        raise table.wrong(
            "shelf", expected("shelf and level of at most {count} characters together", count=_LONGEST_PLACE)
        )
    if first + len(sizes) * slots_on_level * pixels > strip.pixels:
        raise table.wrong(
            "first_pixel",
            expected("the shelf's pixels within the {pixels} of strip {strip}", pixels=strip.pixels, strip=strip.name),
        )
    return [
        SlotSettings(
            place=Place(SlotAddress(shelf, level, slot), size, capacity),
            strip=strip.name,
            first_pixel=first + ((level - 1) * slots_on_level + slot - 1) * pixels,
            pixels=pixels,
        )
        for level, size in enumerate(sizes, 1)
        for slot in range(1, slots_on_level + 1)
    ]


def _refuse_doubles(path: Path, strips: Sequence[StripWiring]) -> None:
    for key, used in (("name", [s.name for s in strips]), ("device", [(s.port, s.device) for s in strips])):
        if len(set(used)) < len(used):
            raise StationFault(Fault.BAD_SETTINGS, path=path, key=f"strips.{key}", detail=expected("each only once"))


def _refuse_overlaps(path: Path, slots: Sequence[SlotSettings]) -> None:
    names: set[str] = set()
    lit: dict[tuple[str, int], str] = {}
    for slot in slots:
        if slot.name in names:
            raise StationFault(
                Fault.BAD_SETTINGS,
                path=path,
                key="shelves.shelf",
                detail=expected("slot {slot} only once", slot=slot.name),
            )
        names.add(slot.name)
        for pixel in range(slot.first_pixel, slot.first_pixel + slot.pixels):
            other = lit.setdefault((slot.strip, pixel), slot.name)
            if other != slot.name:
                detail = expected(
                    "pixel {pixel} of strip {strip} for one slot, not for {first} and {second}",
                    pixel=pixel, strip=slot.strip, first=other, second=slot.name,
                )  # fmt: skip
                raise StationFault(Fault.BAD_SETTINGS, path=path, key="shelves.first_pixel", detail=detail)


class _Table:
    """A TOML table being read; every key that is read is a key that is known."""

    def __init__(self, path: Path, name: str, values: Mapping[str, object]) -> None:
        self._path, self._name, self._values = path, name, values
        self._known: set[str] = set()

    def wrong(self, key: str, detail: Detail) -> StationFault:
        full = f"{self._name}.{key}" if self._name else key
        return StationFault(Fault.BAD_SETTINGS, path=self._path, key=full, detail=detail)

    def refuse_unknown_keys(self) -> None:
        for key in self._values.keys() - self._known:
            raise self.wrong(key, expected("one of {choices}", choices=", ".join(sorted(self._known))))

    def _get(self, key: str, default: object) -> object:
        self._known.add(key)
        return self._values.get(key, default)

    def table(self, key: str, *, required: bool = True) -> "_Table":
        found = self._get(key, None if required else {})
        if not isinstance(found, dict):
            raise self.wrong(key, expected("a table [{name}]", name=key))
        return _Table(self._path, key, found)

    def tables(self, key: str) -> "list[_Table]":
        found = self._get(key, None)
        if not isinstance(found, list) or not found or not all(isinstance(item, dict) for item in found):
            raise self.wrong(key, expected("one or more tables [[{name}]]", name=key))
        return [_Table(self._path, f"{key}[{number}]", item) for number, item in enumerate(found, 1)]

    def text(self, key: str, default: str, *, form: str = r"[^\x00-\x1f\x7f-\x9f]{1,60}") -> str:
        found = self._get(key, default)
        found = str(found) if isinstance(found, int) and not isinstance(found, bool) else found
        if not isinstance(found, str) or not re.fullmatch(form, found):
            raise self.wrong(key, expected("text like {form}", form=form))
        return found

    def choice(self, key: str, default: str, choices: Sequence[str]) -> str:
        found = self._get(key, default)
        if not isinstance(found, str) or found not in choices:
            raise self.wrong(key, expected("one of {choices}", choices=", ".join(choices)))
        return found

    def number(self, key: str, default: float, low: float, high: float) -> float:
        found = self._get(key, default)
        if isinstance(found, bool) or not isinstance(found, int | float) or not low <= found <= high:
            raise self.wrong(key, expected("a number from {low} to {high}", low=low, high=high))
        return float(found)

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        found = self._get(key, default)
        if isinstance(found, bool) or not isinstance(found, int) or not low <= found <= high:
            raise self.wrong(key, expected("a whole number from {low} to {high}", low=low, high=high))
        return found

    def zone(self, key: str, default: str) -> ZoneInfo:
        name = self.text(key, default)
        try:
            return ZoneInfo(name)
        except (ValueError, OSError, LookupError) as unknown:
            raise self.wrong(key, expected("a time zone such as Asia/Shanghai")) from unknown

    def sizes(self, key: str) -> list[Size]:
        found = self._get(key, ["L", "M", "M", "S", "S"])
        if not isinstance(found, list) or not found or any(str(item) not in Size.__members__ for item in found):
            raise self.wrong(key, expected("a list of {sizes}, lowest level first", sizes=", ".join(Size.__members__)))
        return [Size[item] for item in found]
