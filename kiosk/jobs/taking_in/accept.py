"""Whether a parcel may come in, and as what: the clerk's word goes first, then the manifest's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from kiosk.jobs.find_parcel import is_about, others_with
from kiosk.jobs.sheets.batch_courier import courier_of_batch
from kiosk.jobs.shelf.free_place import propose_slot
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.whose import is_somebody_else, kin_of
from kiosk.parcels.canonical import is_uncertain, reading
from kiosk.parcels.consents import Consent
from kiosk.parcels.couriers import UNKNOWN_COURIER, sure_courier
from kiosk.parcels.doubts import doubt, is_surely_goods
from kiosk.parcels.kinds import Kind
from kiosk.parcels.particulars import NOTHING_SAID, Particulars
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import may
from kiosk.parcels.slots import Place, Size
from kiosk.parcels.states import Event, State
from kiosk.parcels.waybills import Waybill, candidates
from kiosk.store.tables.contacts import find_contact, phone_tail
from kiosk.store.tables.parcels import (
    Parcel,
    amounts_of,
    by_waybill,
    consent_of,
    couriers_seen_lately,
    lately_alike,
    was_announced,
    with_number_like,
)
from kiosk.store.tables.slots import size_was_said


@dataclass(frozen=True, slots=True)
class Accepted:
    """A parcel that may come in, and the place proposed for it. `expected`: its announced row, if it has one.

    `kin`: the row that tells whose it is. `earlier`: an episode of the same parcel that has ended; `carried`:
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
    kin: Parcel | None
    earlier: Parcel | None
    carried: Mapping[str, object]


def accept(
    station: Station, waybill: Waybill, said: Particulars, coming: Particulars = NOTHING_SAID, *, sure: bool = False
) -> Accepted | Refused:
    """Check a parcel against what is on record; writes nothing. `coming`: what was said of whichever comes next, which
    yields to what is certain of this one. `sure`: a number in doubt is its waybill."""
    with_batch = _with_batch(station, said, coming)
    if isinstance(with_batch, Refused):
        return with_batch
    said = with_batch.with_what_is_coming(coming)
    record = _on_record(station, waybill, said, coming)
    consent = _consent(station, record, said)
    refused = (None if sure else _in_doubt(station, record, said, coming)) or _refused(station, record, said, consent)
    if refused is not None:
        return refused
    kin = kin_of(record.rows)
    if kin is not None and is_somebody_else(station, kin.contact_id, coming.phone):
        number, tail = str(record.waybill), phone_tail(station.conn, kin.contact_id) or ""
        return Refused(Problem.WHOSE_PHONE, waybill=number, detail=tail)
    on_record = _size_on_record(station, record.known)
    is_certain = record.known is not None and _is_certain(station, record.known)
    size = said.size or (on_record or coming.size if is_certain else coming.size or on_record)
    contact_id = find_contact(station.conn, station.key, said.phone) or (kin.contact_id if kin else None)
    place = propose_slot(station, size, contact_id, said.batch)
    if place is None:
        return Refused(Problem.NO_ROOM, waybill=record.waybill.number)
    courier, is_decided, guesses = _courier(station, record, said, coming.courier)
    size = size or min(Size.M, place.size)
    return Accepted(
        record.waybill, record.expected, courier, is_decided, guesses, size, place, consent, kin, record.earlier,
        _particulars_of(station, record.taken_back) if record.taken_back else {},
    )  # fmt: skip


class _OnRecord(NamedTuple):
    """What is on record of a number, as far as it may be this parcel. `waybill` is the one on record where there is
    one: scanned may have been its second number, or the number without the piece."""

    waybill: Waybill
    rows: list[Parcel]
    expected: Parcel | None
    taken_back: Parcel | None
    known: Parcel | None  # one of these two: the row whose particulars hold
    barcode_of: frozenset[str]  # whose barcodes are made like the one that was read

    @property
    def here(self) -> Parcel | None:
        """The same piece, in custody or with the delivery staff."""
        return next((row for row in self._of_piece() if row.in_custody or row.is_out), None)

    @property
    def earlier(self) -> Parcel | None:
        """The newest episode that the same piece had."""
        return next((row for row in self._of_piece() if row.state != State.EXPECTED), None)

    def _of_piece(self) -> list[Parcel]:
        return [row for row in self.rows if row.piece == self.waybill.piece]


def _on_record(station: Station, waybill: Waybill, said: Particulars, coming: Particulars) -> _OnRecord:
    every = by_waybill(station.conn, waybill.number)
    rows = [row for row in every if row.may_be_of(said.courier)]
    of_preset = [row for row in rows if row.may_be_of(coming.courier)]
    if any(map(is_about, of_preset)):  # of several couriers' parcels with this number
        rows = of_preset
    expected = _expected(rows, waybill)
    taken_back = None if expected else _taken_back(every, waybill)
    known = expected or taken_back
    barcode_of = reading(waybill.number).couriers or frozenset(filter(None, [waybill.courier]))
    waybill = Waybill(known.waybill, known.piece, known.pieces) if known else waybill
    return _OnRecord(waybill, rows, expected, taken_back, known, barcode_of)


def _in_doubt(station: Station, record: _OnRecord, said: Particulars, coming: Particulars) -> Refused | None:
    """What is probably no waybill, or may be another parcel's number, is asked about before it becomes a parcel."""
    number = record.waybill.number
    if said.kind is not Kind.PARCEL or record.rows:
        return None
    if is_uncertain(number) and any(map(is_about, with_number_like(station.conn, number))):
        return Refused(Problem.UNCERTAIN_NUMBER, waybill=number)
    found = doubt(number, said.courier or coming.courier)
    if found and found.problem is Problem.GOODS_SCANNED and _is_usual(station, number):
        return None
    return Refused(found.problem, detail=found.detail) if found else None


def _is_usual(station: Station, number: str) -> bool:
    """Numbers of a courier whose form nobody wrote down: one in ten ends like the number of goods."""
    return not is_surely_goods(number) and lately_alike(station.conn, number) >= _USUAL


_USUAL = 3  # such numbers lately
_IS_HERE = {
    State.RETURN_PENDING: Problem.IN_RETURN,
    State.MISSING: Problem.MISSING,
    State.OUT_FOR_DELIVERY: Problem.OUT_FOR_DELIVERY,
}


def _refused(station: Station, record: _OnRecord, said: Particulars, consent: Consent) -> Refused | None:
    here = record.here
    if said.second_waybill is not None and others_with(station, said.second_waybill, None):
        return Refused(Problem.ALREADY_IN_CUSTODY, waybill=said.second_waybill)
    if here is not None:
        problem = _IS_HERE.get(State(here.state), Problem.ALREADY_IN_CUSTODY)
        return Refused(problem, slot=here.place, waybill=str(record.waybill))
    if record.known and _lowers(station, record.known, said):
        return Refused(Problem.NOT_ALLOWED, waybill=str(record.waybill))
    if consent is Consent.DOOR_ONLY:
        return Refused(Problem.DOOR_ONLY, waybill=record.waybill.number)
    return None


def _size_on_record(station: Station, known: Parcel | None) -> Size | None:
    """None where nobody has said: the column has M then."""
    return Size[known.size] if known and (known.size != Size.M.name or size_was_said(station.conn, known.id)) else None


def _is_certain(station: Station, row: Parcel) -> bool:
    """What a check-in said that was taken back is not; what was announced stays so."""
    return row.state != State.VOIDED or was_announced(station.conn, row.id)


def _consent(station: Station, record: _OnRecord, said: Particulars) -> Consent:
    on_record = consent_of(station.conn, record.known.id) if record.known else Consent.NOT_ASKED
    return said.consent or on_record


def _courier(
    station: Station, record: _OnRecord, said: Particulars, preset: str | None
) -> tuple[str, bool, tuple[str, ...]]:
    """Whose number it is, whether somebody has said so, and whose it looks like, the likeliest first."""
    on_record = record.known.courier if record.known and record.known.courier_decided else None
    if preset is not None and said.courier is None and said.kind is Kind.PARCEL:
        certain = (row.courier for row in record.rows if row.courier_decided and _is_certain(station, row))
        on_record = next(certain, preset if sure_courier(record.waybill.number) is None else None)
    decided = said.courier or on_record
    if said.kind is not Kind.PARCEL:
        return decided or UNKNOWN_COURIER, bool(decided), ()
    # Whose number it may be is a choice only where nobody has said whose it is.
    guesses = candidates(record.waybill.number, dict if decided else lambda: couriers_seen_lately(station.conn))
    guesses = guesses or tuple(record.barcode_of)
    guesses = tuple(sorted(guesses, key=lambda courier: courier not in record.barcode_of))
    return decided or next(iter(guesses), UNKNOWN_COURIER), bool(decided), guesses


def _with_batch(station: Station, said: Particulars, coming: Particulars) -> Particulars | Refused:
    """What the batch says of its parcels is said too; what the clerk says goes first."""
    courier = courier_of_batch(station, said.batch) if said.batch is not None else None
    if isinstance(courier, Refused):
        return courier
    return replace(said, courier=courier) if courier and not (said.courier or coming.courier) else said


def _expected(rows: list[Parcel], waybill: Waybill) -> Parcel | None:
    """The announced piece: the one the label names, else the first that is still to come."""
    coming = sorted((row for row in rows if row.state == State.EXPECTED), key=lambda row: row.piece)
    return next((row for row in coming if waybill.may_be(row.piece)), None)


def _taken_back(rows: list[Parcel], waybill: Waybill) -> Parcel | None:
    """The latest check-in of the piece, if it was taken back: what was known of it still holds."""
    same = [row for row in rows if waybill.may_be(row.piece)]
    return same[0] if same and same[0].state == State.VOIDED else None


def _particulars_of(station: Station, parcel: Parcel) -> dict[str, object]:
    amounts = amounts_of(station.conn, parcel.id)
    charged = {name: amounts[name] for name in ("freight_collect_fen", "cod_fen", "price_fen") if amounts[name]}
    named = {"kind": parcel.kind, "second_waybill": parcel.second_waybill}
    return {**charged, **{name: value for name, value in named.items() if value not in (None, Kind.PARCEL)}}


def _lowers(station: Station, known: Parcel, said: Particulars) -> bool:
    """Asking for less than was announced is waiving, which not everybody may."""
    if may(station.role, Event.WAIVE) or not said.amounts():
        return False
    announced = amounts_of(station.conn, known.id)
    return any(fen < announced[name] for name, fen in said.amounts().items())
