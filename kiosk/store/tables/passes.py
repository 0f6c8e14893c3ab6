"""Proxy passes by the hash of their secret."""

import json
from typing import NamedTuple

from kiosk.store.file.sqlite import sqlite3


class PassRow(NamedTuple):
    """`parcels` are row ids, `valid_until` is UTC; `session`: the search that it has opened; `bearer_id`: a contact."""

    id: int
    parcels: tuple[int, ...]
    valid_until: str
    session: str | None
    bearer_id: int | None


def pass_by_hash(conn: sqlite3.Connection, token_hash: bytes) -> PassRow | None:
    columns = "id, parcels, valid_until, session, bearer_id"
    row = conn.execute(f"SELECT {columns} FROM passes WHERE token_hash = ?", (token_hash,)).fetchone()
    return PassRow(row[0], tuple(json.loads(row[1])), *row[2:]) if row else None


def sealed_pass(conn: sqlite3.Connection, pass_id: int) -> tuple[PassRow, bytes | None] | None:
    """With its secret, sealed, where a message is to tell it."""
    columns = "id, parcels, valid_until, session, bearer_id, token_sealed"
    row = conn.execute(f"SELECT {columns} FROM passes WHERE id = ?", (pass_id,)).fetchone()
    return (PassRow(row[0], tuple(json.loads(row[1])), *row[2:5]), row[5]) if row else None


def forget_tokens(conn: sqlite3.Connection, now: str) -> int:
    """Of passes that open nothing any more; returns how many."""
    is_over = "token_sealed IS NOT NULL AND (valid_until < ? OR session IS NOT NULL)"
    return int(conn.execute(f"UPDATE passes SET token_sealed = NULL WHERE {is_over}", (now,)).rowcount)
