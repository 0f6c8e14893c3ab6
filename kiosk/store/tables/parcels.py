"""Reading parcels: plain SQL on the connection, for these stand between a scan and its light."""

from collections.abc import Sequence
from typing import NamedTuple

from kiosk.parcels.canonical import is_same, sought
from kiosk.parcels.consents import Consent
from kiosk.parcels.states import IN_CUSTODY, State
from kiosk.parcels.waybills import Waybill
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.own_words import as_told

COLUMNS = frozenset(
    "courier courier_decided waybill piece pieces raw_scan state size consent consent_source consent_at contact_id"
    " proposed_slot slot code code_compact hold_reason hold_note return_reason announced_at checked_in_at shelved_at"
    " released_at kind second_waybill freight_collect_fen cod_fen price_fen fee_fen paid_fen waived_fen batch_id"
    " sheet_id count_id reminders reminded_at delivery_requested_at collector_id".split()
)
CANONICAL = {"canonical": "waybill", "second_canonical": "second_waybill"}  # follow from the numbers; no event tells
CUSTODY = ", ".join(f"'{state}'" for state in sorted(IN_CUSTODY))  # as SQL lists them
_FIELDS = (
    "id, state, courier, courier_decided, waybill, piece, pieces, size, code, slot, proposed_slot, hold_reason,"
    f" contact_id, checked_in_at, released_at, kind, second_waybill, {as_told('hold_note')}, batch_id, sheet_id,"
    " count_id, reminders, reminded_at, delivery_requested_at,"
    " freight_collect_fen + cod_fen + price_fen + fee_fen - paid_fen - waived_fen"
)


class Parcel(NamedTuple):
    """One custody episode as it stands in the table. A tuple, because it is made from a row within every scan."""

    id: int
    state: State
    courier: str
    courier_decided: int
    waybill: str
    piece: int
    pieces: int
    size: str
    code: str | None
    slot: str | None
    proposed_slot: str | None
    hold_reason: str | None
    contact_id: int | None
    checked_in_at: str | None
    released_at: str | None
    kind: str
    second_waybill: str | None
    hold_note: str | None
    batch_id: int | None
    sheet_id: int | None
    count_id: int | None
    reminders: int
    reminded_at: str | None
    delivery_requested_at: str | None
    due_fen: int

    @property
    def key(self) -> tuple[int, State]:
        return self.id, State(self.state)

    @property
    def in_custody(self) -> bool:
        return self.state in IN_CUSTODY

    @property
    def is_withdrawn(self) -> bool:
        return self.state == State.VOIDED and self.checked_in_at is None  # before it came

    @property
    def place(self) -> str | None:
        """The slot where it lies, or where it is to be put."""
        return self.slot or self.proposed_slot

    @property
    def is_out(self) -> bool:
        """With the delivery staff: gone from the shelf, not from our hands."""
        return self.state == State.OUT_FOR_DELIVERY

    def is_numbered(self, number: str) -> bool:
        """Whether the number, from whichever of its barcodes, is its first or its second for certain."""
        second = self.second_waybill
        return self.is_first(number) or (second is not None and is_same(number, second, None))

    def is_first(self, number: str) -> bool:
        """The same of its first alone: the second may be any courier's."""
        return is_same(number, self.waybill, self.courier if self.courier_decided else None)

    def may_be_of(self, courier: str | None) -> bool:
        """Whether nobody has said that it is another courier's."""
        return courier is None or courier == self.courier or not self.courier_decided

    @property
    def numbered_waybill(self) -> str:
        return str(Waybill(self.waybill, self.piece, self.pieces))


_BY_NUMBER = f"SELECT {_FIELDS} FROM parcels WHERE canonical = ?1 OR second_canonical = ?1 ORDER BY id DESC"


def by_waybill(conn: sqlite3.Connection, number: str) -> list[Parcel]:
    """All episodes and pieces of a waybill number, be it their first or their second, and whichever of a parcel's
    barcodes it is from, newest first."""
    return [row for row in with_number_like(conn, number) if row.is_numbered(number)]


def with_number_like(conn: sqlite3.Connection, number: str) -> list[Parcel]:
    """The same, and what only may be: another courier's parcel may have the number that stands in this barcode."""
    first, *others = sought(number)
    found = [Parcel._make(row) for row in conn.execute(_BY_NUMBER, (first,))]
    if others:
        more = (Parcel._make(row) for other in others for row in conn.execute(_BY_NUMBER, (other,)))
        found = sorted({row.id: row for row in (*found, *more)}.values(), key=lambda row: -row.id)
    return found


def by_id(conn: sqlite3.Connection, parcel_id: int) -> Parcel:
    return Parcel(*conn.execute(f"SELECT {_FIELDS} FROM parcels WHERE id = ?", (parcel_id,)).fetchone())


def last_id(conn: sqlite3.Connection) -> int:
    """Of the newest parcel, 0 where there is none."""
    return int(conn.execute("SELECT coalesce(max(id), 0) FROM parcels").fetchone()[0])


def some_parcels(conn: sqlite3.Connection, condition: str, values: Sequence[object] = ()) -> list[Parcel]:
    """The parcels of an SQL condition that one of our own functions wrote; its values stand apart."""
    return [Parcel._make(row) for row in conn.execute(f"SELECT {_FIELDS} FROM parcels WHERE {condition}", values)]


def by_state(conn: sqlite3.Connection, *states: State) -> list[Parcel]:
    """All parcels in some of the states of custody, oldest first."""
    assert IN_CUSTODY.issuperset(states)
    asked = ", ".join("?" * len(states))
    # Said twice, and sorted by a sum: only so SQLite uses the small index of what is in custody.
    return some_parcels(conn, f"state IN ({CUSTODY}) AND state IN ({asked}) ORDER BY +id", states)


def to_be_brought_home(conn: sqlite3.Connection) -> list[Parcel]:
    """What is on the shelf, not held, and asked for at home."""
    asked = "delivery_requested_at IS NOT NULL AND state = 'SHELVED' AND hold_reason IS NULL"
    return some_parcels(conn, f"state IN ({CUSTODY}) AND {asked} ORDER BY +id")


def wants_delivery(conn: sqlite3.Connection, contact_id: int) -> bool:
    """Whether a parcel of this person is to be brought home, or on its way there."""
    wanting = "state IN ('CHECKED_IN', 'SHELVED', 'OUT_FOR_DELIVERY') AND delivery_requested_at IS NOT NULL"
    return bool(some_parcels(conn, f"contact_id = ? AND {wanting}", (contact_id,)))


def by_tail(conn: sqlite3.Connection, tail: str) -> list[Parcel]:
    """What is here, out or expected for phones that end so."""
    states = f"{CUSTODY}, '{State.OUT_FOR_DELIVERY}', '{State.EXPECTED}'"
    where = f"contact_id IN (SELECT id FROM contacts WHERE phone_tail = ?) AND state IN ({states}) ORDER BY id"
    return some_parcels(conn, where, (tail,))


def shelved_together(conn: sqlite3.Connection, contact_id: int) -> list[Parcel]:
    """What lies on the shelf for one consignee and may go out, oldest first."""
    return some_parcels(conn, "contact_id = ? AND state = 'SHELVED' AND hold_reason IS NULL ORDER BY id", (contact_id,))


def last_taken_in_at(conn: sqlite3.Connection, terminal: str, after: str) -> Parcel | None:
    """The parcel that this terminal took in last (or back from the round or the shelf), if that was after a time and
    it is not put away yet."""
    taken_in = (
        "id = (SELECT subject_id FROM events WHERE terminal = ? AND event IN ('check_in', 'fail_delivery',"
        " 'undo_shelve') AND occurred_at > ? ORDER BY seq DESC LIMIT 1) AND state = 'CHECKED_IN'"
    )
    return next(iter(some_parcels(conn, taken_in, (terminal, after))), None)


def couriers_seen_lately(conn: sqlite3.Connection, parcels: int = 300) -> dict[str, int]:
    """How many of the last parcels each courier brought: the station's own history for ranking guesses."""
    rows = conn.execute(
        "SELECT courier, count(*) FROM (SELECT courier, courier_decided FROM parcels ORDER BY id DESC LIMIT ?)"
        " WHERE courier_decided = 1 GROUP BY courier",
        (parcels,),
    )
    return dict(rows.fetchall())


def lately_alike(conn: sqlite3.Connection, number: str, parcels: int = 300) -> int:
    """How many of the last parcels have numbers as long that begin with the same two characters."""
    lately = "SELECT waybill FROM parcels WHERE state <> 'EXPECTED' ORDER BY id DESC LIMIT ?"
    alike = f"SELECT count(*) FROM ({lately}) WHERE length(waybill) = ? AND substr(waybill, 1, 2) = ?"
    return int(conn.execute(alike, (parcels, len(number), number[:2])).fetchone()[0])


CHARGES = ("freight_collect_fen", "cod_fen", "price_fen", "fee_fen")
AMOUNTS = (*CHARGES, "paid_fen", "waived_fen")


def amounts_of(conn: sqlite3.Connection, parcel_id: int) -> dict[str, int]:
    """What is and was to be paid for a parcel, and what was, in fen."""
    row = conn.execute(f"SELECT {', '.join(AMOUNTS)} FROM parcels WHERE id = ?", (parcel_id,)).fetchone()
    return dict(zip(AMOUNTS, row, strict=True))


def consent_of(conn: sqlite3.Connection, parcel_id: int) -> Consent:
    """The consent on record for a parcel."""
    return Consent(conn.execute("SELECT consent FROM parcels WHERE id = ?", (parcel_id,)).fetchone()[0])


def of_contact(conn: sqlite3.Connection, contact_id: int) -> list[Parcel]:
    """Every parcel that is or was this person's, oldest first."""
    return some_parcels(conn, "contact_id = ? ORDER BY id", (contact_id,))


def collector_of(conn: sqlite3.Connection, parcel_id: int) -> int | None:
    """The contact of who collected it for somebody else. A hand-over that was taken back has none."""
    collected = "SELECT collector_id FROM parcels WHERE id = ? AND state = 'PICKED_UP' AND collector_id IS NOT NULL"
    return next((int(number) for (number,) in conn.execute(collected, (parcel_id,))), None)


def is_known(conn: sqlite3.Connection, waybill: Waybill) -> bool:
    """Whether any episode of this waybill and piece is on record."""
    return any(row.piece == waybill.piece and not row.is_withdrawn for row in by_waybill(conn, waybill.number))


def numbers_in_custody(conn: sqlite3.Connection) -> int:
    """How many parcels are in custody."""
    return int(conn.execute(f"SELECT count(*) FROM parcels WHERE state IN ({CUSTODY})").fetchone()[0])


def some_on_shelf(conn: sqlite3.Connection, count: int) -> list[tuple[str, str]]:
    """Code and waybill of parcels that may go out, people with several parcels first."""
    rows = conn.execute(
        "SELECT code, waybill FROM parcels p WHERE state = 'SHELVED' AND hold_reason IS NULL ORDER BY"
        " -(SELECT count(*) FROM parcels q WHERE q.contact_id = p.contact_id AND q.state = 'SHELVED'), id LIMIT ?",
        (count,),
    )
    return [(code, waybill) for code, waybill in rows]
