"""The tables of station.db, made and changed through sqlite-utils migrations."""

from collections.abc import Sequence

from sqlite_utils import Database, Migrations

from kiosk.parcels.states import IN_CUSTODY, State

migrations = Migrations("station")
SEAL_ADDRESS = "seal_address"  # SQL function that whoever applies the migrations gives to the connection

_STATES = ", ".join(f"'{state}'" for state in State)
_CUSTODY = ", ".join(f"'{state}'" for state in sorted(IN_CUSTODY))


_CONTACTS = """CREATE TABLE contacts (
             id INTEGER PRIMARY KEY,
             phone_hash BLOB UNIQUE CHECK (length(phone_hash) = 32),
             phone_tail TEXT CHECK (length(phone_tail) = 4)
           ) STRICT"""

_PARCELS = f"""CREATE TABLE parcels (
             id INTEGER PRIMARY KEY,
             courier TEXT NOT NULL,
             courier_decided INTEGER NOT NULL DEFAULT 0 CHECK (courier_decided IN (0, 1)),
             waybill TEXT NOT NULL CHECK (length(waybill) BETWEEN 1 AND 64),
             piece INTEGER NOT NULL DEFAULT 1 CHECK (piece BETWEEN 1 AND pieces),
             pieces INTEGER NOT NULL DEFAULT 1,
             raw_scan TEXT,
             state TEXT NOT NULL CHECK (state IN ({_STATES})),
             size TEXT NOT NULL DEFAULT 'M' CHECK (size IN ('S', 'M', 'L', 'XL')),
             consent TEXT NOT NULL DEFAULT 'not_asked' CHECK (consent IN ('given', 'not_asked', 'door_only')),
             consent_source TEXT,
             consent_at TEXT,
             contact_id INTEGER REFERENCES contacts (id),
             proposed_slot TEXT CHECK (proposed_slot IS NULL OR state = 'CHECKED_IN'),
             slot TEXT CHECK (slot IS NULL OR state IN ('SHELVED', 'RETURN_PENDING')),
             code TEXT,
             code_compact TEXT CHECK ((code IS NULL) = (code_compact IS NULL)),
             hold_reason TEXT CHECK (hold_reason IS NULL OR state IN ('CHECKED_IN', 'SHELVED')),
             return_reason TEXT,
             announced_at TEXT,
             checked_in_at TEXT,
             shelved_at TEXT,
             released_at TEXT,
             CHECK (state <> 'SHELVED' OR (slot IS NOT NULL AND code IS NOT NULL))
           ) STRICT"""

_FIRST_SCHEMA = (
    _CONTACTS,
    _PARCELS,
    f"""CREATE UNIQUE INDEX one_episode_at_a_time ON parcels (waybill, piece, courier)
            WHERE state IN ('EXPECTED', {_CUSTODY})""",
    f"CREATE UNIQUE INDEX one_code_in_custody ON parcels (code_compact) WHERE state IN ({_CUSTODY})",
    "CREATE INDEX parcels_by_code ON parcels (code_compact) WHERE code_compact IS NOT NULL",
    "CREATE INDEX parcels_by_waybill ON parcels (waybill)",
    "CREATE INDEX parcels_by_contact ON parcels (contact_id) WHERE contact_id IS NOT NULL",
    "CREATE INDEX parcels_by_slot ON parcels (slot) WHERE slot IS NOT NULL",
    "CREATE INDEX parcels_by_proposed_slot ON parcels (proposed_slot) WHERE proposed_slot IS NOT NULL",
    """CREATE TABLE events (
             seq INTEGER PRIMARY KEY,
             event TEXT NOT NULL,
             parcel_id INTEGER NOT NULL REFERENCES parcels (id),
             who TEXT NOT NULL,
             terminal TEXT NOT NULL,
             occurred_at TEXT NOT NULL,
             recorded_at TEXT NOT NULL,
             changes TEXT NOT NULL,
             link BLOB NOT NULL CHECK (length(link) = 32)
           ) STRICT""",
    "CREATE INDEX events_by_parcel ON events (parcel_id)",
    "CREATE INDEX check_ins_by_terminal ON events (terminal, seq) WHERE event = 'check_in'",
    """CREATE TRIGGER events_never_change BEFORE UPDATE ON events
           BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END""",
    """CREATE TRIGGER events_never_go BEFORE DELETE ON events
           BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END""",
    "CREATE TABLE retired_codes (code_compact TEXT NOT NULL, released_at TEXT NOT NULL) STRICT",
    "CREATE INDEX retired_codes_by_code ON retired_codes (code_compact)",
    """CREATE TABLE attempts (
             id INTEGER PRIMARY KEY,
             terminal TEXT NOT NULL,
             occurred_at TEXT NOT NULL,
             outcome TEXT NOT NULL
           ) STRICT""",
)


def _run(db: Database, statements: Sequence[str]) -> None:
    for statement in statements:
        db.execute(statement)


@migrations()
def m001_parcels_and_events(db: Database) -> None:
    _run(db, _FIRST_SCHEMA)


_PARCEL_COLUMNS = (
    "kind TEXT NOT NULL DEFAULT 'parcel' CHECK (kind IN ('parcel', 'reward', 'order', 'laundry'))",
    "second_waybill TEXT CHECK (length(second_waybill) BETWEEN 1 AND 64)",
    "hold_note TEXT CHECK (hold_note IS NULL OR hold_reason IS NOT NULL)",
    "freight_collect_fen INTEGER NOT NULL DEFAULT 0 CHECK (freight_collect_fen >= 0)",
    "cod_fen INTEGER NOT NULL DEFAULT 0 CHECK (cod_fen >= 0)",
    "price_fen INTEGER NOT NULL DEFAULT 0 CHECK (price_fen >= 0)",
    "fee_fen INTEGER NOT NULL DEFAULT 0 CHECK (fee_fen >= 0)",
    "paid_fen INTEGER NOT NULL DEFAULT 0 CHECK (paid_fen >= 0)",
    "waived_fen INTEGER NOT NULL DEFAULT 0 CHECK (waived_fen >= 0)",
    "batch_id INTEGER REFERENCES sheets (id)",
    "sheet_id INTEGER REFERENCES sheets (id)",
    "count_id INTEGER REFERENCES sheets (id)",
    "reminders INTEGER NOT NULL DEFAULT 0 CHECK (reminders >= 0)",
    "reminded_at TEXT",
    "delivery_requested_at TEXT",
)
_EVENTS_2 = """CREATE TABLE events (
             seq INTEGER PRIMARY KEY,
             event TEXT NOT NULL,
             subject TEXT NOT NULL,
             subject_id INTEGER NOT NULL,
             who TEXT NOT NULL,
             terminal TEXT NOT NULL,
             occurred_at TEXT NOT NULL,
             recorded_at TEXT NOT NULL,
             changes TEXT NOT NULL,
             link BLOB NOT NULL CHECK (length(link) = 32)
           ) STRICT"""
_EVENT_COLUMNS = "event, who, terminal, occurred_at, recorded_at, changes, link"
_SECOND_SCHEMA = (
    """CREATE TABLE sheets (
             id INTEGER PRIMARY KEY,
             kind TEXT NOT NULL CHECK (kind IN ('batch', 'return', 'transfer', 'round', 'count')),
             party TEXT NOT NULL,
             expected INTEGER CHECK (expected >= 0),
             scanned INTEGER CHECK (scanned >= 0),
             note TEXT,
             opened_at TEXT NOT NULL,
             closed_at TEXT
           ) STRICT""",
    "CREATE INDEX open_sheets ON sheets (kind, party) WHERE closed_at IS NULL",
    """CREATE TABLE closed_places (
             id INTEGER PRIMARY KEY,
             place TEXT NOT NULL,
             reason TEXT NOT NULL,
             closed_at TEXT NOT NULL,
             reopened_at TEXT
           ) STRICT""",
    "CREATE UNIQUE INDEX place_closed_once ON closed_places (place) WHERE reopened_at IS NULL",
    """CREATE TABLE staff (
             id INTEGER PRIMARY KEY,
             number TEXT NOT NULL UNIQUE,
             role TEXT NOT NULL CHECK (role IN ('clerk', 'manager')),
             name TEXT,
             pin_hash TEXT,
             badge_hash BLOB UNIQUE CHECK (length(badge_hash) = 32),
             left_at TEXT
           ) STRICT""",
    """CREATE TABLE passes (
             id INTEGER PRIMARY KEY,
             token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
             parcels TEXT NOT NULL,
             valid_until TEXT NOT NULL
           ) STRICT""",
    "CREATE TABLE light_faults (id INTEGER PRIMARY KEY, strip TEXT NOT NULL, occurred_at TEXT NOT NULL) STRICT",
    *(f"ALTER TABLE parcels ADD COLUMN {column}" for column in _PARCEL_COLUMNS),
    "ALTER TABLE contacts ADD COLUMN address TEXT",
    "CREATE INDEX parcels_by_second_waybill ON parcels (second_waybill) WHERE second_waybill IS NOT NULL",
    "CREATE INDEX parcels_by_batch ON parcels (batch_id) WHERE batch_id IS NOT NULL",
    "CREATE INDEX parcels_by_sheet ON parcels (sheet_id) WHERE sheet_id IS NOT NULL",
    "CREATE INDEX parcels_by_count ON parcels (count_id) WHERE count_id IS NOT NULL",
    "CREATE INDEX contacts_by_tail ON contacts (phone_tail) WHERE phone_tail IS NOT NULL",
    f"CREATE INDEX parcels_in_custody ON parcels (checked_in_at) WHERE state IN ({_CUSTODY})",
    "CREATE INDEX attempts_by_time ON attempts (occurred_at)",
    # An event may be about something else than a parcel now; SQLite changes a column only by a new table.
    "DROP TRIGGER events_never_change",
    "DROP TRIGGER events_never_go",
    "DROP INDEX events_by_parcel",
    "DROP INDEX check_ins_by_terminal",
    "ALTER TABLE events RENAME TO events_1",
    _EVENTS_2,
    f"INSERT INTO events (seq, subject, subject_id, {_EVENT_COLUMNS})"
    f" SELECT seq, 'parcel', parcel_id, {_EVENT_COLUMNS} FROM events_1",
    "DROP TABLE events_1",
    "CREATE INDEX events_by_subject ON events (subject_id, subject)",
    "CREATE INDEX events_by_time ON events (occurred_at)",
    "CREATE INDEX taken_in_by_terminal ON events (terminal, seq)"
    " WHERE event IN ('check_in', 'fail_delivery', 'undo_shelve')",
    *(trigger for trigger in _FIRST_SCHEMA if trigger.startswith("CREATE TRIGGER")),
)


@migrations()
def m002_the_staff_desk(db: Database) -> None:
    _run(db, _SECOND_SCHEMA)


_THIRD_SCHEMA = (
    # A phone is kept whole now, but sealed; so are addresses.
    "ALTER TABLE contacts ADD COLUMN phone_sealed BLOB",
    "ALTER TABLE contacts ADD COLUMN address_sealed BLOB",
    "ALTER TABLE contacts ADD COLUMN name_sealed BLOB",
    "ALTER TABLE parcels ADD COLUMN collector_id INTEGER REFERENCES contacts (id)",
    "CREATE INDEX parcels_by_collector ON parcels (collector_id) WHERE collector_id IS NOT NULL",
    f"UPDATE contacts SET address_sealed = {SEAL_ADDRESS}(address) WHERE address IS NOT NULL",
    "ALTER TABLE contacts DROP COLUMN address",
    "ALTER TABLE passes ADD COLUMN bearer_id INTEGER REFERENCES contacts (id)",
    "ALTER TABLE passes ADD COLUMN session TEXT",
    "ALTER TABLE staff ADD COLUMN pin_must_change INTEGER NOT NULL DEFAULT 0 CHECK (pin_must_change IN (0, 1))",
    "CREATE INDEX passes_by_bearer ON passes (bearer_id) WHERE bearer_id IS NOT NULL",
    """CREATE TABLE wrong_tries (
             scope TEXT PRIMARY KEY,
             tries REAL NOT NULL CHECK (tries >= 0),
             pauses INTEGER NOT NULL CHECK (pauses >= 0),
             boot TEXT NOT NULL,
             counted_at REAL NOT NULL,
             pause_s REAL NOT NULL CHECK (pause_s >= 0)
           ) STRICT""",
    """CREATE TABLE operations (
             id TEXT NOT NULL,
             job TEXT NOT NULL,
             asked BLOB NOT NULL CHECK (length(asked) = 32),
             answer BLOB NOT NULL,
             done_at TEXT NOT NULL,
             PRIMARY KEY (id, job)
           ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX operations_by_time ON operations (done_at)",
)


@migrations()
def m003_nobody_in(db: Database) -> None:
    _run(db, _THIRD_SCHEMA)


_FOURTH_SCHEMA = (
    "ALTER TABLE contacts ADD COLUMN email_sealed BLOB",
    "ALTER TABLE passes ADD COLUMN token_sealed BLOB",
    # Neither text nor address: what is sent is made of the parcels as they are then.
    """CREATE TABLE messages (
             id INTEGER PRIMARY KEY,
             channel TEXT NOT NULL,
             kind TEXT NOT NULL
               CHECK (kind IN ('arrival', 'reminder', 'delivery_noted', 'delivery_out', 'pass', 'call')),
             contact_id INTEGER REFERENCES contacts (id),
             pass_id INTEGER REFERENCES passes (id),
             terminal TEXT,
             state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'skipped', 'unknown', 'given_up')),
             reason TEXT CHECK (state <> 'skipped' OR reason IS NOT NULL),
             tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
             queued_at TEXT NOT NULL,
             due_at TEXT NOT NULL,
             changed_at TEXT NOT NULL
           ) STRICT""",
    "CREATE INDEX open_messages ON messages (state, due_at)"
    " WHERE state IN ('waiting', 'sending', 'unknown', 'given_up')",
    "CREATE INDEX messages_by_time ON messages (changed_at)",
    """CREATE TABLE message_parcels (
             message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
             parcel_id INTEGER NOT NULL REFERENCES parcels (id),
             code TEXT NOT NULL,
             PRIMARY KEY (message_id, parcel_id)
           ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX message_parcels_by_parcel ON message_parcels (parcel_id)",
    "CREATE TABLE message_cursors (channel TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE agent_tasks (
             task TEXT PRIMARY KEY,
             done_at TEXT,
             tried_at TEXT NOT NULL,
             tries INTEGER NOT NULL DEFAULT 0,
             failure TEXT
           ) STRICT, WITHOUT ROWID""",
)


@migrations()
def m004_messages(db: Database) -> None:
    _run(db, _FOURTH_SCHEMA)
