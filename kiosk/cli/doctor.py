"""`kiosk doctor`: what is wrong, and what to do."""

import sys

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import EXIT_REFUSED, emit, json_option, say
from kiosk.doctor.lights import LIGHT_LINES
from kiosk.doctor.machine import MACHINE_LINES
from kiosk.doctor.messages import MESSAGE_LINES
from kiosk.doctor.patient import Finding, Level, Patient, examine
from kiosk.doctor.said import finding_line, remedy_of, what_of
from kiosk.doctor.scanners import SCANNER_LINES
from kiosk.doctor.station import STATION_LINES
from kiosk.home import StationHome
from kiosk.text import Say


@click.command()
@json_option
@click.pass_obj
def doctor(invocation: Invocation, as_json: bool) -> None:
    findings = all_findings(invocation.home)
    is_well = all(finding.level is not Level.BAD for finding in findings)
    fields = {"ok": is_well, "findings": [finding_fields(say(), finding) for finding in findings]}
    emit(fields, "\n".join(finding_line(say(), finding) for finding in findings), as_json=as_json)
    if not is_well:
        sys.exit(EXIT_REFUSED)


def all_findings(home: StationHome) -> list[Finding]:
    """Of every room: of the machine, the station, and what hangs on it."""
    lines = (*MACHINE_LINES, *STATION_LINES, *LIGHT_LINES, *SCANNER_LINES, *MESSAGE_LINES)
    return list(examine(Patient(home), lines))


def finding_fields(say: Say, finding: Finding) -> dict[str, object]:
    """As programs read it."""
    return {
        "line": finding.line,
        "level": finding.level,
        "what": what_of(say, finding),
        "remedy": remedy_of(say, finding),
    }
