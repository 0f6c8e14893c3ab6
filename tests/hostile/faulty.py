"""`kiosk …` with a defect built in: `python -m tests.hostile.faulty KIND arguments…`. F11 brings most of them out."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from textual.widget import Widget

from kiosk.cli import main
from kiosk.lights.owner import LightOwner
from kiosk.screens.customer import CustomerApp
from kiosk.screens.kiosk_app import KioskApp
from kiosk.screens.kiosk_driver import KioskDriver
from kiosk.screens.scan_app import ScanApp

SECRET = "13812345678"  # as if somebody had scanned it


def _break(*_: object) -> Any:
    scanned = SECRET
    raise ValueError(f"cannot take {scanned}")


def _on_f11(do: Callable[[ScanApp], object]) -> None:
    usual = ScanApp.on_event

    async def on_event(self: ScanApp, event: Any) -> None:
        if getattr(event, "key", "") == "f11":
            do(self)
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


KINDS: dict[str, Callable[[], object]] = {
    "handler": lambda: _on_f11(_break),
    "timer": lambda: _on_f11(lambda app: app.set_timer(0.01, _break)),
    "later": lambda: _on_f11(lambda app: app.call_after_refresh(_break)),
    "paint": lambda: _on_f11(_in_paint),
    "answer": lambda: _on_f11(lambda app: app.jobs.ask(lambda station: 1, _break)),  # type: ignore[attr-defined]
    "compose": lambda: _at_first(CustomerApp, "compose", 2),
    "mount": lambda: _at_first(KioskApp, "on_mount", 1),
    "lights": lambda: _at_first(LightOwner, "run", 1),
    "lights thread": lambda: _at_first(KioskApp, "run_lights", 1),
    "input": lambda: _at_first(KioskDriver, "_read", 1),
}

if __name__ == "__main__":
    KINDS[sys.argv[1]]()
    main(sys.argv[2:])
