"""Exceptions: holding a parcel back, releasing it, sending it back, missing it, finding it, giving it up."""

from collections.abc import Callable, Mapping

from kiosk.jobs.allowed import allowed
from kiosk.jobs.changed import Changed, as_changed
from kiosk.jobs.find_parcel import find_parcel, may_happen
from kiosk.jobs.forget_address import forget_address
from kiosk.jobs.keeping.return_again import return_again
from kiosk.jobs.shelf.free_place import propose_slot
from kiosk.jobs.shelf.issue_code import code_at
from kiosk.jobs.shelf.room_for import no_room, place_said
from kiosk.jobs.station import Station
from kiosk.parcels.exceptions import read_why
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.slots import Place, Size
from kiosk.parcels.states import Event, State
from kiosk.store.actions import values_before_last
from kiosk.store.tables.parcels import Parcel, by_id


@allowed(Event.HOLD)
def hold(station: Station, scan: Scan, reason: str) -> Changed | Refused:
    """Block a parcel's check-out and light: `damaged corner is wet`, or any words."""
    why = read_why(reason)
    if why is None:
        return Refused(Problem.NEEDS_REASON)
    changes: dict[str, object] = {"hold_reason": why.reason, "hold_note": why.note}
    return _change(station, scan, Event.HOLD, lambda parcel: changes)


@allowed(Event.RELEASE)
def release(station: Station, scan: Scan, resolution: str | None = None) -> Changed | Refused:
    """The reason for the hold is gone; `resolution` says how."""
    facts = {"resolution": resolution} if resolution else None
    return _change(station, scan, Event.RELEASE, lambda parcel: {"hold_reason": None, "hold_note": None}, facts)


@allowed(Event.START_RETURN)
def start_return(station: Station, scan: Scan, reason: str) -> Changed | Refused:
    """The parcel goes back to its courier; it stays in its slot until the driver takes it."""
    if not reason:
        return Refused(Problem.NEEDS_REASON)
    return _change(station, scan, Event.START_RETURN, lambda parcel: returning(reason))


def returning(reason: str) -> dict[str, object]:
    """The columns of a parcel that goes back."""
    return {"return_reason": reason, "hold_reason": None, "hold_note": None, "proposed_slot": None}


@allowed(Event.CANCEL_RETURN)
def cancel_return(station: Station, scan: Scan) -> Changed | Refused:
    """It stays after all, in its slot or a free one."""
    return _change(station, scan, Event.CANCEL_RETURN, lambda parcel: _back_on_shelf(station, parcel, None))


@allowed(Event.MARK_MISSING)
def mark_missing(station: Station, scan: Scan) -> Changed | Refused:
    """It is not where it should be."""
    return _change(station, scan, Event.MARK_MISSING, lambda parcel: gone_missing())


def gone_missing() -> dict[str, object]:
    """The columns of a parcel that nobody finds."""
    return {"slot": None, "proposed_slot": None, "hold_reason": None, "hold_note": None}


@allowed(Event.FOUND)
def found_again(station: Station, scan: Scan, slot: Scan | None = None) -> Changed | Refused:
    """A missing parcel has turned up; it goes to `slot`, or to a free one."""
    return _change(station, scan, Event.FOUND, lambda parcel: _back_on_shelf(station, parcel, slot))


@allowed(Event.WRITE_OFF)
def write_off(station: Station, scan: Scan, reason: str) -> Changed | Refused:
    """A missing parcel is given up as lost."""
    if not reason:
        return Refused(Problem.NEEDS_REASON)
    now: dict[str, object] = {"released_at": station.stamp()}
    return _change(station, scan, Event.WRITE_OFF, lambda parcel: now, {"reason": reason})


def _change(
    station: Station,
    scan: Scan,
    event: Event,
    changes_of: Callable[[Parcel], dict[str, object] | Refused],
    facts: Mapping[str, object] | None = None,
) -> Changed | Refused:
    with station.transaction():
        parcel = find_parcel(station, scan, lambda row: _may(row, event))
        if isinstance(parcel, Refused):
            return parcel
        changes = changes_of(parcel)
        if isinstance(changes, Refused):
            return changes
        station.record(event, parcel, changes, facts=facts)
        now = by_id(station.conn, parcel.id)
        if event is Event.FOUND:
            before = values_before_last(station.conn, parcel.id, Event.MARK_MISSING)
            if before["state"] == State.RETURN_PENDING:  # it was on its way back to the courier, and still is
                return_again(station, now)
                now = by_id(station.conn, parcel.id)
        if event is Event.WRITE_OFF:
            forget_address(station, parcel.contact_id)
        new_code = parcel.code is not None and now.code != parcel.code
        changed = station.keep(as_changed(event, now, new_code=new_code))
    if event is not Event.RELEASE:
        with station.after_commit():
            station.leases.drop_parcel(parcel.id)
    return changed


def _may(parcel: Parcel, event: Event) -> bool:
    if not may_happen(event)(parcel):
        return False
    return event not in (Event.HOLD, Event.RELEASE) or (parcel.hold_reason is not None) == (event is Event.RELEASE)


def _back_on_shelf(station: Station, parcel: Parcel, slot: Scan | None) -> dict[str, object] | Refused:
    """Columns of a parcel that lies on the shelf again. Its code stays where it names the same level."""
    changes: dict[str, object] = {"sheet_id": None, **_hold_before(station, parcel)}
    if slot is None and parcel.slot is not None:
        return changes
    place: Place | Refused | None = propose_slot(station, Size[parcel.size], parcel.contact_id)
    if slot is not None:
        said = place_said(station, parcel, slot.slot_name)
        place = said if isinstance(said, Refused) else said[0]
    if isinstance(place, Refused):
        return place
    if place is None:
        return no_room(station, Size[parcel.size], parcel.numbered_waybill)
    changes |= {"slot": place.name, "shelved_at": station.stamp()}
    code = code_at(station, parcel, place.address)
    return {**changes, "code": code.text, "code_compact": code.compact}


def _hold_before(station: Station, parcel: Parcel) -> dict[str, object]:
    """A parcel that was held before it went into return, or missing, is held again."""
    left_by = Event.MARK_MISSING if parcel.state == State.MISSING else Event.START_RETURN
    before = values_before_last(station.conn, parcel.id, left_by)
    return {name: before[name] for name in ("hold_reason", "hold_note") if before[name] is not None}
