"""Texts of the owner's own for messages to customers: `[[messages.texts]]`, and the `template` of a channel."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from kiosk.config.message_kinds import KINDS, MessageKind
from kiosk.config.table import Table, refuse_doubles
from kiosk.faults import Detail, expected
from kiosk.parcels.meanings import CodeScan
from kiosk.parcels.message_templates import clauses_of, fill, has_stray_brace, places_in
from kiosk.parcels.scans import recognise

LANGUAGES = ("en", "zh")
MEDIA = {"sms": 300, "mail": 1000, "group": 1000}  # how it is read → letters that a text may have
OF_STATION = ("station", "address", "hours", "telephone")
_OF_PERSON = (*OF_STATION, "codes", "count", "to_pay")
_MORE = {MessageKind.REMINDER: ("since",), MessageKind.PASS: ("until",)}
_TELL_CODES = (MessageKind.ARRIVAL, MessageKind.REMINDER, MessageKind.DELIVERY_OUT)
_ONLY_SOMETIMES = "to_pay"
_EXAMPLES = {
    "sms": "{station}: pickup code {codes}, {address}",
    "mail": "Pickup code {codes}. Open {hours}.",
    "group": "{station}: parcels for {tails}",
}
_CONTROLS = r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
_SAMPLES = (("4-6-7602",), ("12-3-0518", "4-6-7602", "5-1-2201"))


class OwnText(NamedTuple):
    """How a message of this kind reads in this language: `sms` on a phone, `mail` in an e-mail, `group` where many
    read it; None: as the program says it."""

    about: MessageKind
    language: str
    sms: str | None
    mail: str | None
    group: str | None


def read_texts(tables: list[Table], station: Mapping[str, str]) -> tuple[OwnText, ...]:
    """`station`: what {station}, {address}, {hours} and {telephone} say, empty where the owner left it out. Raises
    StationFault(BAD_SETTINGS)."""
    texts = tuple(_read_text(table, station) for table in tables)
    refuse_doubles(tables, "about", lambda index: texts[index][:2])
    return texts


def _read_text(table: Table, station: Mapping[str, str]) -> OwnText:
    about = MessageKind(table.choice("about", MessageKind.ARRIVAL, tuple(sorted(KINDS["consignee"]))))
    language = table.choice("language", "", LANGUAGES)
    sms, mail, group = (_medium(table, medium, about, station) for medium in MEDIA)
    if sms is mail is group is None:
        raise table.wrong("about", expected("a text beside it: {choices}", choices=", ".join(MEDIA)))
    table.refuse_unknown_keys()
    return OwnText(about, language, sms, mail, group)


def _medium(table: Table, medium: str, about: MessageKind, station: Mapping[str, str]) -> str | None:
    found = table.get(medium, None)
    if found is None:
        return None
    if medium == "sms" and about is MessageKind.PASS:
        raise table.wrong(medium, expected("no {medium} about {about}: it is a picture", medium=medium, about=about))
    if medium == "group" and about not in KINDS["group"]:
        raise table.wrong(medium, expected("no {medium} about {about}: it is one person's", medium=medium, about=about))
    bare = found if medium == "sms" or not isinstance(found, str) else found.replace("\n", "")
    if isinstance(bare, str) and re.search(_CONTROLS, bare):
        raise table.wrong(medium, expected("no tabs, no line ends in an sms, and nothing else that cannot be seen"))
    form = rf"(?:(?!{_CONTROLS}).|\n){{1,{MEDIA[medium]}}}"
    text = table.text(medium, "", form=form, example=_EXAMPLES[medium]).strip()
    wrong = wrong_in(text, medium, about, station) or unread_codes(text, station)
    if wrong is not None:
        raise table.wrong(medium, wrong)
    return text


def wrong_in(text: str, medium: str, about: MessageKind, station: Mapping[str, str]) -> Detail | None:
    """What cannot be sent so; None where it can."""
    used = places_in(text)
    known = (*OF_STATION, "tails", "count") if medium == "group" else (*_OF_PERSON, *_MORE.get(about, ()))
    choices = ", ".join(f"{{{name}}}" for name in known)
    if has_stray_brace(text):
        return expected("braces only in pairs round one of {choices}", choices=choices)
    if medium == "group" and "codes" in used:
        return expected("no {place}: many people read it", place="{codes}")
    for name in used:
        if name not in known:
            return expected("no {place}; there are {choices}", place=f"{{{name}}}", choices=choices)
    needed = "tails" if medium == "group" else "codes" if about in _TELL_CODES else None
    if needed is not None and needed not in used:
        return expected("{place} in it", place=f"{{{needed}}}")
    return _half_clause(text, station) or (None if fill(text, _sample(station, ("4-6-7602",))) else _nothing_left())


def _half_clause(text: str, station: Mapping[str, str]) -> Detail | None:
    """What has no value takes its clause along: nothing else may stand in that."""
    absent = {_ONLY_SOMETIMES, *(name for name, value in station.items() if not value)}
    for clause in clauses_of(text):
        places = places_in(clause)
        gone = [name for name in places if name in absent]
        if gone and set(places) - set(gone):
            other = next(name for name in places if name not in gone)
            return expected(
                "a comma between {place}, which is left out where it has no value, and {other}",
                place=f"{{{gone[0]}}}", other=f"{{{other}}}",
            )  # fmt: skip
    return None


def _nothing_left() -> Detail:
    return expected("something that can be said without address, hours or phone in [station]")


def unread_codes(text: str, station: Mapping[str, str]) -> Detail | None:
    """People scan and paste whole messages at the kiosk: what it would read wrongly; None where all is well."""
    if "codes" not in places_in(text):
        return None
    plain = {name: value and "x" for name, value in station.items()}
    for codes in _SAMPLES:
        read = _read_back(fill(text, _sample(plain, codes)))
        if read != codes:
            return _unread(codes, read)
        read = _read_back(fill(text, _sample(station, codes)))
        if not set(codes) <= set(read):  # a street and number may look like one code more
            return _unread(codes, read)
    return None


def _unread(codes: tuple[str, ...], read: tuple[str, ...]) -> Detail:
    return expected(
        "words in which the kiosk finds the code again: of {codes} it reads {read}",
        codes=", ".join(codes), read=", ".join(read) or "-",
    )  # fmt: skip


def _read_back(text: str) -> tuple[str, ...]:
    means = recognise(text).means
    return tuple(code.text for code in means.codes) if isinstance(means, CodeScan) else ()


def _sample(station: Mapping[str, str], codes: tuple[str, ...]) -> Mapping[str, str]:
    listed = ", ".join(f"{code} ({code.rpartition('-')[0]}-3)" for code in codes)
    more = {"codes": listed, "count": str(len(codes)), "tails": "1234", "to_pay": ""}
    return {**station, **more, "since": "2026-01-02", "until": "2026-01-02 18:00"}
