"""Proxy passes by the hash of their secret."""

import json
from typing import NamedTuple

from kiosk.store.sqlite import sqlite3


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
