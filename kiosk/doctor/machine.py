"""The doctor's lines about the machine: who looks, Python, SQLite, the disk, fonts, where the time comes from."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from hardware.trouble import user_name
from kiosk.appliance.places import Places, version_at
from kiosk.appliance.trust import trusted_keys
from kiosk.doctor.patient import Finding, Level, Line, Patient
from kiosk.faults import told
from kiosk.mounts import forgetful, mount_of
from kiosk.own_command import own_command
from kiosk.store.file.sqlite import sqlite3

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
        what = told(
            "Only {count} more file fits on the disk", "Only {count} more files fit on the disk", count=disk.f_favail
        )
        yield Finding("inodes", Level.WARN, what, told("Make room on the disk of the station."))


def file_system_line(patient: Patient) -> Iterator[Finding]:
    """A station in memory, or on an overlay over a card that is never written, is a new one at each start."""
    mount = mount_of(patient.home.folder, patient.mounts)
    kind = forgetful(patient.home.folder, patient.mounts)
    if mount is None:
        return
    values = {"kind": kind or mount.kind, "place": mount.place}
    if kind is not None:
        what = told("The station lies on {kind} ({place}): all of it is gone at the next start", **values)
        ask = told(
            "Put its home on a disk. On a Raspberry Pi: sudo raspi-config, Performance Options, Overlay File System,"
            " off; or a partition of its own for /var/lib/kiosk."
        )
        yield Finding("file_system", Level.BAD, what, ask)
    elif mount.is_read_only:
        what = told("The station's file system is read-only ({kind}, {place})", **values)
        ask = told(
            "Linux makes a failing card read-only: look with dmesg, save the station on a stick (kiosk backup --to"
            " FOLDER), and change the card."
        )
        yield Finding("file_system", Level.BAD, what, ask)
    else:
        yield Finding("file_system", Level.OK, told("The station lies on {kind} ({place})", **values))


def user_line(patient: Patient) -> Iterator[Finding]:
    """Whoever is not the station's owner sees half of it, and root may leave files that its owner cannot use."""
    try:
        owner = patient.home.folder.stat().st_uid
    except OSError:
        return
    if owner != os.geteuid():
        what = told(
            "You are {user}, the station belongs to {owner}", user=user_name(os.geteuid()), owner=user_name(owner)
        )
        again = own_command(patient.home, "doctor")
        ask = told("Run: sudo -u {owner} {command}", owner=user_name(owner), command=again)
        yield Finding("user", Level.WARN, what, ask)


def fonts_line(_: Patient) -> Iterator[Finding]:
    """Only where this machine draws the screen itself, in the terminal that is installed for it."""
    if shutil.which("foot") is None:
        yield Finding("fonts", Level.OK, told("No terminal of a screen (foot) is installed here: no font is needed"))
        return
    families = output_of("fc-list", ":lang=zh-cn", "family")
    if families is None:
        yield Finding("fonts", Level.WARN, told("Nobody can tell which fonts are here"), _GET_FONTS)
    elif not families.strip():
        yield Finding("fonts", Level.BAD, told("No font here has Chinese characters"), _GET_FONTS)
    else:
        shown = min(families.splitlines(), key=lambda font: " SC" not in font).split(",")[0]  # SC: simplified forms
        yield Finding("fonts", Level.OK, told("Chinese is drawn with {font}", font=shown))


def time_source_line(_: Patient) -> Iterator[Finding]:
    """A Pi without network and clock module starts with the time at which it was switched off."""
    if not _SYSTEMD.exists():
        yield Finding("time_source", Level.OK, told("systemd does not run here: nobody can tell where time comes from"))
    elif (output_of("timedatectl", "show", "-p", "NTPSynchronized", "--value") or "").strip() == "yes":
        yield Finding("time_source", Level.OK, told("The clock is set by the network"))
    elif _CLOCK_MODULE.exists():
        yield Finding("time_source", Level.OK, told("The clock is set by a clock module"))
    else:
        what = told("Neither network nor a clock module sets the clock: it is wrong after a power cut")
        yield Finding(
            "time_source", Level.WARN, what, told("Run: sudo timedatectl set-ntp true, or fit a clock module.")
        )


def updates_line(_: Patient) -> Iterator[Finding]:
    """Only of an installed machine: whose versions it takes."""
    if version_at(_INSTALLED.current) is None:
        return
    keys = trusted_keys(_INSTALLED.opt)
    if keys:
        names = ", ".join(one.key.name for one in keys)
        yield Finding("updates", Level.OK, told("New versions are taken from whoever has the key {keys}", keys=names))
    else:
        what = told("No key is trusted: no new version can be taken")
        remedy = told("Add the key of whom you trust: sudo kiosk update --trust KEY.pub (see: kiosk help update)")
        yield Finding("updates", Level.WARN, what, remedy)


_INSTALLED = Places()
_GET_FONTS = told("Run: sudo apt install fontconfig fonts-noto-cjk")
_SYSTEMD, _CLOCK_MODULE = Path("/run/systemd/system"), Path("/dev/rtc0")
_PATIENCE_S = 10.0


def output_of(*command: str) -> str | None:
    """What a program of the system says; None where it is not here or fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_S, check=True)
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    return done.stdout


MACHINE_LINES: tuple[Line, ...] = (
    user_line, python_line, sqlite_line, disk_line, file_system_line, fonts_line, time_source_line, updates_line,
)  # fmt: skip
