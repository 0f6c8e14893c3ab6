"""The words of a message: the owner's own where there are some, the program's else."""

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from kiosk.config import Settings
from kiosk.config.message_kinds import MessageKind
from kiosk.config.messages import Channel
from kiosk.messages.facts import Facts, values_of
from kiosk.messages.sms_parts import sms_parts
from kiosk.messages.wording import GROUP, LONG, SHORT, where_lines
from kiosk.parcels.message_templates import fill
from kiosk.text import Language, Say, language_of_environment, words

_BUILT_IN = {"sms": SHORT, "mail": LONG, "group": GROUP}
_PICKED_UP = (MessageKind.ARRIVAL, MessageKind.REMINDER)  # the customer comes to the station
_LANGUAGES: Mapping[str, Sequence[Language]] = {
    "en": (Language.ENGLISH,),
    "zh": (Language.CHINESE,),
    "both": (Language.CHINESE, Language.ENGLISH),
}


class Composed(NamedTuple):
    """`title` is empty for an SMS; `is_own`: the owner's words, in one language at least."""

    title: str
    body: str
    is_own: bool


def languages_of(settings: Settings, channel: Channel | None, medium: str) -> Sequence[Language]:
    """In the order in which they stand in one message. Without a `channel`: of one without a language of its own. An
    SMS that nothing is said of is in the station's language alone: two cost a second SMS."""
    if medium != "sms":
        return _LANGUAGES[channel.language if channel else "both"]
    named = channel.sms_language if channel else settings.messages.sms_language
    return _LANGUAGES[named] if named else (language_of_station(settings),)


def language_of_station(settings: Settings) -> Language:
    """Of its screens."""
    named = settings.screen.language
    return Language(named) if named else language_of_environment()


def compose(
    settings: Settings, kind: MessageKind, medium: str, languages: Sequence[Language], facts: Facts,
    longest: int | None = None,
) -> Composed:  # fmt: skip
    """`medium`: sms, mail or group; `longest`: bytes that the service takes."""
    own = {text.language: getattr(text, medium) for text in settings.messages.texts if text.about == kind}
    titles, bodies = [], []
    for language in languages:
        say = words(language)
        title, body = _BUILT_IN[medium][kind](say, facts)
        if template := own.get(language):
            body = fill(template, values_of(facts))
        elif medium == "sms" and kind in _PICKED_UP and len(languages) == 1:
            body = _with_room(say, body, facts, longest)
        titles.append(title)
        bodies.append(body)
    is_own = any(own.get(language) for language in languages)
    return Composed(" / ".join(dict.fromkeys(titles)), "\n\n".join(bodies), is_own)


def _with_room(say: Say, body: str, facts: Facts, longest: int | None) -> str:
    """With as much of address, hours and telephone as makes it no longer than one SMS."""

    def fits(text: str) -> bool:
        return sms_parts(text).parts == 1 and (longest is None or len(text.encode()) <= longest)

    longer = [body]
    for more in where_lines(say, facts):
        longer.append(say("{first}; {second}", first=longer[-1], second=more))
    return [body, *takewhile(fits, longer[1:])][-1]
