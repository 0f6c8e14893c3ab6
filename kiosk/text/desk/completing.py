"""What somebody is about to type: the rest of a word of the desk, then what may follow it.

Costs nothing where a number is typed: only what begins like a word is looked up.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from kiosk.parcels.couriers import couriers, short_name
from kiosk.parcels.exceptions import HoldReason, chinese_reasons
from kiosk.parcels.roles import Role
from kiosk.parcels.slots import Size
from kiosk.text import Language, Say, words
from kiosk.text.courier_names import courier_name
from kiosk.text.desk.jobs import JOBS, form_of
from kiosk.text.desk.modes import EACH
from kiosk.text.desk_words import ALSO, CHINESE, INITIALS, in_english

MOST_USED = ("out", "in", "batch", "done", "find", "move", "hold", "return", "phone", "undo", "pay", "report", "count")
_LONGEST = 40  # characters: more is somebody's own words, or a scan
_OTHERS = 4
_COURIER_AFTER = frozenset(("batch", "returns", "courier", "expected", "chase"))
_REASON_AFTER = frozenset(("hold", "return"))
_SIZE_AFTER = frozenset(("size", "free"))
_PLACE_AFTER = frozenset(("count", "look", "close", "open", "overdue"))
_LISTED = {"map": ("fill", "age", "courier"), "report": ("week", "month"), "sheets": ("all",)}


class Known(NamedTuple):
    """What the desk has by now: the numbers of open sheets, and the levels of the shelves."""

    sheets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Completion(NamedTuple):
    """`text`: what stands there when it is taken; `rest`: what is shown behind what was typed; `others`: what else it
    may become; `needs`: what follows."""

    text: str
    rest: str = ""
    others: tuple[str, ...] = ()
    needs: str = ""


def complete(typed: str, language: Language, role: Role, known: Known) -> Completion | None:
    """None where what is typed is no beginning of a word; the very text where nothing is missing."""
    if not typed or len(typed) > _LONGEST or not typed[0].isalpha():
        return None
    first, space, argument = typed.partition(" ")
    if not first.isalpha():
        return None
    return _argument(typed, first, argument, language, role, known) if space else _word(first, language, role)


def _word(first: str, language: Language, role: Role) -> Completion | None:
    folded = first.lower()
    if len(folded) < 2 and folded.isascii():
        return None  # a size, such as S
    found = _words_from(folded, language)
    if not found:
        return None
    name, best = found[0]
    form = form_of(words(language), language, role, name)
    others = tuple(dict.fromkeys(text for _, text in found[1:] if text != best))[:_OTHERS]
    if best == folded:
        asks = form.needs and not form.needs.startswith("[")
        return Completion(f"{first} " if asks else first, "", others, form.needs)
    rest = best[len(folded) :] if best.startswith(folded) else f" → {best}"
    return Completion(f"{best} " if form.needs else best, rest, others, form.needs)


def _words_from(folded: str, language: Language) -> list[tuple[str, str]]:
    """Each word and how it is spelt, the likeliest first: what is whole, what is used most, the desk's own words,
    what is shortest."""
    hits = [(name, spelt) for start, name, spelt in _spellings() if start.startswith(folded)]
    if language is not Language.CHINESE:  # initials of pinyin are read there too
        hits = [hit for hit in hits if hit[1].startswith(folded)] or hits
    return sorted(hits, key=lambda hit: (hit[1] != folded, _rank(hit[0]), _is_other(*hit), len(hit[1]), hit[1]))


def _is_other(name: str, spelt: str) -> bool:
    """What is said for it elsewhere."""
    return spelt in ALSO.get(name, ())


def _rank(name: str) -> int:
    return MOST_USED.index(name) if name in MOST_USED else len(MOST_USED)


@cache
def _spellings() -> Sequence[tuple[str, str, str]]:
    """What may be typed, the word, and what it becomes: pinyin's first letters become the Chinese word."""
    found = []
    for name in (word for listed in JOBS.values() for word in listed):
        chinese = (CHINESE[name], *ALSO.get(name, ()))
        found += [(name, name, name), *((one, name, one) for one in chinese)]
        found += [(INITIALS[one], name, one) for one in chinese if one in INITIALS]
    return tuple(found)


def _argument(typed: str, first: str, argument: str, language: Language, role: Role, known: Known) -> Completion | None:
    name = in_english(first).lower()
    if name not in CHINESE:
        return None
    say = words(language)
    needs = form_of(say, language, role, name).needs
    if " " in argument.strip() or argument.endswith(" "):
        return Completion(typed, "", (), "")
    folded = argument.lower()
    hits = [one for one in _following(name, say, language, known) if one.lower().startswith(folded)]
    if not folded:
        return Completion(typed, "", tuple(hits)[:_OTHERS], needs)
    if not hits or any(one.lower() == folded for one in hits):
        return Completion(typed, "", (), "")
    return Completion(f"{typed}{hits[0][len(argument) :]}", hits[0][len(argument) :], tuple(hits[1 : 1 + _OTHERS]), "")


def _following(name: str, say: Say, language: Language, known: Known) -> Iterable[str]:
    if name in _COURIER_AFTER:
        named = [courier_name(say, one) for one in couriers()] if language is Language.CHINESE else []
        return dict.fromkeys(one for one in (*named, *map(short_name, couriers())) if " " not in one)
    if name in _REASON_AFTER:
        reasons = chinese_reasons() if language is Language.CHINESE else ()
        return (*reasons, *(why.replace("_", "-") for why in HoldReason))
    if name in _SIZE_AFTER:
        return [size.name for size in Size]
    if name in _PLACE_AFTER:
        return known.places
    if name == "sheet":
        return known.sheets
    if name == "mode":
        return [CHINESE[one] for one in EACH] if language is Language.CHINESE else list(EACH)
    return _LISTED.get(name, ())
