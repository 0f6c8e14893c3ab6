"""Signing in at a desk: by badge, or by number and PIN; choosing a PIN of one's own; signing out."""

from dataclasses import dataclass, field, replace

from kiosk.jobs.attempts import Scope, browser_scopes, forgive, is_paused, note_wrong, pin_scopes
from kiosk.jobs.staff.pins import hashed_pin, is_good_pin, is_pin, pin_fits
from kiosk.jobs.station import Station
from kiosk.parcels.meanings import BadgeScan
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import Scan, recognise, unframed
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.store.tables.staff import Colleague, by_badge, by_number, colleagues, was_given, who_is

NOBODY = "nobody"  # works at a locked desk
LONGEST_MISTYPED = 5  # characters that may be meant as a number of staff


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who works at this terminal from now on, and as what; `who` stands in every event.

    `pin_must_change`: not yet, a PIN of their own is to be chosen first. `standing`: see Colleague.
    """

    number: str
    name: str
    role: Role
    pin_must_change: bool = False
    standing: str = field(default="", repr=False, compare=False)

    @property
    def who(self) -> str:
        return who_is(self.number)


def is_sign_in(station: Station, text: str) -> bool:
    """Whether somebody types number and PIN at a desk that is open: it must never be taken for a parcel."""
    number, _, pin = unframed(text).partition(" ")
    if is_pin(number) and _is_pin_of(station, number, pin):
        return True  # the two in the wrong order
    if not is_pin(pin):
        return False
    # A new PIN typed twice once more; a number mistyped. Letters are a courier's: `YT 12345678`.
    is_mistyped = len(number) <= LONGEST_MISTYPED and not number.isalpha() and bool(colleagues(station.conn))
    return number == pin or is_mistyped or was_given(station.conn, number)


def _is_pin_of(station: Station, pin: str, number: str) -> bool:
    one = by_number(station.conn, number)
    return one is not None and pin_fits(station, pin, one.pin_hash)


def sign_in(station: Station, scan: Scan) -> SignedIn | Refused:
    """What was scanned or typed at a locked desk: a badge, or number and PIN."""
    if isinstance(scan.means, BadgeScan):
        return sign_in_by_badge(station, scan.means.token)
    number, _, pin = unframed(scan.text).partition(" ")
    if not pin.isdecimal():  # a parcel scanned at a desk that has locked itself is no try
        return Refused(Problem.WRONG_PIN)
    return sign_in_by_pin(station, number, pin)


def sign_in_by_badge(station: Station, token: str) -> SignedIn | Refused:
    """The badge opens the desk, or asks for the PIN of `who` it is."""
    return _by_badge(station, token)


def _by_badge(station: Station, token: str, scopes: tuple[Scope, ...] = ()) -> SignedIn | Refused:
    one = whose_badge(station, token, scopes)
    if isinstance(one, Refused):
        return one
    if station.settings.desk.badge_needs_pin:
        return Refused(Problem.PIN_NEEDED, who=one.number)
    return _sign_in(station, one)


def whose_badge(station: Station, token: str, scopes: tuple[Scope, ...] = ()) -> Colleague | Refused:
    """Nobody guesses 128 bits: a wrong one is on record, and nobody has to wait for it at a desk. `scopes`: of whoever
    tries from afar, and would fill the log."""
    one = by_badge(station.conn, station.key.secret_hash("badge", token))
    return one or _turned_away(station, Problem.WRONG_BADGE, scopes)


def sign_in_by_pin(station: Station, number: str, pin: str) -> SignedIn | Refused:
    """Number and PIN open the desk. Unknown, wrong and paused cost the same time and get the same words."""
    one = by_number(station.conn, number)
    return _by_pin(station, one, pin, pin_scopes(station.terminal, one.number if one else None))


def sign_in_in_browser(station: Station, number: str, pin: str) -> SignedIn | Refused:
    """The same from a browser, whose mark the terminal's name is. One that has to wait gets the same words, but at no
    cost: no hash, no write. A badge may have been scanned into either field."""
    if must_browser_wait(station):
        return Refused(Problem.WRONG_PIN)
    for typed in (number, pin):
        if isinstance(badge := recognise(typed).means, BadgeScan):
            return _by_badge(station, badge.token, browser_scopes(station.terminal, None))
    one = by_number(station.conn, number)
    return _by_pin(station, one, pin, browser_scopes(station.terminal, one.number if one else None))


def must_browser_wait(station: Station) -> bool:
    """Whether whoever is at this browser was wrong too often."""
    return is_paused(station, browser_scopes(station.terminal, None))


def whose_pin(station: Station, number: str, pin: str) -> Colleague | Refused:
    """Who they are, where that is all that is asked: tries are counted as those to sign in are."""
    one = by_number(station.conn, number)
    scopes = pin_scopes(station.terminal, one.number if one else None)
    shown = _shown(station, one, pin, scopes)
    if isinstance(shown, Colleague):
        with station.transaction():
            forgive(station, scopes)
    return shown


def _by_pin(station: Station, one: Colleague | None, pin: str, scopes: tuple[Scope, ...]) -> SignedIn | Refused:
    shown = _shown(station, one, pin, scopes)
    if isinstance(shown, Refused):
        return shown
    return _sign_in(station, shown, scopes, is_weak=not is_good_pin(pin, shown.number))


def _shown(station: Station, one: Colleague | None, pin: str, scopes: tuple[Scope, ...]) -> Colleague | Refused:
    paused = is_paused(station, scopes)
    if pin_fits(station, pin, one.pin_hash if one else None) and one is not None and not paused:
        return one
    return _turned_away(station, Problem.WRONG_PIN, scopes, paused=paused)


def choose_pin(station: Station, person: SignedIn, text: str) -> SignedIn | Refused:
    """A PIN of one's own instead of the one that somebody else knows, typed twice; it opens the desk."""
    pin, _, again = unframed(text).partition(" ")
    one = by_number(station.conn, person.number)
    if pin != again:
        return Refused(Problem.PINS_DIFFER)
    if not is_good_pin(pin, person.number):
        return Refused(Problem.BAD_PIN)
    if one is None or not one.pin_must_change:  # chosen elsewhere meanwhile, or here, and the answer got lost
        fits = one is not None and pin_fits(station, pin, one.pin_hash)
        return _signed_in(one) if one is not None and fits else Refused(Problem.WRONG_PIN)
    if one.standing != person.standing:  # what they have shown opens nothing any more
        return Refused(Problem.WRONG_PIN)
    if pin_fits(station, pin, one.pin_hash):
        return Refused(Problem.PIN_MUST_CHANGE)
    pin_hash = hashed_pin(station, pin)
    with station.transaction():
        if by_number(station.conn, person.number) != one:
            return Refused(Problem.WRONG_PIN)
        by_himself = replace(station, who=person.who)
        by_himself.record_about(
            StationEvent.CHANGE_STAFF, Subject.STAFF, one.id, {"pin_must_change": 0}, {"pin_hash": pin_hash},
            facts={"new": "pin"},
        )  # fmt: skip
    chosen = by_number(station.conn, person.number)
    return _signed_in(chosen) if chosen is not None else Refused(Problem.WRONG_PIN)


def signed_in_as(station: Station, number: str, standing: str) -> SignedIn | None:
    """Who has shown elsewhere who they are, if that still opens a desk and they have a PIN of their own."""
    one = by_number(station.conn, number)
    return _signed_in(one) if one is not None and one.standing == standing and not one.pin_must_change else None


def sign_out(station: Station) -> None:
    """The desk is locked, by a key or because nobody was there."""
    with replace(station, standing="").transaction():  # also by somebody who has left
        station.record_about(StationEvent.SIGN_OUT, Subject.STATION, None, {})


def _sign_in(station: Station, one: Colleague, scopes: tuple[Scope, ...] = (), *, is_weak: bool = False) -> SignedIn:
    """`is_weak`: an older version took the PIN, and everybody guesses it."""
    person = _signed_in(one)
    must_change = {"pin_must_change": 1} if is_weak and not one.pin_must_change else {}
    with station.transaction():
        forgive(station, scopes)
        replace(station, who=person.who).record_about(StationEvent.SIGN_IN, Subject.STAFF, one.id, must_change)
    return replace(person, pin_must_change=person.pin_must_change or is_weak)


def _signed_in(one: Colleague) -> SignedIn:
    return SignedIn(one.number, one.name, Role(one.role), one.pin_must_change, one.standing)


def _turned_away(
    station: Station, problem: Problem, scopes: tuple[Scope, ...] = (), *, paused: bool = False
) -> Refused:
    note_wrong(station, problem, scopes, paused=paused, wanted=StationEvent.SIGN_IN)
    return Refused(problem)
