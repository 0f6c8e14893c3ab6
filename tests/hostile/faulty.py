"""`kiosk …` with a defect built in: `python -m tests.hostile.faulty KIND arguments…`. Some wait for a key."""

import sys
from collections.abc import Callable
from functools import wraps
from threading import Event
from typing import Any

from textual.widget import Widget

from kiosk.cli import main
from kiosk.lights.owner import LightOwner
from kiosk.screens.customer.app import CustomerApp
from kiosk.screens.kiosk_app import KioskApp
from kiosk.screens.scan_app import ScanApp
from kiosk.screens.terminal import last_resort
from kiosk.screens.terminal.kiosk_driver import KioskDriver

SECRET = "13812345678"  # as if somebody had scanned it


def _break(*_: object) -> Any:
    scanned = SECRET
    raise ValueError(f"cannot take {scanned}")


def _on_keys() -> None:
    """Each key of ON_KEY brings out its defect."""
    usual = ScanApp.on_event

    async def on_event(self: ScanApp, event: Any) -> None:
        ON_KEY.get(getattr(event, "key", ""), lambda app: None)(self)
        await usual(self, event)

    ScanApp.on_event = on_event  # type: ignore[method-assign]


def _in_paint(app: ScanApp) -> None:
    usual = Widget.render_lines

    def render_lines(self: Widget, crop: Any) -> Any:
        Widget.render_lines = usual  # type: ignore[method-assign]
        return _break()

    Widget.render_lines = render_lines  # type: ignore[method-assign]
    app.refresh(layout=True)


def _at_first(owner: Any, name: str, times: int) -> None:
    """The method breaks so many times, then it works."""
    usual = getattr(owner, name)
    left = [None] * times

    @wraps(usual)
    def method(self: Any, *arguments: Any) -> Any:
        if left:
            left.pop()
            return _break()
        return usual(self, *arguments)

    setattr(owner, name, method)


ON_KEY: dict[str, Callable[[Any], object]] = {
    "alt+h": _break,
    "alt+t": lambda app: app.set_timer(0.01, _break),
    "alt+r": lambda app: app.call_after_refresh(_break),
    "alt+p": _in_paint,
    "alt+j": lambda app: app.jobs.ask(lambda station: 1, _break),
}
HANG_KEY = "alt+z"
KINDS: dict[str, Callable[[], object]] = {
    "on keys": _on_keys,
    "compose": lambda: _at_first(CustomerApp, "compose", 1),
    "for ever": lambda: _at_first(CustomerApp, "compose", 1000),
    "lights": lambda: _at_first(LightOwner, "run", 1),
    "lights thread": lambda: _at_first(KioskApp, "run_lights", 1),
    "hang": lambda: ON_KEY.update({HANG_KEY: lambda app: Event().wait()}) or _on_keys(),  # type: ignore[func-returns-value]
    "input": lambda: _at_first(KioskDriver, "_read", 1),
}

if __name__ == "__main__":
    if sys.argv[1] != "for ever":
        last_resort.PAUSES_S = (0.3,)
    KINDS[sys.argv[1]]()
    main(sys.argv[2:])
