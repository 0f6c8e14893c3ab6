"""Commands for installers and engineers."""

import signal

import click

from kiosk.cli import Invocation
from kiosk.cli.output import emit, json_option, opened_station, say
from kiosk.faults import Fault, StationFault
from kiosk.jobs.found_station import found_station
from kiosk.text.sentences import look_name


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


@click.group(invoke_without_command=True)
@click.pass_context
def lights(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        _own_the_lights(ctx.obj)


def _own_the_lights(invocation: Invocation) -> None:
    """Be the light owner until SIGTERM or Ctrl-C; everything is dark afterwards."""
    from kiosk.lights.owner import LightOwner

    with opened_station(invocation) as station:
        owner = LightOwner(station.settings, invocation.home.runtime(), "kiosk lights")
    if not owner.try_lock():
        raise StationFault(Fault.LIGHTS_OWNED, detail=owner.holder() or "?")
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: owner.stop())
    click.echo(say()("Driving the lights. Stop with Ctrl-C."), err=True)
    owner.own()


@lights.command(help=say()("Show who drives the strips, how they are, and what is lit."))
@json_option
@click.pass_obj
def status(invocation: Invocation, as_json: bool) -> None:
    from dataclasses import asdict

    from kiosk.lights.status import read_status

    owner, strips = read_status(invocation.home.runtime())
    with opened_station(invocation) as station:
        sessions = station.leases.live_sessions()
        now = station.clock.monotonic()
    leases = [
        {
            "session": session.id,
            "purpose": session.purpose,
            "slot": lease.slot,
            "colour": session.look.colour,
            "pattern": session.look.pattern,
            "seconds_left": round(session.lit_until - now, 1),
        }
        for session in sessions
        for lease in session.left
    ]
    lines = [say()("Owner: {owner}", owner=owner or say()("nobody"))]
    lines += [f"{s.name} ({s.driver}): {s.used_ma} / {s.budget_ma} mA {s.fault or 'ok'}" for s in strips]
    lines += [
        f"{lease.slot}  {look_name(say(), session.look)}  {session.lit_until - now:.0f} s"
        for session in sessions
        for lease in session.left
    ]
    fields = {"owner": owner, "strips": [asdict(strip) for strip in strips], "leases": leases}
    emit(fields, "\n".join(lines), as_json=as_json)
