"""The doctor's lines about the machine: Python, SQLite, the disk."""

import os
import sys
from collections.abc import Iterator

from kiosk.faults import told
from kiosk.jobs.doctor import Finding, Level, Line, Patient
from kiosk.store.sqlite import sqlite3

_LEAST_FREE, _FULL = 500_000_000, 100_000_000  # bytes
_LEAST_INODES = 1000


def python_line(_: Patient) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("python", Level.OK, told("Python {version}", version=version))  # no older one installs this program


def sqlite_line(_: Patient) -> Iterator[Finding]:
    """Source of the versions: SQLite's own release notes of 3.51.3."""
    what = told("SQLite {version}", version=sqlite3.sqlite_version)
    if not has_wal_reset_bug(sqlite3.sqlite_version_info):
        yield Finding("sqlite", Level.OK, what)
        return
    what = told(
        "SQLite {version} has the WAL-reset bug: a passive checkpoint can damage a database with several users",
        version=sqlite3.sqlite_version,
    )
    remedy = told(
        "Install a mended libsqlite3 (3.51.3, 3.50.7 or 3.44.6, or newer of these lines) when you can. This program"
        " asks for no passive checkpoint, and with SQLite's automatic ones alone the bug was never seen; let no other"
        " program run one on station.db."
    )
    yield Finding("sqlite", Level.WARN, what, remedy)


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """3.7.0 to 3.51.2; mended in 3.51.3, and in 3.50.7 and 3.44.6 of their lines."""
    mended_lines = {(3, 50): (3, 50, 7), (3, 44): (3, 44, 6)}
    return (3, 7, 0) <= version < mended_lines.get((version[0], version[1]), (3, 51, 3))


def disk_line(patient: Patient) -> Iterator[Finding]:
    try:
        disk = os.statvfs(patient.home.folder)
    except OSError:
        return  # the line of the settings says that there is no home
    free = disk.f_bavail * disk.f_frsize
    what = told("{free} MB are free", free=free // 1_000_000)
    level = Level.BAD if free < _FULL else Level.WARN if free < _LEAST_FREE else Level.OK
    yield Finding("disk", level, what, None if level is Level.OK else told("Make room on the disk of the station."))
    if disk.f_files and disk.f_favail < _LEAST_INODES:
        what = told("Only {count} more files fit on the disk", count=disk.f_favail)
        yield Finding("inodes", Level.WARN, what, told("Make room on the disk of the station."))


MACHINE_LINES: tuple[Line, ...] = (python_line, sqlite_line, disk_line)
