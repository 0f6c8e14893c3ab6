"""`kiosk report`: the figures of a day, for people, programs and spreadsheets."""

from datetime import datetime
from pathlib import Path

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import emit, fields_of, json_option, opened_station, refuse, say
from kiosk.faults import Fault, StationFault
from kiosk.jobs.records import report as reporting
from kiosk.parcels.problems import Problem, Refused
from kiosk.text.answers.report import report as report_words
from kiosk.text.answers.report_csv import report_csv


@click.command()
@click.argument("day", required=False, type=click.DateTime(["%Y-%m-%d"]))
@click.option("--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help=say()("Write a CSV file."))
@click.option("--bom", is_flag=True, help=say()("Begin the CSV with a BOM, which some spreadsheets need."))
@json_option
@click.pass_obj
def report(invocation: Invocation, day: datetime | None, csv_file: Path | None, bom: bool, as_json: bool) -> None:
    with opened_station(invocation) as station:
        asked = day.date() if day else station.local(station.stamp()).date()
        if not reporting.FIRST_DAY <= asked <= reporting.LAST_DAY:
            refuse(Refused(Problem.BAD_DATE), as_json=as_json)
        answer = reporting.report(station, asked)
    said = report_words(say(), answer)
    if csv_file is not None:
        try:
            csv_file.write_bytes(report_csv(answer).encode("utf-8-sig" if bom else "utf-8"))
        except OSError as broken:
            raise StationFault(Fault.UNWRITABLE_FILE, path=csv_file, detail=broken.strerror or "") from broken
    emit(fields_of(answer), "\n".join([*said.lines, "", *said.table]), as_json=as_json)
