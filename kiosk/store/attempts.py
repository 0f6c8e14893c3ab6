"""What is counted and is no event of custody: attempts with pickup codes, and strips that failed."""

from kiosk.store.sqlite import sqlite3


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
