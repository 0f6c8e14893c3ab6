"""Messages that wait, went out or did not: what for and by which channel, never their text and nobody's address."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from kiosk.store.file.sqlite import sqlite3


class MessageState(StrEnum):
    """`sending` is on record before anything goes out: found again after a crash it is `unknown`."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"
    GIVEN_UP = "given_up"


class Why(StrEnum):
    """Why a message was skipped, or did not go out: no words of a server, for these may name a person."""

    GONE = "gone"
    NO_ADDRESS = "no_address"
    NO_CHANNEL = "no_channel"
    NEEDS_PICTURE = "needs_picture"
    CUT_SHORT = "cut_short"
    RESTORED = "restored"
    NOT_REACHED = "not_reached"
    REFUSED = "refused"
    LIMITED = "limited"
    UNSURE = "unsure"
    BAD_URL = "bad_url"
    NOT_INSTALLED = "not_installed"
    FAILED = "failed"


class Message(NamedTuple):
    """One message by one channel. Times are UTC; `reason`: why it was skipped, or how its last try failed."""

    id: int
    channel: str
    kind: str
    contact_id: int | None
    pass_id: int | None
    terminal: str | None
    state: str
    reason: str | None
    tries: int
    queued_at: str
    due_at: str
    changed_at: str


_FIELDS = ", ".join(Message._fields)
OPEN = "state IN ('waiting', 'sending', 'unknown', 'given_up')"


class Wanted(NamedTuple):
    """A message to be: what of it is not known yet is None."""

    channel: str
    kind: str
    contact_id: int | None = None
    pass_id: int | None = None
    terminal: str | None = None


def cursor_of(conn: sqlite3.Connection, channel: str) -> int | None:
    """The last event that was read for the channel; None for a channel that is new."""
    found = conn.execute("SELECT seq FROM message_cursors WHERE channel = ?", (channel,)).fetchone()
    return int(found[0]) if found else None


def set_cursor(conn: sqlite3.Connection, channel: str, seq: int) -> None:
    conn.execute("INSERT OR REPLACE INTO message_cursors (channel, seq) VALUES (?, ?)", (channel, seq))


def drop_cursors(conn: sqlite3.Connection, but: frozenset[str]) -> int:
    """Of channels that are no more: should one come back, it begins anew. Returns how many there were."""
    names = [name for (name,) in conn.execute("SELECT channel FROM message_cursors") if name not in but]
    conn.executemany("DELETE FROM message_cursors WHERE channel = ?", [(name,) for name in names])
    return len(names)


def queue(conn: sqlite3.Connection, wanted: Wanted, parcels: Mapping[int, str], due_at: str, now: str) -> int:
    """A new message, or one more parcel (id → code) in the one that waits for the same person; returns its id."""
    merged = conn.execute(
        "SELECT id FROM messages WHERE state = 'waiting' AND tries = 0 AND channel = ? AND kind = ?"
        " AND contact_id IS ? AND pass_id IS ? AND terminal IS ?",
        wanted,
    ).fetchone()
    if merged:
        number = int(merged[0])
    else:
        insert = f"INSERT INTO messages ({', '.join(Wanted._fields)}, state, queued_at, due_at, changed_at)"
        row = (*wanted, MessageState.WAITING, now, due_at, now)
        number = int(conn.execute(f"{insert} VALUES ({', '.join('?' * len(row))})", row).lastrowid)
    rows = [(number, parcel, code) for parcel, code in parcels.items()]
    conn.executemany("INSERT OR REPLACE INTO message_parcels (message_id, parcel_id, code) VALUES (?, ?, ?)", rows)
    return number


def split(conn: sqlite3.Connection, number: int, now: str) -> bool:
    """The later half of a message's parcels goes into one of its own, due at once; False where there is one parcel."""
    parcels = list(codes_of(conn, number))
    if len(parcels) < 2:
        return False
    copied = f"{', '.join(Wanted._fields)}, state, queued_at"
    insert = f"INSERT INTO messages ({copied}, due_at, changed_at) SELECT {copied}, ?, ? FROM messages WHERE id = ?"
    new = conn.execute(insert, (now, now, number)).lastrowid
    later = [(new, number, parcel) for parcel in parcels[len(parcels) // 2 :]]
    conn.executemany("UPDATE message_parcels SET message_id = ? WHERE message_id = ? AND parcel_id = ?", later)
    return True


def was_told(conn: sqlite3.Connection, wanted: Wanted, parcel_id: int, code: str) -> bool:
    """Whether that person has, or will have, a message of this kind with this code of this parcel by this channel."""
    found = conn.execute(
        "SELECT 1 FROM message_parcels p JOIN messages m ON m.id = p.message_id WHERE p.parcel_id = ? AND p.code = ?"
        " AND m.channel = ? AND m.kind = ? AND m.contact_id IS ? AND m.state <> 'skipped'",
        (parcel_id, code, wanted.channel, wanted.kind, wanted.contact_id),
    )
    return found.fetchone() is not None


def due_messages(conn: sqlite3.Connection, now: str) -> list[Message]:
    """What waits and may go now: calls first, then in order of time."""
    rows = conn.execute(
        f"SELECT {_FIELDS} FROM messages WHERE state = 'waiting' AND due_at <= ? ORDER BY kind <> 'call', due_at, id",
        (now,),
    )
    return [Message._make(row) for row in rows]


def message_by_id(conn: sqlite3.Connection, number: int) -> Message | None:
    row = conn.execute(f"SELECT {_FIELDS} FROM messages WHERE id = ?", (number,)).fetchone()
    return Message._make(row) if row else None


def codes_of(conn: sqlite3.Connection, number: int) -> dict[int, str]:
    """The parcels of a message, by id, with the code that each had when it was queued."""
    rows = conn.execute(
        "SELECT parcel_id, code FROM message_parcels WHERE message_id = ? ORDER BY parcel_id", (number,)
    )
    return dict(rows.fetchall())


def mark(
    conn: sqlite3.Connection,
    number: int,
    state: MessageState,
    now: str,
    *,
    reason: str | None = None,
    due_at: str | None = None,
    tries: int | None = None,
) -> None:
    """The message is in another state now; `due_at` and `tries` stay where they are not given."""
    conn.execute(
        "UPDATE messages SET state = ?, reason = ?, changed_at = ?, due_at = coalesce(?, due_at),"
        " tries = coalesce(?, tries) WHERE id = ?",
        (state, reason, now, due_at, tries, number),
    )


def rest(conn: sqlite3.Connection, channel: str, now: str, until: str) -> None:
    """The channel's server is not reached: whatever else is due by it waits too, or each would wait for the server."""
    postpone = "UPDATE messages SET due_at = ? WHERE channel = ? AND state = 'waiting' AND due_at <= ?"
    conn.execute(postpone, (until, channel, now))


def mark_all(conn: sqlite3.Connection, old: tuple[MessageState, ...], new: MessageState, now: str, why: str) -> int:
    """All messages of some states; returns how many."""
    marks = ", ".join("?" * len(old))
    update = f"UPDATE messages SET state = ?, reason = ?, changed_at = ? WHERE state IN ({marks})"
    return int(conn.execute(update, (new, why, now, *old)).rowcount)


def open_messages(conn: sqlite3.Connection) -> Iterator[Message]:
    """Whatever is not over, oldest first."""
    return (Message._make(row) for row in conn.execute(f"SELECT {_FIELDS} FROM messages WHERE {OPEN} ORDER BY id"))


def counts_by_channel(conn: sqlite3.Connection, since: str) -> dict[tuple[str, str], int]:
    """How many messages changed since then, or are still open, by channel and state."""
    rows = conn.execute(
        f"SELECT channel, state, count(*) FROM messages WHERE {OPEN} OR changed_at >= ? GROUP BY channel, state",
        (since,),
    )
    return {(channel, state): number for channel, state, number in rows}


def last_sent_at(conn: sqlite3.Connection, channel: str) -> str | None:
    """When the channel last took a message (UTC)."""
    found = "SELECT max(changed_at) FROM messages WHERE channel = ? AND state = 'sent'"
    time: str | None = conn.execute(found, (channel,)).fetchone()[0]
    return time


def last_reason(conn: sqlite3.Connection, channel: str) -> str | None:
    """How the channel's last try failed; None where it went well, or there was none."""
    found = conn.execute(
        "SELECT reason FROM messages WHERE channel = ? AND tries > 0 AND state <> 'skipped'"
        " ORDER BY changed_at DESC, id DESC LIMIT 1",
        (channel,),
    ).fetchone()
    return found[0] if found else None


def failing(conn: sqlite3.Connection, since: str) -> tuple[int, int]:
    """How many messages have failed three times and more, and how many were given up, or are unknown, since then."""
    again = conn.execute("SELECT count(*) FROM messages WHERE state = 'waiting' AND tries > 2").fetchone()[0]
    lost = "SELECT count(*) FROM messages WHERE state IN ('unknown', 'given_up') AND changed_at >= ?"
    return int(again), int(conn.execute(lost, (since,)).fetchone()[0])


def forget_messages(conn: sqlite3.Connection, before: str) -> int:
    """Nobody asks for the fate of a message after so long; returns how many were forgotten."""
    return int(conn.execute("DELETE FROM messages WHERE changed_at < ? AND state <> 'waiting'", (before,)).rowcount)
