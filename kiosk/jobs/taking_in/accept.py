"""Whether a parcel may come in, and as what: the clerk's word goes first, then the manifest's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.jobs.departure import why_asked
from kiosk.jobs.find_parcel import is_about, others_with
from kiosk.jobs.sheets.batch_courier import courier_of_batch
from kiosk.jobs.shelf.free_place import propose_slot
from kiosk.jobs.shelf.own_place import own_place
from kiosk.jobs.shelf.room_for import no_room
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.on_record import OnRecord, on_record
from kiosk.jobs.taking_in.whose import is_somebody_else, kin_of
from kiosk.parcels.canonical import is_uncertain
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
from kiosk.store.tables.contacts import find_contact, is_known_contact, phone_tail
from kiosk.store.tables.parcels import (
    Parcel,
    amounts_of,
    by_waybill,
    consent_of,
    couriers_seen_lately,
    lately_alike,
    some_parcels,
    with_number_like,
)
from kiosk.store.tables.slots import size_was_said


@dataclass(frozen=True, slots=True)
class Accepted:
    """A parcel that may come in, and the place proposed for it. `expected`: its announced row, if it has one.

    `kin`: the row that tells whose it is. `earlier`: an episode of the same parcel that has ended, of which nobody was
    asked; `carried`: columns of one that was taken back, or is back, whose particulars still hold. `not_there`: why it
    cannot lie where the clerk chose; the place is a proposal then.
    `preset`: the courier that was said for all of them, where it is not this one's for certain.
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
    not_there: Refused | None = None
    preset: str | None = None


def accept(
    station: Station,
    waybill: Waybill,
    said: Particulars,
    coming: Particulars = NOTHING_SAID,
    *,
    sure: bool = False,
    at: str | None = None,
) -> Accepted | Refused:
    """Check a parcel against what is on record; writes nothing. `coming`: what was said of whichever comes next, which
    yields to what is certain of this one. `sure`: a number in doubt is its waybill, and one that has left is back;
    `at`: the slot or the level that the clerk chose for it."""
    with_batch = _with_batch(station, said, coming)
    if isinstance(with_batch, Refused):
        return with_batch
    if with_batch.courier and not said.courier and _is_announced_for_another(station, waybill, with_batch.courier):
        coming, with_batch = replace(coming, courier=with_batch.courier), said
    said = with_batch.with_what_is_coming(coming)
    record = on_record(station, waybill, said, coming)
    consent = _consent(station, record, said)
    in_doubt = None if sure else _in_doubt(station, record, said, coming)
    has_left = why_asked(station, record.gone) if record.gone else None
    refused = in_doubt or _refused(station, record, said, consent, None if sure else has_left)
    if refused is not None:
        return refused
    kin = kin_of(record.rows) or _was(station, record)
    if kin is not None and is_somebody_else(station, kin.contact_id, coming.phone):
        number, tail = str(record.waybill), phone_tail(station.conn, kin.contact_id) or ""
        return Refused(Problem.WHOSE_PHONE, waybill=number, detail=tail)
    size = _size(station, record, said, coming)
    contact_id = find_contact(station.conn, station.key, said.phone) or (kin.contact_id if kin else None)
    own = own_place(station, at, size) if at else None
    if isinstance(own, Refused) and own.problem is Problem.NO_SUCH_SLOT:
        return own
    place = own if isinstance(own, Place) else propose_slot(station, size, contact_id, said.batch)
    if place is None:
        return no_room(station, size or Size.S, record.waybill.number)
    courier, is_decided, guesses = _courier(station, record, said, coming.courier)
    size = size or min(Size.M, place.size)
    return Accepted(
        record.waybill, record.expected, courier, is_decided, guesses, size, place, consent, kin,
        None if has_left else record.earlier, _carried(station, record),
        own if isinstance(own, Refused) else None, coming.courier,
    )  # fmt: skip


def _in_doubt(station: Station, record: OnRecord, said: Particulars, coming: Particulars) -> Refused | None:
    """What is probably no waybill, or may be another parcel's number, is asked about before it becomes a parcel."""
    number = record.waybill.number
    if said.kind is not Kind.PARCEL or record.rows:
        return None
    if is_uncertain(number) and any(map(is_about, with_number_like(station.conn, number))):
        return Refused(Problem.UNCERTAIN_NUMBER, waybill=number)
    found = doubt(number, said.courier or coming.courier)
    if found and found.problem in _MAY_BE_USUAL and _is_usual(station, number):
        return None
    return Refused(found.problem, detail=found.detail) if found else None


def _is_usual(station: Station, number: str) -> bool:
    """Numbers of a courier whose form nobody wrote down: one in ten ends like the number of goods."""
    return not is_surely_goods(number) and lately_alike(station.conn, number) >= _USUAL


_MAY_BE_USUAL = (Problem.GOODS_SCANNED, Problem.PHONE_MISTYPED)
_USUAL = 3  # such numbers lately
_IS_HERE = {
    State.RETURN_PENDING: Problem.IN_RETURN,
    State.MISSING: Problem.MISSING,
    State.OUT_FOR_DELIVERY: Problem.OUT_FOR_DELIVERY,
}


def _refused(
    station: Station, record: OnRecord, said: Particulars, consent: Consent, has_left: Refused | None
) -> Refused | None:
    here = record.here
    if said.second_waybill is not None and others_with(station, said.second_waybill, None):
        return Refused(Problem.ALREADY_IN_CUSTODY, waybill=said.second_waybill)
    if here is not None:
        problem = _IS_HERE.get(State(here.state), Problem.ALREADY_IN_CUSTODY)
        return Refused(problem, slot=here.place, waybill=str(record.waybill))
    if has_left is not None:
        return has_left
    if record.promised and _lowers(station, record.promised, said):
        return Refused(Problem.NOT_ALLOWED, waybill=str(record.waybill))
    if consent is Consent.DOOR_ONLY:
        return Refused(Problem.DOOR_ONLY, waybill=record.waybill.number)
    return None


def _size_on_record(station: Station, known: Parcel | None) -> Size | None:
    """None where nobody has said: the column has M then."""
    return Size[known.size] if known and (known.size != Size.M.name or size_was_said(station.conn, known.id)) else None


def _size(station: Station, record: OnRecord, said: Particulars, coming: Particulars) -> Size | None:
    """What is said of this one, then what is certain of it, then what is said of the next ones."""
    known = _size_on_record(station, record.known)
    if record.known is not None and _is_certain(station, record.known):
        return said.size or known or coming.size
    return said.size or coming.size or known


def _is_certain(station: Station, row: Parcel) -> bool:
    """What a check-in said that was taken back is not; what was announced stays so."""
    return row.state != State.VOIDED or bool(
        some_parcels(station.conn, "id = ? AND announced_at IS NOT NULL", (row.id,))
    )


def _consent(station: Station, record: OnRecord, said: Particulars) -> Consent:
    on_record = consent_of(station.conn, record.known.id) if record.known else Consent.NOT_ASKED
    return said.consent or on_record


def _courier(
    station: Station, record: OnRecord, said: Particulars, preset: str | None
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


def _is_announced_for_another(station: Station, waybill: Waybill, courier: str) -> bool:
    """It came with a driver who brings `courier`'s, and only another's manifest has its number: the manifest is right,
    for it names whose parcel it is."""
    rows = [row for row in by_waybill(station.conn, waybill.number) if not row.is_withdrawn]
    return not any(row.may_be_of(courier) for row in rows) and any(row.state == State.EXPECTED for row in rows)


def _was(station: Station, record: OnRecord) -> Parcel | None:
    """The row of whose it was when it left, if that is still kept."""
    return record.gone if record.gone and is_known_contact(station.conn, record.gone.contact_id) else None


def _carried(station: Station, record: OnRecord) -> dict[str, object]:
    if record.expected or not record.known:
        return {}
    return _particulars_of(station, record.known, is_paid=record.known.due_fen <= 0 and not record.taken_back)


def _particulars_of(station: Station, parcel: Parcel, *, is_paid: bool) -> dict[str, object]:
    amounts = amounts_of(station.conn, parcel.id)
    due = () if is_paid else ("freight_collect_fen", "cod_fen", "price_fen")
    charged = {name: amounts[name] for name in due if amounts[name]}
    named = {"kind": parcel.kind, "second_waybill": parcel.second_waybill}
    return {**charged, **{name: value for name, value in named.items() if value not in (None, Kind.PARCEL)}}


def _lowers(station: Station, known: Parcel, said: Particulars) -> bool:
    """Asking for less than was announced is waiving, which not everybody may."""
    if may(station.role, Event.WAIVE) or not said.amounts():
        return False
    announced = amounts_of(station.conn, known.id)
    return any(fen < announced[name] for name, fen in said.amounts().items())
