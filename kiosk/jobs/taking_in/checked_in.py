"""What a check-in answers: where the parcel goes, whose it is, and what is worth a second look."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.jobs.taking_in.put_away import PutAway
from kiosk.jobs.taking_in.whose import Whose
from kiosk.parcels.kinds import Kind
from kiosk.parcels.looks import Look
from kiosk.parcels.problems import Refused
from kiosk.parcels.states import State


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """`candidates`: couriers whose numbers look like this one, the likeliest first; empty for an unknown form.

    `look` is None where no light could be had (every look taken) or wanted (shelved at once). `confirmed` is the
    parcel before this one, now on record as put away, or why it could not be. `earlier`: how and when (UTC) an
    earlier stay of this parcel ended, which is worth a second look. `again`: it was scanned a second time. `beyond`:
    how many of its batch are in now, and how many the driver's list says, where that is fewer. `asks_slot`: the next
    parcel will not confirm it, only its slot's label will. `not_there`: why it cannot lie where the clerk chose.
    `whose`: from where its consignee is known, by the last 4 digits of `phone_tail`; `is_told`: messages can be sent.
    `other_tail`: of whom it was announced for, where somebody else was said. `passed_over`: what was said for the next
    ones and yielded to what is certain, by column.
    `half_read`: an announced number of which this one lacks a character, or one of a known form.
    """

    parcel_id: int
    waybill: str
    courier: str
    candidates: tuple[str, ...]
    code: str
    slot: str
    state: State
    look: Look | None = None
    confirmed: PutAway | Refused | None = None
    earlier: tuple[State, str] | None = None
    due_fen: int = 0
    kind: Kind = Kind.PARCEL
    again: bool = False
    asks_slot: bool = False
    not_there: Refused | None = None
    beyond: tuple[int, int] | None = None
    whose: Whose = Whose.NOBODY
    phone_tail: str | None = None
    is_told: bool = False
    other_tail: str | None = None
    passed_over: Mapping[str, str] = field(default_factory=dict)
    half_read: str = ""

    @property
    def looks_like_another_courier(self) -> bool:
        return bool(self.candidates) and self.courier not in self.candidates
