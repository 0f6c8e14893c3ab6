"""What every command shares: opening the station, `--json`, sentences, exit codes."""

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from kiosk.faults import Fault, StationFault
from kiosk.parcels.problems import Refused
from kiosk.text import Say, language_of_environment, words
from kiosk.text.refusals import problem_sentence
from kiosk.text.sentences import fault_sentence

if TYPE_CHECKING:
    from kiosk.cli import Invocation
    from kiosk.home import StationHome
    from kiosk.jobs.station import Station

EXIT_REFUSED = 1
EXIT_BROKEN = 3

_Command = TypeVar("_Command", bound=Callable[..., Any])


def json_option(command: _Command) -> _Command:
    return click.option("--json", "as_json", is_flag=True, help=say()("One JSON object per line."))(command)


def say() -> Say:
    return words(language_of_environment())


def terminal_name(invocation: "Invocation", kind: str = "cli") -> str:
    """Two shells or screens are two terminals: the next check-in confirms the put-away of its own one only."""
    if invocation.terminal:
        return invocation.terminal
    try:
        return f"{kind}-{os.ttyname(0).removeprefix('/dev/').replace('/', '-')}"
    except OSError:
        return kind


def log_to_file(home: "StationHome") -> None:
    """For programs that own the terminal: nothing else may write there."""
    try:
        logging.basicConfig(
            filename=home.folder / "kiosk.log", format="%(asctime)s %(levelname)s %(name)s: %(message)s"
        )
    except OSError:  # a read-only disk stops no pick-up
        logging.basicConfig(handlers=[logging.NullHandler()])


def refuse_without_terminal() -> None:
    """A screen needs one. Raises StationFault(NO_TERMINAL)."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise StationFault(Fault.NO_TERMINAL)


@contextmanager
def opened_station(invocation: "Invocation", who: str = "staff") -> "Iterator[Station]":
    from kiosk.jobs.station import open_station
    from kiosk.store.database import naming_faults

    station = open_station(invocation.home, terminal=terminal_name(invocation), who=who)
    try:
        with naming_faults(invocation.home.database):
            yield station
    finally:
        station.close()


def emit(fields: Mapping[str, object], text: str, *, as_json: bool) -> None:
    """One result: a JSON line for programs, a sentence for people."""
    click.echo(json.dumps({"ok": True, **fields}, ensure_ascii=False, default=_plain) if as_json else text)


def refuse(refused: Refused, *, as_json: bool) -> NoReturn:
    """Say why not, and exit 1."""
    sentence = problem_sentence(say(), refused)
    if as_json:
        fields = {"ok": False, "problem": refused.problem, "slot": refused.slot, "message": sentence}
        click.echo(json.dumps(fields, ensure_ascii=False))
    else:
        click.echo(sentence, err=True)
    sys.exit(EXIT_REFUSED)


def report_fault(fault: StationFault, *, as_json: bool) -> None:
    sentence = fault_sentence(say(), fault)
    if as_json:
        click.echo(json.dumps({"ok": False, "problem": fault.fault, "message": sentence}, ensure_ascii=False))
    else:
        click.echo(sentence, err=True)


def tell_when_dark(station: "Station", slots: Sequence[str]) -> bool:
    """Whether some of the slots have a light now; where they have none, say so and go on."""
    from kiosk.lights.status import dark_slots, read_status

    if not station.leases.ring():
        click.echo(say()("No program drives the lights now (start one with: kiosk lights)."), err=True)
        return False
    dark = dark_slots(station.settings, read_status(station.home.runtime())).intersection(slots)
    if dark:
        click.echo(say()("No light at {slots}: go by the slot's number.", slots=", ".join(sorted(dark))), err=True)
    return len(dark) < len(set(slots))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    raise TypeError(f"{type(value).__name__} does not go into JSON")
