"""Staff: who they are, how they open the desk, and that they left."""

from dataclasses import dataclass, replace

from kiosk.jobs.allowed import allowed
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import BadgeScan, badge_text, new_token, recognise, unframed
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.store.attempts import record_attempt
from kiosk.store.staff import Colleague, by_badge, by_number, colleagues, was_given

SHORTEST_PIN, LONGEST_PIN = 6, 12  # digits
LONGEST_MISTYPED = 5  # characters that may be meant as a number of staff


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who works at this terminal from now on, and as what; `who` stands in every event."""

    number: str
    name: str
    role: Role

    @property
    def who(self) -> str:
        return f"staff-{self.number}"


@dataclass(frozen=True, slots=True)
class Badge:
    """`text` is what a badge card carries. It is told once: the database keeps a hash."""

    number: str
    name: str
    text: str


@allowed(StationEvent.ADD_STAFF)
def add_staff(station: Station, number: str, name: str, role: Role, pin: str) -> Colleague | Refused:
    """A new colleague. `number` is what they type, `pin` at least 6 digits."""
    if not _is_good(pin):
        return Refused(Problem.BAD_PIN)
    pin_hash = _hashed(station, pin)  # before the database is taken: it is slow on purpose
    with station.transaction():
        if was_given(station.conn, number):  # a number stays in the log with whoever had it
            return Refused(Problem.ALREADY_SO, detail=number)
        private = {"name": name, "pin_hash": pin_hash}
        changes = {"number": number, "role": role}
        station.record_about(StationEvent.ADD_STAFF, Subject.STAFF, None, changes, private)
    added = by_number(station.conn, number)
    return added or Refused(Problem.NO_SUCH_STAFF)


@allowed(StationEvent.CHANGE_STAFF)
def make_badge(station: Station, number: str) -> Badge | Refused:
    """A new badge; an older one of the same person opens nothing any more."""
    with station.transaction():
        one = by_number(station.conn, number)
        if one is None:
            return Refused(Problem.NO_SUCH_STAFF)
        token = new_token(station.random)
        digest = station.key.secret_hash("badge", token)
        _change(station, one, {}, {"badge_hash": digest}, "badge")
    return Badge(number, one.name, badge_text(token))


@allowed(StationEvent.CHANGE_STAFF)
def change_staff(
    station: Station, number: str, *, role: Role | None = None, pin: str | None = None, left: bool = False
) -> Colleague | Refused:
    """Another role, a new PIN, or the last day. Somebody who can manage staff must remain."""
    if pin is not None and not _is_good(pin):
        return Refused(Problem.BAD_PIN)
    pin_hash = _hashed(station, pin) if pin else None
    with station.transaction():
        one = by_number(station.conn, number)
        if one is None:
            return Refused(Problem.NO_SUCH_STAFF)
        managers = [other for other in colleagues(station.conn) if other.role == Role.MANAGER]
        if managers == [one] and (left or role is Role.CLERK):
            return Refused(Problem.LAST_MANAGER)
        changes: dict[str, object] = {"role": role} if role else {}
        private: dict[str, object] = {"pin_hash": pin_hash} if pin_hash else {}
        if left:
            changes["left_at"] = station.stamp()
            private |= {"badge_hash": None, "pin_hash": None, "name": None}
        _change(station, one, changes, private, "pin" if pin else None)
    return by_number(station.conn, number) or one


def _change(
    station: Station, one: Colleague, changes: dict[str, object], private: dict[str, object], what: str | None
) -> None:
    facts = {"new": what} if what else None
    station.record_about(StationEvent.CHANGE_STAFF, Subject.STAFF, one.id, changes, private, facts)


def is_sign_in(station: Station, text: str) -> bool:
    """Whether somebody types number and PIN at a desk that is open: it must never be taken for a parcel."""
    number, _, pin = unframed(text).partition(" ")
    if not pin.isdecimal() or not SHORTEST_PIN <= len(pin) <= LONGEST_PIN:
        return False
    is_mistyped = len(number) <= LONGEST_MISTYPED and bool(colleagues(station.conn))
    return is_mistyped or was_given(station.conn, number)


def sign_in(station: Station, text: str) -> SignedIn | Refused:
    """What was scanned or typed at a locked desk: a badge, or number and PIN."""
    scan = recognise(text)
    if isinstance(scan, BadgeScan):
        return sign_in_by_badge(station, scan.token)
    number, _, pin = unframed(text).partition(" ")
    return sign_in_by_pin(station, number, pin)


def sign_in_by_badge(station: Station, token: str) -> SignedIn | Refused:
    """The badge opens the desk."""
    one = by_badge(station.conn, station.key.secret_hash("badge", token))
    return _sign_in(station, one) if one else _turned_away(station, Problem.WRONG_BADGE)


def sign_in_by_pin(station: Station, number: str, pin: str) -> SignedIn | Refused:
    """Number and PIN open the desk. Unknown and wrong cost the same time and get the same words."""
    one = by_number(station.conn, number)
    known = one.pin_hash if one and one.pin_hash else None
    if _fits(station, pin, known) and one is not None:
        return _sign_in(station, one)
    return _turned_away(station, Problem.WRONG_PIN)


def sign_out(station: Station) -> None:
    """The desk is locked, by a key or because nobody was there."""
    with station.transaction():
        station.record_about(StationEvent.SIGN_OUT, Subject.STATION, None, {})


def list_staff(station: Station) -> list[Colleague]:
    """Everybody who works here."""
    return colleagues(station.conn)


def _sign_in(station: Station, one: Colleague) -> SignedIn:
    person = SignedIn(one.number, one.name, Role(one.role))
    with station.transaction():
        replace(station, who=person.who).record_about(StationEvent.SIGN_IN, Subject.STAFF, one.id, {})
    return person


def _turned_away(station: Station, problem: Problem) -> Refused:
    with station.transaction():
        record_attempt(station.conn, station.terminal, station.stamp(), problem)
    return Refused(problem)


def _is_good(pin: str) -> bool:
    return pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN and len(set(pin)) > 1


# argon2id with 19 MiB and two passes (OWASP's choice for small machines). The PIN is keyed first, so that the database
# alone does not let anybody try all million PINs. The library is loaded when somebody signs in.
_PASSES, _MEMORY = 2, 19 * 1024 * 1024  # bytes


def _hashed(station: Station, pin: str) -> str:
    from nacl.pwhash import argon2id

    keyed = station.key.secret_hash("pin", pin)
    return argon2id.str(keyed, opslimit=_PASSES, memlimit=_MEMORY).decode()


def _fits(station: Station, pin: str, known: str | None) -> bool:
    from nacl.exceptions import CryptoError
    from nacl.pwhash import argon2id

    if known is None:
        _hashed(station, pin)
        return False
    try:
        return argon2id.verify(known.encode(), station.key.secret_hash("pin", pin))
    except CryptoError:
        return False
