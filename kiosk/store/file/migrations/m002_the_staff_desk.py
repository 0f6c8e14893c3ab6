"""Schema 2: sheets, closed places, staff, passes and amounts; an event may be about any of them."""

STEPS = (
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
    "ALTER TABLE parcels ADD COLUMN kind TEXT NOT NULL DEFAULT 'parcel' CHECK (kind IN ('parcel', 'reward',"
    " 'order', 'laundry'))",
    "ALTER TABLE parcels ADD COLUMN second_waybill TEXT CHECK (length(second_waybill) BETWEEN 1 AND 64)",
    "ALTER TABLE parcels ADD COLUMN hold_note TEXT CHECK (hold_note IS NULL OR hold_reason IS NOT NULL)",
    "ALTER TABLE parcels ADD COLUMN freight_collect_fen INTEGER NOT NULL DEFAULT 0 CHECK (freight_collect_fen >= 0)",
    "ALTER TABLE parcels ADD COLUMN cod_fen INTEGER NOT NULL DEFAULT 0 CHECK (cod_fen >= 0)",
    "ALTER TABLE parcels ADD COLUMN price_fen INTEGER NOT NULL DEFAULT 0 CHECK (price_fen >= 0)",
    "ALTER TABLE parcels ADD COLUMN fee_fen INTEGER NOT NULL DEFAULT 0 CHECK (fee_fen >= 0)",
    "ALTER TABLE parcels ADD COLUMN paid_fen INTEGER NOT NULL DEFAULT 0 CHECK (paid_fen >= 0)",
    "ALTER TABLE parcels ADD COLUMN waived_fen INTEGER NOT NULL DEFAULT 0 CHECK (waived_fen >= 0)",
    "ALTER TABLE parcels ADD COLUMN batch_id INTEGER REFERENCES sheets (id)",
    "ALTER TABLE parcels ADD COLUMN sheet_id INTEGER REFERENCES sheets (id)",
    "ALTER TABLE parcels ADD COLUMN count_id INTEGER REFERENCES sheets (id)",
    "ALTER TABLE parcels ADD COLUMN reminders INTEGER NOT NULL DEFAULT 0 CHECK (reminders >= 0)",
    "ALTER TABLE parcels ADD COLUMN reminded_at TEXT",
    "ALTER TABLE parcels ADD COLUMN delivery_requested_at TEXT",
    "ALTER TABLE contacts ADD COLUMN address TEXT",
    "CREATE INDEX parcels_by_second_waybill ON parcels (second_waybill) WHERE second_waybill IS NOT NULL",
    "CREATE INDEX parcels_by_batch ON parcels (batch_id) WHERE batch_id IS NOT NULL",
    "CREATE INDEX parcels_by_sheet ON parcels (sheet_id) WHERE sheet_id IS NOT NULL",
    "CREATE INDEX parcels_by_count ON parcels (count_id) WHERE count_id IS NOT NULL",
    "CREATE INDEX contacts_by_tail ON contacts (phone_tail) WHERE phone_tail IS NOT NULL",
    "CREATE INDEX parcels_in_custody ON parcels (checked_in_at) WHERE state IN ('CHECKED_IN', 'MISSING',"
    " 'RETURN_PENDING', 'SHELVED')",
    "CREATE INDEX attempts_by_time ON attempts (occurred_at)",
    # An event may be about something else than a parcel now; SQLite changes a column only by a new table.
    "DROP TRIGGER events_never_change",
    "DROP TRIGGER events_never_go",
    "DROP INDEX events_by_parcel",
    "DROP INDEX check_ins_by_terminal",
    "ALTER TABLE events RENAME TO events_1",
    """CREATE TABLE events (
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
           ) STRICT""",
    "INSERT INTO events (seq, subject, subject_id, event, who, terminal, occurred_at, recorded_at, changes,"
    " link) SELECT seq, 'parcel', parcel_id, event, who, terminal, occurred_at, recorded_at, changes, link"
    " FROM events_1",
    "DROP TABLE events_1",
    "CREATE INDEX events_by_subject ON events (subject_id, subject)",
    "CREATE INDEX events_by_time ON events (occurred_at)",
    "CREATE INDEX taken_in_by_terminal ON events (terminal, seq) WHERE event IN ('check_in', 'fail_delivery',"
    " 'undo_shelve')",
    """CREATE TRIGGER events_never_change BEFORE UPDATE ON events
           BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END""",
    """CREATE TRIGGER events_never_go BEFORE DELETE ON events
           BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END""",
)
