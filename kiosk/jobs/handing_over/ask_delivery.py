"""Asking for home delivery: by the consignee at the kiosk, or by staff for one who calls."""

from kiosk.jobs.allowed import allowed
from kiosk.jobs.changed import Changed, as_changed
from kiosk.jobs.find_parcel import find_parcel, may_happen
from kiosk.jobs.forget_address import forget_address
from kiosk.jobs.handing_over.delivery_asked import DeliveryAsked
from kiosk.jobs.handing_over.pick_up import Found, current
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import Subject
from kiosk.parcels.states import Event, State
from kiosk.store.events import About, read_events
from kiosk.store.tables.contacts import of_contact, set_address
from kiosk.store.tables.parcels import Parcel, by_id


@allowed(Event.REQUEST_DELIVERY)
def request_delivery(station: Station, scan: Scan, address: str | None = None) -> DeliveryAsked | Refused:
    """The consignee wants the parcel at home. The address is kept with the contact until the parcel is delivered."""
    with station.transaction():
        parcel = find_parcel(station, scan, may_happen(Event.REQUEST_DELIVERY))
        if isinstance(parcel, Refused):
            return parcel
        _request(station, parcel, address)
        fee = station.settings.desk.delivery_fee_fen
        return station.keep(DeliveryAsked((parcel.numbered_waybill,), fee))


def wish_for_session(station: Station, session_id: str, *, wished: bool) -> Found | Refused:
    """What was found is to be brought to the door, or not any more; the search as it stands then."""
    change = request_delivery_of_session if wished else withdraw_delivery_of_session
    changed = change(station, session_id)
    if isinstance(changed, Refused):
        return changed
    return current(station, session_id) or Refused(Problem.NO_SUCH_SESSION)


@allowed(Event.REQUEST_DELIVERY)
def request_delivery_of_session(station: Station, session_id: str) -> DeliveryAsked | Refused:
    """A customer at the kiosk wants what was found brought to the door. The search goes on, for the wish may be taken
    back there."""
    if not station.settings.desk.delivery_is_offered:
        return Refused(Problem.NOT_OFFERED)
    shown = current(station, session_id)
    if shown is None:
        return Refused(Problem.NO_SUCH_SESSION)
    asked = []
    with station.transaction():
        for parcel in _on_shelf(station, shown, asked=False):
            _request(station, parcel, None)
            asked.append(parcel.numbered_waybill)
        return station.keep(DeliveryAsked(tuple(asked), station.settings.desk.delivery_fee_fen))


def _request(station: Station, parcel: Parcel, address: str | None) -> None:
    contact_id = set_address(station.conn, station.key, parcel.contact_id, address) if address else parcel.contact_id
    if parcel.delivery_requested_at is None or contact_id != parcel.contact_id:
        changes: dict[str, object] = {}
        if parcel.delivery_requested_at is None:
            fee = station.settings.desk.delivery_fee_fen
            changes = {"delivery_requested_at": station.stamp(), **({"fee_fen": fee} if fee else {})}
        station.record(Event.REQUEST_DELIVERY, parcel, changes, of_contact(contact_id))


@allowed(Event.WITHDRAW_DELIVERY)
def withdraw_delivery(station: Station, scan: Scan) -> Changed | Refused:
    """The consignee comes after all; the fee is not asked for unless it is paid."""
    with station.transaction():
        parcel = find_parcel(station, scan, may_happen(Event.WITHDRAW_DELIVERY))
        if isinstance(parcel, Refused):
            return parcel
        if parcel.delivery_requested_at is None:
            return Refused(Problem.NOT_REQUESTED, waybill=parcel.numbered_waybill)
        _withdraw(station, parcel)
        return station.keep(as_changed(Event.WITHDRAW_DELIVERY, by_id(station.conn, parcel.id)))


@allowed(Event.WITHDRAW_DELIVERY)
def withdraw_delivery_of_session(station: Station, session_id: str) -> DeliveryAsked | Refused:
    """A customer at the kiosk takes what was found along after all; the answer names what is no more to be brought."""
    shown = current(station, session_id)
    if shown is None:
        return Refused(Problem.NO_SUCH_SESSION)
    withdrawn = []
    with station.transaction():
        for parcel in _on_shelf(station, shown, asked=True):
            _withdraw(station, parcel)
            withdrawn.append(parcel.numbered_waybill)
        return station.keep(DeliveryAsked(tuple(withdrawn), 0))


def _on_shelf(station: Station, shown: Found, *, asked: bool) -> list[Parcel]:
    """Of what was found, those that nobody has taken meanwhile, with the wish or without."""
    parcels = (by_id(station.conn, found.parcel_id) for found in shown.left)
    return [one for one in parcels if one.state == State.SHELVED and (one.delivery_requested_at is not None) is asked]


def _withdraw(station: Station, parcel: Parcel) -> None:
    """Call inside a transaction."""
    changes: dict[str, object] = {"delivery_requested_at": None, "sheet_id": None}
    if not _is_fee_settled(station, parcel):
        changes["fee_fen"] = 0
    station.record(Event.WITHDRAW_DELIVERY, parcel, changes)
    forget_address(station, parcel.contact_id)


def _is_fee_settled(station: Station, parcel: Parcel) -> bool:
    """Whether anything was paid or waived since home delivery was asked for: then the fee was among it."""
    names = [row.event for row, _ in read_events(station.conn, About(Subject.PARCEL, parcel.id))]
    asked = len(names) - names[::-1].index(Event.REQUEST_DELIVERY)
    return any(name in (Event.PAY, Event.WAIVE) for name in names[asked:])
