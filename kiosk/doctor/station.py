"""The doctor's lines about the station: settings, keys, database, clock, backups."""

import os
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from kiosk import RELEASED
from kiosk.config import Settings
from kiosk.doctor.patient import Finding, Level, Line, Patient, looking_into
from kiosk.faults import Fault, StationFault, told
from kiosk.jobs.clock_watch import doubted_until, recorded_after
from kiosk.jobs.upkeep.private_files import wide_files
from kiosk.jobs.upkeep.recovery import recovery_of
from kiosk.own_command import own_command, quoted
from kiosk.safety.backup_files import Place, backup_places
from kiosk.store.file.database import SCHEMA_VERSION
from kiosk.store.file.keys import read_key
from kiosk.store.file.snapshot import check_quickly, size_of
from kiosk.store.rescue.sealed_point import SealedPoint, read_point
from kiosk.store.tables.agent_tasks import all_tasks
from kiosk.text.answers.messages import TASKS

_READ_AT_MOST = 32_000_000  # bytes: what the doctor reads, so that it asks the same of a station of years
_STALE_H = 36  # a nightly backup that is older was missed


def settings_line(patient: Patient) -> Iterator[Finding]:
    if isinstance(patient.settings, StationFault):
        yield Finding("settings", Level.BAD, patient.settings)
    else:
        yield Finding("settings", Level.OK, told("{path} can be read", path=patient.home.settings))


def key_line(patient: Patient) -> Iterator[Finding]:
    if not patient.is_founded:
        return
    yield _key_file("key", patient.home.key)
    if patient.site and patient.site.settings.backup.key_file:
        yield _key_file("backup_key", patient.home.folder / patient.site.settings.backup.key_file)


def _key_file(line: str, path: Path) -> Finding:
    try:
        read_key(path)
        mode = stat.S_IMODE(path.stat().st_mode)
    except StationFault as fault:
        hidden = isinstance(fault.__cause__, PermissionError)  # it may well be all right
        seen = StationFault(Fault.UNREADABLE_HOME, path=path, detail=fault.detail) if hidden else fault
        return Finding(line, Level.BAD, seen)
    if mode & 0o077:
        what = told("The key file {path} can be read by others ({mode})", path=path, mode=f"{mode:o}")
        return Finding(line, Level.BAD, what, told("Run: chmod 600 {path}", path=quoted(path)))
    return Finding(line, Level.OK, told("The key file {path} is its owner's alone", path=path))


def recovery_line(patient: Patient) -> Iterator[Finding]:
    """Whether the backups bring the station back on a new machine, when this one with its key is gone."""
    if not patient.is_founded or patient.site is None:
        return
    wanted = patient.site.settings.backup
    if wanted.key_kept_at is not None:
        what = told("What opens the backups on a new machine is kept as well: {place}", place=wanted.key_kept_at)
        yield Finding("recovery", Level.OK, what)
    elif wanted.key_file is not None:
        what = told("Backups are sealed: without a copy of {path} nobody opens them", path=wanted.key_file)
        remedy = told('Keep a copy elsewhere and write in [backup] where: key_kept_at = "the safe"')
        yield Finding("recovery", Level.WARN, what, remedy)
    elif (recovery := recovery_of(patient.home)) is not None:
        what = told("The recovery phrase of {day} opens the backups on a new machine", day=recovery.made_on)
        yield Finding("recovery", Level.OK, what)
    else:
        what = told("No backup can be restored on a new machine: the station's key is on this one only")
        remedy = told("Make a recovery phrase: {command}. Or keep a copy of {path} elsewhere and write in [backup]"
                      ' where: key_kept_at = "the safe"', command=own_command(patient.home, "backup", "--new-phrase"),
                      path=patient.home.key)  # fmt: skip
        yield Finding("recovery", Level.WARN, what, remedy)


def private_line(patient: Patient) -> Iterator[Finding]:
    """Nothing is said of what only its owner may touch."""
    settings = patient.settings if isinstance(patient.settings, Settings) else None
    for wide in wide_files(patient.home, settings):
        is_bad = wide.is_secret or wide.may_be_written
        what = told("{path} is open to other users ({mode})", path=wide.path, mode=f"{wide.mode:o}")
        remedy = told("Run: chmod {now} {path}", path=quoted(wide.path), now=f"{wide.wanted:o}")
        yield Finding("private", Level.BAD if is_bad else Level.WARN, what, remedy)


def database_line(patient: Patient) -> Iterator[Finding]:
    """Reads all pages of one that is not large: a tenth of a second. Of a large one it tells when a backup read it."""
    if not patient.is_founded:
        return
    try:
        with looking_into(patient) as conn:
            is_large = size_of(conn) > _READ_AT_MOST
            point = read_point(conn)
            if not is_large:
                check_quickly(conn, patient.home.database)
    except StationFault as fault:
        remedy = told("Keep it, and see what there is to bring back: kiosk backups. What can be read: kiosk salvage")
        yield Finding("database", Level.BAD, fault, remedy if fault.fault is Fault.BROKEN_DATABASE else None)
    else:
        sound = told("The database opens and is sound (schema {version})", version=SCHEMA_VERSION)
        yield _large(patient, point) if is_large else Finding("database", Level.OK, sound)


def _large(patient: Patient, point: SealedPoint | None) -> Finding:
    if point is None:
        what = told("The database opens (schema {version}); nobody has read all of it yet", version=SCHEMA_VERSION)
        return Finding("database", Level.WARN, what, told("The backup does it: kiosk backup. It takes some minutes."))
    zone = patient.settings.time_zone if isinstance(patient.settings, Settings) else None
    days = [f"{datetime.fromisoformat(at).astimezone(zone):%Y-%m-%d}" for at in (point.checked_at, point.whole_at)]
    what = told(
        "The database opens (schema {version}); the backup found it sound on {day}, and every old event on {whole_day}",
        version=SCHEMA_VERSION, day=days[0], whole_day=days[1],
    )  # fmt: skip
    return Finding("database", Level.OK, what)


def nights_line(patient: Patient) -> Iterator[Finding]:
    """What the agent last failed on at night, such as a log that was changed."""
    try:
        with looking_into(patient) as conn:
            failed = [task for task in all_tasks(conn) if task.failure is not None]
    except StationFault:
        return  # the line of the database tells it
    for task in failed:
        name = told(TASKS[task.task]) if task.task in TASKS else task.task
        what = told("{task}: failed at night ({failure})", task=name, failure=task.failure)
        yield Finding(f"night:{task.task}", Level.WARN, what, told("Mend that; it is tried again the next night."))


def clock_line(patient: Patient) -> Iterator[Finding]:
    """In the station's own time. Without a database, the program's own age is all there is to go by."""
    now = patient.clock.now().astimezone(patient.settings.time_zone if isinstance(patient.settings, Settings) else None)
    shown = f"{now:%Y-%m-%d %H:%M %Z}"
    ahead, doubted = _looked_at(patient)
    remedy = told("Set the clock: timedatectl set-time, or connect the network or a clock module.")
    right = told("Set it, or if it is right, say so: kiosk clock --right")
    if now < RELEASED:
        what = told("The clock is wrong: {now} is before this program was made", now=shown)
        yield Finding("clock", Level.BAD, what, remedy)
    elif ahead:
        what = told(
            "The clock is behind: the newest event was recorded at {time}",
            time=f"{ahead.astimezone(now.tzinfo):%Y-%m-%d %H:%M %Z}",
        )
        yield Finding("clock", Level.BAD, what, right)
    elif doubted:
        what = told("The clock has jumped to {now}: nothing is erased for a day", now=shown)
        yield Finding("clock", Level.WARN, what, right)
    else:
        yield Finding("clock", Level.OK, told("The clock is plausible: {now}", now=shown))


def _looked_at(patient: Patient) -> tuple[datetime | None, datetime | None]:
    """What it has been already, and until when the clock is doubted."""
    try:
        with looking_into(patient) as conn:
            return recorded_after(conn, patient.clock.now()), doubted_until(conn, patient.clock)
    except StationFault:
        return None, None


def backups_line(patient: Patient) -> Iterator[Finding]:
    places = backup_places(patient.site) if patient.site else ()
    for place in places:
        yield from _second_place(patient, place) if place.is_second else ()
        yield _newest(patient, place)
    if places and not places[-1].is_second:
        what = told("Backups are kept on the station's own disk only")
        yield Finding("second_place", Level.WARN, what, told("Set second_place in [backup]: a folder on a USB stick."))


def _newest(patient: Patient, place: Place) -> Finding:
    line = "second_backups" if place.is_second else "backups"
    now = patient.clock.now()
    all_good = [one for one in patient.backups if one.place == place and one.is_good]
    good = [one for one in all_good if not one.is_ahead(now)]
    if all_good and not good:
        what = told("{path} is dated ahead of the clock and not counted", path=all_good[0].path)
        return Finding(line, Level.BAD, what, told("Set the clock, then make one: kiosk backup"))
    if not good:
        what = told("There is no good backup in {path}", path=place.folder)
        return Finding(line, Level.BAD, what, told("Make one now: kiosk backup"))
    hours = (now - good[0].made_at) / timedelta(hours=1)
    what = told("The newest backup in {path} is {hours} h old", path=place.folder, hours=f"{hours:.0f}")
    if len(all_good) > len(good):
        what = told("{path} is dated ahead of the clock and not counted", path=all_good[0].path)
        return Finding(line, Level.WARN, what, told("Look at the clock; delete that backup if its date was wrong."))
    if hours > _STALE_H:
        return Finding(line, Level.WARN, what, told("Make one now: kiosk backup. The nightly one failed."))
    return Finding(line, Level.OK, what)


def _second_place(patient: Patient, place: Place) -> Iterator[Finding]:
    if not os.access(place.folder, os.W_OK | os.X_OK):
        what = told("The second place {path} cannot be written or is not there", path=place.folder)
        yield Finding("second_place", Level.BAD, what, told("Plug the stick in, make the folder, or correct [backup]."))
    elif place.folder.stat().st_dev == patient.home.folder.stat().st_dev:
        what = told("The second place {path} is on the same disk as the station", path=place.folder)
        yield Finding("second_place", Level.WARN, what, told("It would die with it: choose a folder on a stick."))
    else:
        yield Finding("second_place", Level.OK, told("The second place {path} is there", path=place.folder))


STATION_LINES: tuple[Line, ...] = (
    settings_line, key_line, recovery_line, private_line, database_line, nights_line, clock_line, backups_line,
)  # fmt: skip
