"""The one SQLite library of this process, chosen exactly as sqlite-utils chooses it but without loading it.

Two SQLite libraries in one process would drop each other's file locks; a test holds this against sqlite-utils.
"""

try:
    import pysqlite3 as sqlite3  # type: ignore[import-not-found, unused-ignore]
except ImportError:
    import sqlite3

__all__ = ["sqlite3"]
