"""Commands for exceptions: a parcel is held, released, or sent back."""

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import emit, json_option, opened_station, refuse, say
from kiosk.jobs.changed import Changed
from kiosk.jobs.keeping import hold as holding
from kiosk.parcels.problems import Refused
from kiosk.parcels.scans import Scan, clean, recognise
from kiosk.text.sentences import state_name


@click.command()
@click.argument("waybill", type=recognise)
@click.option("--reason", required=True, help=say()("Why, in a few words staff will read."))
@json_option
@click.pass_obj
def hold(invocation: Invocation, waybill: Scan, reason: str, as_json: bool) -> None:
    with opened_station(invocation) as station:
        _emit_change(holding.hold(station, waybill, clean(reason)), as_json, clean(reason))


@click.command()
@click.argument("waybill", type=recognise)
@json_option
@click.pass_obj
def release(invocation: Invocation, waybill: Scan, as_json: bool) -> None:
    with opened_station(invocation) as station:
        _emit_change(holding.release(station, waybill), as_json)


@click.command("start-return")
@click.argument("waybill", type=recognise)
@click.option("--reason", required=True, help=say()("Why, in a few words staff will read."))
@json_option
@click.pass_obj
def start_return(invocation: Invocation, waybill: Scan, reason: str, as_json: bool) -> None:
    with opened_station(invocation) as station:
        _emit_change(holding.start_return(station, waybill, clean(reason)), as_json)


def _emit_change(answer: Changed | Refused, as_json: bool, held_for: str | None = None) -> None:
    if isinstance(answer, Refused):
        refuse(answer, as_json=as_json)
    fields = {"waybill": answer.waybill, "code": answer.code, "slot": answer.slot, "state": answer.state}
    state = state_name(say(), answer.state, held_for)
    emit(fields, say()("{waybill}: {state}", waybill=answer.waybill, state=state), as_json=as_json)
