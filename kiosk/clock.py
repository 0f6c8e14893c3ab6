"""The clocks of a station, passed in to whoever asks for the time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from kiosk import RELEASED
from kiosk.store.events import latest_at
from kiosk.store.file.boot import boot_id
from kiosk.store.file.sqlite import sqlite3


def utc_now() -> datetime:
    return datetime.now(UTC)


def stamped(at: datetime) -> str:
    """A moment, which is in UTC, as the database keeps time: ISO 8601 to the millisecond."""
    return at.isoformat(timespec="milliseconds")


@dataclass(frozen=True, slots=True)
class Clock:
    """The two clocks of a station: `now` may jump and dates events, `monotonic` (seconds) times lights and pauses.

    `boot` names the start of the machine that `monotonic` counts from.
    """

    now: Callable[[], datetime] = utc_now
    monotonic: Callable[[], float] = monotonic
    boot: Callable[[], str] = boot_id


def has_been(conn: sqlite3.Connection) -> datetime:
    """The latest moment that is known to have been, in UTC: of any record, or of this program's making."""
    latest = latest_at(conn)
    return max(RELEASED, datetime.fromisoformat(latest)) if latest else RELEASED
