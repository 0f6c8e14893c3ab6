"""What every command shares: opening the station, `--json`, sentences, exit codes."""

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from kiosk.cli.invocation import Invocation
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.sheets import StationEvent
from kiosk.text import Say, language_of_environment, words
from kiosk.text.refusals import problem_sentence
from kiosk.text.sentences import fault_sentence

if TYPE_CHECKING:
    from kiosk.counter.answers import StaffAnswer
    from kiosk.jobs.station import Station

EXIT_REFUSED = 1
EXIT_BROKEN = 3
_BLACK_ON_WHITE, _USUAL_COLOURS = "\x1b[38;2;0;0;0;48;2;255;255;255m", "\x1b[0m"

T = TypeVar("T")
_Command = TypeVar("_Command", bound=Callable[..., Any])


def json_option(command: _Command) -> _Command:
    return click.option("--json", "as_json", is_flag=True, help=say()("One JSON object per line."))(command)


def say() -> Say:
    return words(language_of_environment())


def terminal_name(invocation: Invocation, kind: str = "cli") -> str:
    """Two shells or screens are two terminals: the next check-in confirms the put-away of its own one only."""
    if invocation.terminal:
        return invocation.terminal
    try:
        return f"{kind}-{os.ttyname(0).removeprefix('/dev/').replace('/', '-')}"
    except OSError:
        return kind


def log_to_file(home: StationHome) -> None:
    """For programs that own the terminal: nothing else may write there."""
    from kiosk.log_file import LogFile  # 2 ms: for screens alone

    try:
        home.log_file.touch(mode=0o600)  # its owner's: it tells what goes on here
        handler = LogFile(home.log_file)
        logging.basicConfig(handlers=[handler], format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    except OSError:  # a read-only disk stops no pick-up
        logging.basicConfig(handlers=[logging.NullHandler()])


def refuse_without_terminal() -> None:
    """A screen needs one. Raises StationFault(NO_TERMINAL)."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise StationFault(Fault.NO_TERMINAL)


def asked_in_secret(question: str, *, twice: bool = False) -> str:
    """What is typed unseen. Raises StationFault(NO_TERMINAL) where nobody can type."""
    if not sys.stdin.isatty():
        raise StationFault(Fault.NO_TERMINAL)
    answer: str = click.prompt(question, hide_input=True, confirmation_prompt=twice, prompt_suffix=say()(": "))
    return answer


@contextmanager
def opened_station(invocation: Invocation, who: str = "staff") -> "Iterator[Station]":
    # 21 ms with the store: not for --version, --help and what needs no station
    from kiosk.jobs.station import Operation, open_station
    from kiosk.safety.offer_backup import offering_backup
    from kiosk.store.file.database import naming_faults

    station = open_station(invocation.home, terminal=terminal_name(invocation), who=who, looking=True)
    if invocation.operation is not None:
        station = replace(station, operation=Operation(invocation.operation))
    try:
        if invocation.staff is not None and who == "staff":
            station = _as_colleague(station, invocation.staff)
        if who == "staff":
            _warn_of_clock(station)
        with offering_backup(invocation.home), naming_faults(invocation.home.database):
            yield station
    finally:
        station.close()


def _warn_of_clock(station: "Station") -> None:
    """What is recorded now has a time that is a guess: whoever works here may know what time it is."""
    from kiosk.jobs.clock_watch import recorded_after

    if was := recorded_after(station.conn, station.clock.now()):
        from kiosk.text.clock_words import clock_is_behind

        click.echo(clock_is_behind(say(), was.astimezone(station.settings.time_zone)), err=True)


def _as_colleague(station: "Station", number: str) -> "Station":
    from kiosk.jobs.allowed import refuse as put_on_record
    from kiosk.parcels.roles import Role
    from kiosk.store.tables.staff import by_number, who_is

    one = by_number(station.conn, number)
    if one is None:
        put_on_record(station, StationEvent.SIGN_IN)
        refuse(Refused(Problem.NO_SUCH_STAFF), as_json=bool(click.get_current_context().params.get("as_json")))
    return replace(station, who=who_is(one.number), role=Role(one.role), standing=one.standing)


def emit_answer(answer: "StaffAnswer", *, as_json: bool) -> None:
    """Any answer of a staff job, in the words that the desk has for it; a refusal exits 1."""
    from kiosk.text.answers.any_answer import words_of  # 32 ms, with all jobs

    if isinstance(answer, Refused):
        refuse(answer, as_json=as_json)
    said = words_of(say(), answer)
    emit(fields_of(answer), "\n".join([*said.lines, *said.table]), as_json=as_json)
    if said.qr and not as_json:
        _show_qr(said.qr)


def _show_qr(text: str) -> None:
    """In the colours that scanners read, where this is a terminal; a file gets what is black."""
    from kiosk.text.qr_lines import qr_lines

    lines = qr_lines(text)
    if not sys.stdout.isatty():
        click.echo("\n".join(lines))
        return
    sys.stdout.flush()
    painted = "".join(f"{_BLACK_ON_WHITE}{line}{_USUAL_COLOURS}\n" for line in lines)
    sys.stdout.buffer.write(painted.encode())  # past plain_output, which would show the codes of colours
    sys.stdout.buffer.flush()


def fields_of(answer: object) -> dict[str, object]:
    """The fields of a dataclass or named tuple as programs read them; a look is its colour and its pattern."""
    fields: dict[str, object] = {}
    names = answer._fields if hasattr(answer, "_fields") else [f.name for f in dataclass_fields(answer)]  # type: ignore[arg-type]
    for name in names:
        value = getattr(answer, name)
        if name == "look":
            fields |= {"colour": value.colour if value else None, "pattern": value.pattern if value else None}
        elif name != "parcel_id":
            fields[name] = _as_field(value)
    return fields


def _as_field(value: object) -> object:
    if is_dataclass(value) or hasattr(value, "_fields"):
        return fields_of(value)
    if isinstance(value, tuple | list):
        return [_as_field(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): _as_field(item) for name, item in value.items()}
    if isinstance(value, Enum) and not isinstance(value, str):
        return value.name
    return value


def emit(fields: Mapping[str, object], text: str, *, as_json: bool) -> None:
    """One result: a JSON line for programs, a sentence for people."""
    click.echo(json.dumps({"ok": True, **fields}, ensure_ascii=False, default=_plain) if as_json else text)


def accepted(answer: T | Refused, *, as_json: bool) -> T:
    """The answer; of a refusal is said why, and the program exits 1."""
    if isinstance(answer, Refused):
        refuse(answer, as_json=as_json)
    return answer


def refuse(refused: Refused, *, as_json: bool) -> NoReturn:
    """Say why not, and exit 1."""
    tell_refusal(refused, as_json=as_json)
    sys.exit(EXIT_REFUSED)


def tell_refusal(refused: Refused, *, as_json: bool) -> None:
    """Say why not."""
    sentence = problem_sentence(say(), refused)
    if as_json:
        fields = {"ok": False, "problem": refused.problem, "slot": refused.slot, "message": sentence}
        if refused.due_fen:
            fields["due_fen"] = refused.due_fen
        if refused.wait_s:
            fields["wait_s"] = refused.wait_s
        if refused.state is not None:
            fields["state"] = refused.state
        if refused.at is not None:
            fields |= {"at": refused.at.isoformat(), "who": refused.who}
        click.echo(json.dumps(fields, ensure_ascii=False))
    else:
        click.echo(sentence, err=True)


def report_fault(fault: StationFault, *, as_json: bool) -> None:
    sentence = fault_sentence(say(), fault)
    if as_json:
        click.echo(json.dumps({"ok": False, "problem": fault.fault, "message": sentence}, ensure_ascii=False))
    else:
        click.echo(sentence, err=True)


def tell_when_dark(station: "Station", slots: Sequence[str]) -> bool:
    """Whether some of the slots have a light now; where they have none, say so and go on."""
    from kiosk.lights.status import dark_slots, read_status  # 3 ms: few commands light anything

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
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not go into JSON")
