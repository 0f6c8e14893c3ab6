"""What is done once a night: forgetting people, backing up, emptying the log of writes; and once a day, reminding."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from kiosk.agent.nights import newest_night
from kiosk.config.message_kinds import MessageKind
from kiosk.faults import StationFault
from kiosk.jobs.clock_watch import recorded_after, watch_clock
from kiosk.jobs.keeping.overdue import remind
from kiosk.jobs.people.purge import purge
from kiosk.jobs.station import Station
from kiosk.jobs.upkeep.back_up import back_up
from kiosk.messages.turn import pause_after
from kiosk.parcels.problems import Refused
from kiosk.store.file.database import truncate_wal
from kiosk.store.tables.agent_tasks import AgentTask, note_task, read_task

REMIND, _PURGE = "remind", "purge"
_REMIND_WITHIN = timedelta(hours=4)  # a reminder that was missed this morning is not sent at midnight
FIRST_PAUSE, LONGEST_PAUSE, MOST_TRIES = timedelta(minutes=10), timedelta(hours=2), 6
log = logging.getLogger("kiosk.agent")


def _purge(station: Station) -> str | None:
    answer = purge(station)
    if isinstance(answer, Refused):
        return str(answer.problem)
    if answer.found_in:
        return f"still in {', '.join(answer.found_in)}"
    if answer.hindrance is not None:
        return str(answer.hindrance)
    return None if answer.proven else "not every file could be searched for who was erased"


def _back_up(station: Station) -> str | None:
    answer = back_up(station)
    if isinstance(answer, Refused):
        return str(answer.problem)
    if not answer.verifies:
        return f"{answer.path}: a rule of custody is broken (kiosk verify)"
    return answer.second_problem


def _checkpoint(station: Station) -> str | None:
    return None if truncate_wal(station.conn) else "somebody reads old pages of the log of writes"


# In this order: a backup without those who were forgotten. Each answers what it failed on, or None.
TASKS: dict[str, Callable[[Station], str | None]] = {_PURGE: _purge, "backup": _back_up, "checkpoint": _checkpoint}


def due_tasks(station: Station) -> list[str]:
    """What the last night, or the station's being off, has left to do; what failed comes again after a while."""
    now, zone = station.clock.now().astimezone(UTC), station.settings.time_zone
    since = newest_night(now, station.settings.agent.nightly_at, zone)
    due = [name for name in TASKS if _is_due(read_task(station.conn, name), since, now)]
    is_doubted = watch_clock(station) is not None  # looked at in every round: only so is a jump told from time
    return [name for name in due if not (is_doubted and name == _PURGE)]


def _is_due(task: AgentTask | None, since: datetime, now: datetime) -> bool:
    if task is None:
        return True
    if task.done_at is not None and since <= datetime.fromisoformat(task.done_at) <= now + timedelta(days=1):
        return False
    tried_at = datetime.fromisoformat(task.tried_at)
    if task.failure is None or tried_at < since or tried_at > now:  # a clock that was set back holds nothing up
        return True
    pause = pause_after(task.tries, FIRST_PAUSE, LONGEST_PAUSE)
    return task.tries < MOST_TRIES and tried_at + pause <= now


def do_task(station: Station, name: str) -> str | None:
    """Do it and put on record how it went; returns what it failed on."""
    started = station.clock.monotonic()
    try:
        failure = TASKS[name](station)
    except StationFault as fault:
        failure = str(fault)
    except Exception as defect:  # messages go out all the same, and the desk says what was not done
        log.exception("%s met a defect", name)
        failure = f"{type(defect).__name__}: {defect}"
    try:
        with station.transaction():
            note_task(station.conn, name, station.clock_stamp(), failure)
    except StationFault as full:  # such as of a full disk: the agent remembers as long as it runs
        log.error("%s is not on record: %s", name, full)
        failure = failure or str(full)
    if failure is None:
        log.info("%s is done (%.1f s)", name, station.clock.monotonic() - started)
    else:
        log.error("%s failed: %s", name, failure)
    return failure


def remind_if_due(station: Station) -> int:
    """Once a day, at the hour that is set, where any channel takes reminders; returns how many parcels. None by a clock
    that may be wrong: nobody takes back that a parcel which came today is overdue."""
    if not station.settings.messages.sends(MessageKind.REMINDER):
        return 0
    local, at = station.local(station.clock_stamp()), station.settings.messages.remind_at
    begins = datetime.combine(local.date(), at, local.tzinfo)
    task = read_task(station.conn, REMIND)
    is_done = task is not None and task.done_at is not None and station.local(task.done_at).date() == local.date()
    if is_done or not begins <= local < begins + _REMIND_WITHIN or _is_clock_wrong(station):
        return 0
    answer = remind(station)
    with station.transaction():
        note_task(station.conn, REMIND, station.clock_stamp(), None)
    return 0 if isinstance(answer, Refused) else len(answer.parcels)


def _is_clock_wrong(station: Station) -> bool:
    return watch_clock(station) is not None or recorded_after(station.conn, station.clock.now()) is not None
