"""Lights that another program drives: whoever lights a slot asks it, and looks here which lights are out."""

from collections.abc import Mapping
from pathlib import Path
from threading import Event

from hardware.trouble import DeviceFault
from kiosk.config import Settings
from kiosk.lights.status import dark_slots, read_status


class OthersLights:
    """`runtime`: the station's folder in memory, where the owner tells how its strips are."""

    def __init__(self, settings: Settings, runtime: Path) -> None:
        self._settings, self._runtime = settings, runtime
        self._stopped = Event()

    def run(self) -> None:
        self._stopped.wait()

    def stop(self) -> None:
        self._stopped.set()

    def pictures(self) -> int:
        return 0

    def wait_for_picture(self, after: int, seconds: float) -> None:
        """Another process paints beside this one: there is nothing to make way for."""

    def dark_slots(self) -> frozenset[str]:
        return dark_slots(self._settings, read_status(self._runtime))

    def strip_faults(self) -> Mapping[str, DeviceFault]:
        """What is wrong with which strip, whoever owns them."""
        return read_status(self._runtime).faults
