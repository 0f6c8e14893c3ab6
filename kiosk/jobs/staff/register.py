"""Staff: who they are, what they may, and that they left."""

from dataclasses import dataclass

from kiosk.jobs.allowed import allowed
from kiosk.jobs.staff.pins import SHORTEST_PIN, hashed_pin, is_good_pin
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.qr_texts import badge_text, new_token
from kiosk.parcels.roles import Role
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.store.tables.staff import Colleague, by_number, colleagues, was_anybody, was_given

FIRST_NUMBER = "1"


@dataclass(frozen=True, slots=True)
class Badge:
    """`text` is what a badge card carries. It is told once: the database keeps a hash."""

    number: str
    name: str
    text: str


@allowed(StationEvent.ADD_STAFF)
def add_staff(station: Station, number: str, name: str, role: Role, pin: str) -> Colleague | Refused:
    """A new colleague. `number` is what they type, `pin` at least 6 digits, to be changed at the first sign-in."""
    if not is_good_pin(pin, number):
        return Refused(Problem.BAD_PIN)
    pin_hash = hashed_pin(station, pin)  # before the database is taken: it is slow on purpose
    with station.transaction():
        if was_given(station.conn, number):  # a number stays in the log with whoever had it
            return Refused(Problem.ALREADY_SO, detail=number)
        private = {"name": name, "pin_hash": pin_hash}
        changes = {"number": number, "role": role, "pin_must_change": 1}
        station.record_about(StationEvent.ADD_STAFF, Subject.STAFF, None, changes, private)
        return station.keep(by_number(station.conn, number) or Refused(Problem.NO_SUCH_STAFF))


@dataclass(frozen=True, slots=True)
class FirstManager:
    """`pin` is told once, and is to be changed at the first sign-in."""

    number: str
    pin: str


def first_manager(station: Station, chosen: str | None = None, name: str = "") -> FirstManager | None:
    """Somebody to begin with, where nobody was ever registered: from then on desks are locked.

    Whoever has `chosen` a good PIN need not change it. `name`: what stands at the desk until they give their own.
    """
    if was_anybody(station.conn):
        return None
    pin = chosen or "1" * SHORTEST_PIN
    while not is_good_pin(pin, FIRST_NUMBER):
        pin = f"{station.random.randrange(10**SHORTEST_PIN):0{SHORTEST_PIN}}"
    private = {"name": name, "pin_hash": hashed_pin(station, pin)}
    changes = {"number": FIRST_NUMBER, "role": Role.MANAGER, "pin_must_change": 0 if pin == chosen else 1}
    with station.transaction():
        if was_anybody(station.conn):
            return None
        station.record_about(StationEvent.ADD_STAFF, Subject.STAFF, None, changes, private)
    return FirstManager(FIRST_NUMBER, pin)


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
        return station.keep(Badge(number, one.name, badge_text(token)))


@allowed(StationEvent.CHANGE_STAFF)
def change_staff(
    station: Station,
    number: str,
    *,
    role: Role | None = None,
    pin: str | None = None,
    left: bool = False,
    name: str | None = None,
) -> Colleague | Refused:
    """Another role, a new PIN, or the last day: their open desks close. Somebody who can manage staff must remain.
    Another `name` closes nothing."""
    if pin is not None and not is_good_pin(pin, number):
        return Refused(Problem.BAD_PIN)
    pin_hash = hashed_pin(station, pin) if pin else None
    with station.transaction():
        one = by_number(station.conn, number)
        if one is None:
            return Refused(Problem.NO_SUCH_STAFF)
        managers = [other for other in colleagues(station.conn) if other.role == Role.MANAGER]
        if managers == [one] and (left or role is Role.CLERK):
            return Refused(Problem.LAST_MANAGER)
        changes: dict[str, object] = {"role": role} if role else {}
        if pin and not one.pin_must_change:
            changes["pin_must_change"] = 1  # whoever gives it knows it
        private: dict[str, object] = {"pin_hash": pin_hash} if pin_hash else {}
        if name:
            private["name"] = name
        if left:
            changes["left_at"] = station.stamp()
            private |= {"badge_hash": None, "pin_hash": None, "name": None}
        _change(station, one, changes, private, "pin" if pin else "name" if name else None)
        return station.keep(by_number(station.conn, number) or one)


def _change(
    station: Station, one: Colleague, changes: dict[str, object], private: dict[str, object], what: str | None
) -> None:
    facts = {"new": what} if what else None
    station.record_about(StationEvent.CHANGE_STAFF, Subject.STAFF, one.id, changes, private, facts)


def list_staff(station: Station) -> list[Colleague]:
    """Everybody who works here."""
    return colleagues(station.conn)
