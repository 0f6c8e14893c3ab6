"""A draft brought into the text of station.toml: only what was changed is touched, comments and all else stay."""

import re
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT, Table

from kiosk.config.writing.draft import ON_SPI, ChannelDraft, Draft, Layout, ScannerDraft, StripDraft
from kiosk.faults import Fault, StationFault, expected
from kiosk.parcels.slots import Size

_OF_EVERY_STRIP = frozenset("name driver supply pixels brightness ma_per_pixel ma_idle".split())
_HEADER = re.compile(r"\[\[?[\w.]+\]")


def written(path: Path, text: str, old: Draft, new: Draft, *, with_secrets: bool = False) -> str:
    """The text with what differs changed. Raises StationFault(BAD_SETTINGS) where it cannot be written so.

    `with_secrets`: not for the file, but for looking at it as a whole: a channel's URL instead of its file's name.
    """
    if new == old:
        return text
    document: Any = deepcopy(_parsed(text))  # its items are of many types
    station = document["station"]
    if new.language != old.language:
        _put(_table(document, "screen"), "language", new.language)
    for key in ("name", "number", "time_zone"):
        if getattr(new, key) != getattr(old, key):
            _put(station, key, getattr(new, key))
    if new.strip is not None and new.strip != old.strip:
        _write_strip(path, document, old.strip, new.strip)
    if new.layout is not None and new.layout != old.layout:
        _write_shelves(_array(path, document, "shelves"), old.layout, new.layout)
    if new.scanner is not None and new.scanner != old.scanner:
        _write_scanner(document, new.scanner)
    if new.channel is not None:
        _add_channel(document, new.channel, with_secrets)
    return _spaced(text, tomlkit.dumps(document))


@lru_cache(maxsize=1)
def _parsed(text: str) -> Any:
    """The wizard asks at every page what the same text would be: reading it takes three times as long as a copy."""
    return tomlkit.parse(text)


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
        document[name] = tomlkit.table()
    return document[name]


def _write_scanner(document: Any, new: ScannerDraft) -> None:
    if "scanners" not in document:
        document["scanners"] = tomlkit.aot()
        document["scanners"].append(tomlkit.item({"name": "scanner"}))
    table = document["scanners"][0]
    table["driver"] = new.driver
    if new.device:
        _put(table, "device", new.device)
    else:
        table.pop("device", None)


def _add_channel(document: Any, new: ChannelDraft, with_secrets: bool) -> None:
    messages = _table(document, "messages")
    if "channels" not in messages:
        messages["channels"] = tomlkit.aot()
    where = {"url": new.url} if with_secrets else {"url_file": new.url_file}
    messages["channels"].append(tomlkit.item({"name": new.name, "to": new.to, **where}))


def _array(path: Path, document: Any, key: str) -> AoT:
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
    if new.driver in ON_SPI:
        _put(table, "device", new.device)
    if new.driver == "wled":
        _put(table, "host", new.host)
    if old is None or old.budget_ma != new.budget_ma:
        if "supplies" not in document:
            document["supplies"] = tomlkit.aot()
            document["supplies"].append(tomlkit.item({"name": table.get("supply", "main")}))
        document["supplies"][0]["budget_ma"] = new.budget_ma


def _put(table: Any, key: str, value: object) -> None:
    """Below its last key: tomlkit adds at a table's end, which is below the comments of the next one."""
    if key in table or not table:
        table[key] = value
    else:
        table.value._insert_after(list(table)[-1], key, tomlkit.item(value))


def _write_shelves(tables: AoT, old: Layout | None, new: Layout) -> None:
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


def _write_shelf(table: Table, first_pixel: int, old: Layout, new: Layout) -> None:
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


def _fresh_shelf(like: dict[str, Any], number: int, layout: Layout) -> Table:
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
