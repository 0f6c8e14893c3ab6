"""What `kiosk setup` asks of station.toml, read from the file and written back into its text.

Only what was changed is touched, so that comments and everything else stay. tomlkit is loaded here only when it is
written. What is more than plain (several strips, shelves that were measured or wind) is None here, and kept.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hardware.strips import StripWiring, WledWiring
from kiosk.config import Settings, read_settings, settings_of
from kiosk.config.shelves import SlotSettings
from kiosk.faults import Fault, StationFault, expected
from kiosk.parcels.slots import Size

if TYPE_CHECKING:
    from tomlkit.items import AoT, Table

SCANNER_DRIVERS = ("wedge", "evdev", "serial", "camera", "none")
STRIP_DRIVERS = ("apa102", "ws2812", "shift", "wled", "none")  # lamps on single pins are for the file
_OF_EVERY_STRIP = frozenset("name driver supply pixels brightness ma_per_pixel ma_idle".split())
_HEADER = re.compile(r"\[\[?[\w.]+\]")
_WITHOUT_LIGHT = 10_000  # pixels that shelves may have before it is known which strip they get


class Layout(NamedTuple):
    """Plain shelves 1, 2, 3 …, all alike, one after another on one strip; `pixels` of each slot."""

    shelves: int
    levels: int
    slots: int
    pixels: int

    @property
    def needed(self) -> int:
        """Pixels of the strip."""
        return self.shelves * self.levels * self.slots * self.pixels


class StripDraft(NamedTuple):
    """The one strip. `device`: its chip select; `host`: of a network node; `budget_ma`: of its supply."""

    driver: str
    pixels: int
    device: int
    host: str
    budget_ma: int


class ScannerDraft(NamedTuple):
    """The one scanner. `device` is empty for the keyboard (wedge) and for none."""

    driver: str
    device: str


class ChannelDraft(NamedTuple):
    """A channel of messages that the file does not have yet. Its URL is a secret, and goes into a file of its own."""

    name: str
    to: str
    url: str

    @property
    def url_file(self) -> str:
        return f"{self.name}-url"


class Draft(NamedTuple):
    """What is asked; None: more than is asked here, and kept as the file has it.

    `language`: en, zh, or empty for the locale's. `channel`: one more than there are.
    """

    language: str
    name: str
    number: str
    time_zone: str
    layout: Layout | None
    strip: StripDraft | None
    scanner: ScannerDraft | None
    channel: ChannelDraft | None = None


def read_draft(path: Path) -> tuple[Draft, Settings, str]:
    """From the file, or where there is none from the reference; with its text. Raises StationFault."""
    if path.exists():
        settings, text = read_settings(path), path.read_bytes().decode("utf-8-sig")
    else:
        text = files("kiosk").joinpath("station.toml").read_text("utf-8")
        settings = settings_of(path, text)
    top = tomllib.loads(text)
    draft = Draft(
        language=top.get("screen", {}).get("language", ""),
        name=settings.name,
        number=settings.number,
        time_zone=settings.time_zone.key,
        layout=_plain_layout(settings.slots, settings.strips, text),
        strip=_plain_strip(settings),
        scanner=_plain_scanner(top.get("scanners", [])),
    )
    return draft, settings, text


def _plain_layout(slots: Sequence[SlotSettings], strips: Sequence[StripWiring], text: str) -> Layout | None:
    if len(strips) != 1 or any(f"\n{key} =" in text for key in ("measured_pixels", "one_light_for")):
        return None
    shelves = list(dict.fromkeys(slot.place.address.shelf for slot in slots))
    last = slots[-1].place.address
    layout = Layout(len(shelves), last.level, last.slot, slots[0].pixels)
    names = [f"{shelf}-{level}-{slot}" for shelf, level, slot in _places(layout)]
    first = [(slot.name, slot.first_pixel, slot.pixels) for slot in slots]
    plain = [(name, at * layout.pixels, layout.pixels) for at, name in enumerate(names)]
    return layout if first == plain else None


def _places(layout: Layout) -> list[tuple[int, int, int]]:
    return [
        (shelf, level, slot)
        for shelf in range(1, layout.shelves + 1)
        for level in range(1, layout.levels + 1)
        for slot in range(1, layout.slots + 1)
    ]


def _plain_strip(settings: Settings) -> StripDraft | None:
    if len(settings.strips) != 1 or len(settings.supplies) != 1:
        return None
    strip = settings.strips[0]
    if strip.driver not in STRIP_DRIVERS:
        return None
    host = strip.chips.host if isinstance(strip.chips, WledWiring) else ""
    device = strip.bus.device if strip.bus else 0
    return StripDraft(strip.driver, strip.pixels, device, host, settings.supplies[0].budget_ma)


def _plain_scanner(tables: Sequence[Mapping[str, str]]) -> ScannerDraft | None:
    """Without any, the keyboard is read."""
    if not tables:
        return ScannerDraft("wedge", "")
    (first, *others) = tables
    driver = first.get("driver", "wedge")
    is_plain = not others and driver in SCANNER_DRIVERS and first.get("role", "any") == "any"
    return ScannerDraft(driver, first.get("device", "")) if is_plain else None


def without_strip(draft: Draft) -> Draft:
    """For looking at the shelves before it is known which strip they get."""
    return draft._replace(strip=draft.strip and StripDraft("none", _WITHOUT_LIGHT, 0, "", draft.strip.budget_ma))


def drafted(path: Path, text: str, old: Draft, new: Draft, *, with_secrets: bool = False) -> str:
    """The text with what differs changed. Raises StationFault(BAD_SETTINGS) where it cannot be written so.

    `with_secrets`: not for the file, but for looking at it as a whole: a channel's URL instead of its file's name.
    """
    import tomlkit

    if new == old:
        return text
    document: Any = tomlkit.parse(text)  # its items are of many types
    station = document["station"]
    if new.language != old.language:
        _table(document, "screen")["language"] = new.language
    for key in ("name", "number", "time_zone"):
        if getattr(new, key) != getattr(old, key):
            station[key] = getattr(new, key)
    if new.strip is not None and new.strip != old.strip:
        _write_strip(path, document, old.strip, new.strip)
    if new.layout is not None and new.layout != old.layout:
        _write_shelves(_array(path, document, "shelves"), old.layout, new.layout)
    if new.scanner is not None and new.scanner != old.scanner:
        _write_scanner(document, new.scanner)
    if new.channel is not None:
        _add_channel(document, new.channel, with_secrets)
    return _spaced(text, tomlkit.dumps(document))


def _spaced(before: str, after: str) -> str:
    """Tables that are new get an empty line before them."""
    lines: list[str] = []
    for line in after.rstrip("\n").split("\n"):
        last = lines[-1] if lines else ""
        if _HEADER.match(line) and last and not last.startswith("#") and f"{last}\n{line}" not in before:
            lines.append("")
        lines.append(line)
    return "\n".join(lines) + "\n"


def _table(document: Any, name: str) -> Any:
    if name not in document:
        import tomlkit

        document[name] = tomlkit.table()
    return document[name]


def _write_scanner(document: Any, new: ScannerDraft) -> None:
    import tomlkit

    if "scanners" not in document:
        document["scanners"] = tomlkit.aot()
        document["scanners"].append(tomlkit.item({"name": "scanner"}))
    table = document["scanners"][0]
    table["driver"] = new.driver
    if new.device:
        table["device"] = new.device
    else:
        table.pop("device", None)


def _add_channel(document: Any, new: ChannelDraft, with_secrets: bool) -> None:
    import tomlkit

    messages = _table(document, "messages")
    if "channels" not in messages:
        messages["channels"] = tomlkit.aot()
    where = {"url": new.url} if with_secrets else {"url_file": new.url_file}
    messages["channels"].append(tomlkit.item({"name": new.name, "to": new.to, **where}))


def _array(path: Path, document: Any, key: str) -> "AoT":
    from tomlkit.items import AoT

    found = document.get(key)
    if not isinstance(found, AoT):
        detail = expected("one or more tables [[{name}]]", name=key)
        raise StationFault(Fault.BAD_SETTINGS, path=path, key=key, detail=detail)
    return found


def _write_strip(path: Path, document: Any, old: StripDraft | None, new: StripDraft) -> None:
    table = _array(path, document, "strips")[0]
    if old is None or old.driver != new.driver:
        for key in [key for key in table if key not in _OF_EVERY_STRIP]:
            del table[key]
        table["driver"] = new.driver
    table["pixels"] = new.pixels
    if new.driver in ("apa102", "ws2812", "shift"):
        _put_after(table, "driver", "device", new.device)
    if new.driver == "wled":
        _put_after(table, "driver", "host", new.host)
    if old is None or old.budget_ma != new.budget_ma:
        if "supplies" not in document:
            import tomlkit

            document["supplies"] = tomlkit.aot()
            document["supplies"].append(tomlkit.item({"name": table.get("supply", "main")}))
        document["supplies"][0]["budget_ma"] = new.budget_ma


def _put_after(table: Any, before: str, key: str, value: object) -> None:
    """tomlkit adds at a table's end, which is below the comments of the next one."""
    import tomlkit

    if key in table:
        table[key] = value
    else:
        table.value._insert_after(before, key, tomlkit.item(value))


def _write_shelves(tables: "AoT", old: Layout | None, new: Layout) -> None:
    """Shelves that stay keep what else is said of them, and new ones are like the last of these."""
    last = tables[-1].unwrap()
    if old is None:
        del tables[:]
        last = {"strip": last["strip"]} if "strip" in last else {}
    del tables[new.shelves :]
    for number, table in enumerate(tables):
        _write_shelf(table, number * new.needed // new.shelves, old or new, new)
    for number in range(len(tables), new.shelves):
        tables.append(_fresh_shelf(last, number, new))


def _write_shelf(table: "Table", first_pixel: int, old: Layout, new: Layout) -> None:
    if table.get("first_pixel", 0) != first_pixel:
        table["first_pixel"] = first_pixel
    if old.levels != new.levels:
        kept = [str(size) for size in table.get("level_sizes", _usual_sizes(old.levels))][: new.levels]
        table["level_sizes"] = kept + _usual_sizes(new.levels)[len(kept) :]
        capacity = table.get("capacity_per_slot")
        if isinstance(capacity, list):
            table["capacity_per_slot"] = [*capacity, *[capacity[-1]] * new.levels][: new.levels]
    for key, value in (("slots_per_level", new.slots), ("pixels_per_slot", new.pixels)):
        if table.get(key) != value:
            table[key] = value


def _fresh_shelf(like: dict[str, Any], number: int, layout: Layout) -> "Table":
    import tomlkit

    table = tomlkit.table()
    sizes = list(like.get("level_sizes", ()))[: layout.levels]
    capacity = like.get("capacity_per_slot")
    told = {
        "shelf": number + 1,
        "strip": like.get("strip"),
        "first_pixel": number * layout.needed // layout.shelves,
        "level_sizes": sizes + _usual_sizes(layout.levels)[len(sizes) :],
        "slots_per_level": layout.slots,
        "pixels_per_slot": layout.pixels,
        "capacity_per_slot": capacity[0] if isinstance(capacity, list) else capacity,
    }
    for key, value in told.items():
        if value is not None:
            table[key] = value
    return table


def _usual_sizes(levels: int) -> list[str]:
    """Large parcels below, small ones on top."""
    middle = levels // 2
    return [Size.L.name] + [Size.M.name] * middle + [Size.S.name] * (levels - 1 - middle)
