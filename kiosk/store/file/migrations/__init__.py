"""The tables of station.db, made and changed through sqlite-utils migrations: one file each, in the order of their
numbers. Databases in the field were made by them, so none is edited again and none takes anything from the program,
whose words may change: what is to be different is a new one."""

from collections.abc import Sequence

from sqlite_utils import Database, Migrations

from kiosk.store.file.migrations import (
    m001_parcels_and_events,
    m002_the_staff_desk,
    m003_nobody_in,
    m004_messages,
    m005_after_0_1_0,
)

# SQL functions that whoever applies the migrations gives to the connection.
SEAL_ADDRESS, CANONICAL_NUMBER = "seal_address", "canonical_number"
migrations = Migrations("station")


def _add(name: str, steps: Sequence[str]) -> None:
    @migrations(name=name)
    def run(db: Database) -> None:
        for step in steps:
            db.execute(step)


for _one in (m001_parcels_and_events, m002_the_staff_desk, m003_nobody_in, m004_messages, m005_after_0_1_0):
    _add(_one.__name__.rpartition(".")[2], _one.STEPS)
