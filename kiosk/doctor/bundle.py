"""What whoever helps needs to see of a station, and nothing of a person: files of text, each with what it is."""

import json
import os
import platform
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import closing
from importlib.metadata import distributions
from pathlib import Path
from typing import NamedTuple

import tomlkit

from kiosk import __version__
from kiosk.doctor.masks import Masks
from kiosk.doctor.secret_words import TECHNICAL_TEXTS, person_words, reference_words, settings_words
from kiosk.doctor.shapes import GONE
from kiosk.faults import Detail, Fault, StationFault, told
from kiosk.home import StationHome
from kiosk.store.file.database import naming_faults, open_database, reading
from kiosk.store.file.keys import key_if_good
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.support import counts, last_events, personal_words, shelf_numbers

_LOG_TAIL = 200_000  # bytes
_EVENTS = 300
_FIGURES = ("_hz", "_ma", "_fen", "_seconds", "_minutes", "_days", "_km", "port", "pixel", "pixels", "baud")
_COLUMNS_TOLD = frozenset("state size kind piece pieces scanned expected reminders role".split())


class SupportFile(NamedTuple):
    """`what` says what is in it."""

    name: str
    what: Detail
    content: str


class Look(NamedTuple):
    """What could be read of the database; `trouble` says why nothing could."""

    masks: Masks
    counts: Mapping[str, object]
    events: list[dict[str, object]]
    trouble: StationFault | None = None


def look_into(home: StationHome) -> Look:
    """Never raises for a station that is broken: then there is less to tell, and less to hide."""
    try:
        key = key_if_good(home.key)
        with (
            naming_faults(home.database),
            closing(open_database(home.database, key, looking=True)) as conn,
            reading(conn),
        ):
            words = person_words(personal_words(conn, key))
            masks = Masks(home.folder, settings_words(home), words, shelf_numbers(conn))
            return Look(masks, counts(conn), [_event(row) for row in last_events(conn, _EVENTS)])
    except (StationFault, ValueError) as broken:  # a damaged event may be no JSON
        fault = broken if isinstance(broken, StationFault) else StationFault(Fault.BROKEN_DATABASE)
        return Look(Masks(home.folder, settings_words(home)), {}, [], fault)


def station_files(home: StationHome, look: Look) -> Iterator[SupportFile]:
    """Of the station itself: settings, database, events, log."""
    yield SupportFile(
        "station.toml", told("Settings: words of yours and secrets are left out"), _settings(home, look.masks)
    )
    yield SupportFile("database.json", told("How many rows there are, of which state"), _json(_database(home, look)))
    lines = "".join(json.dumps(event) + "\n" for event in look.events)
    yield SupportFile("events.jsonl", told("The last events: what and when, not of which parcel or by whom"), lines)
    yield SupportFile(
        "kiosk.log", told("The end of the log: numbers, names and codes are masked"), _log(home, look.masks)
    )


def machine_files() -> Iterator[SupportFile]:
    """Of the machine and the programs on it; not its name in the network."""
    installed = sorted({f"{one.name} {one.version}" for one in distributions() if one.name})
    versions = [
        f"kiosk {__version__}",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        *installed,
    ]
    yield SupportFile("versions.txt", told("Versions of all programs and libraries"), "\n".join(versions) + "\n")
    yield SupportFile("machine.json", told("System, processor, memory, devices"), _json(_machine()))


def told_key(key: str) -> str:
    """`strips[2].pixels`; what is no key of ours may be anything."""
    return re.sub(r"[^\W\d][\w-]*", lambda found: found[0] if found[0] in reference_words() else GONE, key)


def _settings(home: StationHome, masks: Masks) -> str:
    """Comments go as well: people note telephone numbers in them."""
    try:
        values = tomllib.loads(home.settings.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as broken:
        return f"# cannot be read: {masks.text(str(getattr(broken, 'strerror', None) or broken))}\n"
    told_values = _told(values, "", reference_words(), masks)
    assert isinstance(told_values, dict)
    return tomlkit.dumps(told_values)


def _told(value: object, name: str, known: frozenset[str], masks: Masks) -> object:
    if isinstance(value, dict):
        names = {key: key if key in known else f"unknown_key_{at}" for at, key in enumerate(value)}
        return {names[key]: _told(inner, f"{name}.{names[key]}", known, masks) for key, inner in value.items()}
    if isinstance(value, list):
        return [_told(inner, name, known, masks) for inner in value]
    key = name.rpartition(".")[2]
    if not isinstance(value, str):
        return value if isinstance(value, int | float) and _is_figure(key, value) else GONE
    if key == "url" and (scheme := re.match(r"([A-Za-z]{1,20}):/", value)):
        return f"{scheme[1]}:{GONE}"
    is_told = key in TECHNICAL_TEXTS and not name.startswith((".station.name", ".messages"))
    return masks.text(value) if is_told else f"({len(value)} characters)"


def _is_figure(key: str, value: float) -> bool:
    """And no telephone, no PIN, no name that is a number: what is under a key of nobody's may be anything."""
    if key.startswith("unknown_key_") or key in ("phone", "name", "pin_code", "password"):
        return False
    return abs(value) < 1000 or key.endswith(_FIGURES)


def _database(home: StationHome, look: Look) -> dict[str, object]:
    found: dict[str, int | None] = {}
    for path in (home.database, home.write_ahead_log, home.log_file):
        try:
            found[f"{path.name} bytes"] = path.stat().st_size
        except OSError:
            found[f"{path.name} bytes"] = None
    trouble = {"trouble": look.trouble.fault} if look.trouble else {}
    counts = dict(look.counts)
    if isinstance(faults := counts.get("light_faults"), dict):  # by strips, which people name
        counts["light_faults"] = {look.masks.text(strip): count for strip, count in faults.items()}
    return {**trouble, **counts, "files": found}


def _event(row: tuple[int, str, str, str, str, str]) -> dict[str, object]:
    """Who: a customer or staff. Of what changed: the names, and values that are of a few kinds only."""
    seq, event, subject, who, at, changes = row
    told_changes = {
        name: value if name in _COLUMNS_TOLD and not isinstance(value, dict | list) else GONE
        for name, value in json.loads(changes).items()
        if re.fullmatch(r"[a-z_]+", name)
    }
    by = "staff" if who.startswith("staff") else who if who in ("customer", "system") else GONE
    return {"seq": seq, "event": event, "subject": subject, "by": by, "at": at, "changes": told_changes}


def _log(home: StationHome, masks: Masks) -> str:
    try:
        with home.log_file.open("rb") as file:
            begins_at = max(home.log_file.stat().st_size - _LOG_TAIL, 0)
            file.seek(begins_at)
            tail = file.read()
            return masks.log((tail.partition(b"\n")[2] if begins_at else tail).decode("utf-8", "replace"))
    except FileNotFoundError:
        return ""
    except OSError as broken:
        return f"cannot be read: {broken.strerror}\n"


def _machine() -> dict[str, object]:
    model = _first_line(Path("/proc/device-tree/model"))
    memory = re.findall(r"(MemTotal|MemAvailable|SwapTotal):\s+(\d+) kB", _whole(Path("/proc/meminfo")))
    system = re.search(r'PRETTY_NAME="([^"]*)"', _whole(Path("/etc/os-release")))
    return {
        "system": system[1] if system else platform.system(),
        "kernel": platform.release(),
        "processor": platform.machine(),
        "processors": os.cpu_count(),
        "model": model.strip("\0 ") or None,
        "python": sys.version.split()[0],
        "memory_kb": {name: int(count) for name, count in memory},
        "uptime_s": _first_line(Path("/proc/uptime")).partition(".")[0] or None,
        "load": [round(one, 2) for one in os.getloadavg()],
        "devices": sorted(str(path) for name in ("spidev*", "gpiochip*", "rtc*") for path in Path("/dev").glob(name)),
    }


def _whole(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def _first_line(path: Path) -> str:
    return _whole(path).partition("\n")[0]


def _json(fields: Mapping[str, object]) -> str:
    return json.dumps(fields, indent=1, ensure_ascii=False) + "\n"
