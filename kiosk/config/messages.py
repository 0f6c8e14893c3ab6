"""What is sent to people, by which channels and when: `[messages]` of station.toml; and the agent that sends it."""

import re
from collections.abc import Sequence
from datetime import time
from enum import StrEnum
from typing import NamedTuple

from kiosk.config.table import Table, refuse_doubles
from kiosk.faults import Detail, expected

_URL = r"[A-Za-z][A-Za-z0-9+.-]*://[\x21-\x7e\u0080-\U0010ffff]{1,250}"
_LINE = r"[^\x00-\x1f]{1,500}"
_HOLES = re.compile(r"\{(?:station|codes|count)\}")
_NAME = r"[A-Za-z0-9_.-]{1,40}"
PHONE, INTERNATIONAL_PHONE, EMAIL = "{phone}", "{+86phone}", "{email}"
PASSWORD = "{password}"
PLACEHOLDERS = (PHONE, INTERNATIONAL_PHONE, EMAIL)


class MessageKind(StrEnum):
    """What a message is about."""

    ARRIVAL = "arrival"
    REMINDER = "reminder"
    DELIVERY_NOTED = "delivery_noted"
    DELIVERY_OUT = "delivery_out"
    PASS = "pass"
    CALL = "call"


# To whom a channel may speak → about what. A group hears nothing that is one person's alone; a courier is reminded of
# what it announced and has not brought.
KINDS: dict[str, frozenset[MessageKind]] = {
    "consignee": frozenset(MessageKind) - {MessageKind.CALL},
    "group": frozenset({MessageKind.ARRIVAL, MessageKind.REMINDER}),
    "staff": frozenset({MessageKind.CALL}),
    "courier": frozenset({MessageKind.REMINDER}),
}


class Channel(NamedTuple):
    """One way out. `url` is Apprise's, with passwords in it: it is shown nowhere. `url_file`, from the station's home
    on, holds it instead, and goes first. What `password_file` holds comes in place of `{password}` in either.
    `language` is en, zh or both.

    `taken`: what stands in the service's answer when it means yes; `template`: how an arrival notice to a phone reads,
    where a gateway takes registered texts only; `longest`: bytes of a text, where the service takes fewer than usual;
    `courier`: whose people read it, where it goes to a courier.
    """

    name: str
    to: str
    url: str | None
    url_file: str | None
    kinds: frozenset[MessageKind]
    language: str
    taken: str | None = None
    template: str | None = None
    longest: int | None = None
    password_file: str | None = None
    courier: str | None = None


class MessageSettings(NamedTuple):
    """`quiet`: hours in which consignees and groups get nothing. `merge_s`: so long a message waits for more parcels
    of the same person. `tries`: then it is given up. `remind_at`: when the consignees of overdue parcels are reminded.
    """

    channels: tuple[Channel, ...]
    quiet: tuple[time, time] | None
    merge_s: int
    tries: int
    remind_at: time

    def sends(self, kind: MessageKind) -> bool:
        return any(kind in channel.kinds for channel in self.channels)


class AgentSettings(NamedTuple):
    """When the agent erases what is due, backs up and checkpoints, in local time."""

    nightly_at: time


def read_agent(table: Table) -> AgentSettings:
    """Raises StationFault(BAD_SETTINGS)."""
    return AgentSettings(table.time_of_day("nightly_at", "02:30"))


def read_messages(table: Table) -> MessageSettings:
    """Raises StationFault(BAD_SETTINGS). No key of it is shown with its value: it may be a password."""
    language = table.choice("language", "both", _LANGUAGES)
    tables = table.tables("channels") if table.get("channels", None) is not None else []
    channels = tuple(_read_channel(one, language) for one in tables)
    refuse_doubles(tables, "name", lambda index: channels[index].name)
    return MessageSettings(
        channels=channels,
        quiet=table.hours("quiet"),
        merge_s=table.whole("merge_seconds", 120, 0, 3600),
        tries=table.whole("tries", 12, 1, 100),
        remind_at=table.time_of_day("remind_at", "10:00"),
    )


_LANGUAGES = ("en", "zh", "both")


def _read_channel(table: Table, language: str) -> Channel:
    to = table.choice("to", "consignee", tuple(KINDS))
    url_file = table.path("url_file", "mail-url")
    url = None
    if url_file is None or table.get("url", None) is not None:
        url = table.text("url", "", form=_URL, example=f"mailtos://USER:PASSWORD@HOST?to={EMAIL}")
    channel = Channel(
        name=table.text("name", "", form=_NAME, example="mail"),
        to=to,
        url=url if url_file is None else None,
        url_file=url_file,
        kinds=_read_kinds(table, to),
        language=table.choice("language", language, _LANGUAGES),
        taken=_text(table, "taken", '"code":0'),
        template=_template(table),
        longest=table.whole("longest", 0, 0, 100_000) or None,
        password_file=table.path("password_file", "mail-password"),
        courier=_read_courier(table, to),
    )
    if channel.url is not None and (PASSWORD in channel.url) != (channel.password_file is not None):
        raise table.wrong("url", password_place())
    if channel.url is not None and (to == "consignee") != has_placeholder(channel.url):
        raise table.wrong("url", whose_url(to))
    table.refuse_unknown_keys()
    return channel


def _read_courier(table: Table, to: str) -> str | None:
    named = _text(table, "courier", "YTO")
    if to != "courier":
        return None
    from kiosk.parcels.brands import read_brand  # few stations write to couriers

    brand = read_brand(named) if named is not None else None
    if brand is None:
        raise table.wrong("courier", expected('the name of the courier, such as "YTO"'))
    return brand


def _text(table: Table, key: str, example: str) -> str | None:
    return table.text(key, "", form=_LINE, example=example) if table.get(key, None) is not None else None


def _template(table: Table) -> str | None:
    example = "[{station}] pickup code {codes}"
    found = _text(table, "template", example)
    if found is not None and ("{codes}" not in found or re.search("[{}]", _HOLES.sub("", found))):
        raise table.wrong("template", expected("{codes} in it, and no braces but {station}, {codes}, {count}"))
    return found


def whose_url(to: str) -> Detail:
    """What a URL has to hold, or not, for those it goes to."""
    if to == "consignee":
        return expected("{phone} or {email} in it, where a consignee's goes", phone=PHONE, email=EMAIL)
    return expected("no {phone}, no {email}: it is no person's", phone=PHONE, email=EMAIL)


def password_place() -> Detail:
    """Neither without the other."""
    return expected("{password} in it where there is a password_file, and only there", password=PASSWORD)


def _read_kinds(table: Table, to: str) -> frozenset[MessageKind]:
    """All that the channel may hear of, or those of `about`."""
    about: Sequence[str] = table.texts("about", example='["arrival", "reminder"]')
    if not set(about) <= KINDS[to]:
        raise table.wrong("about", expected("a list of: {choices}", choices=", ".join(sorted(KINDS[to]))))
    return frozenset(map(MessageKind, about)) or KINDS[to]


def has_placeholder(url: str) -> bool:
    return any(place in url for place in PLACEHOLDERS)
