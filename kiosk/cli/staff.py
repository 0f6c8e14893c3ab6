"""`kiosk staff`: who works here."""

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import accepted, asked_in_secret, emit, json_option, opened_station, refuse, say
from kiosk.jobs.staff import register as staffing
from kiosk.jobs.staff.pins import LONGEST_PIN, SHORTEST_PIN
from kiosk.parcels.problems import Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import clean
from kiosk.store.tables.staff import Colleague
from kiosk.text.answers.parcel import role_name

_ROLES = click.Choice([Role.CLERK.value, Role.MANAGER.value])


def _asked_pin() -> str:
    """A new one, by its rule."""
    rule = say()("PIN ({low} to {high} digits: no row, no repeats, no date)", low=SHORTEST_PIN, high=LONGEST_PIN)
    return asked_in_secret(rule, twice=True)


@click.group(help=say()("Who works here, their PINs and badges."))
def staff() -> None:
    """Staff of the station."""


@staff.command("add", help=say()("A new colleague; the PIN is asked for."))
@click.argument("number")
@click.argument("name")
@click.option("--role", type=_ROLES, default=Role.CLERK.value, show_default=True)
@click.option("--pin", default=_asked_pin, envvar="KIOSK_PIN")
@json_option
@click.pass_obj
def add(invocation: Invocation, number: str, name: str, role: str, pin: str, as_json: bool) -> None:
    if not number.isascii() or not number.isalnum() or len(number) > 12:
        raise click.BadParameter(say()("up to 12 letters and digits"), param_hint="NUMBER")
    with opened_station(invocation) as station:
        _emit(staffing.add_staff(station, number, clean(name, 40), Role(role), pin), as_json)


@staff.command("change", help=say()("Another name, role or PIN, or the last day."))
@click.argument("number")
@click.option("--name", help=say()("What they are called."))
@click.option("--role", type=_ROLES)
@click.option("--new-pin", is_flag=True, help=say()("Ask for a new PIN."))
@click.option("--left", is_flag=True, help=say()("The colleague works here no more."))
@json_option
@click.pass_obj
def change(
    invocation: Invocation, number: str, name: str | None, role: str | None, new_pin: bool, left: bool, as_json: bool
) -> None:
    called = clean(name, 40).strip() if name is not None else None
    if called == "":
        raise click.BadParameter(say()("up to 40 printable characters"), param_hint="--name")
    pin = _asked_pin() if new_pin else None
    with opened_station(invocation) as station:
        chosen = Role(role) if role else None
        _emit(staffing.change_staff(station, number, role=chosen, pin=pin, left=left, name=called), as_json)


@staff.command("badge", help=say()("Make a badge; the one before opens nothing any more."))
@click.argument("number")
@json_option
@click.pass_obj
def badge(invocation: Invocation, number: str, as_json: bool) -> None:
    with opened_station(invocation) as station:
        answer = accepted(staffing.make_badge(station, number), as_json=as_json)
    emit({"number": answer.number, "text": answer.text}, answer.text, as_json=as_json)


@staff.command("list", help=say()("Everybody who works here."))
@json_option
@click.pass_obj
def list_all(invocation: Invocation, as_json: bool) -> None:
    with opened_station(invocation) as station:
        for one in staffing.list_staff(station):
            _emit(one, as_json)


def _emit(answer: Colleague | Refused, as_json: bool) -> None:
    if isinstance(answer, Refused):
        refuse(answer, as_json=as_json)
    fields = {"number": answer.number, "name": answer.name, "role": answer.role, "badge": answer.has_badge}
    badge = say()("with a badge") if answer.has_badge else say()("no badge")
    text = f"{answer.number:8} {role_name(say(), Role(answer.role)):8} {answer.name}  ({badge})"
    emit(fields, text, as_json=as_json)
