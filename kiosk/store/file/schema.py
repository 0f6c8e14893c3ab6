"""The schema as our migrations make it, to hold a database against."""

from kiosk.store.file.sqlite import sqlite3

_OBJECTS = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name"


def altered_objects(conn: sqlite3.Connection) -> list[str]:
    """Tables, indexes and triggers that are missing, changed or not ours."""
    # 35 ms: for verify and doctor alone
    from sqlite_utils import Database

    from kiosk.store.file.migrations import CANONICAL_NUMBER, SEAL_ADDRESS, migrations

    fresh = Database(memory=True)
    for function in (SEAL_ADDRESS, CANONICAL_NUMBER):  # of no row, for there are none
        fresh.conn.create_function(function, 1, str)
    migrations.apply(fresh)
    ours = dict(fresh.conn.execute(_OBJECTS).fetchall())
    theirs = dict(conn.execute(_OBJECTS).fetchall())
    fresh.close()
    return sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
