"""Barcodes of which a scanner lost a character: the first, the last, or the letter before the digits."""

from collections.abc import Iterator
from functools import cache
from string import ascii_uppercase, digits

from kiosk.parcels.couriers import WaybillForm, all_forms, forms_of

_SHORTEST = 8  # characters; shorter ones are numbers of their own


def wholes(number: str) -> Iterator[str]:
    """Every number that this one may be the rest of, one character more in front or behind."""
    if len(number) >= _SHORTEST:
        yield from (letter + number for letter in ascii_uppercase + digits)
        yield from (number + digit for digit in digits + ascii_uppercase)


def form_lost(number: str) -> str:
    """The couriers' numbers, with their letters in front, that this may be the rest of, ` / ` between several; "" where
    it is whole or none. An end that is lost is shown as `…`."""
    if forms_of(number) or len(number) < _SHORTEST:
        return ""
    found = (whole for whole in wholes(number) if any(form.accepts(whole) for form in _lettered()))
    return " / ".join(dict.fromkeys(f"{number}…" if one.startswith(number) else one for one in found))


@cache
def _lettered() -> tuple[WaybillForm, ...]:
    return tuple(form for form in all_forms() if form.is_lettered)
