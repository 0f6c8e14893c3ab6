"""The recovery phrase at the command line: shown once, and asked for. It is no argument: others see those."""

import sys
from dataclasses import replace
from random import SystemRandom

import click

from kiosk.cli.output import accepted, refuse, say
from kiosk.jobs.station import Station
from kiosk.jobs.upkeep.recovery import take_phrase
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.safety.restore import Restored, Wish, restore
from kiosk.store.rescue.phrase import DIGITS, GROUPS, group_of, new_phrase, read_phrase, two_groups
from kiosk.text.answers.backups import phrase_made

_TRIES, _MOST_READ = 3, 10_000


def make_phrase(station: Station, *, on_paper: bool, as_json: bool) -> str:
    """Shown, and taken once two groups of it were typed off the paper; a program and a pipe are not asked. `on_paper`:
    printed as well."""
    if station.role is not Role.MANAGER:
        refuse(Refused(Problem.NOT_ALLOWED), as_json=as_json)
    phrase, day = new_phrase(SystemRandom()), f"{station.local(station.stamp()):%Y-%m-%d}"
    sheet = phrase_made(say(), phrase, station.settings.number, day)
    if on_paper:
        _print(station, sheet)
    if not as_json:
        click.echo(sheet)
        sys.stdout.flush()
        if sys.stdin.isatty():
            _confirm(phrase)
    accepted(take_phrase(station, phrase), as_json=as_json)
    return phrase


def restored_by_phrase(wish: Wish) -> Restored | Refused:
    """A person may try again; a program, or a file of the phrase, is read to its end and has one try."""
    if not sys.stdin.isatty():
        phrase = _piped_phrase()
        return phrase if isinstance(phrase, Refused) else restore(replace(wish, phrase=phrase))
    for _ in range(_TRIES):
        found = restore(replace(wish, phrase=_typed_phrase()))
        if not isinstance(found, Refused) or found.problem is not Problem.WRONG_PHRASE:
            break
        click.echo(say()("This is not the phrase of this backup: it was made on {day}.", day=found.detail), err=True)
    return found


def _piped_phrase() -> str | Refused:
    found = read_phrase(sys.stdin.read(_MOST_READ))
    if found.phrase is not None:
        return found.phrase
    if not found.digits:
        return Refused(Problem.PHRASE_NEEDED)
    if found.wrong:
        return Refused(Problem.PHRASE_MISTYPED, detail=", ".join(map(str, found.wrong)))
    return Refused(Problem.PHRASE_TOO_SHORT, detail=f"{found.digits}/{GROUPS * DIGITS}")


def _print(station: Station, sheet: str) -> None:
    from kiosk.labels.sheet_printing import print_sheet

    if not print_sheet(station.settings.printer, sheet):
        click.echo(say()("No printer takes it here: write it down by hand."), err=True)


def _confirm(phrase: str) -> None:
    click.echo(err=True)
    ask = say()("Write it down now. Then type two of its groups off the paper; Ctrl-C keeps all as it was.")
    click.echo(ask, err=True)
    for number in two_groups(SystemRandom()):
        while _asked(say()("Group {number}", number=number)) != group_of(phrase, number):
            click.echo(say()("The paper says something else. Look at it once more."), err=True)


def _typed_phrase() -> str:
    """In as many lines as one likes."""
    click.echo(say()("The recovery phrase, ten groups of five digits:"), err=True)
    found, typed = read_phrase(""), ""
    while found.phrase is None:
        more = _asked(say()("So far {count} of {all}", count=found.digits, all=GROUPS * DIGITS))
        fresh = read_phrase(f"{typed} {more}")
        if fresh.wrong or fresh.digits > GROUPS * DIGITS:
            _tell_wrong(fresh.wrong)
        else:
            found, typed = fresh, f"{typed} {more}"
    return found.phrase


def _tell_wrong(wrong: tuple[int, ...]) -> None:
    if wrong:
        groups = ", ".join(map(str, wrong))
        click.echo(say()("A digit is wrong in group {groups}. Type this line once more.", groups=groups), err=True)
    else:
        click.echo(say()("These are too many digits. Type this line once more."), err=True)


def _asked(question: str) -> str:
    answer: str = click.prompt(question, err=True)
    return answer.strip()
