"""Who is the station's agent: whichever process has the lock in its runtime folder, until it ends."""

from pathlib import Path

from hardware.file_lock import FileLock


def agent_lock(runtime: Path) -> FileLock:
    """Its holder() is the agent."""
    return FileLock(runtime / "agent.lock")
