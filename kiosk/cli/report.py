"""`kiosk report`: the figures of a day or of several, of one station or more, for people, programs and spreadsheets."""

import json
import sys
from datetime import datetime
from pathlib import Path

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import accepted, emit, fields_of, json_option, opened_station, refuse, say
from kiosk.faults import Fault, StationFault, expected
from kiosk.jobs.records import report as reporting
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.report_days import Span, is_span, read_span
from kiosk.text.answers.report import report as report_words
from kiosk.text.files.report_csv import report_csv

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("days", nargs=-1)
@click.option("--from", "first", type=_DAY, help=say()("The first day."))
@click.option("--to", "last", type=_DAY, help=say()("The last day; without it, today."))
@click.option(
    "--add",
    is_flag=True,
    help=say()("Add up what several stations wrote with --json; name their files, or - for what comes in."),
)
@click.option("--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help=say()("Write a CSV file."))
@click.option("--bom", is_flag=True, help=say()("Begin the CSV with a BOM, which some spreadsheets need."))
@json_option
@click.pass_obj
def report(
    invocation: Invocation,
    days: tuple[str, ...],
    first: datetime | None,
    last: datetime | None,
    add: bool,
    csv_file: Path | None,
    bom: bool,
    as_json: bool,
) -> None:
    if add:
        answer = _added(days, as_json)
    else:
        with opened_station(invocation) as station:
            span = _span(station, " ".join(days), first, last)
            if span is None and not any(map(str.isdigit, " ".join(days))) and first is None:
                raise click.UsageError(say()("Name a day, week, month, last week, 2026-11, or --from and --to."))
            if span is None:
                refuse(Refused(Problem.BAD_DATE), as_json=as_json)
            answer = reporting.report(station, *span)
    said = report_words(say(), answer)
    if csv_file is not None:
        try:
            csv_file.write_bytes(report_csv(answer).encode("utf-8-sig" if bom else "utf-8"))
        except OSError as broken:
            raise StationFault(Fault.UNWRITABLE_FILE, path=csv_file, detail=broken.strerror or "") from broken
    emit(fields_of(answer), "\n".join([*said.lines, "", *said.table]), as_json=as_json)


def _span(station: Station, days: str, first: datetime | None, last: datetime | None) -> Span | None:
    today = station.local(station.stamp()).date()
    if first is None and last is None:
        return read_span(days, today)
    if days or first is None:
        return None
    span = Span(first.date(), last.date() if last else today)
    return span if is_span(span) else None


def _text(path: Path) -> str:
    """UTF-16 where a Windows shell has written it."""
    data = path.read_bytes()
    return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")


def _objects(text: str) -> list[dict[str, object]]:
    """One after the other, each on a line or spread over several. Raises ValueError."""
    found, rest = [], text.strip()
    while rest:
        one, end = json.JSONDecoder().raw_decode(rest)
        found.append(one)
        rest = rest[end:].lstrip()
    return found


def _added(files: tuple[str, ...], as_json: bool) -> reporting.Report:
    """Each file holds what one station, or several, wrote. Raises StationFault(UNREADABLE_FILE)."""
    from kiosk.jobs.records.report_sum import add_reports, read_report  # few have several stations

    if not files:
        raise click.UsageError(say()("Name the files to add up."))
    reports = []
    for name in files:
        path = Path(name)
        try:
            reports += [read_report(one) for one in _objects(sys.stdin.read() if name == "-" else _text(path))]
        except OSError as broken:
            raise StationFault(Fault.UNREADABLE_FILE, path=path, detail=broken.strerror or "") from broken
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            detail = expected("it is not what kiosk report --json wrote")
            raise StationFault(Fault.UNREADABLE_FILE, path=path, detail=detail) from wrong
    if not reports:
        raise click.UsageError(say()("Name the files to add up."))
    return accepted(add_reports(reports), as_json=as_json)
