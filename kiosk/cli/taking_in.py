"""Commands for parcels that come in: announced, checked in, put away."""

from typing import Any

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import accepted, emit, json_option, opened_station, refuse, say, tell_when_dark
from kiosk.cli.print_label import print_label
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in import check_in as checking_in
from kiosk.jobs.taking_in import put_away as putting_away
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.consents import Consent
from kiosk.parcels.couriers import read_courier
from kiosk.parcels.emails import read_email
from kiosk.parcels.kinds import Kind
from kiosk.parcels.money import read_yuan
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import Phone, mask_tail, read_phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan, clean, recognise
from kiosk.parcels.slots import Size, read_place
from kiosk.parcels.states import State
from kiosk.text.courier_names import courier_name, courier_names
from kiosk.text.refusals import not_put_away, problem_sentence


def _read_courier(name: str | None, as_json: bool) -> str | None:
    courier = read_courier(name) if name else None
    if name and courier is None:
        refuse(Refused(Problem.UNKNOWN_COURIER), as_json=as_json)
    return courier


def _read_yuan(text: str | None, as_json: bool) -> int | None:
    fen = read_yuan(text) if text is not None else None
    if text is not None and fen is None:
        refuse(Refused(Problem.BAD_AMOUNT), as_json=as_json)
    return fen


def _read_waybill(text: str | None, as_json: bool) -> str | None:
    waybill = recognise(text).waybill if text else None
    if isinstance(waybill, Problem):
        refuse(Refused(waybill), as_json=as_json)
    return waybill.number if waybill else None


def _read_phone(text: str | None, as_json: bool) -> Phone | None:
    phone = read_phone(text) if text else None
    if text and phone is None:
        refuse(Refused(Problem.BAD_PHONE), as_json=as_json)
    return phone


def _read_email(text: str | None, as_json: bool) -> str | None:
    email = read_email(text) if text else None
    if text and email is None:
        refuse(Refused(Problem.BAD_EMAIL), as_json=as_json)
    return email


@click.command("check-in")
@click.argument("waybill", required=False, default="", type=recognise)
@click.option("--courier", help=say()("The courier; without it the waybill's form decides. Else the shop."))
@click.option("--phone", help=say()("Consignee's phone: 11 digits, the last 4, or a virtual number."))
@click.option("--email", help=say()("Consignee's e-mail address, for messages."))
@click.option("--size", type=click.Choice(list(Size.__members__), case_sensitive=False))
@click.option(
    "--consent",
    type=click.Choice([consent.value for consent in Consent]),
    help=say()("What the consignee said about leaving it here."),
)
@click.option("--batch", type=click.IntRange(1, 2**31), help=say()("Sheet of the driver's hand-over."))
@click.option("--kind", type=click.Choice(list(Kind)), default=Kind.PARCEL, help=say()("What it is, if no parcel."))
@click.option("--second-waybill", help=say()("The second waybill of a consolidated parcel."))
@click.option("--freight-collect", help=say()("Freight to be paid at pick-up, in yuan."))
@click.option("--cod", help=say()("Cash on delivery to be paid at pick-up, in yuan."))
@click.option("--price", help=say()("Price to be paid at pick-up, in yuan."))
@click.option("--shelve", is_flag=True, help=say()("Put it away at once in the proposed slot."))
@click.option("--place", help=say()("Put it away there: a slot, or a level whose next slot with room it is."))
@click.option("--sure", is_flag=True, help=say()("It is the waybill, though it looks like something else."))
@json_option
@click.pass_obj
def check_in(
    invocation: Invocation,
    waybill: Scan,
    courier: str | None,
    phone: str | None,
    email: str | None,
    size: str | None,
    consent: str | None,
    batch: int | None,
    kind: str,
    second_waybill: str | None,
    freight_collect: str | None,
    cod: str | None,
    price: str | None,
    shelve: bool,
    place: str | None,
    sure: bool,
    as_json: bool,
) -> None:
    is_parcel = kind == Kind.PARCEL
    if is_parcel and not waybill.text:
        raise click.MissingParameter(param_hint="WAYBILL", param_type="argument")
    particulars = Particulars(
        courier=_read_courier(courier, as_json) if is_parcel else clean(courier or "", 40) or None,
        batch=batch,
        kind=Kind(kind),
        second_waybill=_read_waybill(second_waybill, as_json),
        freight_collect_fen=_read_yuan(freight_collect, as_json),
        cod_fen=_read_yuan(cod, as_json),
        price_fen=_read_yuan(price, as_json),
        phone=_read_phone(phone, as_json),
        email=_read_email(email, as_json),
        size=Size[size.upper()] if size else None,
        consent=Consent(consent) if consent else None,
    )
    with opened_station(invocation) as station:
        wishes: dict[str, Any] = {"shelve": shelve}  # kept operations know only this one
        wishes |= {
            name: wish for name, wish in (("sure", sure), ("at", (place and read_place(place)) or place)) if wish
        }
        done = checking_in.check_in(station, waybill, particulars, **wishes)
        if isinstance(done, Refused) and done.is_doubt:
            click.echo(say()("If it is the waybill all the same, add: --sure"), err=True)
        answer = accepted(done, as_json=as_json)
        if answer.state == State.CHECKED_IN:
            tell_when_dark(station, [answer.slot])
        _print_label(station, answer.waybill)
    _emit_checked_in(answer, as_json)


def _emit_checked_in(answer: CheckedIn, as_json: bool) -> None:
    if answer.looks_like_another_courier:
        click.echo(
            say()("This waybill looks like one of {couriers}.", couriers=courier_names(say(), answer.candidates)),
            err=True,
        )
    fields: dict[str, object] = {
        "waybill": answer.waybill,
        "courier": answer.courier,
        "candidates": list(answer.candidates),
        "code": answer.code,
        "slot": answer.slot,
        "state": answer.state,
        "colour": answer.look.colour if answer.look else None,
        "due_fen": answer.due_fen,
        "whose": answer.whose,
        "phone_tail": answer.phone_tail,
        "half_read": answer.half_read or None,
        "earlier": answer.earlier[0] if answer.earlier else None,
        "confirmed": answer.confirmed.waybill if isinstance(answer.confirmed, putting_away.PutAway) else None,
    }
    if answer.beyond is not None:
        came, listed = answer.beyond
        fields["beyond"] = {"scanned": came, "expected": listed}
        click.echo(say()("{scanned} of {expected}: more than the driver's list says", scanned=came, expected=listed),
                   err=True)  # fmt: skip
    if answer.not_there:
        click.echo(problem_sentence(say(), answer.not_there), err=True)
    if answer.half_read:
        click.echo(
            say()("Half read? It may be {waybill}: undo (F9) and scan it again.", waybill=answer.half_read), err=True
        )
    if answer.other_tail:
        other = mask_tail(answer.other_tail)
        click.echo(say()("It was announced for {phone}: is it somebody else's now?", phone=other), err=True)
    if isinstance(answer.confirmed, Refused):
        click.echo(not_put_away(say(), answer.confirmed), err=True)
    text = say()("{courier} {waybill}: slot {slot}, pickup code {code}", courier=courier_name(say(), answer.courier),
                 waybill=answer.waybill, slot=answer.slot, code=answer.code)  # fmt: skip
    emit(fields, text, as_json=as_json)


def _print_label(station: Station, waybill: str) -> None:
    """The parcel is checked in, label or not: what the printer lacks is only said."""
    failed = print_label(station, waybill)
    if failed is not None:
        click.echo(problem_sentence(say(), failed), err=True)


@click.command("put-away")
@click.argument("waybill", type=recognise)
@click.argument("slot", type=recognise)
@json_option
@click.pass_obj
def put_away(invocation: Invocation, waybill: Scan, slot: Scan, as_json: bool) -> None:
    with opened_station(invocation) as station:
        answer = accepted(putting_away.put_away(station, waybill, slot), as_json=as_json)
    fields = {"waybill": answer.waybill, "code": answer.code, "slot": answer.slot, "state": answer.state}
    text = say()("{waybill}: slot {slot}, pickup code {code}", waybill=answer.waybill, slot=answer.slot,
                 code=answer.code)  # fmt: skip
    emit(fields, text, as_json=as_json)
