"""Numbers of people's identity cards: never a parcel's, and never kept.

GB 11643 (China; residence permits too): six digits of the region, the day of birth, three digits, and a check character
by ISO 7064 mod 11-2. The Italian tax code stands as a barcode on everybody's health card.
"""

import re

_DAY = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_NUMBER = re.compile(rf"(?<!\d)[1-9]\d{{5}}{_DAY}\d{{3}}[\dXx](?!\d)", re.ASCII)
_SPACED = re.compile(rf"(?<!\d)[1-9]\d{{5}}[ -]?{_DAY}[ -]?\d{{3}}[\dXx](?!\d)", re.ASCII)
_TAX_CODE = re.compile(r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", re.ASCII)
_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
_CHECKS = "10X98765432"


def holds_identity(text: str) -> bool:
    """Whether somebody's number stands in a text without blanks."""
    return any(_fits(found) for found in _NUMBER.findall(text)) or bool(_TAX_CODE.fullmatch(text))


def without_identities(text: str) -> str:
    """A person's own words, with the numbers of identity cards in them masked."""
    return _SPACED.sub(lambda found: "*" * 18 if _fits(re.sub("[ -]", "", found[0])) else found[0], text)


def _fits(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == number[17].upper()
