"""A station as it is after some months: 100,000 parcels on record, 2,000 of them in custody."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from kiosk.clock import Clock
from kiosk.home import StationHome
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.upkeep.found_station import found_station
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.states import Event
from kiosk.store.tables.parcels import by_id

ON_RECORD, IN_CUSTODY = 100_000, 2_000


def make_station(folder: Path, on_record: int = ON_RECORD, in_custody: int = IN_CUSTODY) -> StationHome:
    """Every parcel goes through the event log like a real one; only the flushes are left out."""
    home = StationHome(folder)
    found_station(home)
    wall = datetime.now(UTC) - timedelta(days=120)
    step = timedelta(days=119) / on_record
    clock = Clock(now=lambda: wall)
    station = open_station(home, terminal="bench", who="staff", clock=clock)
    station.conn.execute("PRAGMA synchronous = OFF")
    random = Random(1)
    for start in range(0, on_record, 5000):
        with station.transaction():
            for number in range(start, start + 5000):
                wall += step
                _one_parcel(station, number, random, leaves=number < on_record - in_custody)
    station.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    station.close()
    return home


def _one_parcel(station: Station, number: int, random: Random, *, leaves: bool) -> None:
    slot = station.settings.slots[number % len(station.settings.slots)].place.address
    code = PickupCode(f"{slot.level_name}-{number % 10_000:04d}")
    waybill = f"SF1{random.randrange(10**12):012d}"
    came = {
        "courier": "SF", "courier_decided": 1, "waybill": waybill, "piece": 1, "pieces": 1, "raw_scan": waybill,
        "size": "S", "checked_in_at": station.stamp(),
    }  # fmt: skip
    parcel_id = station.record(Event.CHECK_IN, None, came)
    shelved = {"slot": str(slot), "code": code.text, "code_compact": code.compact, "shelved_at": station.stamp()}
    station.record(Event.SHELVE, by_id(station.conn, parcel_id), shelved)
    if leaves:
        gone = {"slot": None, "released_at": station.stamp()}
        station.record(Event.CHECK_OUT, by_id(station.conn, parcel_id), gone)


def codes_on_shelf(station: Station) -> list[tuple[str, str]]:
    """Code and waybill of everything that may be collected."""
    rows = station.conn.execute("SELECT code, waybill FROM parcels WHERE state = 'SHELVED' ORDER BY id")
    return [(code, waybill) for code, waybill in rows]
