"""What is sent to people, by which channels and when: `[messages]` of station.toml; and the agent that sends it."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import TYPE_CHECKING, NamedTuple

from kiosk.config.message_kinds import KINDS, MessageKind
from kiosk.config.table import Table, refuse_doubles
from kiosk.faults import Detail, expected

if TYPE_CHECKING:
    from kiosk.config.message_texts import OwnText

_URL = r"[A-Za-z][A-Za-z0-9+.-]*://[\x21-\x7e\u0080-\U0010ffff]{1,250}"
_LINE = r"[^\x00-\x1f]{1,500}"
_NAME = r"[A-Za-z0-9_.-]{1,40}"
PHONE, INTERNATIONAL_PHONE, EMAIL = "{phone}", "{+86phone}", "{email}"
PASSWORD = "{password}"
PLACEHOLDERS = (PHONE, INTERNATIONAL_PHONE, EMAIL)


class Channel(NamedTuple):
    """One way out. `url` is Apprise's, with passwords in it: it is shown nowhere. `url_file`, from the station's home
    on, holds it instead, and goes first. What `password_file` holds comes in place of `{password}` in either.
    `language` is en, zh or both; `sms_language` that of what goes to a phone, None: the station's.

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
    sms_language: str | None = None


class MessageSettings(NamedTuple):
    """`quiet`: hours in which consignees and groups get nothing. `merge_s`: so long a message waits for more parcels
    of the same person. `tries`: then it is given up. `remind_at`: when the consignees of overdue parcels are reminded.
    `texts` of the owner's own go before the program's.
    """

    channels: tuple[Channel, ...]
    quiet: tuple[time, time] | None
    merge_s: int
    tries: int
    remind_at: time
    texts: "tuple[OwnText, ...]" = ()
    sms_language: str | None = None

    def sends(self, kind: MessageKind) -> bool:
        return any(kind in channel.kinds for channel in self.channels)


class AgentSettings(NamedTuple):
    """When the agent erases what is due, backs up and checkpoints, in local time."""

    nightly_at: time


def read_agent(table: Table) -> AgentSettings:
    """Raises StationFault(BAD_SETTINGS)."""
    return AgentSettings(table.time_of_day("nightly_at", "02:30"))


def read_messages(table: Table, station: Mapping[str, str]) -> MessageSettings:
    """`station`: what the placeholders of its texts say. Raises StationFault(BAD_SETTINGS). No key of it is shown with
    its value: it may be a password."""
    language = table.choice("language", "both", _LANGUAGES)
    sms_language = None if language == "both" else language  # two languages cost a second SMS
    if table.get("sms_language", None) is not None:
        sms_language = table.choice("sms_language", "", _LANGUAGES)
    languages = _Languages(language, sms_language)
    tables = table.tables("channels") if table.get("channels", None) is not None else []
    channels = tuple(_read_channel(one, languages, station) for one in tables)
    refuse_doubles(tables, "name", lambda index: channels[index].name)
    return MessageSettings(
        channels=channels,
        quiet=table.hours("quiet"),
        merge_s=table.whole("merge_seconds", 120, 0, 3600),
        tries=table.whole("tries", 12, 1, 100),
        remind_at=table.time_of_day("remind_at", "10:00"),
        texts=_read_texts(table, station),
        sms_language=sms_language,
    )


_LANGUAGES = ("en", "zh", "both")


class _Languages(NamedTuple):
    """Of channels that have none of their own."""

    long: str
    sms: str | None


def _read_texts(table: Table, station: Mapping[str, str]) -> "tuple[OwnText, ...]":
    if table.get("texts", None) is None:
        return ()
    from kiosk.config.message_texts import read_texts  # most stations have none

    return read_texts(table.tables("texts"), station)


def _read_channel(table: Table, languages: _Languages, station: Mapping[str, str]) -> Channel:
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
        language=table.choice("language", languages.long, _LANGUAGES),
        taken=_text(table, "taken", '"code":0'),
        template=_template(table, station),
        longest=table.whole("longest", 0, 0, 100_000) or None,
        password_file=table.path("password_file", "mail-password"),
        courier=_read_courier(table, to),
    )
    has_own = table.get("language", None) is not None
    channel = channel._replace(sms_language=channel.language if has_own else languages.sms)
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


def _template(table: Table, station: Mapping[str, str]) -> str | None:
    found = _text(table, "template", "[{station}] pickup code {codes}")
    if found is None:
        return None
    from kiosk.config.message_texts import wrong_in

    wrong = wrong_in(found, "sms", MessageKind.ARRIVAL, station)
    if wrong is not None:
        raise table.wrong("template", wrong)
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
