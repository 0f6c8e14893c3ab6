"""`kiosk announce` and `kiosk announced`: couriers' manifests, read, listed, withdrawn; what has not come."""

import sys
from pathlib import Path

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import EXIT_REFUSED, accepted, emit, emit_answer, fields_of, json_option, opened_station, refuse
from kiosk.cli.output import say as spoken
from kiosk.jobs.sheets.awaited import list_awaited
from kiosk.jobs.sheets.manifests import list_manifests, withdraw_manifest
from kiosk.jobs.taking_in import announce as announcing
from kiosk.jobs.taking_in.manifest_files import read_file
from kiosk.parcels.brands import read_brand
from kiosk.parcels.problems import Problem, Refused
from kiosk.text.answers.manifests import announcement
from kiosk.text.files.rejections import grouped


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--courier", help=spoken()("Whose manifest it is; a courier named in a line wins."))
@click.option("--withdraw", type=click.IntRange(1, 2**31), help=spoken()("Take back the manifest of this number."))
@json_option
@click.pass_obj
def announce(
    invocation: Invocation, file: Path | None, courier: str | None, withdraw: int | None, as_json: bool
) -> None:
    if (file is None) == (withdraw is None):
        raise click.UsageError(spoken()("Name a file, or the manifest to withdraw."))
    if file is None:
        with opened_station(invocation) as station:
            withdrawn = withdraw_manifest(station, withdraw or 0)
        emit_answer(withdrawn, as_json=as_json)
        return
    brand = read_brand(courier) if courier else None
    if courier and brand is None:
        refuse(Refused(Problem.UNKNOWN_COURIER), as_json=as_json)
    manifest = read_file(file)
    with opened_station(invocation) as station:
        answer = accepted(announcing.announce(station, manifest, brand, file=file.name), as_json=as_json)
    _tell(answer, as_json=as_json)


def _tell(answer: announcing.Announcement, *, as_json: bool) -> None:
    """Exit 1 where a line was not taken; the good ones are in."""
    refused = bool(answer.rejected)
    groups = [
        {"reason": one.reason, "column": one.column, "count": one.how_many, "lines": list(one.lines)}
        for one in grouped(answer.rejected)
    ]
    fields = {"ok": not refused, **({"problem": "lines_rejected"} if refused else {}), **fields_of(answer)}
    fields["grouped"] = groups
    said = announcement(spoken(), answer)
    emit(fields, "\n".join([*said.lines, *said.table]), as_json=as_json)
    if refused:
        sys.exit(EXIT_REFUSED)


@click.command()
@click.option("--missing", is_flag=True, help=spoken()("What was announced and has not come."))
@click.option("--courier", help=spoken()("Of this courier alone."))
@json_option
@click.pass_obj
def announced(invocation: Invocation, missing: bool, courier: str | None, as_json: bool) -> None:
    brand = read_brand(courier) if courier else None
    if courier and brand is None:
        refuse(Refused(Problem.UNKNOWN_COURIER), as_json=as_json)
    with opened_station(invocation) as station:
        answer = list_awaited(station, brand) if missing or brand else list_manifests(station)
    emit_answer(answer, as_json=as_json)
