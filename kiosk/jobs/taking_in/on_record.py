"""What is on record of a number that is to be taken in, as far as it may be this parcel."""

from typing import NamedTuple

from kiosk.jobs.departure import why_asked
from kiosk.jobs.find_parcel import is_about
from kiosk.jobs.station import Station
from kiosk.parcels.canonical import reading
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.states import LEFT, State
from kiosk.parcels.waybills import Waybill
from kiosk.store.tables.parcels import Parcel, by_waybill


class OnRecord(NamedTuple):
    """What is on record of a number, as far as it may be this parcel. `waybill` is the one on record where there is
    one: scanned may have been its second number, or the number without the piece."""

    waybill: Waybill
    rows: list[Parcel]
    expected: Parcel | None
    taken_back: Parcel | None
    gone: Parcel | None  # it left, and may be back
    barcode_of: frozenset[str]  # whose barcodes are made like the one that was read

    @property
    def promised(self) -> Parcel | None:
        """The row whose amounts are asked for."""
        return self.expected or self.taken_back

    @property
    def known(self) -> Parcel | None:
        """The row whose particulars hold."""
        return self.promised or self.gone

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


def on_record(station: Station, waybill: Waybill, said: Particulars, coming: Particulars) -> OnRecord:
    """Of the courier that is said, or of nobody's for certain; of several couriers' parcels with this number, of the
    one that is said for the next ones."""
    every = [row for row in by_waybill(station.conn, waybill.number) if not row.is_withdrawn]
    rows = [row for row in every if row.may_be_of(said.courier)]
    of_preset = [row for row in rows if row.may_be_of(coming.courier)]
    if any(map(is_about, of_preset)):
        rows = of_preset
    expected = _expected(rows, waybill)
    taken_back = None if expected else _taken_back(every, waybill)
    barcode_of = reading(waybill.number).couriers or frozenset(filter(None, [waybill.courier]))
    found = OnRecord(waybill, rows, expected, taken_back, None, barcode_of)
    if not expected and not found.here:
        found = found._replace(gone=_last_stay(rows, waybill) or _asked(station, _last_stay(every, waybill)))
    known = found.known
    return found._replace(waybill=Waybill(known.waybill, known.piece, known.pieces)) if known else found


def _expected(rows: list[Parcel], waybill: Waybill) -> Parcel | None:
    """The announced piece: the one the label names, else the first that is still to come."""
    coming = sorted((row for row in rows if row.state == State.EXPECTED), key=lambda row: row.piece)
    return next((row for row in coming if waybill.may_be(row.piece)), None)


def _taken_back(rows: list[Parcel], waybill: Waybill) -> Parcel | None:
    """The latest check-in of the piece, if it was taken back: what was known of it still holds."""
    same = [row for row in rows if waybill.may_be(row.piece)]
    return same[0] if same and same[0].state == State.VOIDED else None


def _last_stay(rows: list[Parcel], waybill: Waybill) -> Parcel | None:
    """Of the piece, where it has left."""
    last = next((row for row in rows if waybill.may_be(row.piece) and row.state != State.VOIDED), None)
    return last if last and last.state in LEFT else None


def _asked(station: Station, gone: Parcel | None) -> Parcel | None:
    """Whose number it is may be said wrong: whosever batch is open, it is asked whether this one is back."""
    return gone if gone and why_asked(station, gone) else None
