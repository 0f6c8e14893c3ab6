"""Proxy passes by the hash of their secret."""

import json
from typing import NamedTuple

from kiosk.store.chain import StationKey
from kiosk.store.sqlite import sqlite3

_BEARER = "bearer"


class PassRow(NamedTuple):
    """`parcels` are row ids, `valid_until` is UTC; `session`: the search that it has opened."""

    id: int
    parcels: tuple[int, ...]
    valid_until: str
    session: str | None
    bearer: str | None


def pass_by_hash(conn: sqlite3.Connection, key: StationKey, token_hash: bytes) -> PassRow | None:
    columns = "id, parcels, valid_until, session, bearer_sealed"
    row = conn.execute(f"SELECT {columns} FROM passes WHERE token_hash = ?", (token_hash,)).fetchone()
    if row is None:
        return None
    return PassRow(row[0], tuple(json.loads(row[1])), row[2], row[3], row[4] and key.unseal(_BEARER, row[4]))


def sealed_bearer(key: StationKey, bearer: str | None) -> bytes | None:
    """As the table keeps it."""
    return key.seal(_BEARER, bearer) if bearer else None


def forget_bearers(conn: sqlite3.Connection, now: str) -> None:
    """Who collects is of no use when the pass is none any more."""
    conn.execute("UPDATE passes SET bearer_sealed = NULL WHERE bearer_sealed IS NOT NULL AND valid_until < ?", (now,))
