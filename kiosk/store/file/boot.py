"""Which start of the machine this is: the monotonic clock counts from it."""

from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def boot_id() -> str:
    """Linux names each start; elsewhere the monotonic clock itself shows that it began again."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return "unknown"
