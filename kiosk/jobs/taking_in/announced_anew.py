"""A parcel that is announced once more: what is still expected is set right, what is here is compared."""

from dataclasses import dataclass, replace

from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.amend import write_amended
from kiosk.parcels.couriers import forms_of
from kiosk.parcels.manifest import Announced
from kiosk.parcels.money import yuan
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Refused
from kiosk.parcels.states import State
from kiosk.parcels.waybills import Waybill
from kiosk.store.tables.contacts import find_contact, phone_tail
from kiosk.store.tables.parcels import Parcel, amounts_of, by_waybill, consent_of

SOURCE = "manifest"


@dataclass(frozen=True, slots=True)
class Difference:
    """What is on record of a parcel, and what the file says: of a phone the last 4 digits at most."""

    line: int
    waybill: str
    column: str
    here: str
    said: str


def row_meant(station: Station, waybill: Waybill, courier: str | None, keys: frozenset[object]) -> Parcel | None:
    """The parcel on record that a line is about, the expected one first, then the one that is here. `keys`: courier and
    waybill of every line: what another line names is another parcel."""
    rows = [
        row for row in by_waybill(station.conn, waybill.number) if row.piece == waybill.piece and not row.is_withdrawn
    ]
    rows.sort(key=lambda row: (row.state != State.EXPECTED, not (row.in_custody or row.is_out)))
    meant = next((row for row in rows if row.may_be_of(courier)), None)
    if meant is not None or courier is None:
        return meant
    wrong = (row for row in rows if row.state == State.EXPECTED or row.in_custody or row.is_out)
    return next((row for row in wrong if not _may_be_its(row, waybill) and (row.courier, waybill) not in keys), None)


def _may_be_its(row: Parcel, waybill: Waybill) -> bool:
    """Whether the number is one of the courier's that was said: then two couriers have a parcel of this number."""
    return row.courier in {form.courier for form in forms_of(waybill.number)}


def announced_anew(
    station: Station, row: Parcel, line: Announced, courier: str | None
) -> tuple[bool, list[Difference]]:
    """Whether anything was changed, and what was not though the file says otherwise. Call inside a transaction."""
    if row.state == State.EXPECTED:
        return _set_right(station, row, line, courier)
    is_here = row.in_custody or row.is_out
    return False, _differences(station, row, line, courier) if is_here else []


def _set_right(station: Station, row: Parcel, line: Announced, courier: str | None) -> tuple[bool, list[Difference]]:
    said = Particulars(
        courier=courier, phone=line.phone, email=line.email, size=line.size, consent=line.consent,
        freight_collect_fen=line.freight_collect_fen, cod_fen=line.cod_fen,
    )  # fmt: skip
    written = write_amended(station, row, said, SOURCE)
    if not isinstance(written, Refused):
        return written, []
    # Less is to be paid than was announced, which is not for everybody to say; all else is.
    different = _differences(station, row, line, courier)
    written = write_amended(station, row, replace(said, freight_collect_fen=None, cod_fen=None), SOURCE)
    if isinstance(written, Refused):
        return False, different
    return written, [one for one in different if one.column in ("freight_collect", "cod")]


def _differences(station: Station, row: Parcel, line: Announced, courier: str | None) -> list[Difference]:
    amounts = amounts_of(station.conn, row.id)
    here: dict[str, tuple[str, str]] = {}
    if courier is not None and not row.may_be_of(courier):
        here["courier"] = row.courier, courier
    if line.size is not None:
        here["size"] = row.size, line.size.name
    if line.consent is not None:
        here["consent"] = consent_of(station.conn, row.id), line.consent
    for column, fen in (("freight_collect", line.freight_collect_fen), ("cod", line.cod_fen)):
        if fen is not None:
            here[column] = yuan(amounts[f"{column}_fen"]), yuan(fen)
    tail = line.phone and line.phone.tail
    if tail and not _is_theirs(station, row, line):
        here["phone"] = phone_tail(station.conn, row.contact_id) or "", tail
    waybill = row.numbered_waybill
    return [Difference(line.line, waybill, column, was, said) for column, (was, said) in here.items() if was != said]


def _is_theirs(station: Station, row: Parcel, line: Announced) -> bool:
    """The same person; by the last 4 digits where no more is known of either."""
    known = find_contact(station.conn, station.key, line.phone)
    if known is not None and known == row.contact_id:
        return True
    tail = phone_tail(station.conn, row.contact_id)
    return (line.phone is None or line.phone.number is None) and tail == (line.phone and line.phone.tail)
