"""Schema 1: parcels, the people they are for, the log of events, and codes that cool."""

STEPS = (
    """CREATE TABLE contacts (
             id INTEGER PRIMARY KEY,
             phone_hash BLOB UNIQUE CHECK (length(phone_hash) = 32),
             phone_tail TEXT CHECK (length(phone_tail) = 4)
           ) STRICT""",
    """CREATE TABLE parcels (
             id INTEGER PRIMARY KEY,
             courier TEXT NOT NULL,
             courier_decided INTEGER NOT NULL DEFAULT 0 CHECK (courier_decided IN (0, 1)),
             waybill TEXT NOT NULL CHECK (length(waybill) BETWEEN 1 AND 64),
             piece INTEGER NOT NULL DEFAULT 1 CHECK (piece BETWEEN 1 AND pieces),
             pieces INTEGER NOT NULL DEFAULT 1,
             raw_scan TEXT,
             state TEXT NOT NULL CHECK (state IN ('EXPECTED', 'CHECKED_IN', 'SHELVED', 'OUT_FOR_DELIVERY', 'RETURN_PENDING', 'MISSING', 'PICKED_UP', 'DELIVERED', 'RETURNED', 'IN_TRANSFER', 'LOST', 'VOIDED')),
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
           ) STRICT""",  # noqa: E501 - every database has it as it stands here
    """CREATE UNIQUE INDEX one_episode_at_a_time ON parcels (waybill, piece, courier)
            WHERE state IN ('EXPECTED', 'CHECKED_IN', 'MISSING', 'RETURN_PENDING', 'SHELVED')""",
    "CREATE UNIQUE INDEX one_code_in_custody ON parcels (code_compact) WHERE state IN ('CHECKED_IN',"
    " 'MISSING', 'RETURN_PENDING', 'SHELVED')",
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
