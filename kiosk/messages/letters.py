"""What a message says, made of the parcels as they are when it goes out: whoever has collected hears nothing.

Each names its codes as such, for people scan and paste whole messages at the kiosk.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from kiosk.config.messages import Channel, MessageKind
from kiosk.jobs.handing_over.notices import notice_of
from kiosk.jobs.handing_over.passes import ProxyPass, pass_to_send
from kiosk.jobs.sheets.awaited import CourierChased
from kiosk.jobs.station import Station
from kiosk.parcels.money import yuan
from kiosk.parcels.states import State
from kiosk.store.tables.contacts import phone_tail
from kiosk.store.tables.messages import Message, Why, codes_of
from kiosk.store.tables.parcels import Parcel, by_id
from kiosk.store.tables.sheets import expected_parcels
from kiosk.text import N_, Language, Say, words
from kiosk.text.answers.manifests import chase_text


class Letter(NamedTuple):
    """`qr` is the text of the QR that goes along as a picture, where the channel takes one."""

    title: str
    body: str
    qr: str | None = None


class _Facts(NamedTuple):
    """What the words are made of."""

    station: str
    parcels: Sequence[Parcel]
    tails: Sequence[str] = ()
    proxy: ProxyPass | None = None
    terminal: str = ""
    since: datetime | None = None


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
    if short and kind is MessageKind.ARRIVAL and channel.template is not None:
        filled = channel.template.format(station=facts.station, codes=_codes(facts), count=len(facts.parcels))
        return Letter("", filled)
    write = _GROUP if channel.to == "group" else _SHORT if short else _LONG
    texts = [write[kind](words(language), facts) for language in _LANGUAGES[channel.language]]
    title = " / ".join(dict.fromkeys(say_title for say_title, _ in texts))
    is_ones_own = channel.to == "consignee" and not short  # in a group a QR would open somebody's parcels to all
    qr = _qr(station, kind, facts) if is_ones_own else None
    return Letter(title, "\n\n".join(body for _, body in texts), qr)


_LANGUAGES: Mapping[str, Sequence[Language]] = {
    "en": (Language.ENGLISH,),
    "zh": (Language.CHINESE,),
    "both": (Language.CHINESE, Language.ENGLISH),
}


def _to_courier(station: Station, message: Message, channel: Channel) -> Letter | Why:
    """What it announced and has still not brought."""
    told = codes_of(station.conn, message.id)
    missing = [one for one in expected_parcels(station.conn, channel.courier) if one.id in told]
    if not missing:
        return Why.GONE
    waybills = tuple(one.numbered_waybill for one in missing)
    since = station.local(missing[0].announced_at)
    chased = CourierChased(station.settings.name, missing[0].courier, since, waybills)
    texts = [chase_text(words(language), chased) for language in _LANGUAGES[channel.language]]
    return Letter(station.settings.name, "\n\n".join("\n".join(lines) for lines in texts))


def _facts(station: Station, message: Message) -> _Facts | Why:
    name, kind = station.settings.name, MessageKind(message.kind)
    if kind is MessageKind.CALL:
        is_waiting = message.terminal in station.leases.callers()
        return _Facts(name, (), terminal=message.terminal or "") if is_waiting else Why.GONE
    if kind is MessageKind.PASS:
        found = pass_to_send(station, message.pass_id or 0)
        return _Facts(name, found[1], proxy=found[0]) if found else Why.GONE
    told = codes_of(station.conn, message.id)
    parcels = [by_id(station.conn, number) for number in told]
    still = [parcel for parcel in parcels if _still_holds(message, kind, parcel, told[parcel.id])]
    if not still:
        return Why.GONE
    tails = [tail for parcel in still if (tail := phone_tail(station.conn, parcel.contact_id))]
    came = min(station.local(parcel.checked_in_at) for parcel in still if parcel.checked_in_at)
    return _Facts(name, still, tails, since=came)


def _still_holds(message: Message, kind: MessageKind, parcel: Parcel, code: str) -> bool:
    is_theirs = message.contact_id is None or parcel.contact_id == message.contact_id
    if kind is MessageKind.DELIVERY_OUT:
        return is_theirs and parcel.is_out
    is_here = is_theirs and parcel.state == State.SHELVED and parcel.hold_reason is None
    if kind is MessageKind.ARRIVAL:  # a group is told of the parcel, a person of its code
        return is_here and (parcel.code == code or message.contact_id is None)
    return is_here and (kind is not MessageKind.DELIVERY_NOTED or parcel.delivery_requested_at is not None)


def _qr(station: Station, kind: MessageKind, facts: _Facts) -> str | None:
    if facts.proxy is not None:
        return facts.proxy.text
    has_qr = kind in (MessageKind.ARRIVAL, MessageKind.REMINDER)
    return notice_of(station, facts.parcels[0]).text if has_qr else None


def _places(say: Say, facts: _Facts) -> list[str]:
    """A line for each parcel."""
    lines = []
    for parcel in facts.parcels:
        line = say("Pickup code {code}, slot {slot}", code=parcel.code, slot=parcel.slot)
        due = say("to be paid: {amount} yuan", amount=yuan(parcel.due_fen))
        lines.append(f"{line}, {due}" if parcel.due_fen > 0 else line)
    return lines


def _codes(facts: _Facts) -> str:
    """For an SMS, and for those who carry it home."""
    return ", ".join(f"{p.code} ({p.slot})" if p.slot else str(p.code) for p in facts.parcels)


_Text = tuple[str, str]  # title and body


def _arrived(say: Say, facts: _Facts) -> _Text:
    count = len(facts.parcels)
    title = (
        say("{station}: a parcel is here for you", station=facts.station)
        if count == 1
        else say("{station}: {count} parcels are here for you", station=facts.station, count=count)
    )
    return title, "\n".join([title, *_places(say, facts), _how_to_collect(say)])


def _how_to_collect(say: Say) -> str:
    return say(
        "Scan the attached QR at the kiosk: it opens all your parcels at once. Or type a code. The slot lights up;"
        " scan the parcel on the way out."
    )


def _waits(say: Say, facts: _Facts) -> _Text:
    title = say("{station}: your parcel still waits for you", station=facts.station)
    since = say("Here since {day}.", day=f"{facts.since:%Y-%m-%d}" if facts.since else "?")
    return title, "\n".join([title, since, *_places(say, facts), _how_to_collect(say)])


def _noted(say: Say, facts: _Facts) -> _Text:
    title = say("{station}: home delivery is noted", station=facts.station)
    return title, say("Your parcel will be brought to your door: pickup code {codes}", codes=_codes(facts))


def _on_its_way(say: Say, facts: _Facts) -> _Text:
    title = say("{station}: your parcel is on its way", station=facts.station)
    return title, say("Tell the code at the door: {codes}", codes=_codes(facts))


def _passed(say: Say, facts: _Facts) -> _Text:
    title = say("{station}: a pass for somebody who collects for you", station=facts.station)
    until = f"{facts.proxy.valid_until:%Y-%m-%d %H:%M}" if facts.proxy else ""
    body = say(
        "Hand the attached QR on to whoever collects. It opens pickup code {codes} once, until {time}.",
        codes=_codes(facts), time=until,
    )  # fmt: skip
    return title, body


def _called(say: Say, facts: _Facts) -> _Text:
    title = say("{station}: a customer needs help", station=facts.station)
    return title, say("Somebody pressed the call key at {terminal}.", terminal=facts.terminal)


def _in_short(text: str) -> Callable[[Say, _Facts], _Text]:
    def write(say: Say, facts: _Facts) -> _Text:
        return "", say(text, station=facts.station, codes=_codes(facts), terminal=facts.terminal)

    return write


def _to_group(text: str) -> Callable[[Say, _Facts], _Text]:
    """The last four digits of phones, as screens show them, and never a code: together they would open a parcel."""

    def write(say: Say, facts: _Facts) -> _Text:
        counted = sorted(Counter(facts.tails).items())
        tails = ", ".join(f"{tail} × {count}" if count > 1 else tail for tail, count in counted)
        return facts.station, say(text, tails=tails)

    return write


_Write = Mapping[MessageKind, Callable[[Say, _Facts], _Text]]
_LONG: _Write = {
    MessageKind.ARRIVAL: _arrived,
    MessageKind.REMINDER: _waits,
    MessageKind.DELIVERY_NOTED: _noted,
    MessageKind.DELIVERY_OUT: _on_its_way,
    MessageKind.PASS: _passed,
    MessageKind.CALL: _called,
}
_SHORT: _Write = {
    MessageKind.ARRIVAL: _in_short(N_("{station}: pickup code {codes}")),
    MessageKind.REMINDER: _in_short(N_("{station}: still waiting for you: pickup code {codes}")),
    MessageKind.DELIVERY_NOTED: _in_short(N_("{station}: home delivery is noted: pickup code {codes}")),
    MessageKind.DELIVERY_OUT: _in_short(N_("{station}: on its way to you; tell the code at the door: {codes}")),
}
_GROUP: _Write = {
    MessageKind.ARRIVAL: _to_group(N_("Parcels have arrived for phones that end in: {tails}")),
    MessageKind.REMINDER: _to_group(N_("Parcels still wait for phones that end in: {tails}")),
}
