"""Bit flips: one bit of the database's files is wrong, and the program says so, or nothing at all has changed.

`is_unseen` names what no rule of `kiosk verify` covers: private columns and counts, which events do not tell, and the
end of the log where it still stood in the write-ahead log (SQLite drops a frame with a wrong checksum, and all after).
"""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

from kiosk.counter.search import search
from kiosk.faults import StationFault
from kiosk.home import StationHome
from kiosk.jobs.handing_over.pick_up import note_attempt
from kiosk.jobs.station import open_station
from kiosk.jobs.upkeep.sample import add_sample_parcels
from kiosk.parcels.scans import recognise
from kiosk.safety.verify import verify
from kiosk.store.file.sqlite import sqlite3
from scripts.faults.disk import Image
from scripts.faults.ledger import Finding
from scripts.faults.recording import content, put
from scripts.faults.result import Result, result
from scripts.faults.stations import ROOT, a_station
from tests.environment import environment
from tests.program.terminal import kiosk

KNOWN_GAP = "NOT TOLD, a known gap: "
CUT_SHORT = "the log's end, still in the write-ahead log"
_TABLES = (
    "attempts",
    "wrong_tries",
    "operations",
    "light_faults",
    "retired_codes",
    "_sqlite_migrations",
    "sqlite_sequence",
)
_COLUMNS = ("parcels.contact_id", "passes.token_hash", "staff.name", "staff.pin_hash", "staff.badge_hash")
Rows = Mapping[str, Sequence[tuple[object, ...]]]


def is_unseen(what: str) -> bool:
    """Whether it is known that `kiosk verify` does not cover this."""
    return what == CUT_SHORT or what in _COLUMNS or what.partition(".")[0] in _TABLES


@dataclass(frozen=True, slots=True)
class Flip:
    """What became of one: `told` how the program said that something is wrong (None: it did not), `changed` which
    columns then read otherwise."""

    told: str | None
    changed: frozenset[str] = frozenset()


def bit_flips(scratch: Path, flips: int, seed: int) -> Result:
    """Half of them in a database that was closed, half in one whose last steps still are in the write-ahead log."""
    start, random, seen = perf_counter(), Random(seed), list[tuple[str, Flip]]()
    with a_station(scratch, "flips") as home:
        _fill(home)
        for image in (content(home), _killed_while_working(home, seed)):
            put(home, image)
            columns, rows = _rows(home)
            for _ in range(flips // 2):
                name, flipped = _flipped(image, random)
                put(home, flipped)
                seen.append((name, _look(home, columns, rows)))
    return result("bit flips", [_finding(flip) for _, flip in seen], 0, perf_counter() - start, notes=_notes(seen))


def _fill(home: StationHome) -> None:
    """Something in every table."""
    kiosk(home.folder, "staff", "add", "7", "Li Lei", "--role", "manager", environment={"KIOSK_PIN": "271828"})
    kiosk(home.folder, "staff", "badge", "7")
    station = open_station(home, terminal="t1", who="staff", random=Random(1))
    add_sample_parcels(station)
    code, waybill = station.conn.execute("SELECT code, waybill FROM parcels WHERE state = 'SHELVED'").fetchone()
    for _ in range(20):
        note_attempt(station, search(station, recognise(code)))
    station.close()
    kiosk(home.folder, "pass", waybill)


def _killed_while_working(home: StationHome, seed: int) -> Image:
    """The files as a process leaves them that dies in the middle: the last steps are in the write-ahead log."""
    with subprocess.Popen(
        [sys.executable, "-m", "scripts.faults.workload", str(home.folder), "2", "100000", str(seed)],
        stdout=subprocess.PIPE, env=environment(), cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for _ in range(30):
            process.stdout.readline()
        process.kill()
    return content(home)


def _flipped(image: Image, random: Random) -> tuple[str, Image]:
    """Which file it is in, and the files then."""
    name = random.choice(sorted(image))
    data, bit = bytearray(image[name]), random.randrange(8 * len(image[name]))
    data[bit // 8] ^= 1 << bit % 8
    return name, {**image, name: bytes(data)}


def _rows(home: StationHome) -> tuple[dict[str, list[str]], Rows]:
    """Every table's columns and rows, as they stand."""
    conn = sqlite3.connect(home.database)
    conn.text_factory = bytes
    try:
        names = [str(name, "utf-8") for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns, rows = {}, {}
        for name in sorted(names):
            cursor = conn.execute(f"SELECT * FROM {name} ORDER BY 1, 2")
            columns[name], rows[name] = [column for column, *_ in cursor.description], cursor.fetchall()
        return columns, rows
    finally:
        conn.close()


def _look(home: StationHome, columns: Mapping[str, Sequence[str]], before: Rows) -> Flip:
    """Open and verify like the program; where it finds nothing wrong, compare every row."""
    try:
        station = open_station(home, terminal="examiner", who="staff")
    except StationFault as fault:
        return Flip(f"at opening: {fault.fault}")
    except Exception as defect:
        return Flip(f"at opening, as a defect: {type(defect).__name__}")
    try:
        verdict = verify(station)
    except (StationFault, sqlite3.Error):
        return Flip("by verify: the file cannot be read")
    except Exception as defect:
        return Flip(f"by verify, as a defect: {type(defect).__name__}")
    finally:
        station.close()
    if verdict.violations:
        return Flip(f"by verify: {verdict.violations[0].rule}")
    return Flip(None, frozenset(_changes(columns, before, _rows(home)[1])))


def _changes(columns: Mapping[str, Sequence[str]], before: Rows, after: Rows) -> Iterator[str]:
    events = before["events"], after["events"]
    if len(events[1]) < len(events[0]) and events[0][: len(events[1])] == events[1]:
        yield CUT_SHORT
        return
    for table, rows in before.items():
        if len(rows) != len(after.get(table, ())):
            yield f"{table}.*"
            continue
        for old, new in zip(rows, after[table], strict=True):
            pairs = zip(columns[table], old, new, strict=True)
            yield from (f"{table}.{name}" for name, was, now in pairs if was != now)


def _finding(flip: Flip) -> Finding:
    wrong = sorted(what for what in flip.changed if not is_unseen(what))
    return Finding(True, violations=tuple(f"wrong and not told: {what}" for what in wrong))


def _notes(seen: Sequence[tuple[str, Flip]]) -> Iterator[str]:
    for file in sorted({name for name, _ in seen}):
        here = [flip for name, flip in seen if name == file]
        told = sum(flip.told is not None for flip in here)
        changing = sum(flip.told is not None or bool(flip.changed) for flip in here)
        rate = told / changing if changing else 1.0
        yield f"{file}: {len(here)} flips, {changing} in what is read, {told} of these told ({rate:.1%})"
    ways = Counter(flip.told for _, flip in seen if flip.told)
    yield from (f"told {how}: {count}" for how, count in ways.most_common())
    unseen = Counter(what for _, flip in seen for what in flip.changed if is_unseen(what))
    yield from (f"{KNOWN_GAP}{what}: {count}" for what, count in unseen.most_common())
