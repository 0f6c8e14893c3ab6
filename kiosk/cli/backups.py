"""Commands for backups: making, listing and restoring them, and saving what a damaged database still holds."""

from datetime import datetime
from pathlib import Path

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import accepted, emit, fields_of, json_option, opened_station, refuse, say, terminal_name
from kiosk.clock import Clock
from kiosk.config import read_settings
from kiosk.jobs.upkeep.back_up import back_up, make_backup_key
from kiosk.parcels.problems import Problem, Refused
from kiosk.safety.backup_files import Backup, Site, list_backups
from kiosk.safety.restore import Wish
from kiosk.safety.restore import restore as restoring
from kiosk.safety.salvage import salvage as salvaging
from kiosk.text.answers import backups as backup_answers

_FILE = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option("--to", type=_FOLDER, help=say()("Into this folder alone, such as a USB stick's."))
@click.option("--keep", is_flag=True, help=say()("It stays when younger ones come: one of the last three such."))
@click.option("--make-key", type=_FILE, help=say()("Make a key file for sealing backups, and no backup."))
@click.option("--new-phrase", is_flag=True, help=say()("Make a new recovery phrase, and a backup that it opens."))
@click.option("--print", "on_paper", is_flag=True, help=say()("With --new-phrase: on the station's printer as well."))
@json_option
@click.pass_obj
def backup(
    invocation: Invocation,
    to: Path | None,
    keep: bool,
    make_key: Path | None,
    new_phrase: bool,
    on_paper: bool,
    as_json: bool,
) -> None:
    if make_key is not None:
        refused = make_backup_key(make_key)
        if refused is not None:
            refuse(refused, as_json=as_json)
        emit({"key_file": str(make_key)}, backup_answers.key_made(say(), make_key), as_json=as_json)
        return
    fields: dict[str, object] = {}
    with opened_station(invocation) as station:
        if new_phrase:
            from kiosk.cli.recovery import make_phrase  # once in years

            fields["phrase"] = make_phrase(station, on_paper=on_paper, as_json=as_json)
        answer = accepted(back_up(station, to, lasting=keep), as_json=as_json)
    emit(fields | fields_of(answer), backup_answers.backed_up(say(), answer), as_json=as_json)


@click.command()
@click.option("--check", is_flag=True, help=say()("Read each one to its last byte."))
@json_option
@click.pass_obj
def backups(invocation: Invocation, check: bool, as_json: bool) -> None:
    site = Site(invocation.home, read_settings(invocation.home.settings))
    zone = site.settings.time_zone
    found = list_backups(site, check=check)
    if not found and not as_json:
        click.echo(say()("There is no backup yet. Make one with: kiosk backup"))
    now = Clock().now()
    for one in found:
        made_at, is_ahead = one.made_at.astimezone(zone), one.is_ahead(now)
        fields = _fields(one, made_at, checked=check) | {"dated_ahead": is_ahead}
        emit(fields, backup_answers.backup(say(), one, made_at, is_ahead=is_ahead), as_json=as_json)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--key-file", type=_FILE, help=say()("The key that sealed it, if not that of station.toml."))
@click.option("--no-replay", is_flag=True, help=say()("Leave out what happened after the backup."))
@click.option("--accept-violations", is_flag=True, help=say()("Despite broken rules of custody."))
@json_option
@click.pass_obj
def restore(
    invocation: Invocation, file: Path, key_file: Path | None, no_replay: bool, accept_violations: bool, as_json: bool
) -> None:
    terminal, staff = terminal_name(invocation), invocation.staff
    wish = Wish(invocation.home, file, key_file, not no_replay, accept_violations, terminal, staff)
    found = restoring(wish)
    if isinstance(found, Refused) and found.problem is Problem.PHRASE_NEEDED:
        from kiosk.cli.recovery import restored_by_phrase  # a new machine's

        found = restored_by_phrase(wish)
    answer = accepted(found, as_json=as_json)
    zone = read_settings(invocation.home.settings).time_zone
    made_at = answer.made_at.astimezone(zone)
    fields = {**fields_of(answer), "made_at": made_at}
    emit(fields, backup_answers.restored(say(), answer, made_at), as_json=as_json)


@click.command()
@json_option
@click.pass_obj
def salvage(invocation: Invocation, as_json: bool) -> None:
    answer = accepted(salvaging(invocation.home), as_json=as_json)
    emit(fields_of(answer), backup_answers.salvaged(say(), answer), as_json=as_json)


def _fields(one: Backup, made_at: datetime, *, checked: bool) -> dict[str, object]:
    return {
        "path": str(one.path),
        "place": "second" if one.place.is_second else "first",
        "made_at": made_at,
        "bytes": one.bytes,
        "events": one.events if one.is_good else None,
        "sealed": one.sealed,
        "readable": one.is_good,
        "checked": checked,
        "why": one.problem,
    }
