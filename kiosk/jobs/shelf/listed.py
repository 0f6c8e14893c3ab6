"""A parcel as staff see it in a list."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.jobs.changed import held_for
from kiosk.jobs.shelf.rung import rung_of
from kiosk.jobs.station import Station
from kiosk.parcels.overdue import Overdue
from kiosk.parcels.phones import mask_tail
from kiosk.parcels.states import State
from kiosk.store.tables.contacts import phone_tail
from kiosk.store.tables.parcels import Parcel


@dataclass(frozen=True, slots=True)
class ListedParcel:
    """A parcel in a list for staff; the phone is masked, `days` are whole days in custody."""

    parcel_id: int
    waybill: str
    courier: str
    code: str | None
    slot: str | None
    state: State
    held_for: str | None
    phone: str | None
    days: int
    rung: Overdue | None
    reminders: int
    due_fen: int


def listed(station: Station, parcel: Parcel) -> ListedParcel:
    """A parcel as staff see it in a list."""
    now, came = station.now(), datetime.fromisoformat(parcel.checked_in_at or station.stamp())
    return ListedParcel(
        parcel.id,
        parcel.numbered_waybill,
        parcel.courier,
        parcel.code,
        parcel.place,
        State(parcel.state),
        held_for(parcel),
        mask_tail(phone_tail(station.conn, parcel.contact_id)),
        (now - came).days,
        rung_of(station, parcel.checked_in_at) if parcel.in_custody else None,
        parcel.reminders,
        parcel.due_fen,
    )
