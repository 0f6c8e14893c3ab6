"""What messages to customers say where the owner has no text of their own; codes are named as such, for people scan and
paste whole messages at the kiosk."""

from collections.abc import Callable, Mapping

from kiosk.config.message_kinds import MessageKind
from kiosk.messages.facts import Facts, codes_line, tails_line
from kiosk.parcels.money import yuan
from kiosk.text import N_, Say


def _places(say: Say, facts: Facts) -> list[str]:
    """A line for each parcel."""
    lines = []
    for parcel in facts.parcels:
        line = say("Pickup code {code}, slot {slot}", code=parcel.code, slot=parcel.slot)
        due = say("to be paid: {amount} yuan", amount=yuan(parcel.due_fen))
        lines.append(f"{line}, {due}" if parcel.due_fen > 0 else line)
    return lines


def where_lines(say: Say, facts: Facts) -> list[str]:
    """Where the station is, when it is open, how it is called; nothing of what the owner has not said."""
    address, hours = facts.of_station["address"], facts.of_station["hours"]
    lines = [say("Address: {address}", address=address)] if address else []
    lines += [say("Open: {hours}", hours=hours)] if hours else []
    return lines + _telephone_lines(say, facts)


def _telephone_lines(say: Say, facts: Facts) -> list[str]:
    telephone = facts.of_station["telephone"]
    return [say("Telephone: {telephone}", telephone=telephone)] if telephone else []


_Text = tuple[str, str]  # title and body


def _arrived(say: Say, facts: Facts) -> _Text:
    count = len(facts.parcels)
    title = (
        say("{station}: a parcel is here for you", station=facts.station)
        if count == 1
        else say("{station}: {count} parcels are here for you", station=facts.station, count=count)
    )
    return title, "\n".join([title, *_places(say, facts), _how_to_collect(say), *where_lines(say, facts)])


def _how_to_collect(say: Say) -> str:
    return say(
        "Scan the attached QR at the kiosk: it opens all your parcels at once. Or type a code. The slot lights up;"
        " scan the parcel on the way out."
    )


def _waits(say: Say, facts: Facts) -> _Text:
    title = say("{station}: your parcel still waits for you", station=facts.station)
    since = say("Here since {day}.", day=f"{facts.since:%Y-%m-%d}" if facts.since else "?")
    lines = [title, since, *_places(say, facts), _how_to_collect(say), *where_lines(say, facts)]
    return title, "\n".join(lines)


def _noted(say: Say, facts: Facts) -> _Text:
    title = say("{station}: home delivery is noted", station=facts.station)
    said = say("Your parcel will be brought to your door: pickup code {codes}", codes=codes_line(facts))
    return title, "\n".join([said, *_telephone_lines(say, facts)])


def _on_its_way(say: Say, facts: Facts) -> _Text:
    title = say("{station}: your parcel is on its way", station=facts.station)
    said = say("Tell the code at the door: {codes}", codes=codes_line(facts))
    return title, "\n".join([said, *_telephone_lines(say, facts)])


def _passed(say: Say, facts: Facts) -> _Text:
    title = say("{station}: a pass for somebody who collects for you", station=facts.station)
    until = f"{facts.proxy.valid_until:%Y-%m-%d %H:%M}" if facts.proxy else ""
    body = say(
        "Hand the attached QR on to whoever collects. It opens pickup code {codes} once, until {time}.",
        codes=codes_line(facts), time=until,
    )  # fmt: skip
    return title, "\n".join([body, *where_lines(say, facts)])


def _called(say: Say, facts: Facts) -> _Text:
    title = say("{station}: a customer needs help", station=facts.station)
    return title, say("Somebody pressed the call key at {terminal}.", terminal=facts.terminal)


def _in_short(text: str) -> Callable[[Say, Facts], _Text]:
    def write(say: Say, facts: Facts) -> _Text:
        return "", say(text, station=facts.station, codes=codes_line(facts), terminal=facts.terminal)

    return write


def _to_group(text: str) -> Callable[[Say, Facts], _Text]:
    """Never a code: with the digits of a phone it would open a parcel."""

    def write(say: Say, facts: Facts) -> _Text:
        return facts.station, say(text, tails=tails_line(facts))

    return write


_Write = Mapping[MessageKind, Callable[[Say, Facts], _Text]]
LONG: _Write = {
    MessageKind.ARRIVAL: _arrived,
    MessageKind.REMINDER: _waits,
    MessageKind.DELIVERY_NOTED: _noted,
    MessageKind.DELIVERY_OUT: _on_its_way,
    MessageKind.PASS: _passed,
    MessageKind.CALL: _called,
}
SHORT: _Write = {
    MessageKind.ARRIVAL: _in_short(N_("{station}: pickup code {codes}")),
    MessageKind.REMINDER: _in_short(N_("{station}: still waiting for you: pickup code {codes}")),
    MessageKind.DELIVERY_NOTED: _in_short(N_("{station}: home delivery is noted: pickup code {codes}")),
    MessageKind.DELIVERY_OUT: _in_short(N_("{station}: on its way to you; tell the code at the door: {codes}")),
}
GROUP: _Write = {
    MessageKind.ARRIVAL: _to_group(N_("Parcels have arrived for phones that end in: {tails}")),
    MessageKind.REMINDER: _to_group(N_("Parcels still wait for phones that end in: {tails}")),
}
