"""Whether a parcel may come in, and with which particulars: the clerk's word, else the manifest's."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from kiosk.jobs.sheets.batch_courier import courier_of_batch
from kiosk.jobs.station import Station
from kiosk.parcels.consents import Consent
from kiosk.parcels.couriers import UNKNOWN_COURIER
from kiosk.parcels.kinds import Kind
from kiosk.parcels.phones import Phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import may
from kiosk.parcels.slots import Place, Size, choose_slot
from kiosk.parcels.states import Event, State
from kiosk.parcels.waybills import Waybill, candidates
from kiosk.store.tables.contacts import find_contact
from kiosk.store.tables.parcels import (
    Parcel,
    amounts_of,
    by_waybill,
    consent_of,
    couriers_seen_lately,
    slots_of_consignee,
)


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the clerk says about a parcel; None leaves it to the manifest, then to the default (M, not asked).

    `batch`: the sheet of the driver's hand-over. `courier` of another thing than a parcel is the shop it is from.
    `second_waybill`: of a consolidated parcel, which either of its numbers finds. Amounts to be paid are in fen.
    """

    courier: str | None = None
    phone: Phone | None = None
    email: str | None = None
    size: Size | None = None
    consent: Consent | None = None
    batch: int | None = None
    kind: Kind = Kind.PARCEL
    second_waybill: str | None = None
    freight_collect_fen: int | None = None
    cod_fen: int | None = None
    price_fen: int | None = None

    def amounts(self) -> dict[str, object]:
        """The columns of what is to be paid, where anything was said."""
        named = {name: getattr(self, name) for name in ("freight_collect_fen", "cod_fen", "price_fen")}
        return {name: fen for name, fen in named.items() if fen is not None}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A parcel that may come in, and the place proposed for it. `expected`: its announced row, if it has one.

    `contact_id`: whose it is as far as is known. `earlier`: an episode of the same parcel that has ended; `carried`:
    columns of one that was taken back, whose particulars still hold.
    """

    waybill: Waybill
    expected: Parcel | None
    courier: str
    courier_decided: bool
    candidates: tuple[str, ...]
    size: Size
    place: Place
    consent: Consent
    contact_id: int | None
    earlier: Parcel | None
    carried: Mapping[str, object]


def accept(station: Station, waybill: Waybill, said: Particulars) -> Accepted | Refused:
    """Check a parcel against what is on record; writes nothing."""
    said_too = _with_batch(station, said)
    if isinstance(said_too, Refused):
        return said_too
    said = said_too
    every = by_waybill(station.conn, waybill.number)
    rows = every
    if said.courier is not None:
        rows = [row for row in every if row.courier == said.courier or not row.courier_decided]
    expected = _expected(rows, waybill)
    taken_back = None if expected else _taken_back(every, waybill)
    known = expected or taken_back
    if known is not None:  # scanned may have been its second number, or the number without the piece
        waybill = Waybill(known.waybill, known.piece, known.pieces)
    here = next((row for row in rows if row.piece == waybill.piece and (row.in_custody or row.is_out)), None)
    if here is not None:
        return Refused(_IS_HERE.get(here.state, Problem.ALREADY_IN_CUSTODY), slot=here.place, waybill=str(waybill))
    earlier = next((row for row in rows if row.piece == waybill.piece and row.state != State.EXPECTED), None)
    if known and _lowers(station, known, said):
        return Refused(Problem.NOT_ALLOWED, waybill=str(waybill))
    consent = said.consent or (consent_of(station.conn, known.id) if known else Consent.NOT_ASKED)
    if consent is Consent.DOOR_ONLY:
        return Refused(Problem.DOOR_ONLY, waybill=waybill.number)
    size = said.size or (Size[known.size] if known else Size.M)
    contact_id = find_contact(station.conn, station.key, said.phone) or _whose(rows)
    place = propose_slot(station, size, contact_id)
    if place is None:
        return Refused(Problem.NO_ROOM, waybill=waybill.number)
    decided = said.courier or (known.courier if known and known.courier_decided else None)
    # Whose number it may be is a choice only where nobody has said whose it is.
    seen: Callable[[], dict[str, int]] = dict if decided else lambda: couriers_seen_lately(station.conn)
    guesses = () if said.kind is not Kind.PARCEL else candidates(waybill.number, seen)
    courier = decided or (guesses[0] if guesses else UNKNOWN_COURIER)
    carried = _particulars_of(station, taken_back) if taken_back else {}
    return Accepted(
        waybill, expected, courier, bool(decided), guesses, size, place, consent, contact_id, earlier, carried
    )


def _with_batch(station: Station, said: Particulars) -> Particulars | Refused:
    """What the batch says of its parcels is said too; what the clerk says himself goes first."""
    courier = courier_of_batch(station, said.batch) if said.batch is not None else None
    if isinstance(courier, Refused):
        return courier
    if said.second_waybill is not None and is_somebody_elses(station, said.second_waybill, None):
        return Refused(Problem.ALREADY_IN_CUSTODY, waybill=said.second_waybill)
    return replace(said, courier=courier) if courier and not said.courier else said


def is_somebody_elses(station: Station, number: str, parcel: Parcel | None) -> bool:
    """Whether another parcel that is here or expected carries the number."""
    rows = (row for row in by_waybill(station.conn, number) if parcel is None or row.id != parcel.id)
    return any(row.in_custody or row.is_out or row.state == State.EXPECTED for row in rows)


def _taken_back(rows: list[Parcel], waybill: Waybill) -> Parcel | None:
    """The latest check-in of the piece, if it was taken back: what was known of it still holds."""
    same = [row for row in rows if waybill.pieces == 1 or row.piece == waybill.piece]
    return same[0] if same and same[0].state == State.VOIDED else None


def _particulars_of(station: Station, parcel: Parcel) -> dict[str, object]:
    amounts = amounts_of(station.conn, parcel.id)
    kept = {name: amounts[name] for name in ("freight_collect_fen", "cod_fen", "price_fen") if amounts[name]}
    named = {"kind": parcel.kind, "second_waybill": parcel.second_waybill}
    return {**kept, **{name: value for name, value in named.items() if value not in (None, Kind.PARCEL)}}


def _lowers(station: Station, known: Parcel, said: Particulars) -> bool:
    """Asking for less than was announced is waiving, which not everybody may."""
    if may(station.role, Event.WAIVE) or not said.amounts():
        return False
    announced = amounts_of(station.conn, known.id)
    return any(int(str(fen)) < announced[name] for name, fen in said.amounts().items())


_IS_HERE = {
    State.RETURN_PENDING: Problem.IN_RETURN,
    State.MISSING: Problem.MISSING,
    State.OUT_FOR_DELIVERY: Problem.OUT_FOR_DELIVERY,
}


def _whose(rows: list[Parcel]) -> int | None:
    """Whose the parcel is: as announced, as said when its check-in was taken back, or as its other pieces are."""
    kin = (row for row in rows if row.state in (State.EXPECTED, State.VOIDED) or row.in_custody)
    return next((row.contact_id for row in kin if row.contact_id is not None), None)


def _expected(rows: list[Parcel], waybill: Waybill) -> Parcel | None:
    """The announced piece: the one the label names, else the first that is still to come."""
    coming = sorted((row for row in rows if row.state == State.EXPECTED), key=lambda row: row.piece)
    return next((row for row in coming if waybill.pieces == 1 or row.piece == waybill.piece), None)


def propose_slot(station: Station, size: Size, contact_id: int | None) -> Place | None:
    """A free place, beside what the same person has here already. Call inside a transaction."""
    together = slots_of_consignee(station.conn, contact_id) if contact_id is not None else ()
    return choose_slot(open_places(station), station.occupancy.held(), size, together)


def open_places(station: Station) -> Sequence[Place]:
    """All places but those that are closed."""
    closed = station.occupancy.closed()
    places = station.settings.places
    return [place for place in places if not place.is_within(closed)] if closed else places
