"""What came of lighting a strip on trial, in words."""

from typing import TYPE_CHECKING

from kiosk.text import Say
from kiosk.text.device_answers import device_fault, device_remedy

if TYPE_CHECKING:
    from kiosk.lights.strip_trial import StripTrial


def strip_trial_sentence(say: Say, done: "StripTrial") -> str:
    """Two lines: the current, and what was seen; or the fault, and what to do."""
    current = say(
        "{dark_ma} mA dark, {full_ma} mA all white (limit {budget_ma} mA)",
        dark_ma=done.dark_ma,
        full_ma=done.full_ma,
        budget_ma=done.budget_ma,
    )
    if done.fault:
        failed = say("{strip} failed: {fault}", strip=done.strip, fault=device_fault(say, done.fault))
        return failed + "\n" + device_remedy(say, done.fault)
    if done.answered is None:
        seen = say(
            "{count} pixel was lit; this wire cannot answer: did you see it?",
            "{count} pixels were lit; this wire cannot answer: did you see each?",
            count=done.pixels,
        )
    elif done.silent:
        silent = ", ".join(map(str, done.silent[:20]))
        seen = say("{count} pixel did not answer: {silent}", "{count} pixels did not answer: {silent}",
                   count=len(done.silent), silent=silent)  # fmt: skip
    else:
        seen = say("the one pixel answered", "all {count} pixels answered", count=done.pixels)
    return current + "\n" + say("{strip}: {seen}", strip=done.strip, seen=seen)
