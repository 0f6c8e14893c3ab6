"""What is said of backups: made, listed, restored, salvaged."""

from datetime import datetime
from pathlib import Path

from kiosk.jobs.upkeep.back_up import BackedUp
from kiosk.safety.backup_files import Backup
from kiosk.safety.restore import Restored
from kiosk.safety.salvage import Salvaged
from kiosk.text import Say
from kiosk.text.refusals import PROBLEMS


def backed_up(say: Say, answer: BackedUp) -> str:
    kind = say("sealed") if answer.sealed else say("not sealed")
    lines = [
        say(
            "{count} event is backed up: {path}",
            "{count} events are backed up: {path}",
            count=answer.events,
            path=answer.path,
        ),
        f"{_size(answer.bytes)}, {kind}",
    ]
    if answer.recovery:
        lines.append(say("On a new machine the recovery phrase opens it."))
    elif not answer.sealed:
        lines.append(say("It does not hold the station's key. Make a recovery phrase: kiosk backup --new-phrase"))
    if answer.second:
        lines.append(say("Copied to {path}", path=answer.second))
    if answer.second_problem:
        lines.append(say("NOT in the second place: {why}", why=answer.second_problem))
    if not answer.verifies:
        lines.append(say("The station does not verify (see: kiosk verify), so older backups are kept."))
    if answer.removed:
        lines.append(say("{count} outdated one is gone.", "{count} outdated ones are gone.", count=answer.removed))
    return "\n".join(lines)


def phrase_made(say: Say, phrase: str, number: str, day: str) -> str:
    """For a sheet of paper, however narrow."""
    return "\n".join([
        say("Recovery phrase of station {number}, made on {day}", number=number, day=day), "",
        *phrase_rows(phrase, 2), "",
        say("With it and a backup the station comes back on a new machine: kiosk restore FILE. Keep it where the"
            " machine and the backups are not. It is not shown again."),
    ])  # fmt: skip


def phrase_rows(phrase: str, columns: int) -> list[str]:
    """Each group with its number."""
    numbered = [f"{number:2} {group}" for number, group in enumerate(phrase.split(" "), 1)]
    return ["  ".join(numbered[start : start + columns]) for start in range(0, len(numbered), columns)]


def key_made(say: Say, path: Path) -> str:
    """What to do with it, for without the key no sealed backup can be opened."""
    return say(
        "The key is in {path}. Name it in station.toml under [backup] as key_file, and keep a copy in a safe place:"
        " without it nobody opens a sealed backup.",
        path=path,
    )


def backup(say: Say, one: Backup, made_at: datetime, *, is_ahead: bool = False) -> str:
    """A line of the list. `is_ahead`: of the clock, as it is now."""
    place = say("second place") if one.place.is_second else say("at home")
    seal = say("sealed") if one.sealed else say("not sealed")
    state = (
        say("{count} event", "{count} events", count=one.events)
        if one.problem is None
        else say(PROBLEMS[one.problem][0])
    )
    ahead = "  " + say("(dated ahead of the clock)") if is_ahead else ""
    return f"{made_at:%Y-%m-%d %H:%M}{ahead}  {_size(one.bytes):>9}  {place}  {seal}  {state}  {one.path}"


def restored(say: Say, answer: Restored, made_at: datetime) -> str:
    lines = [say("The station is as it was on {time}.", time=f"{made_at:%Y-%m-%d %H:%M}")]
    if answer.replayed:
        lines.append(
            say(
                "{count} event after that was brought back out of the old log.",
                "{count} events after that were brought back out of the old log.",
                count=answer.replayed,
            )
        )
    if answer.lost is None:
        lines.append(say("What happened after that is lost: the old log cannot be read or was left out."))
    elif answer.lost:
        lines.append(
            say(
                "{count} event after that is lost. Count the shelves.",
                "{count} events after that are lost. Count the shelves.",
                count=answer.lost,
            )
        )
    if answer.replayed and not answer.is_complete:
        lines.append(say("Some phones, PINs or passes since the backup could not be read."))
    if answer.aside:
        lines.append(say("The old database is kept in {path}", path=answer.aside))
    if answer.installed:
        lines.append(say("Also out of the backup: {files}", files=", ".join(answer.installed)))
    return "\n".join(lines)


def salvaged(say: Say, answer: Salvaged) -> str:
    lines = [f"{count:8}  {table}" for table, count in answer.rows.items()]
    if answer.incomplete:
        lines.append(say("Not all could be read of: {tables}", tables=", ".join(answer.incomplete)))
    else:
        lines.append(say("All rows could be read."))
    lines.append(say("They are in {path}. The database itself was left as it is.", path=answer.path))
    return "\n".join(lines)


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
