"""Who is the station's agent: whoever holds the lock in its runtime folder, until he dies."""

from pathlib import Path

from hardware.file_lock import FileLock


def agent_lock(runtime: Path) -> FileLock:
    """Its holder() is the agent."""
    return FileLock(runtime / "agent.lock")
