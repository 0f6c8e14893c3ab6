"""Picking up: a code lights its slots in the customer's own look."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.faults import StationFault
from kiosk.jobs.attempts import is_paused, note_wrong, tail_scope, waits_s
from kiosk.jobs.handing_over.open_codes import open_codes
from kiosk.jobs.station import Station, log
from kiosk.parcels.kinds import Kind
from kiosk.parcels.looks import Look
from kiosk.parcels.meanings import CodeScan
from kiosk.parcels.problems import Problem, Refused
from kiosk.store.lease_book.sessions import Purpose, Session
from kiosk.store.tables.attempts import record_attempt
from kiosk.store.tables.codes import earlier_codes
from kiosk.store.tables.contacts import phone_tail as tail_of
from kiosk.store.tables.parcels import Parcel, by_id, shelved_together


@dataclass(frozen=True, slots=True)
class FoundParcel:
    """One parcel of a search; `to_door`: it is to be brought there instead. `first_code`: it was put elsewhere since,
    and that one may stand on its label."""

    parcel_id: int
    code: str
    slot: str
    handed_over: bool = False
    kind: Kind = Kind.PARCEL
    to_door: bool = False
    first_code: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a session shows. `more`: parcels of the same person not shown; `lit_until`: monotonic seconds.

    `due_fen`: to be paid at the desk before these may leave. `refused`: what is wrong with those of several codes
    that could not be had.
    """

    session: str
    look: Look
    parcels: tuple[FoundParcel, ...]
    more: int
    lit_until: float
    expires_at: datetime
    refused: tuple[Problem, ...] = ()
    due_fen: int = 0

    @property
    def left(self) -> tuple[FoundParcel, ...]:
        return tuple(parcel for parcel in self.parcels if not parcel.handed_over)


def pick_up(
    station: Station, scan: CodeScan, phone_tail: str | None = None, shown_session: str | None = None
) -> Found | Refused:
    """Look up the codes, lease a look, light the slots; scanning again relights and extends.

    A plain code opens its own parcel only; with the last 4 digits of the phone it opens all of that person's.
    Codes and digits can be guessed: who was wrong too often gets the answer of a wrong code for a while, right or not.
    `shown_session`: the one on this screen, whose person may go on with it.
    """
    if scan.station not in (None, station.settings.number):
        return Refused(Problem.OTHER_STATION)
    opened = open_codes(station, scan)
    if isinstance(opened, Refused):
        return opened
    parcels, refused = opened
    if phone_tail is not None:
        not_theirs = _why_not_theirs(station, parcels, phone_tail)
        if not_theirs is not None:
            return not_theirs
        parcels += together(station, parcels)
    answer = light_up(station, parcels, shown_session)
    return replace(answer, refused=refused) if isinstance(answer, Found) else answer


def _why_not_theirs(station: Station, parcels: Sequence[Parcel], phone_tail: str) -> Refused | None:
    """None where all these parcels are of a phone that ends so. After five wrong tries a code's digits have to wait,
    at every terminal."""
    scopes = tuple(tail_scope(parcel.id) for parcel in parcels)
    paused = is_paused(station, scopes)
    tails = {tail_of(station.conn, parcel.contact_id) for parcel in parcels}
    if tails == {phone_tail} and not paused:
        return None
    note_wrong(station, Problem.WRONG_PHONE_TAIL, scopes, paused=paused)
    waits = max(waits_s(station, scope) for scope in scopes)
    return Refused(Problem.WRONG_PHONE_TAIL, wait_s=waits, waits_everywhere=waits > 0)


def light_up(station: Station, parcels: Sequence[Parcel], shown_session: str | None = None) -> Found | Refused:
    """Lease a look and light the slots of parcels whose person has shown a right to them."""
    settings = station.settings
    session = station.leases.light(
        Purpose.PICK_UP,
        station.terminal,
        [station.wanted(parcel.id, parcel.slot) for parcel in parcels if parcel.slot],
        seconds=settings.pick_up_light_s,
        grace=settings.exit_grace_s,
        continuing=shown_session,
    )
    return found(station, session) if session else Refused(Problem.ALL_LOOKS_TAKEN)


def together(station: Station, parcels: Sequence[Parcel]) -> list[Parcel]:
    """Other parcels of the same people that lie on the shelf."""
    known = {parcel.id for parcel in parcels}
    contacts = {parcel.contact_id for parcel in parcels if parcel.contact_id is not None}
    theirs = [parcel for contact in contacts for parcel in shelved_together(station.conn, contact)]
    return [parcel for parcel in theirs if parcel.id not in known and station.knows_slot(parcel.slot)]


def found(station: Station, session: Session) -> Found:
    """A session as a screen shows it: what lies in one slot is taken together, nobody walks there twice."""
    slots = [lease.slot for lease in session.leases]
    leases = sorted(session.leases, key=lambda lease: slots.index(lease.slot))
    rows = [by_id(station.conn, lease.parcel_id) for lease in leases]
    parcels = tuple(
        replace(found_parcel(station, row), slot=lease.slot, handed_over=lease.handed_over)
        for row, lease in zip(rows, leases, strict=True)
    )
    seconds = session.lit_until - station.clock.monotonic()
    expires_at = (station.now() + timedelta(seconds=seconds)).astimezone(station.settings.time_zone)
    more = len(together(station, rows))
    due = sum(row.due_fen for row, lease in zip(rows, leases, strict=True) if not lease.handed_over)
    return Found(session.id, session.look, parcels, more, session.lit_until, expires_at, due_fen=due)


def found_parcel(station: Station, row: Parcel) -> FoundParcel:
    """A parcel on the shelf, as a search or a hand-over tells of it."""
    to_door, code = row.delivery_requested_at is not None, row.code or ""
    first = next((had for had in reversed(earlier_codes(station.conn, row.id)) if had != code), None)
    return FoundParcel(row.id, code, row.slot or "", kind=Kind(row.kind), to_door=to_door, first_code=first)


def current(station: Station, session_id: str) -> Found | None:
    """A session as it stands now, None when it has ended."""
    session = station.leases.session(session_id)
    return found(station, session) if session else None


def extend(station: Station, session_id: str) -> Found | None:
    """More light for a person who is still searching."""
    settings = station.settings
    session = station.leases.extend(session_id, seconds=settings.pick_up_light_s, grace=settings.exit_grace_s)
    return found(station, session) if session else None


def cancel(station: Station, session_id: str) -> None:
    """The customer gives up: this session's lights go off, nobody else's."""
    station.leases.end(session_id)


_NOTED = frozenset({Problem.NO_SUCH_CODE, Problem.WRONG_PHONE_TAIL})  # a wrong try is on record before it is told


def note_attempt(station: Station, answer: Found | Refused) -> None:
    """Put the attempt on record, after the light and the paint: it costs a flush. A full disk stops no pick-up."""
    outcome = answer.problem if isinstance(answer, Refused) else "found"
    if outcome in _NOTED:
        return
    try:
        with station.transaction():
            record_attempt(station.conn, station.terminal, station.stamp(), outcome)
    except StationFault as fault:
        log.error("an attempt is not on record: %s", fault)
