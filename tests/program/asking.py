"""What the command line says of a station."""

import json
from pathlib import Path

from tests.program.terminal import kiosk


def ask(folder: Path, *arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in kiosk(folder, *arguments, "--json").stdout.splitlines()]


def pixels_of(folder: Path, slot: str) -> set[int]:
    (found,) = [s for s in ask(folder, "slots") if s["slot"] == slot]
    first, count = int(str(found["first_pixel"])), int(str(found["pixels"]))
    return set(range(first, first + count))


def codes_on_shelf(folder: Path) -> dict[str, str]:
    """A pickup code for each slot that has a parcel."""
    changes = [event["changes"] for event in ask(folder, "events") if event["event"] == "shelve"]
    return {change["slot"]: change["code"] for change in changes}  # type: ignore[index]
