"""Commands for installers and engineers."""

import click

from kiosk.cli import Invocation
from kiosk.cli.output import emit, json_option, opened_station, say
from kiosk.jobs.found_station import found_station


@click.command()
@click.option("--sample", is_flag=True, help=say()("Add the demo's 60 parcels."))
@json_option
@click.pass_obj
def init(invocation: Invocation, sample: bool, as_json: bool) -> None:
    from kiosk.jobs.sample import add_sample_parcels

    found_station(invocation.home)
    added = 0
    if sample:
        with opened_station(invocation) as station:
            added = add_sample_parcels(station)
    fields = {"home": str(invocation.home.folder), "sample_parcels": added}
    emit(fields, say()("The station is ready in {home}.", home=invocation.home.folder), as_json=as_json)
