"""Commands for what customers do with a parcel, and staff for them at the counter."""

from collections.abc import Sequence

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import accepted, emit, json_option, opened_station, refuse, say, tell_when_dark
from kiosk.counter.search import search
from kiosk.jobs.handing_over import check_out as checking_out
from kiosk.jobs.handing_over import pick_up as picking_up
from kiosk.parcels.phones import read_tail
from kiosk.parcels.problems import Refused
from kiosk.parcels.scans import Scan, clean, recognise
from kiosk.text.sentences import look_name


def _codes_and_slots(parcels: Sequence[picking_up.FoundParcel]) -> list[dict[str, str]]:
    return [{"code": parcel.code, "slot": parcel.slot} for parcel in parcels]


@click.command("pick-up")
@click.argument("code", type=recognise)
@click.option("--phone-tail", help=say()("Last 4 digits of the phone: opens all parcels of that person."))
@json_option
@click.pass_obj
def pick_up(invocation: Invocation, code: Scan, phone_tail: str | None, as_json: bool) -> None:
    with opened_station(invocation, who="customer") as station:
        answer = search(station, code, phone_tail and read_tail(phone_tail))
        lit = isinstance(answer, Refused) or tell_when_dark(station, [parcel.slot for parcel in answer.parcels])
        picking_up.note_attempt(station, answer)
    if isinstance(answer, Refused):
        refuse(answer, as_json=as_json)
    fields = {
        "session": answer.session,
        "colour": answer.look.colour,
        "pattern": answer.look.pattern,
        "parcels": _codes_and_slots(answer.parcels),
        "more": answer.more,
        "refused": list(answer.refused),
        "expires_at": answer.expires_at,
        "lit": lit,
    }
    text = say()(
        "{slots}: {look}, until {time}",
        slots=", ".join(parcel.slot for parcel in answer.parcels),
        look=look_name(say(), answer.look),
        time=f"{answer.expires_at:%H:%M:%S}",
    )
    emit(fields, text, as_json=as_json)


@click.command("check-out")
@click.argument("waybill", type=recognise)
@click.option("--at-counter", is_flag=True, help=say()("Staff hand it over: no lit session is needed."))
@click.option("--proxy", help=say()("At the counter: who collects it for the consignee."))
@json_option
@click.pass_obj
def check_out(invocation: Invocation, waybill: Scan, at_counter: bool, proxy: str | None, as_json: bool) -> None:
    told = clean(proxy, 60) if proxy else None
    with opened_station(invocation, who="staff" if at_counter else "customer") as station:
        answer = accepted(checking_out.check_out(station, waybill, at_counter=at_counter, proxy=told), as_json=as_json)
    fields = {
        "waybill": answer.waybill,
        "code": answer.code,
        "slot": answer.slot,
        "state": "PICKED_UP",
        "left": _codes_and_slots(answer.left),
        "more": answer.more,
        **({"others": _codes_and_slots(answer.others)} if at_counter else {}),
    }
    text = say()("{waybill} handed over.", waybill=answer.waybill)
    if answer.left:
        text += " " + say()("Still to collect: {slots}", slots=", ".join(parcel.slot for parcel in answer.left))
    if answer.others:
        slots = ", ".join(dict.fromkeys(parcel.slot for parcel in answer.others))
        text += " " + say()("{count} more of this person: {slots}", count=answer.more, slots=slots)
    emit(fields, text, as_json=as_json)
