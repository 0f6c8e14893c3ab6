"""Writing what was measured into station.toml, with every comment left where it is. tomlkit is loaded here only."""

import os
from collections.abc import Mapping
from pathlib import Path

import tomlkit
from tomlkit.items import AoT, Array

from kiosk.config import Settings, read_settings

Pixels = Mapping[str, tuple[int, int]]  # first pixel and how many, by slot


def write_measured(path: Path, settings: Settings, pixels: Pixels) -> list[str]:
    """Write `measured_pixels` of each shelf where a slot differs from the settings; returns those shelves.

    The result is read back before it takes the file's place: StationFault(BAD_SETTINGS) leaves the file untouched.
    """
    shelves = sorted(
        {
            slot.place.address.shelf
            for slot in settings.slots
            if pixels.get(slot.name, (slot.first_pixel, slot.pixels)) != (slot.first_pixel, slot.pixels)
        }
    )
    document = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    tables = document["shelves"]
    assert isinstance(tables, AoT)
    for table in tables:
        if str(table["shelf"]) in shelves:
            table["measured_pixels"] = _rows(settings, str(table["shelf"]), pixels)
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(tomlkit.dumps(document))
        file.flush()
        os.fsync(file.fileno())
    try:
        read_settings(fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return shelves


def _rows(settings: Settings, shelf: str, pixels: Pixels) -> Array:
    """One row a level, the lowest first; in it `[first pixel, how many]` for each slot from the left."""
    rows: dict[int, list[list[int]]] = {}
    for slot in settings.slots:
        if slot.place.address.shelf == shelf:
            measured = pixels.get(slot.name, (slot.first_pixel, slot.pixels))
            rows.setdefault(slot.place.address.level, []).append(list(measured))
    array = tomlkit.array()
    for level, row in rows.items():
        array.add_line(row, indent="    ", comment=f"level {level}")
    array.add_line(indent="")
    return array
