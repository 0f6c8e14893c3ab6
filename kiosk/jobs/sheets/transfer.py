"""Transfers: parcels go to a partner store or a township agent, with a manifest that checks them in there."""

import csv
import io

from kiosk.jobs.allowed import allowed
from kiosk.jobs.find_parcel import may_happen
from kiosk.jobs.sheets.put_on import put_on
from kiosk.jobs.sheets.sheet import SheetStory, Written, is_asked_there, open_sheet
from kiosk.jobs.station import Station
from kiosk.parcels.money import yuan
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.qr_texts import manifest_texts
from kiosk.parcels.safe_csv import safe_cell
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import SheetKind
from kiosk.parcels.states import Event, State
from kiosk.parcels.waybills import Waybill
from kiosk.store.tables.contacts import phone_tail
from kiosk.store.tables.parcels import Parcel, amounts_of, consent_of
from kiosk.store.tables.sheets import Sheet, on_sheet, sheet_by_id

_COLUMNS = ("waybill", "courier", "phone", "size", "consent", "piece", "pieces", "freight_collect", "cod")


def open_transfer(station: Station, partner: str) -> SheetStory | Refused:
    """A manifest for one of the partners in station.toml."""
    partners = station.settings.desk.partners
    known = next((name for name in partners if name.casefold() == partner.strip().casefold()), None)
    if known is None:
        return Refused(Problem.NO_SUCH_PARTNER, detail=", ".join(partners))
    return open_sheet(station, SheetKind.TRANSFER, known)


@allowed(Event.TRANSFER_OUT)
def put_on_transfer(station: Station, sheet_id: int, scan: Scan) -> Written | Refused:
    """Write a parcel on the manifest; it leaves when the manifest is closed."""
    return put_on(
        station, sheet_id, SheetKind.TRANSFER, scan, may_happen(Event.TRANSFER_OUT),
        lambda _, parcel: _transferable(station, parcel),
    )  # fmt: skip


def _transferable(station: Station, parcel: Parcel) -> Parcel | Refused:
    slot, waybill = parcel.slot, parcel.numbered_waybill
    if parcel.hold_reason:
        return Refused(Problem.ON_HOLD, slot=slot, waybill=waybill)
    is_asked = is_asked_there(station, parcel)
    return parcel if is_asked else Refused(Problem.AMOUNT_DUE, slot=slot, waybill=waybill, due_fen=parcel.due_fen)


def transfer_manifest(station: Station, sheet_id: int) -> str | Refused:
    """The manifest as CSV that `kiosk announce` reads at the other place. Of a phone it has the last 4 digits."""
    sheet = _transfer(station, sheet_id)
    if isinstance(sheet, Refused):
        return sheet
    file = io.StringIO()
    lines = csv.writer(file, lineterminator="\r\n")
    lines.writerow(_COLUMNS)
    for parcel in _going(station, sheet):
        lines.writerow([safe_cell(cell) for cell in _line(station, parcel)])
    return file.getvalue()


def transfer_qr(station: Station, sheet_id: int) -> list[str] | Refused:
    """Waybills, couriers and phones' last digits only, as the texts of QR codes that the other place scans."""
    sheet = _transfer(station, sheet_id)
    if isinstance(sheet, Refused):
        return sheet
    parcels = _going(station, sheet)
    entries = [(parcel.courier, Waybill(parcel.waybill, parcel.piece, parcel.pieces)) for parcel in parcels]
    tails = [phone_tail(station.conn, parcel.contact_id) for parcel in parcels]
    return manifest_texts(station.settings.number, sheet.id, entries, tails)


def _transfer(station: Station, sheet_id: int) -> Sheet | Refused:
    sheet = sheet_by_id(station.conn, sheet_id)
    return sheet if sheet and sheet.kind == SheetKind.TRANSFER else Refused(Problem.NO_SUCH_SHEET)


def _going(station: Station, sheet: Sheet) -> list[Parcel]:
    """What goes with an open manifest; what went with a closed one."""
    on_it = on_sheet(station.conn, sheet)
    return [parcel for parcel in on_it if (parcel.state == State.IN_TRANSFER) == (sheet.closed_at is not None)]


def _line(station: Station, parcel: Parcel) -> list[str]:
    amounts = amounts_of(station.conn, parcel.id)
    freight, cod = (amounts["freight_collect_fen"], amounts["cod_fen"]) if parcel.due_fen else (0, 0)
    tail = phone_tail(station.conn, parcel.contact_id) or ""
    consent = str(consent_of(station.conn, parcel.id))
    pieces = [str(parcel.piece), str(parcel.pieces)]
    return [parcel.waybill, parcel.courier, tail, parcel.size, consent, *pieces, yuan(freight), yuan(cod)]
