"""The database's part: looking up, checking in durably, reading a manifest."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import Announcement, announce
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.scans import recognise
from kiosk.parcels.slots import Size
from kiosk.safety.replay import Replay
from kiosk.safety.verify import violations_of
from kiosk.store.events import whole_log
from kiosk.store.file.database import open_database
from kiosk.store.file.keys import FIRST_LINK
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.codes import by_code
from kiosk.store.tables.parcels import by_id
from scripts.benching.figure import Figure, figure
from scripts.benching.station import codes_on_shelf

LOOK_UPS, CHECK_INS = 3000, 150


def bench_look_up(station: Station) -> Iterator[Figure]:
    codes = [PickupCode(code) for code, _ in codes_on_shelf(station)]
    statement = (
        "SELECT id, state, courier, courier_decided, waybill, piece, pieces, size, code, slot, proposed_slot,"
        " hold_reason, contact_id, checked_in_at, released_at, kind, second_waybill, hold_note, batch_id, sheet_id,"
        " count_id, reminders, reminded_at, delivery_requested_at,"
        " freight_collect_fen + cod_fen + price_fen + fee_fen - paid_fen - waived_fen"
        " FROM parcels WHERE code_compact = ? ORDER BY id DESC"
    )
    compact = [code.compact for code in codes]
    sides: tuple[list[float], list[float]] = ([], [])
    for number in range(LOOK_UPS):
        code, key = codes[number % len(codes)], compact[number % len(codes)]
        start = perf_counter()
        by_code(station.conn, code)
        middle = perf_counter()
        station.conn.execute(statement, (key,)).fetchall()
        sides[0].append(middle - start)
        sides[1].append(perf_counter() - middle)
    yield figure("look-up by code, median", median(sides[0]) * 1e6, "µs")
    yield figure("look-up by code ÷ bare sqlite3", median(sides[0]) / median(sides[1]), "×", most=1.5)


def bench_check_in(station: Station, scratch: Path) -> Iterator[Figure]:
    """Durable check-ins against a bare loop that writes the same rows, the two in turn.

    Once put away at once (records only), once with put-to-light, where each confirms the one before.
    """
    bare = _bare_copy(station, scratch)
    for kind, shelve, digit in (("records only", True, 8), ("with put-to-light", False, 9)):
        ours: list[float] = []
        theirs: list[float] = []
        for number in range(CHECK_INS):
            after = station.conn.execute("SELECT max(seq) FROM events").fetchone()[0]
            start = perf_counter()
            answer = check_in(station, recognise(f"YT{digit}{number:012d}"), Particulars(size=Size.S), shelve=shelve)
            ours.append(perf_counter() - start)
            assert isinstance(answer, CheckedIn), answer
            theirs.append(_replay(bare, _writes_of(station, after)))
        yield figure(f"durable check-ins a second, {kind}", 1 / median(ours[1:]), "1/s")
        yield figure(f"check-ins ÷ bare loop, {kind}", median(theirs[1:]) / median(ours[1:]), "×", least=0.7)
    bare.close()


def _replay(bare: sqlite3.Connection, writes: list[tuple[str, tuple[object, ...]]]) -> float:
    """Seconds that the bare loop needs for these writes."""
    start = perf_counter()
    bare.execute("BEGIN IMMEDIATE")
    for statement, values in writes:
        bare.execute(statement, values)
    bare.execute("COMMIT")
    return perf_counter() - start


def _bare_copy(station: Station, scratch: Path) -> sqlite3.Connection:
    copy = scratch / "bare.db"
    station.conn.execute("VACUUM INTO ?", (str(copy),))
    conn = open_database(copy)
    conn.execute("PRAGMA journal_mode = WAL")
    return conn


def _writes_of(station: Station, after: int) -> list[tuple[str, tuple[object, ...]]]:
    """The rows that the last check-in wrote: its parcel, the confirmed one before, and their events after `after`."""
    conn = station.conn
    writes: list[tuple[str, tuple[object, ...]]] = []
    for event in conn.execute("SELECT * FROM events WHERE seq > ?", (after,)).fetchall():
        row = by_id(conn, event[3])
        if event[1] == "shelve":
            update = (
                "UPDATE parcels SET state = ?, slot = ?, proposed_slot = NULL, code = ?, shelved_at = ? WHERE id = ?"
            )
            writes.append((update, (row.state, row.slot, row.code, event[6], row.id)))
        else:
            parcel = conn.execute("SELECT * FROM parcels WHERE id = ?", (row.id,)).fetchone()
            writes.append((f"INSERT INTO parcels VALUES ({', '.join('?' * len(parcel))})", parcel))
        writes.append(("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", event))
    return writes


def bench_verify(station: Station) -> Iterator[Figure]:
    """The chain alone, the chain with every table replayed, and all that `kiosk verify` looks at."""

    def chain() -> None:
        previous = FIRST_LINK
        for row in whole_log(station.conn):
            assert station.key.link(previous, row.chained()) == row.link
            previous = row.link

    def replayed() -> None:
        replay = Replay(station.key, station.settings.cooling_days)
        for row in whole_log(station.conn):
            assert all(one.rule == "code_unique_and_cooled" for one in replay.take(row))

    def whole() -> None:
        assert not violations_of(station)  # but of cooling: a clock before the release stands still, codes do not

    events = int(station.conn.execute("SELECT count(*) FROM events").fetchone()[0])
    for name, check, least in (("chain", chain, 100_000), ("chain and replay", replayed, None), ("all", whole, None)):
        start = perf_counter()
        check()
        yield figure(f"verify, events a second: {name}", events / (perf_counter() - start), "1/s", least=least)


def bench_manifest(station: Station) -> Iterator[Figure]:
    lines = "".join(f"ZT{number:012d},1380{number:07d},M\n" for number in range(10_000))
    start = perf_counter()
    answer = announce(station, f"waybill,phone,size\n{lines}".encode(), "ZTO")
    assert answer == Announcement(10_000, 0, ())
    yield figure("manifest of 10,000 lines", perf_counter() - start, "s", most=2)
