"""What a message says, made of the parcels as they are when it goes out: whoever has collected hears nothing."""

from typing import NamedTuple

from kiosk.config.message_kinds import MessageKind
from kiosk.config.messages import Channel
from kiosk.jobs.handing_over.notices import notice_of
from kiosk.jobs.handing_over.passes import pass_to_send
from kiosk.jobs.sheets.awaited import CourierChased
from kiosk.jobs.station import Station
from kiosk.messages.composing import compose, languages_of
from kiosk.messages.facts import Facts, values_of
from kiosk.parcels.message_templates import fill
from kiosk.parcels.states import State
from kiosk.store.tables.contacts import phone_tail
from kiosk.store.tables.messages import Message, Why, codes_of
from kiosk.store.tables.parcels import Parcel, by_id
from kiosk.store.tables.sheets import expected_parcels
from kiosk.text import words
from kiosk.text.answers.manifests import chase_text


class Letter(NamedTuple):
    """`qr` is the text of the QR that goes along as a picture, where the channel takes one."""

    title: str
    body: str
    qr: str | None = None


def write_letter(station: Station, message: Message, channel: Channel, *, short: bool) -> Letter | Why:
    """`short`: for a phone, which shows no picture: codes and places only. Why there is nothing to say, else."""
    if channel.courier is not None:
        return _to_courier(station, message, channel)
    facts = _facts(station, message)
    if isinstance(facts, Why):
        return facts
    kind = MessageKind(message.kind)
    if short and kind is MessageKind.PASS:
        return Why.NEEDS_PICTURE
    if channel.to == "group" and not facts.tails:
        return Why.GONE
    medium = "sms" if short else "group" if channel.to == "group" else "mail"
    if short and kind is MessageKind.ARRIVAL and channel.template is not None:
        return Letter("", fill(channel.template, values_of(facts)))
    languages = languages_of(station.settings, channel, medium)
    said = compose(station.settings, kind, medium, languages, facts, channel.longest)
    is_ones_own = channel.to == "consignee" and not short  # in a group a QR would open somebody's parcels to all
    qr = _qr(station, kind, facts) if is_ones_own else None
    return Letter(said.title, said.body, qr)


def _to_courier(station: Station, message: Message, channel: Channel) -> Letter | Why:
    """What it announced and has still not brought."""
    told = codes_of(station.conn, message.id)
    missing = [one for one in expected_parcels(station.conn, channel.courier) if one.id in told]
    if not missing:
        return Why.GONE
    waybills = tuple(one.numbered_waybill for one in missing)
    since = station.local(missing[0].announced_at)
    chased = CourierChased(station.settings.name, missing[0].courier, since, waybills)
    texts = [chase_text(words(language), chased) for language in languages_of(station.settings, channel, "mail")]
    return Letter(station.settings.name, "\n\n".join("\n".join(lines) for lines in texts))


def _facts(station: Station, message: Message) -> Facts | Why:
    of_station, kind = station.settings.of_station, MessageKind(message.kind)
    if kind is MessageKind.CALL:
        is_waiting = message.terminal in station.leases.callers()
        return Facts(of_station, (), terminal=message.terminal or "") if is_waiting else Why.GONE
    if kind is MessageKind.PASS:
        found = pass_to_send(station, message.pass_id or 0)
        return Facts(of_station, found[1], proxy=found[0]) if found else Why.GONE
    told = codes_of(station.conn, message.id)
    parcels = [by_id(station.conn, number) for number in told]
    still = [parcel for parcel in parcels if _still_holds(message, kind, parcel, told[parcel.id])]
    if not still:
        return Why.GONE
    tails = [tail for parcel in still if (tail := phone_tail(station.conn, parcel.contact_id))]
    came = min(station.local(parcel.checked_in_at) for parcel in still if parcel.checked_in_at)
    return Facts(of_station, still, tails, since=came, opens=still[0])


def _still_holds(message: Message, kind: MessageKind, parcel: Parcel, code: str) -> bool:
    is_theirs = message.contact_id is None or parcel.contact_id == message.contact_id
    if kind is MessageKind.DELIVERY_OUT:
        return is_theirs and parcel.is_out
    is_here = is_theirs and parcel.state == State.SHELVED and parcel.hold_reason is None
    if kind is MessageKind.ARRIVAL:  # a group is told of the parcel, a person of its code
        return is_here and (parcel.code == code or message.contact_id is None)
    return is_here and (kind is not MessageKind.DELIVERY_NOTED or parcel.delivery_requested_at is not None)


def _qr(station: Station, kind: MessageKind, facts: Facts) -> str | None:
    if facts.proxy is not None:
        return facts.proxy.text
    has_qr = kind in (MessageKind.ARRIVAL, MessageKind.REMINDER)
    return notice_of(station, facts.opens).text if has_qr and facts.opens else None
