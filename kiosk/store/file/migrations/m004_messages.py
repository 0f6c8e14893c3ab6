"""Schema 4: messages and what the agent does by itself."""

STEPS = (
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
    "CREATE INDEX open_messages ON messages (state, due_at) WHERE state IN ('waiting', 'sending', 'unknown',"
    " 'given_up')",
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
