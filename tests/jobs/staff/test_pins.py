"""How a PIN is kept; all other tests keep theirs as cheaply as can be."""

import subprocess
import sys

import pytest

from kiosk.jobs.staff import pins
from kiosk.jobs.station import Station
from tests.environment import environment

_ASK = "from kiosk.jobs.staff.pins import _MEMORY, _PASSES; print(_PASSES, _MEMORY)"


def test_it_takes_19_mib_and_two_passes_to_try_one(monkeypatch: pytest.MonkeyPatch, station: Station) -> None:
    """As shipped: a process of its own is asked."""
    asked = subprocess.run([sys.executable, "-c", _ASK], env=environment(), capture_output=True, text=True, check=True)
    passes, memory = map(int, asked.stdout.split())
    monkeypatch.setattr(pins, "_PASSES", passes)
    monkeypatch.setattr(pins, "_MEMORY", memory)
    kept = pins.hashed_pin(station, "135791")
    assert kept.startswith("$argon2id$") and "$m=19456,t=2,p=1$" in kept
    assert pins.pin_fits(station, "135791", kept) and not pins.pin_fits(station, "135792", kept)
    assert not pins.pin_fits(station, "135791", None)
