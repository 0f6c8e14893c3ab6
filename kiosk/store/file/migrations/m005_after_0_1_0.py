"""Schema 5: what the agent saw of the clock."""

STEPS = (
    """CREATE TABLE clock_watch (
             id INTEGER PRIMARY KEY CHECK (id = 1),
             seen_at TEXT,
             boot TEXT NOT NULL DEFAULT '',
             monotonic_s REAL NOT NULL DEFAULT 0,
             doubted_until TEXT,
             believed_seq INTEGER NOT NULL DEFAULT 0
           ) STRICT""",
)
