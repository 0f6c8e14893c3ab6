"""What a parcel's columns have to be again when its last event is taken back."""

from typing import NamedTuple

from kiosk.jobs.changed import ADDED
from kiosk.jobs.find_parcel import is_taken, others_with
from kiosk.jobs.shelf.issue_code import issue_code
from kiosk.jobs.shelf.room_for import place_for
from kiosk.jobs.station import Station
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.sheets import Subject
from kiosk.parcels.states import UNDO, Event, State, next_state
from kiosk.store.actions import Action, values_before
from kiosk.store.events import TABLES
from kiosk.store.tables.codes import code_in_custody
from kiosk.store.tables.parcels import Parcel
from kiosk.store.tables.sheets import sheet_by_id
from kiosk.store.tables.slots import held_in


class OldValues(NamedTuple):
    """Columns to write. `was_returning`: the parcel was in return before, which no single event leads back to.
    `of_nobody`: it was nobody's."""

    changes: dict[str, object]
    was_returning: bool = False
    of_nobody: bool = False


def old_values(station: Station, parcel: Parcel, event: Event, action: Action) -> OldValues | Refused:
    """Call inside a transaction, with `action` the last event of the parcel."""
    before = values_before(station.conn, parcel.id, action.seq)
    if event is Event.CHECK_IN:
        return OldValues({"proposed_slot": None, "released_at": station.stamp()})
    whose = {value for name, value in action.changes.items() if name in ("phone", "email")}
    if whose - {ADDED}:  # who it was is not in the log: the right one has to be given
        return Refused(Problem.CANNOT_UNDO, waybill=parcel.numbered_waybill)
    columns = TABLES[Subject.PARCEL].columns - {"state"}
    changes = {name: before[name] for name in action.changes if name in columns}
    if _is_number_taken(station, parcel, before):
        return Refused(Problem.ALREADY_IN_CUSTODY, waybill=parcel.numbered_waybill)
    if "sheet_id" in changes and _is_closed(station, changes["sheet_id"]):
        changes["sheet_id"] = None
    if next_state(State(parcel.state), UNDO[event]) is State.SHELVED:
        placed = _on_shelf(station, parcel, before, changes)
        if isinstance(placed, Refused):
            return placed
        changes = placed
    was_returning = event is Event.MARK_MISSING and before["state"] == State.RETURN_PENDING
    return OldValues(_with_code(station, parcel, changes, before), was_returning, of_nobody=bool(whose))


def _is_number_taken(station: Station, parcel: Parcel, before: dict[str, object]) -> bool:
    """Meanwhile a new stay of the same number began, or somebody else has its second one."""
    if parcel.second_waybill and others_with(station, parcel.second_waybill, parcel):
        return True
    return is_taken(station, str(before["waybill"]), str(before["courier"]), parcel)


def _is_closed(station: Station, sheet_id: object) -> bool:
    sheet = sheet_by_id(station.conn, int(str(sheet_id))) if sheet_id is not None else None
    return sheet is not None and sheet.closed_at is not None


def _on_shelf(
    station: Station, parcel: Parcel, before: dict[str, object], changes: dict[str, object]
) -> dict[str, object] | Refused:
    """It goes back to its slot. One that was not put away yet goes where it was to be put: it is put away by this."""
    slot = changes.get("slot", parcel.slot) or before["slot"]
    if slot is None:
        place = place_for(station, parcel, str(before["proposed_slot"]))
        if isinstance(place, Refused):
            return place
        return {**changes, "slot": place.name, "proposed_slot": None, "shelved_at": station.stamp()}
    settings = station.settings.slots_by_name.get(str(slot))
    if slot != parcel.slot and (settings is None or held_in(station.conn, str(slot)) >= settings.place.capacity):
        return Refused(Problem.SLOT_FULL, slot=str(slot), waybill=parcel.numbered_waybill)
    return {**changes, "slot": slot}


def _with_code(
    station: Station, parcel: Parcel, changes: dict[str, object], before: dict[str, object]
) -> dict[str, object]:
    """The old code comes back unless somebody else has it by now; a newer one is one more that it had."""
    wanted = str(before["code"]) if before["code"] else None
    if wanted is None:
        return changes
    slot = changes.get("slot") or changes.get("proposed_slot") or parcel.place
    settings = station.settings.slots_by_name.get(str(slot))
    if settings is None or not code_in_custody(station.conn, PickupCode(wanted), but=parcel.id):
        return changes
    code = issue_code(station, settings.place.address)
    return {**changes, "code": code.text, "code_compact": code.compact}
