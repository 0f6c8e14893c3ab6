"""What the doctor says of strips, power and who drives."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hardware.file_lock import FileLock
from hardware.wled_mock import FakeWledNode
from kiosk.home import StationHome
from kiosk.jobs.doctor import Finding, Patient, examine
from kiosk.lights import doctor_lights
from kiosk.lights.doctor_lights import LIGHT_LINES
from kiosk.lights.status import LOCK_NAME, StripStatus, publish
from kiosk.text import Language, words
from kiosk.text.doctor_answers import finding_line

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
    assert look()["strip:main"].level == "ok" and str(device) in said(look()["strip:main"])
    monkeypatch.setattr(os, "access", lambda path, mode: path != device)
    assert look()["strip:main"].level == "bad" and "usermod -aG" in said(look()["strip:main"])


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
    assert lock.try_hold("kiosk lights")
    publish(home.runtime(), [StripStatus("main", "apa102", None, "unplugged", 0, "main", 4000)])
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
