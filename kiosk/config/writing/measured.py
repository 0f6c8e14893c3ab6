"""Writing what was measured into station.toml, with comments left where they are. tomlkit is loaded here only."""

import contextlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import AoT, Array

from kiosk.config import Settings, read_settings
from kiosk.durable import move_in_place, private_file
from kiosk.faults import Fault, StationFault, expected
from kiosk.parcels.slots import shelves_of

Pixels = Mapping[str, tuple[int, int]]  # first pixel and how many, by slot


def write_measured(path: Path, settings: Settings, pixels: Pixels) -> list[str]:
    """Write `measured_pixels` of each shelf where a slot differs from the settings; returns those shelves.

    The result is read back before it takes the file's place: what is wrong or cannot be written leaves the file
    untouched. Raises StationFault(BAD_SETTINGS | UNWRITABLE_FILE).
    """
    differing = [
        slot.name
        for slot in settings.slots
        if pixels.get(slot.name, (slot.first_pixel, slot.pixels)) != (slot.first_pixel, slot.pixels)
    ]
    shelves = shelves_of(differing)
    if shelves:
        replace_settings(path, _with_rows(path, settings, shelves, pixels))
    return shelves


def read_shelves_to_measure(path: Path) -> tuple[TOMLDocument, AoT]:
    """The file and its shelves as they can be written back. Raises StationFault where they cannot."""
    try:
        document = tomlkit.parse(path.read_bytes().decode("utf-8-sig"))  # line ends as they are
    except OSError as broken:
        raise StationFault(Fault.UNREADABLE_FILE, path=path, detail=broken.strerror or "") from broken
    except ValueError as broken:  # somebody wrote something else into it meanwhile
        raise StationFault(Fault.BAD_SETTINGS, path=path, key="TOML", detail=str(broken)) from broken
    tables = document.get("shelves")
    if not isinstance(tables, AoT):
        detail = expected("one or more tables [[{name}]]", name="shelves")
        raise StationFault(Fault.BAD_SETTINGS, path=path, key="shelves", detail=detail)
    return document, tables


def _with_rows(path: Path, settings: Settings, shelves: Sequence[str], pixels: Pixels) -> str:
    """The file's text with the rows of these shelves in it."""
    document, tables = read_shelves_to_measure(path)
    by_name = {str(table.get("shelf")): table for table in tables}
    for shelf in shelves:
        if shelf not in by_name:
            detail = expected("shelf {shelf}, which was there before", shelf=shelf)
            raise StationFault(Fault.BAD_SETTINGS, path=path, key="shelves", detail=detail)
        by_name[shelf]["measured_pixels"] = _rows(settings, shelf, pixels)
    return tomlkit.dumps(document)


def replace_settings(path: Path, text: str) -> None:
    """With the old file's permissions, and on the disk before it counts. A link is followed, not replaced.

    Raises StationFault(BAD_SETTINGS | UNWRITABLE_FILE), and leaves the file untouched then.
    """
    target = path.resolve()
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        fresh.unlink(missing_ok=True)  # of one who was killed, with the same number
        with os.fdopen(private_file(fresh), "w", encoding="utf-8", newline="") as file:
            file.write(text)
        fresh.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o600)
        read_settings(fresh)
        move_in_place(fresh, target)
    except OSError as broken:
        raise StationFault(Fault.UNWRITABLE_FILE, path=path, detail=broken.strerror or "") from broken
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


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
