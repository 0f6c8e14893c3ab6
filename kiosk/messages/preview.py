"""Every message to customers as it would go out, of a parcel that does not exist; and how many SMS it takes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from kiosk.config import Settings
from kiosk.config.message_kinds import KINDS, MessageKind
from kiosk.config.messages import Channel
from kiosk.faults import StationFault
from kiosk.home import StationHome
from kiosk.jobs.handing_over.passes import ProxyPass
from kiosk.messages.composing import compose, languages_of
from kiosk.messages.facts import Facts, values_of
from kiosk.messages.recipients import url_of
from kiosk.messages.sending import is_short
from kiosk.messages.sms_parts import SmsParts, sms_parts
from kiosk.parcels.message_templates import fill
from kiosk.text import N_, Say
from kiosk.text.answers.messages import KINDS as KIND_NAMES

_MEDIA = {"sms": N_("SMS"), "mail": N_("e-mail"), "group": N_("group")}


class Preview(NamedTuple):
    """`medium`: sms, mail or group; `channel`: its name, None where there is none yet; `is_own`: the owner's words.
    `sms`: what a text to a phone takes."""

    about: MessageKind
    medium: str
    channel: str | None
    is_own: bool
    title: str
    text: str
    sms: SmsParts | None


class _Sample(NamedTuple):
    code: str
    slot: str
    due_fen: int = 0


_SAMPLES = (_Sample("4-6-7602", "4-6-3"), _Sample("12-3-0518", "12-3-14"), _Sample("5-1-2201", "5-1-20"))
MOST_PARCELS = len(_SAMPLES)


def previews(home: StationHome, settings: Settings, now: datetime, parcels: int = 1) -> list[Preview]:
    """Of each channel to customers; without one, of an SMS, an e-mail and a group. `now`: local time; `parcels`: up to
    MOST_PARCELS in one message."""
    until = now + timedelta(days=1)
    samples = _SAMPLES[:parcels]
    facts = Facts(
        settings.of_station, samples, ("1234",) * parcels, ProxyPass("", (), until), since=now - timedelta(days=7)
    )
    channels = [one for one in settings.messages.channels if one.to in ("consignee", "group")]
    ways: list[tuple[Channel | None, str]] = [(one, _medium(home, one)) for one in channels]
    ways = ways or [(None, medium) for medium in _MEDIA]
    return [one for channel, medium in ways for one in _of_way(settings, channel, medium, facts)]


def _medium(home: StationHome, channel: Channel) -> str:
    if channel.to == "group":
        return "group"
    try:
        return "sms" if is_short(url_of(home, channel)) else "mail"
    except StationFault:  # its file is not there yet: the doctor says so
        return "sms"


def _of_way(settings: Settings, channel: Channel | None, medium: str, facts: Facts) -> Iterator[Preview]:
    fitting = KINDS["group" if medium == "group" else "consignee"]
    for about in MessageKind:
        if about not in (channel.kinds if channel else fitting) or (medium == "sms" and about is MessageKind.PASS):
            continue
        name = channel.name if channel else None
        if medium == "sms" and about is MessageKind.ARRIVAL and channel is not None and channel.template is not None:
            text = fill(channel.template, values_of(facts))
            yield Preview(about, medium, name, True, "", text, sms_parts(text))
            continue
        longest = channel.longest if channel else None
        said = compose(settings, about, medium, languages_of(settings, channel, medium), facts, longest)
        sms = sms_parts(said.body) if medium == "sms" else None
        yield Preview(about, medium, name, said.is_own, said.title, said.body, sms)


def preview_lines(say: Say, one: Preview) -> list[str]:
    """Which message it is, and the message."""
    head = [say(KIND_NAMES[one.about]), say(_MEDIA[one.medium])]
    head += [one.channel] if one.channel else []
    head += [say("your own text")] if one.is_own else []
    head += [sms_words(say, one.sms)] if one.sms else []
    return ["  ".join(head), *(f"    {line}".rstrip() for line in one.text.split("\n"))]


def sms_words(say: Say, sms: SmsParts) -> str:
    """`71 of 70 letters: 2 SMS`."""
    return say("{letters} of {room} letters: {parts} SMS", letters=sms.letters, room=sms.room, parts=sms.parts)
