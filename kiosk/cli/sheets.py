"""`kiosk write` and `kiosk slip`: what is written on a sheet, and the sheet on paper."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import EXIT_REFUSED, emit, emit_answer, json_option, opened_station, refuse, say, tell_refusal
from kiosk.counter.clerk import ON_SHEET
from kiosk.faults import Fault, StationFault
from kiosk.jobs.sheets.sheet import tell_sheet
from kiosk.jobs.sheets.transfer import transfer_manifest, transfer_qr
from kiosk.jobs.station import Operation, Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan, recognise
from kiosk.parcels.sheets import SheetKind
from kiosk.store.tables.sheets import sheet_by_id
from kiosk.text.slips import slip_text


@click.command()
@click.argument("sheet", type=click.IntRange(1, 2**31))
@click.argument("waybill", nargs=-1, required=True, type=recognise)
@json_option
@click.pass_obj
def write(invocation: Invocation, sheet: int, waybill: tuple[Scan, ...], as_json: bool) -> None:
    with opened_station(invocation) as station:
        found = sheet_by_id(station.conn, sheet)
        job = ON_SHEET.get(SheetKind(found.kind)) if found else None
        if job is None:
            refuse(Refused(Problem.NO_SUCH_SHEET), as_json=as_json)
        answers = [job(_part(station, n), sheet, scan) for n, scan in enumerate(waybill)]
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    for answer in answers:
        if isinstance(answer, Refused):
            tell_refusal(answer, as_json=as_json)
        else:
            emit_answer(answer, as_json=as_json)
    if refused:
        sys.exit(EXIT_REFUSED)


def _part(station: Station, number: int) -> Station:
    """Each parcel of the line is written once in the operation."""
    operation = station.operation
    return replace(station, operation=Operation(f"{operation.id}/{number}")) if operation else station


@click.command()
@click.argument("sheet", type=click.IntRange(1, 2**31))
@click.option("--csv", "as_csv", is_flag=True, help=say()("The transfer manifest that the other place announces."))
@click.option("--qr", is_flag=True, help=say()("The texts of its QR codes, which the other place scans."))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help=say()("A file instead of the screen."))
@json_option
@click.pass_obj
def slip(invocation: Invocation, sheet: int, as_csv: bool, qr: bool, out: Path | None, as_json: bool) -> None:
    with opened_station(invocation) as station:
        if as_csv:
            text = transfer_manifest(station, sheet)
        elif qr:
            texts = transfer_qr(station, sheet)
            text = texts if isinstance(texts, Refused) else "\n".join(texts) + "\n"
        else:
            story = tell_sheet(station, sheet)
            text = story if isinstance(story, Refused) else slip_text(say(), station.settings.name, story)
    if isinstance(text, Refused):
        refuse(text, as_json=as_json)
    if out is not None:
        try:
            out.write_text(text, encoding="utf-8", newline="")
        except OSError as broken:
            raise StationFault(Fault.UNWRITABLE_FILE, path=out, detail=broken.strerror or "") from broken
    emit({"sheet": sheet, "path": str(out) if out else None, "text": text}, str(out or text), as_json=as_json)
