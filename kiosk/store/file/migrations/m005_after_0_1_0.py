"""Schema 5: what the agent saw of the clock; the one number of a parcel beside its waybill as it was read; how far the
log was checked, sealed; words of staff apart from the log."""

STEPS = (
    """CREATE TABLE clock_watch (
             id INTEGER PRIMARY KEY CHECK (id = 1),
             seen_at TEXT,
             boot TEXT NOT NULL DEFAULT '',
             monotonic_s REAL NOT NULL DEFAULT 0,
             doubted_until TEXT,
             believed_seq INTEGER NOT NULL DEFAULT 0
           ) STRICT""",
    "ALTER TABLE parcels ADD COLUMN canonical TEXT",
    "ALTER TABLE parcels ADD COLUMN second_canonical TEXT",
    "UPDATE parcels SET canonical = canonical_number(waybill), second_canonical = canonical_number(second_waybill)",
    "DROP INDEX parcels_by_waybill",
    "DROP INDEX parcels_by_second_waybill",
    "CREATE INDEX parcels_by_canonical ON parcels (canonical)",
    "CREATE INDEX parcels_by_second_canonical ON parcels (second_canonical) WHERE second_canonical IS NOT NULL",
    # One row: the last event that was checked, what the tables must hold after it, and the station's seal under both.
    """CREATE TABLE sealed_point (
             id INTEGER PRIMARY KEY CHECK (id = 1),
             seq INTEGER NOT NULL CHECK (seq >= 0),
             link BLOB NOT NULL CHECK (length(link) = 32),
             state BLOB NOT NULL CHECK (length(state) = 32),
             checked_at TEXT NOT NULL,
             whole_at TEXT NOT NULL,
             seal BLOB NOT NULL CHECK (length(seal) = 32)
           ) STRICT""",
    # Events are never changed: what staff wrote in their own words is here, and its mark in the event.
    """CREATE TABLE own_words (
             mark TEXT PRIMARY KEY,
             salt BLOB NOT NULL,
             words TEXT NOT NULL,
             subject TEXT NOT NULL,
             subject_id INTEGER NOT NULL,
             written_at TEXT NOT NULL
           ) STRICT""",
    "CREATE INDEX own_words_by_subject ON own_words (subject_id, subject)",
)
