"""Commands for personal data: the nightly purge, and a person's own request."""

import sys
from datetime import datetime

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import (
    EXIT_BROKEN,
    accepted,
    asked_in_secret,
    emit,
    fields_of,
    json_option,
    opened_station,
    refuse,
    say,
)
from kiosk.jobs.people import person as persons
from kiosk.jobs.people.purge import Purged
from kiosk.jobs.people.purge import purge as purging
from kiosk.parcels.emails import read_email
from kiosk.parcels.phones import Phone, read_phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.text.courier_names import courier_name
from kiosk.text.sentences import fault_sentence, state_name


@click.command()
@json_option
@click.pass_obj
def purge(invocation: Invocation, as_json: bool) -> None:
    with opened_station(invocation) as station:
        answer = purging(station)
    _emit_purged(answer, as_json)


@click.group(help=say()("What is known of a person: told to them, or erased."))
def person() -> None:
    """A person's own request."""


_HELP = say()("A phone or an e-mail address; asked for where it is left out.")
_PHONE = click.option("--phone", default=lambda: asked_in_secret(say()("Phone or e-mail")), help=_HELP)


@person.command("export", help=say()("Everything that is kept of a phone number."))
@_PHONE
@json_option
@click.pass_obj
def export(invocation: Invocation, phone: str, as_json: bool) -> None:
    with opened_station(invocation) as station:
        answer = accepted(persons.export_person(station, _read(phone, as_json)), as_json=as_json)
    lines = [
        f"{one.waybill}  {courier_name(say(), one.courier)}  {state_name(say(), one.state)}  {_when(one.checked_in_at)}"
        for one in answer.parcels
    ]
    emit(
        fields_of(answer), "\n".join([answer.phone, answer.email or "", answer.address or "", *lines]), as_json=as_json
    )


@person.command("erase", help=say()("Forget a phone number now, in backups too."))
@_PHONE
@json_option
@click.pass_obj
def erase(invocation: Invocation, phone: str, as_json: bool) -> None:
    with opened_station(invocation) as station:
        answer = persons.erase_person(station, _read(phone, as_json))
    _emit_purged(answer, as_json)


def _when(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def _read(text: str, as_json: bool) -> Phone | str:
    if email := read_email(text):
        return email
    phone = read_phone(text)
    if phone is None or phone.number is None:
        refuse(Refused(Problem.BAD_PHONE), as_json=as_json)
    return phone


def _emit_purged(answer: Purged | Refused, as_json: bool) -> None:
    """Exit 3 where something is still to be found: somebody has to look."""
    if isinstance(answer, Refused):
        refuse(answer, as_json=as_json)
    text = say()("People erased: {count}.", count=answer.contacts)
    if answer.found_in:
        text += " " + say()("Still to be found in: {files}", files=", ".join(answer.found_in))
    elif answer.hindrance is not None:
        text += " " + say()("Whether nothing of them is left could not be searched: {why}",
                            why=fault_sentence(say(), answer.hindrance))  # fmt: skip
    elif not answer.proven:
        text += " " + say()("A screen was reading: the log of writes is emptied the next time.")
    is_done = not answer.found_in and answer.hindrance is None
    fields = {"contacts": answer.contacts, "proven": answer.proven, "found_in": answer.found_in, "ok": is_done}
    if answer.hindrance is not None:
        fields |= {"problem": answer.hindrance.fault, "message": text}
    emit(fields, text, as_json=as_json)
    if not is_done:
        sys.exit(EXIT_BROKEN)
