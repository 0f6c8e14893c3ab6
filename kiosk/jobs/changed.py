"""The answer of a job that changes one parcel."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.parcels.exceptions import HoldReason
from kiosk.parcels.states import Event, State
from kiosk.store.tables.parcels import Parcel

ADDED, CHANGED, REMOVED = "added", "changed", "removed"  # all that an event says of a phone or an e-mail address


@dataclass(frozen=True, slots=True)
class Changed:
    """The parcel as it stands now; `event` is what happened to it. `new_code`: its label is wrong now.

    `said`: the particulars that were set right, by column.
    """

    event: Event
    waybill: str
    code: str | None
    slot: str | None
    state: State
    held_for: str | None = None
    new_code: bool = False
    said: Mapping[str, object] = field(default_factory=dict)


def as_changed(
    event: Event, now: Parcel, *, new_code: bool = False, said: Mapping[str, object] | None = None
) -> Changed:
    """The parcel as it stands after the event."""
    slot = now.place
    return Changed(event, now.numbered_waybill, now.code, slot, State(now.state), held_for(now), new_code, said or {})


def held_for(parcel: Parcel) -> str | None:
    """Reason and note of a hold as staff wrote them."""
    if parcel.hold_reason == HoldReason.OTHER and parcel.hold_note:
        return parcel.hold_note
    return ": ".join(part for part in (parcel.hold_reason, parcel.hold_note) if part) or None
