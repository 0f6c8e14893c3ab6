"""Which screen hears the station's push buttons, and what is wrong with them; told in the runtime folder."""

import contextlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from hardware.file_lock import FileLock
from hardware.trouble import DeviceFault
from kiosk.device_faults import packed, unpacked

_STATUS_NAME = "buttons.json"


class ButtonStatus(NamedTuple):
    """`name` as in [inputs]; `pin` is its GPIO; `fault` is None while it is heard."""

    name: str
    pin: int
    fault: DeviceFault | None


class Buttons(NamedTuple):
    """`heard_by`: the process and its terminal, None where no screen watches them."""

    heard_by: str | None
    buttons: tuple[ButtonStatus, ...]

    @property
    def faults(self) -> Mapping[int, DeviceFault]:
        return {one.pin: one.fault for one in self.buttons if one.fault is not None}


def buttons_lock(runtime: Path) -> FileLock:
    """Whoever holds it hears the buttons: a pin belongs to one program."""
    return FileLock(runtime / "buttons.lock")


def publish_buttons(runtime: Path, buttons: Iterable[ButtonStatus]) -> None:
    """Written beside and moved into place. What cannot be told stops no screen."""
    fresh = runtime / f"{_STATUS_NAME}.new"
    with contextlib.suppress(OSError):
        rows = [{"name": one.name, "pin": one.pin, "fault": packed(one.fault)} for one in buttons]
        fresh.write_text(json.dumps(rows), encoding="utf-8")
        fresh.replace(runtime / _STATUS_NAME)


def read_buttons(runtime: Path) -> Buttons:
    heard_by = buttons_lock(runtime).locked_by()
    if heard_by is None:
        return Buttons(None, ())
    try:
        rows = json.loads((runtime / _STATUS_NAME).read_text(encoding="utf-8"))
        return Buttons(heard_by, tuple(ButtonStatus(row["name"], row["pin"], unpacked(row["fault"])) for row in rows))
    except (OSError, ValueError, TypeError, KeyError):  # not yet written, or by another version
        return Buttons(heard_by, ())
