"""Attempts with pickup codes, by terminal."""

from kiosk.store.sqlite import sqlite3


def record_attempt(conn: sqlite3.Connection, terminal: str, occurred_at: str, outcome: str) -> None:
    """`outcome` is `found` or the problem's name. The code itself is not kept."""
    conn.execute(
        "INSERT INTO attempts (terminal, occurred_at, outcome) VALUES (?, ?, ?)",
        (terminal, occurred_at, outcome),
    )
