"""Whether the clock can be right: it cannot be before what was recorded by it, nor years on after a night.

Many small computers have no clock module: without a network they start in 1970, or where they were switched off, and
a time server may tell them anything. What is erased is gone, so a clock that jumped is not believed for a day.
"""

from datetime import UTC, datetime, timedelta

from kiosk.clock import Clock, has_been, stamped
from kiosk.jobs.allowed import allowed
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Refused
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.store.events import last_seq, latest_at
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.clock_watch import ClockWatch, read_watch, write_watch

_AHEAD = timedelta(minutes=5)  # that the newest event may be ahead of a clock that was set right
_JUMP = timedelta(days=2)  # a station that is switched off from Saturday to Monday has a clock that is right
_DOUBTED = timedelta(days=1)
_LONGEST_UNSEEN = timedelta(days=100)  # of a machine that ran; where more seems to have passed, that clock jumped, too
_NOTED_EVERY = timedelta(hours=1)  # an SD card is not written every two seconds


def recorded_after(conn: sqlite3.Connection, now: datetime) -> datetime | None:
    """What the clock has been already, by the latest event or by this program's own age, and says is still to come."""
    at = has_been(conn)
    return at if at > now + _AHEAD else None


def doubted_until(conn: sqlite3.Connection, clock: Clock) -> datetime | None:
    """Until when nothing is erased, for the clock went on by more than there was time for; None where it is believed.
    How long the machine was off nobody knows: after two days of it the clock is doubted, too."""
    return _doubt_of(_look(conn, clock)[1])


def watch_clock(station: Station) -> datetime | None:
    """The same, and it is remembered; written about once an hour, and where the answer changes."""
    known, seen = _look(station.conn, station.clock)
    if seen.doubted_until != known.doubted_until or _is_old(known, station.clock.now()):
        with station.transaction():
            write_watch(station.conn, seen)
    return _doubt_of(seen)


def _look(conn: sqlite3.Connection, clock: Clock) -> tuple[ClockWatch, ClockWatch]:
    """What was known before this look, and after it."""
    now, known = clock.now().astimezone(UTC), read_watch(conn)
    is_behind = recorded_after(conn, now) is not None  # nothing is due by it, and the way back up will be no jump
    return known, known if is_behind else _seen(conn, clock, now, known)


def _seen(conn: sqlite3.Connection, clock: Clock, now: datetime, known: ClockWatch) -> ClockWatch:
    boot, monotonic_s = clock.boot(), clock.monotonic()
    last = known.seen_at or latest_at(conn)
    went_on = now - datetime.fromisoformat(last) if last else timedelta()
    passed = timedelta(seconds=max(0.0, monotonic_s - known.monotonic_s)) if known.boot == boot else timedelta()
    passed = passed if passed <= _LONGEST_UNSEEN else timedelta()
    doubt = _doubt_of(known)
    if went_on - passed > _JUMP:
        doubt = now + _DOUBTED
    elif doubt is not None and not doubt - _DOUBTED - _AHEAD <= now < doubt:  # a day has passed, or it was set back
        doubt = None
    return ClockWatch(stamped(now), boot, monotonic_s, stamped(doubt) if doubt else None, known.believed_seq)


def _is_old(known: ClockWatch, now: datetime) -> bool:
    return known.seen_at is None or abs(now - datetime.fromisoformat(known.seen_at)) >= _NOTED_EVERY


def _doubt_of(watch: ClockWatch) -> datetime | None:
    return datetime.fromisoformat(watch.doubted_until) if watch.doubted_until else None


@allowed(StationEvent.BELIEVE_CLOCK)
def believe_clock(station: Station) -> Refused | None:
    """A person has looked: the clock is right. What was recorded by a wrong one binds it no more."""
    now = station.clock.now().astimezone(UTC)
    with station.transaction():
        facts, last = {"latest": latest_at(station.conn)}, last_seq(station.conn)
        clock = station.clock
        write_watch(station.conn, ClockWatch(stamped(now), clock.boot(), clock.monotonic(), None, last))
        station.record_about(StationEvent.BELIEVE_CLOCK, Subject.STATION, None, {}, facts=facts)
    return None
