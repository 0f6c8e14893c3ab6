"""Waybill numbers: reading one from a scan and telling whose it may be."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kiosk.parcels.codes import plain, read_code
from kiosk.parcels.couriers import forms_of
from kiosk.parcels.layouts import is_typed_otherwise
from kiosk.parcels.phones import is_mobile
from kiosk.parcels.problems import Problem

_NUMBER = re.compile(r"[A-Z0-9]{5,40}(?:-[1-9])?")
# JD writes where it goes behind the piece, and on old labels N, S and H between them.
_PIECE = re.compile(
    r"(?P<number>JD[A-Z0-9]{13}|[A-Z]{0,3}[0-9]{10,15})"
    r"(?:-(?P<piece>[0-9]{1,3})-(?P<pieces>[0-9]{1,3})(?:-[A-Z0-9]{0,8}-?)?"
    r"|N(?P<old_piece>[0-9]{1,3})S(?P<old_pieces>[0-9]{1,3})(?:H[A-Z0-9]{0,8})?)"
)
_SHORTEST_TOLD_FROM_CODE = 8


@dataclass(frozen=True, slots=True)
class Waybill:
    """A waybill number without spaces, in upper case; `piece` of `pieces` for a consignment of several.

    `courier`: who alone writes a piece behind such a number, where its form is nobody's.
    """

    number: str
    piece: int = 1
    pieces: int = 1
    courier: str | None = field(default=None, compare=False)

    def may_be(self, piece: int) -> bool:
        """Whether it names that piece, or none in particular."""
        return self.pieces == 1 or self.piece == piece

    def __str__(self) -> str:
        return self.number if self.pieces == 1 else f"{self.number}-{self.piece}-{self.pieces}"


def read_waybill(text: str) -> Waybill | Problem:
    """The waybill in `text`, or what `text` is instead. Unknown forms pass: no number is refused for its looks."""
    if is_typed_otherwise(text):
        return Problem.KEYBOARD_LAYOUT
    spaced = plain(text).strip()
    code = read_code(spaced)
    if code and (code.parted or len(code.text) < _SHORTEST_TOLD_FROM_CODE):
        return Problem.CODE_NOT_WAYBILL
    from kiosk.parcels.barcodes import number_in  # 3 ms: a code that opens a search needs neither
    from kiosk.parcels.identity_cards import holds_identity

    folded = number_in(text)
    if isinstance(folded, Problem):
        return folded
    if not folded:
        return Problem.EMPTY_SCAN
    if is_mobile(folded):
        return Problem.PHONE_SCANNED
    is_a_couriers = folded[0].isalpha() and bool(forms_of(folded))  # one in 25,000 of DHL's holds such digits by chance
    if holds_identity(folded) and not is_a_couriers:
        return Problem.IDENTITY_SCANNED
    if found := _PIECE.fullmatch(folded):
        piece, pieces = found["piece"] or found["old_piece"], found["pieces"] or found["old_pieces"]
        return _numbered(found["number"], int(piece), int(pieces))
    unhyphened = folded if _NUMBER.fullmatch(folded) else folded.replace("-", "")
    if not _NUMBER.fullmatch(unhyphened) or not any(c.isdigit() for c in unhyphened):
        return Problem.UNKNOWN_FORM
    if any(len(word) > 2 and word.isalpha() for word in spaced.split()) and not forms_of(unhyphened):
        return Problem.UNKNOWN_FORM  # words with a number among them
    return Waybill(unhyphened)


def _numbered(number: str, piece: int, pieces: int) -> Waybill | Problem:
    """A courier's number with the piece behind it."""
    if is_mobile(number):
        return Problem.PHONE_SCANNED
    courier = "JD" if number.isdecimal() else None
    return Waybill(number, piece, pieces, courier) if 1 <= piece <= pieces else Problem.UNKNOWN_FORM


def candidates(number: str, history: Callable[[], Mapping[str, int]]) -> tuple[str, ...]:
    """The couriers whose forms accept the number, this station's most frequent first.

    `history` counts the parcels of each courier seen here lately; it is asked for only where the number leaves a
    choice. Equals stand in the order of the forms table.
    """
    couriers = tuple(dict.fromkeys(form.courier for form in forms_of(number)))
    if len(couriers) < 2:
        return couriers
    seen = history()
    return tuple(sorted(couriers, key=lambda courier: -seen.get(courier, 0)))
