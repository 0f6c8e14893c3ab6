"""Tones of a passive buzzer: short melodies that tell good from bad with eyes elsewhere."""

import logging
import time
from collections.abc import Callable
from enum import StrEnum
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, NamedTuple

log = logging.getLogger("kiosk.tones")


class Tone(StrEnum):
    GOOD = "good"
    BAD = "bad"
    ATTENTION = "attention"


class Note(NamedTuple):
    """`hz` None is a rest."""

    hz: float | None
    seconds: float


# Good rises, bad is low and twice, attention goes to and fro: they differ in tune, not in loudness.
MELODIES: dict[Tone, tuple[Note, ...]] = {
    Tone.GOOD: (Note(880, 0.07), Note(1318.5, 0.12)),
    Tone.BAD: (Note(220, 0.18), Note(None, 0.06), Note(220, 0.25)),
    Tone.ATTENTION: (Note(880, 0.12), Note(587.3, 0.12), Note(880, 0.12), Note(587.3, 0.12)),
}
_MIDDLE_HZ, _OCTAVES = 440.0, 2  # from 110 to 1760 Hz


class Buzzer:
    """gpiozero's TonalBuzzer on a pin, in a thread of its own; `broken` when it cannot be opened or played."""

    def __init__(self, pin: int, pause: Callable[[float], None] = time.sleep) -> None:
        self.broken = False
        self._pin, self._pause = pin, pause
        self._wanted: SimpleQueue[Tone | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="buzzer", daemon=True)
        self._thread.start()

    def play(self, tone: Tone) -> None:
        """Returns at once. Of several tones that wait only the newest is played."""
        self._wanted.put(tone)

    def close(self) -> None:
        self._wanted.put(None)
        self._thread.join(timeout=2)

    def _run(self) -> None:
        try:
            self._serve()
        except Exception as broken:  # whatever a pin may raise: a kiosk without a buzzer is a kiosk
            self.broken = True
            log.error("buzzer on GPIO %s: %s", self._pin, broken)

    def _serve(self) -> None:
        from gpiozero import TonalBuzzer
        from gpiozero.tones import Tone as Pitch

        from hardware.pins import ensure_pins

        ensure_pins()
        buzzer = TonalBuzzer(self._pin, mid_tone=Pitch.from_frequency(_MIDDLE_HZ), octaves=_OCTAVES)
        try:
            while (tone := self._newest()) is not None:
                for note in MELODIES[tone]:
                    self._play(buzzer, Pitch.from_frequency(note.hz) if note.hz else None, note.seconds)
        finally:
            buzzer.close()

    def _play(self, buzzer: Any, pitch: Any, seconds: float) -> None:
        buzzer.play(pitch)
        self._pause(seconds)
        buzzer.stop()

    def _newest(self) -> Tone | None:
        tone = self._wanted.get()
        while tone is not None:
            try:
                tone = self._wanted.get_nowait()
            except Empty:
                break
        return tone
