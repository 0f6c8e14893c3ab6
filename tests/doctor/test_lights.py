"""What the doctor says of strips, power and who drives."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hardware.file_lock import FileLock
from hardware.mocks.wled_mock import FakeWledNode
from hardware.pins import pin_failed
from hardware.trouble import DeviceError, opening_failed
from kiosk.button_status import ButtonStatus, buttons_lock, publish_buttons
from kiosk.doctor import lights as doctor_lights
from kiosk.doctor.lights import LIGHT_LINES
from kiosk.doctor.patient import Finding, Patient, examine
from kiosk.doctor.said import finding_line
from kiosk.home import StationHome
from kiosk.lights.status import LOCK_NAME, StripStatus, publish, read_status
from kiosk.text import Language, words

Look = Callable[[], dict[str, Finding]]


@pytest.fixture
def look(home: StationHome, monkeypatch: pytest.MonkeyPatch) -> Look:
    monkeypatch.delenv("GPIOZERO_PIN_FACTORY", raising=False)
    return lambda: {found.line: found for found in examine(Patient(home), LIGHT_LINES)}


def said(finding: Finding) -> str:
    assert finding_line(words(Language.CHINESE), finding)
    return finding_line(words(Language.ENGLISH), finding)


def test_on_a_laptop_with_the_mock_no_device_is_missed(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "lightmock")
    assert look()["strip:main"].level == "ok" and "played by lightmock" in said(look()["strip:main"])


def test_spi_that_is_off_or_not_permitted(look: Look, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor_lights, "DEVICE_FILE", f"{tmp_path}/spidev{{port}}.{{device}}")
    monkeypatch.setattr(doctor_lights, "_MODEL", tmp_path / "model")
    assert look()["strip:main"].level == "warn" and "no Raspberry Pi" in said(look()["strip:main"])
    (tmp_path / "model").touch()
    assert look()["strip:main"].level == "bad" and "dtparam=spi=on" in said(look()["strip:main"])
    device = tmp_path / "spidev0.0"
    device.touch()
    monkeypatch.setattr("hardware.devices.find_spec", lambda name: name)  # for Python 3.13 there may be no lgpio
    assert look()["strip:main"].level == "ok" and str(device) in said(look()["strip:main"])
    device.unlink()


def refuses(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The kernel, to whoever opens a device."""

    def refusing(device: str) -> int:
        raise opening_failed(OSError(number, os.strerror(number)), device)

    monkeypatch.setattr("hardware.devices.open_device", refusing)


@pytest.mark.parametrize(
    ("number", "mode", "group", "what", "remedy"),
    [
        (errno.EACCES, 0o660, "spi", "may not use /dev/spidev0.0", "sudo usermod -aG spi"),
        (errno.EACCES, 0o600, "spi", "may not use /dev/spidev0.0", "sudo scripts/install-pi"),
        (errno.EACCES, 0o660, "root", "may not use /dev/spidev0.0", "sudo scripts/install-pi"),
        (errno.EPERM, 0o660, "spi", "sandbox keeps /dev/spidev0.0 away", "systemctl restart"),
        (errno.EBUSY, 0o660, "spi", "used by another program", "kiosk lights status"),
        (errno.EIO, 0o660, "spi", "Input/output error (EIO)", "kiosk lights test"),
    ],
)
def test_each_trouble_has_its_own_words_and_a_remedy_that_gives_no_more_than_the_device(
    look: Look, monkeypatch: pytest.MonkeyPatch, number: int, mode: int, group: str, what: str, remedy: str
) -> None:
    refuses(monkeypatch, number)
    monkeypatch.setattr("kiosk.device_faults.group_of", lambda device: group)
    monkeypatch.setattr("kiosk.device_faults._group_may", lambda device: mode & 0o060 == 0o060)
    found = look()["strip:main"]
    assert found.level == "bad" and what in said(found) and remedy in said(found)
    assert "-aG root" not in said(found) and "software" not in said(found)


def test_what_the_driver_says_goes_before_what_the_file_says(look: Look, home: StationHome) -> None:
    lock = FileLock(home.runtime() / LOCK_NAME)
    assert lock.try_lock("kiosk lights")
    fault = opening_failed(OSError(errno.EPERM, ""), "/dev/spidev0.0").fault
    publish(home.runtime(), [StripStatus("main", "apa102", None, fault, 0, "main", 4000)])
    assert read_status(home.runtime()).faults == {"main": fault}
    found = look()
    assert "strip:main" not in found and "sandbox" in said(found["fault:main"])
    lock.release()


def test_buttons_are_heard_or_not(look: Look, home: StationHome, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not any(line.startswith("button") for line in look())
    text = home.settings.read_text("utf-8")
    home.settings.write_text(text.replace("# call_staff_pin = 17", "call_staff_pin = 17"), "utf-8")
    monkeypatch.setattr("kiosk.doctor.lights.trouble_with", lambda device: None)
    assert look()["button:17"].level == "warn" and "no screen hears it" in said(look()["button:17"])
    lock = buttons_lock(home.runtime())
    assert lock.try_lock("screen")
    publish_buttons(home.runtime(), [ButtonStatus("call_staff_pin", 17, None)])
    assert look()["button:17"].level == "ok" and "screen" in said(look()["button:17"])
    fault = pin_failed(Exception("GPIO busy"), "17").fault
    publish_buttons(home.runtime(), [ButtonStatus("call_staff_pin", 17, fault)])
    assert look()["button:17"].level == "bad" and "another program" in said(look()["button:17"])
    lock.release()


def test_a_node_that_answers_and_one_that_does_not(look: Look, home: StationHome) -> None:
    node = FakeWledNode(10)
    node.start()
    shelf = '[[shelves]]\nshelf = 1\nlevel_sizes = ["M"]\n'
    strip = f'[[strips]]\ndriver = "wled"\npixels = 10\nhost = "127.0.0.1"\nhttp_port = {node.http_port}\n'
    home.settings.write_text(f"[station]\n{strip}{shelf}")
    assert look()["strip:main"].level == "ok"
    node.stop()
    assert look()["strip:main"].level == "bad" and "does not answer" in said(look()["strip:main"])


def test_who_drives_and_what_is_broken(look: Look, home: StationHome) -> None:
    assert look()["lights"].level == "warn" and "Nobody drives" in said(look()["lights"])
    lock = FileLock(home.runtime() / LOCK_NAME)
    assert lock.try_lock("kiosk lights")
    publish(home.runtime(), [StripStatus("main", "apa102", None, DeviceError("unplugged").fault, 0, "main", 4000)])
    found = look()
    assert found["lights"].level == "ok" and found["fault:main"].level == "bad"
    assert "unplugged" in said(found["fault:main"])
    lock.release()


def test_looking_makes_no_folder_that_locks_the_owner_out(home: StationHome, look: Look) -> None:
    place = home.runtime_place()
    look()
    assert not place.exists() and home.runtime() == place


def test_power_and_a_station_without_light(look: Look, home: StationHome) -> None:
    assert "4000 mA; all white would draw 14640 mA" in said(look()["supply:main"])
    text = home.settings.read_text("utf-8").replace("budget_ma = 4000 ", "budget_ma = 20000 ")
    home.settings.write_text(text)
    assert "are enough" in said(look()["supply:main"])
    home.settings.write_text('[station]\n[[strips]]\ndriver = "none"\n[[shelves]]\nshelf = 1\nlevel_sizes = ["M"]\n')
    assert {name: found.level.value for name, found in look().items()} == {"strip:main": "ok", "lights": "ok"}
    home.settings.write_text("nothing")
    assert look() == {}
