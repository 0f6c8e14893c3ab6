"""Proxy passes by the hash of their secret."""

import json

from kiosk.store.sqlite import sqlite3


def pass_by_hash(conn: sqlite3.Connection, token_hash: bytes) -> tuple[list[int], str] | None:
    """The parcels (row ids) of a pass, and until when it is valid (UTC)."""
    found = conn.execute("SELECT parcels, valid_until FROM passes WHERE token_hash = ?", (token_hash,)).fetchone()
    return (json.loads(found[0]), found[1]) if found else None
