"""A screen's good and bad tones: by buzzer, by the terminal's bell, or not at all in the quiet hours."""

from collections.abc import Callable
from datetime import datetime

from hardware.tones import Buzzer, Tone
from kiosk.config.screen import ToneSettings
from kiosk.config.table import is_within

# A bell has one pitch: it tells by how often it rings.
RINGS = {Tone.GOOD: 1, Tone.BAD: 2, Tone.ATTENTION: 3}
RING_S = 0.18


class Sounds:
    """`ring` rings the terminal's bell once; `later(seconds, call)` calls in the screen's own thread."""

    def __init__(
        self,
        settings: ToneSettings,
        now: Callable[[], datetime],
        ring: Callable[[], None],
        later: Callable[[float, Callable[[], None]], object],
    ) -> None:
        self._settings, self._now, self._ring, self._later = settings, now, ring, later
        self._buzzer: Buzzer | None = None

    def play(self, tone: Tone) -> None:
        if self._settings.output == "none" or self._is_quiet():
            return
        if self._settings.output == "buzzer":
            self._buzzer = self._buzzer or Buzzer(self._settings.pin)
            if not self._buzzer.broken:
                self._buzzer.play(tone)
                return
        self._ring()
        for number in range(1, RINGS[tone]):
            self._later(number * RING_S, self._ring)

    def close(self) -> None:
        if self._buzzer is not None:
            self._buzzer.close()

    def _is_quiet(self) -> bool:
        return self._settings.quiet is not None and is_within(self._now().time(), *self._settings.quiet)
