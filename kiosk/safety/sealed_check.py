"""The nightly check: it goes on from where the last one ended, sealed with the station's key; the whole once a month.

What lies before the point is not read again: a changed old event is seen by the whole check only. Everything after it
is, and the tables are held against a figure of what they must hold: a row changed behind the log's back is seen.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from kiosk.parcels.sheets import Subject
from kiosk.safety.backup_files import KnownHead
from kiosk.safety.replay import STATES, Replay, Violation
from kiosk.safety.verify import (
    Verifiable,
    check_contacts,
    check_heads,
    checking_file,
    lasting,
    readable,
    violations_of,
    walk,
)
from kiosk.store.file.database import reading
from kiosk.store.file.keys import StationKey
from kiosk.store.file.snapshot import begins_with, head_of
from kiosk.store.rescue.sealed_point import SealedPoint, changed_since, events_until, read_point

WHOLE_EVERY = timedelta(days=28)
_AHEAD = timedelta(days=1)  # a point that is dated further ahead was set by a wrong clock
_STATE = 32  # bytes


class Checked(NamedTuple):
    """What is wrong, whether every event was read, and where the next check may go on: nowhere if anything is wrong."""

    violations: list[Violation]
    is_whole: bool
    point: SealedPoint | None


def check(station: Verifiable, now: str, heads: Iterable[KnownHead] = ()) -> Checked:
    """From the sealed point, where there is a good one that is not too old. What is wrong then is asked of the whole
    check too, which names it. Reads only. `now` is ISO 8601 in UTC."""
    known, point = list(heads), trusted_point(station, now)
    if point is not None:
        replay = _fresh(station)
        if not lasting(lambda: _since(station, replay, point, known)):
            return Checked([], False, _sealed(station.key, replay, _figure(point, replay), now, point.whole_at))
    replay = _fresh(station)
    found = violations_of(station, known, replay)
    return Checked(found, True, None if found else _sealed(station.key, replay, replay.state(), now, now))


def trusted_point(station: Verifiable, now: str) -> SealedPoint | None:
    """The station's own, of this very log, and not older than the whole check may be."""
    point = read_point(station.conn)
    if point is None or point.seal != _seal(station.key, _fresh(station), point):
        return None  # another's seal is no harm: then all is read
    whole, at = datetime.fromisoformat(point.whole_at), datetime.fromisoformat(now)
    is_recent = at - WHOLE_EVERY < whole < at + _AHEAD
    return point if is_recent and begins_with(station.conn, point.seq, point.link) else None


def _fresh(station: Verifiable) -> Replay:
    return Replay(station.key, station.settings.cooling_days)


def _since(station: Verifiable, replay: Replay, point: SealedPoint, heads: list[KnownHead]) -> list[Violation]:
    with reading(station.conn), checking_file(station.conn) as file:
        found = [
            *readable("events", _events_since(station, replay, point)),
            *readable("tables", _tables(station, replay, point)),
            *readable("contacts", check_contacts(station, replay.rows[Subject.PARCEL])),
            *readable("events", check_heads(station.conn, heads)),
        ]
        return [*file.result(), *found]


def _events_since(station: Verifiable, replay: Replay, point: SealedPoint) -> Iterator[Violation]:
    """Each row that is touched since is built up to the point first; that figure is what leaves the tables' own."""
    for subject, number in changed_since(station.conn, point.seq):
        for row in events_until(station.conn, point.seq, subject, number):
            yield from replay.follow(row)
    replay.begin_at(point.seq, point.link)
    yield from walk(station, replay)
    if (events := head_of(station.conn).events) != replay.seq:  # counted, though not read
        yield Violation("events_without_gaps", f"{events} events are in a log that ends with {replay.seq}")


def _tables(station: Verifiable, replay: Replay, point: SealedPoint) -> Iterator[Violation]:
    if replay.state_of(station.conn) != _figure(point, replay):
        yield Violation("table_replays", f"the tables are not what event {point.seq} and those after it tell")


def _figure(point: SealedPoint, replay: Replay) -> int:
    """What the tables must hold: as at the point, without the rows as they were, with the rows as they are told."""
    return (int.from_bytes(point.state) - replay.began_with + replay.state()) % STATES


def _sealed(key: StationKey, replay: Replay, state: int, now: str, whole_at: str) -> SealedPoint:
    point = SealedPoint(replay.seq, replay.previous, state.to_bytes(_STATE), now, whole_at, b"")
    return point._replace(seal=_seal(key, replay, point))


def _seal(key: StationKey, replay: Replay, point: SealedPoint) -> bytes:
    told = (point.seq, point.link.hex(), point.state.hex(), point.checked_at, point.whole_at, replay.spelling)
    return key.point_seal(repr(told).encode())
