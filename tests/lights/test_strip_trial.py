"""`kiosk lights test` against readers that tell the truth, half of it, or nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.mocks.lightmock import SHORT, LightMockFactory
from hardware.mocks.read_back import StripReader, open_readers
from hardware.trouble import DeviceError
from kiosk.config import Settings, read_settings
from kiosk.lights import strip_trial
from kiosk.lights.by_hand import StripsByHand, strips_by_hand
from kiosk.lights.strip_trial import StripTrial, try_strip

TEXT = """[station]
[[strips]]
name = "main"
driver = "ws2812"
pixels = 8
[[shelves]]
shelf = 1
level_sizes = ["M"]
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "station.toml").write_text(TEXT)
    return read_settings(tmp_path / "station.toml")


@pytest.fixture
def hand(settings: Settings, tmp_path: Path, bus: LightMockFactory) -> Iterator[StripsByHand]:
    with strips_by_hand(settings, tmp_path, "test") as hand:
        yield hand


class Faulty:
    """A strip seen with one pixel dead, or with its colours swapped; or none at all."""

    def __init__(self, reader: StripReader, kind: str) -> None:
        self._reader, self._kind = reader, kind

    def rgb(self) -> bytes:
        if self._kind == "mute":
            raise DeviceError("no answer")
        shown = bytearray(self._reader.rgb())
        if self._kind == "dead":
            shown[9:12] = bytes(3)
        elif self._kind == "swapped":
            shown[0::3], shown[1::3] = shown[1::3], shown[0::3]
        return bytes(shown)


def tried(hand: StripsByHand, settings: Settings, monkeypatch: pytest.MonkeyPatch, kind: str) -> StripTrial:
    monkeypatch.setattr(strip_trial, "_ANSWER_S", 0.0)
    reader = open_readers(settings.strips)["main"]
    return try_strip(hand, "main", Faulty(reader, kind), lambda seconds: None, 0)


def test_each_pixel_answers(hand: StripsByHand, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    done = tried(hand, settings, monkeypatch, "well")
    assert (done.passed, done.answered, done.silent, done.dark_ma, done.full_ma) == (True, 8, (), 8, 488)


def test_a_dead_pixel_is_named(hand: StripsByHand, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    done = tried(hand, settings, monkeypatch, "dead")
    assert (done.passed, done.answered, done.silent) == (False, 7, (3,))


def test_swapped_colours_do_not_pass(hand: StripsByHand, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tried(hand, settings, monkeypatch, "swapped").silent == tuple(range(8))


def test_of_a_strip_that_tells_nothing_nothing_is_claimed(
    hand: StripsByHand, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = tried(hand, settings, monkeypatch, "mute")
    assert (done.passed, done.answered) == (True, None)


def test_a_fault_ends_the_test_and_nothing_is_claimed(
    hand: StripsByHand, settings: Settings, bus: LightMockFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus.broken = SHORT
    done = tried(hand, settings, monkeypatch, "well")
    assert (done.passed, done.answered) == (False, None) and "cut short" in str(done.fault)
    assert hand.faults == {"main": done.fault}
