"""The production path in CI: gpiozero's real LGPIOFactory, over a fake lgpio module."""

import fcntl
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from gpiozero.pins.local import LocalPiFactory

from hardware.buttons import BOUNCE_S, Buttons
from hardware.mocks.shift_reader import ShiftChain
from hardware.mocks.ws2812_reader import Ws2812Chain
from hardware.strips.drivers import open_driver
from hardware.strips.spi import SpiLine
from hardware.strips.wiring import GpioWiring, ShiftWiring, SpiBus, Ws2812Wiring
from hardware.tones import Buzzer, Tone
from hardware.trouble import DeviceError
from tests.apa102_decoder import decode
from tests.hardware.conftest import make_wiring
from tests.hardware.fake_lgpio import FakeChip, module_for
from tests.pins import pins
from tests.waiting import until

PI_4B = 0xC04170
FRAME = bytes(range(30))


@pytest.fixture
def chip(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeChip]:
    """With files in the place of devices."""
    monkeypatch.setattr("hardware.strips.spi.DEVICE_FILE", str(tmp_path / "spidev{port}.{device}"))
    for device in ("0.0", "0.1"):
        (tmp_path / f"spidev{device}").touch()
    chip = FakeChip()
    monkeypatch.setitem(sys.modules, "lgpio", module_for(chip))
    monkeypatch.setattr("gpiozero.pins.local.get_pi_revision", lambda: PI_4B)
    from gpiozero.pins.lgpio import LGPIOFactory

    with pins(LGPIOFactory()):
        yield chip
    LocalPiFactory.pins.clear()
    LocalPiFactory._reservations.clear()
    del sys.modules["gpiozero.pins.lgpio"]


@pytest.fixture
def full() -> Iterator[str]:
    """A device whose kernel refuses. There is one on a machine, and a line locks it: tests beside this one wait."""
    with Path(tempfile.gettempdir(), f"kiosk-tests-{os.getuid()}-dev-full").open("w") as in_turn:
        fcntl.flock(in_turn, fcntl.LOCK_EX)
        yield "/dev/full"


def test_an_apa102_frame_goes_out_in_one_transfer_at_its_rate(chip: FakeChip) -> None:
    driver = open_driver(make_wiring(10))
    driver.write(FRAME)
    ((place, baud, data),) = chip.transfers
    assert (place, baud) == ((0, 0), 4_000_000)
    assert bytes(value for rgb in decode(data, 10) for value in rgb) == FRAME
    driver.close()
    assert chip.buses == {}


def test_a_ws2812_and_a_shift_register_on_the_two_chip_selects(chip: FakeChip) -> None:
    ws2812 = open_driver(make_wiring(10, Ws2812Wiring(SpiBus(0, 0, 3_050_000), "grb")))
    shift = open_driver(make_wiring(10, ShiftWiring(SpiBus(0, 1, 1_000_000)), name="lamps"))
    ws2812.write(FRAME)
    shift.write(b"\xff\xff\xff" + bytes(27))
    (_, rate, pulses), (place, _, bits) = chip.transfers
    leds, lamps = Ws2812Chain(10, gap_bits=1), ShiftChain(10)
    leds.clock_in(pulses, rate)
    lamps.clock_in(bits)
    assert (leds.violations, leds.rgb()) == ([], FRAME)
    assert place == (0, 1) and lamps.rgb() == b"\xff\xff\xff" + bytes(27)
    ws2812.close()
    shift.close()


def test_an_error_is_told_in_the_kernels_own_words(chip: FakeChip, full: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hardware.strips.spi.DEVICE_FILE", full)
    driver = open_driver(make_wiring(10))
    chip.fails = True
    with pytest.raises(DeviceError, match=r"full: No space left on device \(ENOSPC\)"):
        driver.write(FRAME)
    driver.close()


def test_what_the_kernel_does_when_it_is_asked_again_is_done(chip: FakeChip, tmp_path: Path) -> None:
    driver = open_driver(make_wiring(10))
    chip.fails = True
    driver.write(FRAME)
    driver.close()
    assert chip.transfers == []
    assert bytes(value for rgb in decode((tmp_path / "spidev0.0").read_bytes(), 10) for value in rgb) == FRAME


@pytest.mark.parametrize(
    ("bytes_", "bufsiz", "goes_out"),
    [(1, 4096, True), (4096, 4096, True), (4097, 4096, False), (6100, 65_536, True), (65_536, 65_536, True),
     (65_537, 65_536, False)],
)  # fmt: skip
def test_the_kernels_buffer_and_lgpio_limit_a_transfer(
    chip: FakeChip, full: str, bytes_: int, bufsiz: int, *, goes_out: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was measured on a real kernel with a real lgpio."""
    monkeypatch.setattr("hardware.strips.spi.DEVICE_FILE", full)
    chip.bufsiz = bufsiz
    line = SpiLine("main", SpiBus(0, 0, 4_000_000))
    if goes_out:
        line.write(bytearray(bytes_))
    else:
        with pytest.raises(DeviceError, match="ENOSPC"):
            line.write(bytearray(bytes_))
    assert [len(data) for *_, data in chip.transfers] == [bytes_] * goes_out
    line.close()


def test_two_programs_do_not_drive_one_device(chip: FakeChip, tmp_path: Path) -> None:
    other_program = (tmp_path / "spidev0.0").open()
    fcntl.flock(other_program, fcntl.LOCK_EX)
    with pytest.raises(DeviceError, match="used by another program"):
        open_driver(make_wiring(10))
    other_program.close()
    open_driver(make_wiring(10)).close()
    open_driver(make_wiring(10)).close()  # the lock went with the driver


def test_leds_on_pins(chip: FakeChip) -> None:
    driver = open_driver(make_wiring(2, GpioWiring(((17,), (5, 6, 13)), active_high=True)))
    driver.write(b"\xff\xff\xff\xff\x80\x00")
    assert chip.levels[17] == 1
    assert [duty for gpio, _, duty in chip.pwm if gpio == 5][-1] == 100
    assert [duty for gpio, _, duty in chip.pwm if gpio == 6][-1] == 50
    driver.write(bytes(6))
    assert chip.levels[17] == 0
    driver.close()


def test_a_button_to_ground_is_debounced_and_calls(chip: FakeChip) -> None:
    pressed = Event()
    buttons = Buttons({4: pressed.set})
    assert buttons.open() and buttons.faults == {}
    assert chip.debounced[4] == BOUNCE_S * 1_000_000
    chip.press(4)
    assert pressed.is_set()
    buttons.close()


def test_the_buzzer_plays_its_notes_and_falls_silent(chip: FakeChip) -> None:
    buzzer = Buzzer(18, pause=lambda seconds: None)
    buzzer.play(Tone.GOOD)
    until(lambda: len([f for _, f, duty in chip.pwm if duty == 50]) == 2)
    buzzer.close()
    assert [round(f) for _, f, duty in chip.pwm if duty == 50] == [880, 1318]
    assert chip.pwm[-1][2] == 0 and not buzzer.broken
