"""Running a screen inside a test, without a terminal."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from textual.pilot import Pilot

from hardware.trouble import DeviceFault
from kiosk.screens.customer.app import CustomerApp
from tests.waiting import PATIENCE_S


async def settled(pilot: Pilot[Any], condition: Callable[[], object]) -> None:
    """Let the app work until `condition()` holds."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await pilot.pause(0.01)


def shown(app: CustomerApp) -> str:
    """The text of the customer's pane, place by place."""
    return "\n".join(text for text in app.pane._shown.values() if text)


class NoLights:
    """A station whose strips nobody needs here."""

    def run(self) -> None: ...

    def stop(self) -> None: ...

    def pictures(self) -> int:
        return 0

    def wait_for_picture(self, after: int, seconds: float) -> None: ...

    def dark_slots(self) -> frozenset[str]:
        return frozenset()

    def strip_faults(self) -> Mapping[str, DeviceFault]:
        return {}
