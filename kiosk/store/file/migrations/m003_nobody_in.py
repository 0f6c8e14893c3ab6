"""Schema 3: people's data is sealed, guessers are made to wait, and answers are kept by operation."""

STEPS = (
    # A phone is kept whole now, but sealed; so are addresses.
    "ALTER TABLE contacts ADD COLUMN phone_sealed BLOB",
    "ALTER TABLE contacts ADD COLUMN address_sealed BLOB",
    "ALTER TABLE contacts ADD COLUMN name_sealed BLOB",
    "ALTER TABLE parcels ADD COLUMN collector_id INTEGER REFERENCES contacts (id)",
    "CREATE INDEX parcels_by_collector ON parcels (collector_id) WHERE collector_id IS NOT NULL",
    "UPDATE contacts SET address_sealed = seal_address(address) WHERE address IS NOT NULL",
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
