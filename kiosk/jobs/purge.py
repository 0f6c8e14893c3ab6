"""Purging: what is known of people is erased when its time is over, and the files' bytes are searched for it after."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from kiosk.jobs.allowed import allowed
from kiosk.jobs.aside import asides
from kiosk.jobs.purge_backups import erase_in_backups
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Refused
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.store.attempts import forget_attempts
from kiosk.store.contacts import due_contacts, erase_contacts
from kiosk.store.database import truncate_wal
from kiosk.store.operations import forget_operations
from kiosk.store.traces import files_with

KEEP_OPERATIONS = timedelta(days=7)  # nobody asks again after that
_AT_ONCE = 500  # people in one transaction: customers' and staff's own go between


@dataclass(frozen=True, slots=True)
class Purged:
    """`contacts` are erased, also out of the log of writes and of the backups. `found_in`: files that still hold any
    of it, or may, which is to be none; `proven`: whether all of them were searched."""

    contacts: int
    proven: bool
    found_in: tuple[str, ...]


@allowed(StationEvent.ERASE_CONTACTS)
def purge(station: Station) -> Purged | Refused:
    """Erase every person whose last parcel left longer ago than `keep_contacts_days`. To be run every night."""
    cutoff = station.stamp(ago=timedelta(days=station.settings.keep_contacts_days))
    with station.transaction():
        due = iter(due_contacts(station.conn, cutoff, station.stamp()))
        forget_attempts(station.conn, cutoff)
        forget_operations(station.conn, station.stamp(ago=KEEP_OPERATIONS))
    erased, traces = 0, []
    while some := list(islice(due, _AT_ONCE)):
        traces += erase(station, some, "due")
        erased += len(some)
    return prove(station, erased, traces)


def erase(station: Station, contacts: list[int], why: str) -> list[bytes]:
    """Erase these people now; returns what must not be found any more. The event names row ids only."""
    with station.transaction():
        traces = erase_contacts(station.conn, contacts)
        facts = {"contacts": contacts, "why": why}
        station.record_about(StationEvent.ERASE_CONTACTS, Subject.STATION, None, {}, facts=facts)
    return traces


def prove(station: Station, erased: int, traces: list[bytes]) -> Purged:
    """Empty the log of writes, carry it over to the backups, then search every file for what was erased."""
    emptied = truncate_wal(station.conn)
    home = station.home
    files = [home.database, home.database.with_name("station.db-wal"), home.folder / "kiosk.log"]
    files += [file for folder, _ in asides(home) for file in folder.iterdir()]
    found = (*files_with(traces, files), *erase_in_backups(station))
    return Purged(erased, emptied and not found, found)
