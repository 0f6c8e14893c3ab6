"""Purging: what is known of people is erased when its time is over, and the files' bytes are searched for it after."""

from dataclasses import dataclass
from datetime import timedelta
from subprocess import CalledProcessError

from kiosk.durable import naming_files
from kiosk.faults import Fault, StationFault
from kiosk.jobs.allowed import allowed
from kiosk.jobs.clock_watch import watch_clock
from kiosk.jobs.people.purge_backups import clear_unfinished, erase_in_backups
from kiosk.jobs.station import Station, log
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.safety.aside import asides
from kiosk.store.file.database import naming_faults, truncate_wal
from kiosk.store.file.swap import clear_work
from kiosk.store.file.traces import files_with
from kiosk.store.tables.attempts import forget_attempts, forget_gone_tails
from kiosk.store.tables.contacts import due_contacts, erase_contacts
from kiosk.store.tables.messages import forget_messages
from kiosk.store.tables.operations import forget_operations
from kiosk.store.tables.own_words import forget_words
from kiosk.store.tables.passes import forget_tokens

KEEP_OPERATIONS = timedelta(days=7)  # nobody asks again after that
KEEP_MESSAGES = timedelta(days=60)  # they hold nothing of a person, but what was told is not told again
_AT_ONCE = 500  # people in one transaction: customers' and staff's own go between


@dataclass(frozen=True, slots=True)
class Purged:
    """`contacts` are erased, also out of the log of writes and of the backups. `found_in`: files that still hold any
    of it, or may, which is to be none; `proven`: whether all of them were searched. `hindrance`: what kept them from
    being searched; without one a screen was reading, and the next time does it."""

    contacts: int
    proven: bool
    found_in: tuple[str, ...]
    hindrance: StationFault | None = None


@allowed(StationEvent.ERASE_CONTACTS)
def purge(station: Station) -> Purged | Refused:
    """Erase every person whose last parcel left longer ago than `keep_contacts_days`. To be run every night.

    Nothing while the clock is in doubt: Refused(CLOCK_DOUBTED), `at` is until when."""
    if until := watch_clock(station):
        return Refused(Problem.CLOCK_DOUBTED, at=until.astimezone(station.settings.time_zone))
    cutoff = station.stamp(ago=timedelta(days=station.settings.keep_contacts_days))
    with station.transaction():
        forget_attempts(station.conn, cutoff)
        forget_gone_tails(station.conn)
        forget_words(station.conn, cutoff)
        forget_operations(station.conn, station.stamp(ago=KEEP_OPERATIONS))
        forget_messages(station.conn, station.stamp(ago=KEEP_MESSAGES))
        forget_tokens(station.conn, station.stamp())
    erased, traces = 0, []
    while True:
        with station.transaction():  # who is due is asked and erased in one: somebody may have got a parcel meanwhile
            some = due_contacts(station.conn, cutoff, station.stamp(), _AT_ONCE)
            if not some:
                break
            traces += erase(station, some, "due")
        erased += len(some)
    return prove(station, erased, traces)


def erase(station: Station, contacts: list[int], why: str) -> list[bytes]:
    """Erase these people; returns what must not be found any more. The event names row ids only. In a transaction."""
    traces = erase_contacts(station.conn, contacts)
    facts = {"contacts": contacts, "why": why}
    station.record_about(StationEvent.ERASE_CONTACTS, Subject.STATION, None, {}, facts=facts)
    return traces


def prove(station: Station, erased: int, traces: list[bytes]) -> Purged:
    """Empty the log of writes, carry it over to the backups, then search every file for what was erased."""
    home = station.home
    try:
        with naming_files(home.folder), naming_faults(home.database):
            emptied = truncate_wal(station.conn)
            clear_unfinished(station)
            clear_work(home.database)  # a pulled plug left it of a restore: none is at work while we have it open
            files = [home.database, home.write_ahead_log, home.log_file]
            files += [file for folder, _ in asides(home) for file in folder.iterdir()]
            found = (*files_with(traces, files), *erase_in_backups(station))
    except StationFault as fault:
        log.error("not every file could be searched for who was erased: %s", fault)
        return Purged(erased, False, (), fault)
    except CalledProcessError as unreadable:
        unread = StationFault(Fault.UNREADABLE_FILE, path=home.folder, detail=_last_line(unreadable))
        return Purged(erased, False, (), unread)
    return Purged(erased, emptied and not found, found)


def _last_line(failed: CalledProcessError) -> str:
    """What the searcher met, such as a file that may not be read."""
    lines = str(failed.stderr or "").strip().splitlines()
    return lines[-1] if lines else str(failed)
