"""Looking things up: one parcel with its history, the slots, the event log."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk.config.shelves import SlotSettings
from kiosk.jobs.changed import held_for
from kiosk.jobs.departure import Departure, departure
from kiosk.jobs.find_parcel import parcels_meant
from kiosk.jobs.station import Station
from kiosk.parcels.kinds import Kind
from kiosk.parcels.phones import mask_tail
from kiosk.parcels.problems import Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import Subject
from kiosk.parcels.states import State
from kiosk.parcels.waybills import Waybill
from kiosk.store.events import About, EventRow, read_events
from kiosk.store.tables.contacts import phone_tail
from kiosk.store.tables.own_words import told_words
from kiosk.store.tables.parcels import Parcel
from kiosk.store.tables.slots import held_by_slot


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """An event as people and programs read it; `link` is hex, times are in the station's time zone.

    `waybill` is empty where `subject` is no parcel.
    """

    seq: int
    event: str
    subject: str
    subject_id: int
    waybill: str
    who: str
    terminal: str
    occurred_at: datetime
    recorded_at: datetime
    changes: dict[str, object]
    link: str


@dataclass(frozen=True, slots=True)
class ParcelStory:
    """Everything on record about one parcel; the phone is masked. `left`: how it left, where it has.

    `asks`: it was scanned where parcels are taken in and was not, because it has left; scanned once more, it is.
    `uncounted`: it was scanned for an open batch and is here already.
    """

    parcel_id: int
    waybill: str
    courier: str
    code: str | None
    slot: str | None
    state: State
    held_for: str | None
    phone: str | None
    checked_in_at: datetime | None
    kind: Kind
    second_waybill: str | None
    size: str
    due_fen: int
    delivery_requested: bool
    history: tuple[LoggedEvent, ...]
    left: Departure | None = None
    asks: bool = False
    uncounted: bool = False

    @property
    def on_shelf(self) -> bool:
        """It lies where its slot says."""
        return self.state in (State.SHELVED, State.RETURN_PENDING)


def tell_parcel(station: Station, scan: Scan) -> ParcelStory | Refused:
    """The parcel that a code or a waybill means: the one here, else the last that was, but for a slip that was taken
    back. Of several pieces the one that is named, or the first; another one where that is not on record."""
    rows = parcels_meant(station, scan, any_piece=True)
    if isinstance(rows, Refused):
        return rows
    piece = scan.waybill.piece if isinstance(scan.waybill, Waybill) else 1
    rows = [row for row in rows if row.piece == piece] or rows
    stays = [row for row in rows if row.state != State.VOIDED] or rows
    return tell_one(station, next((row for row in stays if row.in_custody), stays[0]))


def tell_one(station: Station, parcel: Parcel) -> ParcelStory:
    """A parcel with all that happened to it."""
    history = tuple(logged(station, row, w) for row, w in read_events(station.conn, About(Subject.PARCEL, parcel.id)))
    return ParcelStory(
        parcel.id,
        parcel.numbered_waybill,
        parcel.courier,
        parcel.code,
        parcel.place,
        State(parcel.state),
        held_for(parcel),
        mask_tail(phone_tail(station.conn, parcel.contact_id)),
        station.local(parcel.checked_in_at) if parcel.checked_in_at else None,
        Kind(parcel.kind),
        parcel.second_waybill,
        parcel.size,
        parcel.due_fen,
        parcel.delivery_requested_at is not None,
        history,
        departure(station, parcel),
    )


def list_slots(station: Station) -> Iterator[tuple[SlotSettings, int]]:
    """Every slot of station.toml with the number of parcels lying in it."""
    held = held_by_slot(station.conn)
    for slot in station.settings.slots:
        yield slot, held.get(slot.name, 0)


def list_events(station: Station, *, after: int = 0, last: int | None = None) -> Iterator[LoggedEvent]:
    """The event log in order: after a seq, or the last n."""
    for row, waybill in read_events(station.conn, About(after=after, last=last)):
        yield logged(station, row, waybill)


def logged(station: Station, row: EventRow, waybill: str) -> LoggedEvent:
    """A row of the log as people read it."""
    return LoggedEvent(
        row.seq,
        row.event,
        row.subject,
        row.subject_id,
        waybill,
        row.who,
        row.terminal,
        station.local(row.occurred_at),
        station.local(row.recorded_at),
        told_words(station.conn, json.loads(row.changes)),
        row.link.hex(),
    )
