"""What a restore put aside and what was salvaged: a folder each, named by its time."""

from datetime import UTC, datetime
from pathlib import Path

from kiosk.home import StationHome

_TIME = "%Y%m%dT%H%M%S"


def aside_name(at: datetime) -> str:
    """`20261122T080000.000000Z`."""
    return f"{at.astimezone(UTC):{_TIME}.%fZ}"


def asides(home: StationHome) -> list[tuple[Path, datetime]]:
    """Folders that hold an old `station.db` or a `salvaged.db`, oldest first. They too hold personal data."""
    found = []
    for folder in sorted(home.aside.glob("*Z")):
        try:
            found.append((folder, datetime.strptime(folder.name, f"{_TIME}.%fZ").replace(tzinfo=UTC)))
        except ValueError:
            continue
    return found
