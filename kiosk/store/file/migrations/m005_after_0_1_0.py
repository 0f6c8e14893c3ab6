"""Schema 5: what the agent saw of the clock; and beside a waybill as it was read, the one number of the parcel."""

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
)
