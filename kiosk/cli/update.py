"""`kiosk update`: another version of this program on the machine that it runs on. For root."""

import signal
import sys
from pathlib import Path

import click

from kiosk.appliance import said as update_answers
from kiosk.appliance.places import Places
from kiosk.appliance.update import CameBack, Machine, Step, Updated, UpToDate, go_back, recover
from kiosk.appliance.update import update as updating
from kiosk.cli.invocation import Invocation
from kiosk.cli.output import EXIT_BROKEN, emit, fields_of, json_option, refuse, say
from kiosk.durable import naming_files
from kiosk.parcels.problems import Refused

_FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)
_OPT = Places().opt


@click.command()
@click.argument("source", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--wheels", type=_FOLDER, help=say()("Packages lie in this folder; no network is needed."))
@click.option("--back", is_flag=True, help=say()("To the version before."))
@click.option("--to-backup", is_flag=True, help=say()("With the database of before the update."))
@click.option("--recover", "recovers", is_flag=True, hidden=True)
@click.option("--opt", envvar="KIOSK_OPT", type=click.Path(path_type=Path), default=_OPT, hidden=True)
@json_option
@click.pass_obj
def update(
    invocation: Invocation,
    source: Path | None,
    wheels: Path | None,
    back: bool,
    to_backup: bool,
    recovers: bool,
    opt: Path,
    as_json: bool,
) -> None:
    if (source is None) != (back or recovers) or (to_backup and not back):
        raise click.UsageError(say()("Either SOURCE (a folder or tar of the new version) or --back."))
    if not opt.is_dir():
        raise click.UsageError(
            say()("This machine was not set up with scripts/install-pi: there is nothing to update.")
        )
    places = Places(opt, invocation.home.folder) if invocation.home_was_named else Places(opt)
    for number in (signal.SIGHUP, signal.SIGINT):  # a lost connection, an impatient key: now it is brought to its end
        signal.signal(number, signal.SIG_IGN)

    def tell(step: Step) -> None:
        if not as_json:
            click.echo(update_answers.step(say(), step), err=True)

    machine = Machine(tell=tell)
    with naming_files(opt):
        answer: Updated | CameBack | UpToDate | Refused | None
        if recovers:
            answer = recover(places, machine)
        else:
            answer = (
                go_back(places, machine, to_backup=to_backup)
                if source is None
                else updating(places, source, machine, wheels)
            )
    if answer is None:
        return
    if isinstance(answer, Refused):
        refuse(answer, as_json=as_json)
    text = update_answers.outcome(say(), answer)
    fields = fields_of(answer) | ({"ok": False, "problem": "came_back"} if isinstance(answer, CameBack) else {})
    emit(fields, text, as_json=as_json)
    if isinstance(answer, CameBack) and not recovers:
        sys.exit(EXIT_BROKEN)
