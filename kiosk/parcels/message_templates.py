"""Texts of the owner's own: words with {placeholders}. What the station has no value for goes with its whole clause,
so that no "Address:" stands there alone."""

import re
from collections.abc import Iterator, Mapping, Set

PLACE = re.compile(r"\{([^{}]*)\}")
_BRACES = re.compile(r"[{}｛｝]")  # the wide ones are an input method's
_BRACKETED = re.compile(r"[^\S\n]?([(\[（【])([^()\[\]（）【】\n]*)([)\]）】])")
_CLAUSE_END = re.compile(r"(?=[，、；。！？|])|(?=[,;.!?](?:\s|$))|(?<=】)")
_OPENERS = "】"  # of an SMS: who sends it
_CLAUSE_MARK = re.compile(r"^[，、；。！？|,;.!?]?\s*")


def places_in(template: str) -> list[str]:
    """The names between braces, whether they are known or not."""
    return PLACE.findall(template)


def has_stray_brace(template: str) -> bool:
    return _BRACES.search(PLACE.sub("", template)) is not None


def clauses_of(template: str) -> Iterator[str]:
    """What goes or stays as one: what stands in brackets, and what commas and stops part."""
    for line in template.split("\n"):
        for bracketed in _BRACKETED.finditer(line):
            yield from _CLAUSE_END.split(bracketed[2])
        yield from _CLAUSE_END.split(_BRACKETED.sub("", line))


def fill(template: str, values: Mapping[str, str]) -> str:
    """`values`: placeholder → what stands for it, empty where there is nothing to say. No line ends but the
    template's own are made of it."""
    missing = {name for name, value in values.items() if not value}
    lines = []
    for line in template.split("\n"):
        kept = _without(line, missing)
        if kept.strip() or not line.strip():
            lines.append(kept)
    text = PLACE.sub(lambda place: values.get(place[1], ""), "\n".join(lines))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _without(line: str, missing: Set[str]) -> str:
    """A line, less the clauses of what is missing."""
    if missing.isdisjoint(places_in(line)):
        return line

    def inner(bracketed: re.Match[str]) -> str:
        kept = _kept(bracketed[2], missing)
        return bracketed[0].replace(bracketed[2], kept) if kept else ""

    return _kept(_BRACKETED.sub(inner, line), missing)


def _kept(text: str, missing: Set[str]) -> str:
    kept, is_after_gap = "", False
    for clause in _CLAUSE_END.split(text):
        if not missing.isdisjoint(places_in(clause)):
            is_after_gap = True
        elif is_after_gap and (not kept or kept[-1] in _OPENERS):
            kept += _CLAUSE_MARK.sub("", clause)  # it parted from what is gone
        else:
            kept += clause
    return kept
