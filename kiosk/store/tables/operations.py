"""Operations that were done, with the answer that was given: asked for again, they are not done again."""

from typing import NamedTuple

from kiosk.store.file.keys import StationKey
from kiosk.store.file.sqlite import sqlite3

_ANSWER = "answer"


class KeptAnswer(NamedTuple):
    """`asked` is a keyed hash of what was asked for, `answer` its text."""

    asked: bytes
    answer: str


def kept_answer(conn: sqlite3.Connection, key: StationKey, operation: str, job: str) -> KeptAnswer | None:
    """What was answered when the job was done in this operation."""
    row = conn.execute("SELECT asked, answer FROM operations WHERE id = ? AND job = ?", (operation, job)).fetchone()
    return KeptAnswer(row[0], key.unseal(_ANSWER, row[1])) if row else None


def keep_answer(
    conn: sqlite3.Connection, key: StationKey, operation: str, job: str, kept: KeptAnswer, done_at: str
) -> None:
    """In the transaction of what was done. Sealed, for it may hold the secret of a badge or a pass."""
    values = (operation, job, kept.asked, key.seal(_ANSWER, kept.answer), done_at)
    conn.execute("INSERT INTO operations (id, job, asked, answer, done_at) VALUES (?, ?, ?, ?, ?)", values)


def forget_operations(conn: sqlite3.Connection, before: str) -> int:
    """Nobody asks again after so long; returns how many were forgotten."""
    return int(conn.execute("DELETE FROM operations WHERE done_at < ?", (before,)).rowcount)
