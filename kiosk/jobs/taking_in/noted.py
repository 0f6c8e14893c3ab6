"""What goes with a check-in beside what was done: columns that most leave alone, and what is worth a second look."""

from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.accept import Accepted
from kiosk.jobs.taking_in.whose import Whose
from kiosk.parcels.half_read import form_lost, wholes
from kiosk.parcels.kinds import Kind
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.states import State
from kiosk.store.tables.parcels import Parcel, some_parcels
from kiosk.store.tables.sheets import count_on, sheet_by_id


def where_said(said: Particulars) -> dict[str, object]:
    """Columns that most parcels leave at their defaults."""
    changes: dict[str, object] = {}
    if said.batch is not None:
        changes["batch_id"] = said.batch
    if said.kind is not Kind.PARCEL:
        changes["kind"] = said.kind
    if said.second_waybill is not None:
        changes["second_waybill"] = said.second_waybill
    return changes


def passed_over(accepted: Accepted, said: Particulars, coming: Particulars) -> dict[str, str]:
    """Of what was said for the next ones."""
    courier = accepted.preset if said.kind is Kind.PARCEL and accepted.courier != accepted.preset else None
    size = coming.size.name if coming.size and accepted.size is not coming.size else None
    return {name: value for name, value in (("courier", courier), ("size", size)) if value}


def from_where(contact_id: int | None, kin: Parcel | None) -> Whose:
    if kin is None or contact_id != kin.contact_id:
        return Whose.SAID
    return Whose.ANNOUNCED if kin.state == State.EXPECTED else Whose.ON_RECORD


def half_read(station: Station, accepted: Accepted) -> str:
    """The whole number that this one may be the rest of: of a parcel that is still to come, or of a courier's form."""
    if accepted.kin or accepted.expected or accepted.earlier:
        return ""
    number = accepted.waybill.number
    several = tuple(wholes(number))
    of_these = f"state = 'EXPECTED' AND canonical IN ({', '.join('?' * len(several))}) LIMIT 2"
    coming = [row for row in some_parcels(station.conn, of_these, several) if not row.is_withdrawn]
    return str(coming[0].numbered_waybill) if len(coming) == 1 else form_lost(number)


def ended(earlier: Parcel | None) -> tuple[State, str] | None:
    if earlier is None or earlier.state == State.VOIDED:
        return None
    return State(earlier.state), earlier.released_at or ""


def beyond(station: Station, batch: int | None) -> tuple[int, int] | None:
    """How many of the batch are in, and how many the driver's list says, where that is fewer."""
    sheet = sheet_by_id(station.conn, batch) if batch is not None else None
    if sheet is None or sheet.expected is None:
        return None
    scanned = count_on(station.conn, sheet)
    return (scanned, sheet.expected) if scanned > sheet.expected else None
