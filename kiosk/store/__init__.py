"""SQLite: opening, migrations and every SQL statement."""
