"""`kiosk update`: another version of this program on the machine that it runs on. For root."""

import os
import signal
import sys
from pathlib import Path

import click

from kiosk.appliance import said as update_answers
from kiosk.appliance.outcomes import CameBack, Step, Updated, UpToDate
from kiosk.appliance.places import Places
from kiosk.appliance.trust import KeyDropped, KeyTrusted, distrust, key_to_trust, trust, trusted_keys
from kiosk.appliance.update import Machine, Wish, go_back, recover
from kiosk.appliance.update import update as updating
from kiosk.cli.invocation import Invocation
from kiosk.cli.output import EXIT_BROKEN, emit, fields_of, json_option, refuse, say
from kiosk.durable import naming_files
from kiosk.parcels.problems import Refused

_FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)
_OPT = Places().opt
_Answer = Updated | CameBack | UpToDate | KeyTrusted | KeyDropped | Refused | None


@click.command()
@click.argument("source", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--wheels", type=_FOLDER, help=say()("Packages lie in this folder; no network is needed."))
@click.option("--back", is_flag=True, help=say()("To the version before; with SOURCE, also to an older one."))
@click.option("--to-backup", is_flag=True, help=say()("With the database of before the update."))
@click.option("--keys", is_flag=True, help=say()("Tell whose versions are taken here."))
@click.option("--trust", "trusts", metavar="KEY", help=say()("Take versions signed with this minisign key (file) too."))
@click.option("--distrust", "distrusts", metavar="ID", help=say()("Take a key that was added away again."))
@click.option("--yes", is_flag=True, help=say()("With --trust: without being asked."))
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
    keys: bool,
    trusts: str | None,
    distrusts: str | None,
    yes: bool,
    recovers: bool,
    opt: Path,
    as_json: bool,
) -> None:
    about_keys = (keys, trusts is not None, distrusts is not None)
    if sum((source is not None or back, recovers, *about_keys)) != 1 or (to_backup and (not back or source)):
        raise click.UsageError(
            say()("Either SOURCE (the signed archive of a version), or --back, --keys, --trust or --distrust.")
        )
    if not opt.is_dir():
        raise click.UsageError(
            say()("This machine was not set up with scripts/install-pi: there is nothing to update.")
        )
    if keys:
        _tell_keys(opt, as_json)
        return
    if trusts is not None:
        _answer(_trust(opt, trusts, yes), as_json)
        return
    with naming_files(opt):
        if distrusts is not None:
            _answer(distrust(opt, distrusts), as_json)
            return
        places = Places(opt, invocation.home.folder) if invocation.home_was_named else Places(opt)
        answer = _exchange(places, source, Wish(wheels, back), to_backup, recovers, as_json)
    _answer(answer, as_json)
    if isinstance(answer, CameBack) and not recovers:
        sys.exit(EXIT_BROKEN)


def _exchange(
    places: Places, source: Path | None, wish: Wish, to_backup: bool, recovers: bool, as_json: bool
) -> _Answer:
    for number in (signal.SIGHUP, signal.SIGINT):  # a lost connection, an impatient key: now it is brought to its end
        signal.signal(number, signal.SIG_IGN)
    os.umask(0o022)  # the station's user runs what root makes

    def tell(step: Step) -> None:
        if not as_json:
            click.echo(update_answers.step(say(), step), err=True)

    machine = Machine(tell=tell)
    if recovers:
        return recover(places, machine)
    return go_back(places, machine, to_backup=to_backup) if source is None else updating(places, source, machine, wish)


def _trust(opt: Path, told: str, yes: bool) -> KeyTrusted | Refused:
    key = key_to_trust(told)
    if isinstance(key, Refused):
        return key
    if not yes:
        click.confirm(update_answers.before_trusting(say(), key), abort=True, err=True)
    with naming_files(opt):
        return trust(opt, key)


def _tell_keys(opt: Path, as_json: bool) -> None:
    trusted = trusted_keys(opt)
    told = [{"key": one.key.name, "public_key": one.key.line, "is_owners": one.is_owners} for one in trusted]
    emit({"keys": told}, update_answers.keys(say(), trusted), as_json=as_json)


def _answer(answer: _Answer, as_json: bool) -> None:
    if answer is None:
        return
    if isinstance(answer, Refused):
        refuse(answer, as_json=as_json)
    fields = fields_of(answer) | ({"ok": False, "problem": "came_back"} if isinstance(answer, CameBack) else {})
    emit(fields, update_answers.outcome(say(), answer), as_json=as_json)
