"""Commands for what a customer's keys do: more light, giving up, calling a person."""

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import emit, json_option, opened_station, refuse, say
from kiosk.jobs.handing_over import pick_up as picking_up
from kiosk.jobs.staff import call_staff as calling
from kiosk.parcels.problems import Problem, Refused


@click.command()
@click.argument("session")
@json_option
@click.pass_obj
def extend(invocation: Invocation, session: str, as_json: bool) -> None:
    with opened_station(invocation, who="customer") as station:
        found = picking_up.extend(station, session)
    if found is None:
        refuse(Refused(Problem.NO_SUCH_SESSION), as_json=as_json)
    text = say()("Lit until {time}", time=f"{found.expires_at:%H:%M:%S}")
    emit({"session": found.session, "expires_at": found.expires_at}, text, as_json=as_json)


@click.command()
@click.argument("session")
@json_option
@click.pass_obj
def cancel(invocation: Invocation, session: str, as_json: bool) -> None:
    with opened_station(invocation, who="customer") as station:
        picking_up.cancel(station, session)
    emit({"session": session}, say()("The search is ended; its lights are off."), as_json=as_json)


@click.command("call-staff")
@json_option
@click.pass_obj
def call_staff(invocation: Invocation, as_json: bool) -> None:
    with opened_station(invocation, who="customer") as station:
        calling.call_staff(station)
    emit({}, say()("Staff are called"), as_json=as_json)


@click.command("answer-calls")
@json_option
@click.pass_obj
def answer_calls(invocation: Invocation, as_json: bool) -> None:
    with opened_station(invocation) as station:
        terminals = calling.callers(station)
        calling.answer_calls(station)
    emit({"terminals": terminals}, ", ".join(terminals) or say()("nobody"), as_json=as_json)
