from collections.abc import Callable
from datetime import UTC, datetime, time

import pytest

from hardware.mocks.lightmock import LightMockFactory
from hardware.tones import Tone
from kiosk.config.screen import ToneSettings
from kiosk.config.table import is_within
from kiosk.screens.sounds import Sounds
from tests.waiting import until

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Bell:
    def __init__(self) -> None:
        self.rings = 0

    def ring(self) -> None:
        self.rings += 1

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        assert seconds < 1
        call()


def rings(settings: ToneSettings, tone: Tone) -> int:
    bell = Bell()
    sounds = Sounds(settings, lambda: NOON, bell.ring, bell.later)
    sounds.play(tone)
    sounds.close()
    return bell.rings


def test_the_bell_tells_by_how_often_it_rings() -> None:
    settings = ToneSettings("bell", 18, None)
    assert [rings(settings, tone) for tone in Tone] == [1, 2, 3]
    assert rings(ToneSettings("none", 18, None), Tone.BAD) == 0


@pytest.mark.parametrize(
    ("start", "end", "quiet"),
    [("11:00", "13:00", True), ("12:00", "12:01", True), ("13:00", "12:00", False), ("22:00", "12:01", True)],
)
def test_quiet_hours_may_run_over_midnight(start: str, end: str, quiet: bool) -> None:
    hours = (time.fromisoformat(start), time.fromisoformat(end))
    assert is_within(NOON.time(), *hours) is quiet
    assert rings(ToneSettings("bell", 18, hours), Tone.GOOD) == (0 if quiet else 1)


def test_a_buzzer_that_fails_leaves_the_bell(bus: LightMockFactory) -> None:
    bell = Bell()
    bus.broken = "the wire is cut"
    sounds = Sounds(ToneSettings("buzzer", 18, None), lambda: NOON, bell.ring, bell.later)

    def has_rung() -> bool:
        sounds.play(Tone.GOOD)
        return bell.rings > 0

    until(has_rung)
    sounds.close()
