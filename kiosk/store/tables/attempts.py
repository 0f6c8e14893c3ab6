"""What is counted and is no event of custody: attempts and wrong tries, and strips that failed."""

from collections.abc import Iterable

from kiosk.parcels.pauses import WrongTries
from kiosk.store.file.sqlite import sqlite3


def record_attempt(conn: sqlite3.Connection, terminal: str, occurred_at: str, outcome: str) -> None:
    """`outcome` is `found` or the problem's name. The code itself is not kept."""
    conn.execute(
        "INSERT INTO attempts (terminal, occurred_at, outcome) VALUES (?, ?, ?)",
        (terminal, occurred_at, outcome),
    )


def record_light_fault(conn: sqlite3.Connection, strip: str, occurred_at: str) -> None:
    """A strip stopped answering."""
    conn.execute("INSERT INTO light_faults (strip, occurred_at) VALUES (?, ?)", (strip, occurred_at))


def last_light_fault(conn: sqlite3.Connection, strip: str) -> str | None:
    """When the strip failed last (UTC)."""
    found = conn.execute("SELECT max(occurred_at) FROM light_faults WHERE strip = ?", (strip,)).fetchone()
    return str(found[0]) if found and found[0] else None


def attempts_between(conn: sqlite3.Connection, since: str, until: str) -> dict[str, int]:
    """How often each outcome came between two times (UTC)."""
    rows = conn.execute(
        "SELECT outcome, count(*) FROM attempts WHERE occurred_at >= ? AND occurred_at < ? GROUP BY outcome",
        (since, until),
    )
    return dict(rows.fetchall())


def light_faults_between(conn: sqlite3.Connection, since: str, until: str) -> dict[str, int]:
    """How often each strip failed between two times (UTC)."""
    rows = conn.execute(
        "SELECT strip, count(*) FROM light_faults WHERE occurred_at >= ? AND occurred_at < ? GROUP BY strip",
        (since, until),
    )
    return dict(rows.fetchall())


def forget_attempts(conn: sqlite3.Connection, before: str) -> None:
    """Their figures have been reported long ago."""
    conn.execute("DELETE FROM attempts WHERE occurred_at < ?", (before,))


def wrong_tries(conn: sqlite3.Connection, scope: str) -> WrongTries:
    """`scope`: what or whom is tried, such as a terminal or a member of staff."""
    row = conn.execute(f"SELECT {_TRIES} FROM wrong_tries WHERE scope = ?", (scope,)).fetchone()
    return WrongTries(*row) if row else WrongTries()


def all_wrong_tries(conn: sqlite3.Connection) -> dict[str, WrongTries]:
    """By scope."""
    rows = conn.execute(f"SELECT scope, {_TRIES} FROM wrong_tries ORDER BY scope")
    return {row[0]: WrongTries(*row[1:]) for row in rows}


def write_wrong_tries(conn: sqlite3.Connection, scope: str, counted: WrongTries) -> None:
    conn.execute(f"REPLACE INTO wrong_tries (scope, {_TRIES}) VALUES (?, ?, ?, ?, ?, ?)", (scope, *counted))


def forget_wrong_tries(conn: sqlite3.Connection, scopes: Iterable[str]) -> None:
    """All is forgiven."""
    conn.executemany("DELETE FROM wrong_tries WHERE scope = ?", [(scope,) for scope in scopes])


def forget_gone_tails(conn: sqlite3.Connection) -> None:
    """Nobody tries the phone digits of a parcel that has left."""
    conn.execute(
        "DELETE FROM wrong_tries WHERE scope LIKE 'tail %' AND NOT EXISTS"
        " (SELECT 1 FROM parcels WHERE id = CAST(substr(scope, 6) AS INTEGER) AND slot IS NOT NULL)"
    )


_TRIES = ", ".join(WrongTries._fields)
