"""`kiosk clock`: whether the station believes its clock, and a person's word that it is right."""

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import accepted, emit, json_option, opened_station, say


@click.command()
@click.option("--right", is_flag=True, help=say()("Say that it is right: you have looked at another one."))
@json_option
@click.pass_obj
def clock(invocation: Invocation, right: bool, as_json: bool) -> None:
    from kiosk.jobs.clock_watch import believe_clock, doubted_until
    from kiosk.text.clock_words import clock_is_doubted, clock_says

    with opened_station(invocation) as station:  # it tells of a clock that is behind
        if right:
            accepted(believe_clock(station), as_json=as_json)
        zone = station.settings.time_zone
        now, doubted = station.clock.now().astimezone(zone), doubted_until(station.conn, station.clock)
    until = doubted.astimezone(zone) if doubted else None
    lines = [clock_says(say(), now), *([clock_is_doubted(say(), until)] if until else [])]
    emit({"now": now, "doubted_until": until}, "\n".join(lines), as_json=as_json)
