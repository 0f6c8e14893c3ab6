"""The push buttons of a station: one screen hears them, what is wrong is told to all, and tried again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.mocks.lightmock import LightMockFactory
from hardware.trouble import Trouble
from kiosk.button_status import read_buttons
from kiosk.home import StationHome
from kiosk.jobs.station import Station
from kiosk.screens.desk.news import banner_lines, look_around
from kiosk.screens.push_buttons import PushButtons
from kiosk.text import Language, words
from tests.pins import pins
from tests.waiting import until

NAMES = {17: "call_staff_pin", 27: "confirm_pin"}


@pytest.fixture
def runtime(home: StationHome) -> Path:
    return home.runtime()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.screens.push_buttons.AGAIN_S", (0.02,))


@pytest.fixture
def pushed() -> list[int]:
    return []


@pytest.fixture
def buttons(runtime: Path, bus: LightMockFactory, pushed: list[int], quick: None) -> Iterator[PushButtons]:
    buttons = PushButtons(runtime, "screen", NAMES, pushed.append)
    yield buttons
    buttons.close()


def push(bus: LightMockFactory, pin: int) -> None:
    bus.pin(pin).drive_low()
    bus.pin(pin).drive_high()


def test_a_push_is_heard_and_who_hears_it_is_told(
    buttons: PushButtons, bus: LightMockFactory, pushed: list[int], runtime: Path
) -> None:
    until(lambda: len(read_buttons(runtime).buttons) == 2)
    told = read_buttons(runtime)
    assert "screen" in str(told.heard_by) and told.faults == {}
    push(bus, 17)
    push(bus, 27)
    assert pushed == [17, 27]


def test_a_second_screen_waits_and_steps_in(
    buttons: PushButtons, bus: LightMockFactory, pushed: list[int], runtime: Path
) -> None:
    until(lambda: len(read_buttons(runtime).buttons) == 2)
    hers: list[int] = []
    second = PushButtons(runtime, "desk", NAMES, hers.append)
    push(bus, 17)
    buttons.close()
    (runtime / "buttons.json").unlink()  # what the first one told
    until(lambda: len(read_buttons(runtime).buttons) == 2)
    assert "desk" in str(read_buttons(runtime).heard_by)
    push(bus, 17)
    until(lambda: hers)
    second.close()
    assert pushed == [17] and read_buttons(runtime).heard_by is None


def test_a_button_that_does_not_open_is_told_at_the_desk_and_tried_again(
    runtime: Path, station: Station, bus: LightMockFactory, pushed: list[int], quick: None
) -> None:
    from gpiozero import LED

    taken = LED(17)
    buttons = PushButtons(runtime, "screen", {17: "call_staff_pin"}, pushed.append)
    until(lambda: read_buttons(runtime).faults)
    assert read_buttons(runtime).faults[17].trouble is Trouble.IN_USE
    for language, said in (
        (Language.ENGLISH, "Button on GPIO 17: GPIO 17 is used"),
        (Language.CHINESE, "GPIO 17 上的按钮"),
    ):
        (line,) = banner_lines(words(language), look_around(station, ()))
        assert said in line
    taken.close()
    until(lambda: not read_buttons(runtime).faults)
    assert banner_lines(words(Language.ENGLISH), look_around(station, ())) == []
    push(bus, 17)
    assert pushed == [17]
    buttons.close()


def test_without_pins_the_screen_goes_on(runtime: Path, quick: None, pushed: list[int]) -> None:
    with pins(LightMockFactory()) as broken:
        broken.pin_class = None  # no pin can be made
        buttons = PushButtons(runtime, "screen", NAMES, pushed.append)
        until(lambda: len(read_buttons(runtime).faults) == 2)
        buttons.close()
