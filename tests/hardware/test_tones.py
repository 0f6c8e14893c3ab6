import logging
from threading import Event

import pytest
from gpiozero import Device

from hardware.buttons import Buttons
from hardware.mocks.lightmock import LightMockFactory
from hardware.tones import MELODIES, Buzzer, Tone
from hardware.trouble import Trouble
from tests.waiting import until


def played(bus: LightMockFactory, *tones: Tone) -> list[float]:
    """The frequencies that the pin had while it was driven, one for each note."""
    notes: list[float] = []

    def pause(seconds: float) -> None:
        pin = bus.pin(18)
        if pin.state:
            notes.append(round(pin.frequency, 1))

    buzzer = Buzzer(18, pause)
    for tone in tones:
        buzzer.play(tone)
        until(lambda tone=tone: len(notes) >= len([n for n in MELODIES[tone] if n.hz]))  # type: ignore[misc]
    buzzer.close()
    assert not buzzer.broken and not bus.pin(18).state
    return notes


def test_tones_differ_in_tune(bus: LightMockFactory) -> None:
    assert played(bus, Tone.GOOD) == [880, 1318.5]
    assert played(bus, Tone.BAD) == [220, 220]
    assert played(bus, Tone.ATTENTION) == [880, 587.3, 880, 587.3]


def test_of_tones_that_wait_only_the_newest_is_played(bus: LightMockFactory) -> None:
    playing, go_on = Event(), Event()
    heard: list[float] = []

    def pause(seconds: float) -> None:
        if bus.pin(18).state:
            heard.append(round(bus.pin(18).frequency))
        playing.set()
        go_on.wait(10)

    buzzer = Buzzer(18, pause)
    buzzer.play(Tone.GOOD)
    playing.wait(10)
    for tone in (Tone.BAD, Tone.BAD, Tone.ATTENTION):
        buzzer.play(tone)
    go_on.set()
    until(lambda: len(heard) == 6)
    buzzer.close()
    assert heard == [880, 1318, 880, 587, 880, 587]


def test_a_buzzer_that_cannot_be_opened_says_so_once(bus: LightMockFactory, caplog: pytest.LogCaptureFixture) -> None:
    first = Buttons({18: lambda: None})
    assert first.open()
    with caplog.at_level(logging.ERROR, "kiosk.tones"):
        buzzer = Buzzer(18)
        until(lambda: buzzer.broken)
        buzzer.play(Tone.GOOD)
        buzzer.close()
    assert len(caplog.messages) == 1 and "GPIO 18" in caplog.messages[0]
    first.close()


def test_a_button_calls_when_pushed_and_a_taken_pin_is_left_out(
    bus: LightMockFactory, caplog: pytest.LogCaptureFixture
) -> None:
    pushed = []
    buttons = Buttons({17: lambda: pushed.append(17), 27: lambda: pushed.append(27)})
    assert buttons.open()
    others = Buttons({17: lambda: pushed.append(0)})
    assert not others.open() and not others.open()  # tried again, and told once
    assert caplog.messages == ["button on GPIO 17: GPIO 17 is used by another program"]
    assert others.faults[17].trouble is Trouble.IN_USE
    for number in (17, 27, 17):
        bus.pin(number).drive_low()
        bus.pin(number).drive_high()
    assert pushed == [17, 27, 17]
    buttons.close()
    assert others.open() and others.faults == {} and caplog.messages[1:] == ["button on GPIO 17 works again"]
    bus.pin(17).drive_low()
    assert pushed == [17, 27, 17, 0]
    others.close()
    assert bus is Device.pin_factory
