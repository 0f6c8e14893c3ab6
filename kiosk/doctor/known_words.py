"""Words that are known to be personal or secret, found in a text in whatever case and spelling they stand there."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

_LONG = 5  # letters and digits: such a word is found inside of another one too
_QUOTED = re.compile(r"%(?:25)*[0-9A-Fa-f]{2}")  # a sign in a URL, also quoted more than once
_BEGINNINGS = (2, _LONG)  # characters by which short and long words are looked up


class KnownWords:
    """Case, width, spaces and what stands between letters do not count: `Wang Wei` is found in `u=WANG_WEI2` and in
    `Wang%20Wei`. A short word is found between borders only: `Li` not in `Limit`."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[str, set[str]] = {}
        for word in words:
            plain = "".join(one for one, _ in _plain(word))
            if len(plain) >= min(_BEGINNINGS) and not (plain.isdecimal() and len(plain) < 4):
                beginning = max(one for one in _BEGINNINGS if one <= len(plain))
                self._words.setdefault(plain[:beginning], set()).add(plain)

    def found(self, text: str) -> Iterator[tuple[int, int]]:
        """From where to where, in the order of where."""
        if not self._words:
            return
        plain = list(_plain(text))
        letters = "".join(one for one, _ in plain)
        for at in range(len(letters) - min(_BEGINNINGS) + 1):
            ends = [
                at + len(word)
                for beginning in _BEGINNINGS
                for word in self._words.get(letters[at : at + beginning], ())
                if letters.startswith(word, at) and _stands_alone(text, plain[at : at + len(word)])
            ]
            if ends:
                yield plain[at][1], plain[max(ends) - 1][1] + 1


def _plain(text: str) -> Iterator[tuple[str, int]]:
    """Letters and digits, folded, each with its place in the text; `%20` is a sign, and no 20."""
    at = 0
    while at < len(text):
        if text[at] == "%" and (quoted := _QUOTED.match(text, at)):
            at = quoted.end()
            continue
        for one in _folded(text[at]):
            if one.isalnum():
                yield one, at
        at += 1


def _folded(one: str) -> str:
    """`Ü` is found as `u`, `ß` as `ss`."""
    return one.casefold() if one.isascii() else unicodedata.normalize("NFKD", one).casefold()


def _stands_alone(text: str, found: list[tuple[str, int]]) -> bool:
    """Between borders, or long and in one piece."""
    start, end = found[0][1], found[-1][1] + 1
    if len(found) >= _LONG and all(after - before <= 1 for (_, before), (_, after) in pairwise(found)):
        return True
    return _is_border(text, start) and _is_border(text, end)


def _is_border(text: str, at: int) -> bool:
    """Between letters and anything else, Chinese ones not counting as letters; also in the middle of `wangWei`."""
    if at == 0 or at == len(text):
        return True
    before, after = text[at - 1], text[at]
    return _kind(before) != _kind(after) or _kind(after) == "" or (before.islower() and after.isupper())


def _kind(one: str) -> str:
    if one.isalpha():
        return "letter" if one < "\u2e80" else ""
    return "digit" if one.isalnum() else ""
