"""Commands for installers and engineers."""

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import emit, json_option, opened_station, say
from kiosk.jobs.staff.register import first_manager
from kiosk.jobs.upkeep.found_station import found_station
from kiosk.jobs.upkeep.sample import add_sample_parcels


@click.command()
@click.option("--sample", is_flag=True, help=say()("Add the demo's 60 parcels; no staff, so the desk is open."))
@json_option
@click.pass_obj
def init(invocation: Invocation, sample: bool, as_json: bool) -> None:
    found_station(invocation.home)
    with opened_station(invocation) as station:
        added = add_sample_parcels(station) if sample else 0
        first = None if sample else first_manager(station)
    fields = {"home": str(invocation.home.folder), "sample_parcels": added}
    text = say()("The station is ready in {home}.", home=invocation.home.folder)
    if first is not None:
        fields |= {"manager": first.number, "pin": first.pin}
        text += "\n" + say()("At the desk sign in with: {number} {pin}  A PIN of your own is asked for then.",
                             number=first.number, pin=first.pin)  # fmt: skip
    emit(fields, text, as_json=as_json)
