"""What is found under /dev and /sys, in a folder that is built like them."""

import os
from pathlib import Path

import pytest

from hardware.scanners import devices as scanner_devices
from hardware.scanners import source as scanner_source
from hardware.scanners.devices import FoundDevice, found_devices, trouble_with
from hardware.scanners.source import ScannerError, find_device, scanner_error
from hardware.scanners.wiring import CameraWiring, EvdevWiring, NoWiring, ScannerWiring, SerialWiring
from hardware.trouble import Trouble

# A USB scanner, a power button and a mouse, as sysfs shows their keys.
KEYBOARD = "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe"
POWER, MOUSE = "10000000000000 0", "70000 0 0 0 0"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    devices = {"Power": POWER, "ACME Scanner": KEYBOARD, "Mouse": MOUSE, "BT": KEYBOARD}
    for number, (name, keys) in enumerate(devices.items()):
        device = tmp_path / f"sys/class/input/event{number}/device"
        (device / "capabilities").mkdir(parents=True)
        (device / "name").write_text(name + "\n")
        (device / "capabilities/key").write_text(keys + "\n")
        _plug_in(tmp_path / f"dev/input/event{number}")
    _plug_in(tmp_path / "dev/ttyACM0")
    _plug_in(tmp_path / "dev/video0")
    _link(tmp_path / "dev/input/by-id/usb-ACME-event-kbd", tmp_path / "dev/input/event1")
    _link(tmp_path / "dev/input/by-id/usb-ACME-if01-event-kbd", tmp_path / "dev/input/event1")
    _link(tmp_path / "dev/serial/by-id/usb-Other-if00", tmp_path / "dev/ttyACM0")
    return tmp_path


def _plug_in(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def _link(path: Path, target: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def test_what_can_be_a_scanner_is_found_by_a_name_that_stays(machine: Path) -> None:
    dev = machine / "dev"
    assert found_devices(machine) == [
        FoundDevice("evdev", str(dev / "input/by-id/usb-ACME-event-kbd"), "ACME Scanner", None),
        FoundDevice("evdev", "name:BT", "BT", None),
        FoundDevice("serial", str(dev / "serial/by-id/usb-Other-if00"), "usb-Other-if00", None),
        FoundDevice("camera", str(dev / "video0"), "video0", None),
    ]
    assert found_devices(machine / "nothing") == []


def test_a_device_is_found_by_path_pattern_or_name(machine: Path) -> None:
    by_id = machine / "dev/input/by-id"
    assert find_device(str(by_id / "usb-*-event-kbd")) == str(by_id / "usb-ACME-event-kbd")
    assert find_device("name:BT", machine) == str(machine / "dev/input/event3")
    for gone in (str(by_id / "usb-None*"), "name:None"):
        with pytest.raises(ScannerError) as raised:
            find_device(gone, machine)
        assert (raised.value.trouble, raised.value.device) == (Trouble.NOT_FOUND, gone)


def test_who_may_not_read_is_told_the_group(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port = machine / "dev/ttyACM0"
    monkeypatch.setattr(scanner_source, "group_of", lambda device: "dialout")
    monkeypatch.setattr(scanner_devices, "group_of", lambda device: "dialout")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    trouble = trouble_with(ScannerWiring("exit", "exit", SerialWiring(str(port), 9600)))
    assert trouble is not None
    assert (trouble.trouble, trouble.device, trouble.detail) == (Trouble.NOT_PERMITTED, str(port), "dialout")
    assert found_devices(machine)[2].group == "dialout"
    denied = scanner_error(PermissionError(13, "Permission denied"), str(port))
    assert (denied.trouble, denied.detail) == (Trouble.NOT_PERMITTED, "dialout")


def test_what_is_wrong_is_told_without_opening(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def trouble(connection: EvdevWiring | SerialWiring | CameraWiring | NoWiring) -> Trouble | None:
        error = trouble_with(ScannerWiring("one", "any", connection))
        return error.trouble if error else None

    assert trouble(EvdevWiring(str(machine / "dev/input/event1"))) is None
    assert trouble(EvdevWiring(str(machine / "dev/input/event9"))) is Trouble.NOT_FOUND
    assert trouble(CameraWiring(("no-such-command",), 64, 64)) is Trouble.NOT_FOUND
    assert trouble(CameraWiring(("sh", "/dev/no-such-camera"), 64, 64)) is Trouble.NOT_FOUND
    assert trouble(NoWiring()) is None
    monkeypatch.setattr(scanner_devices, "find_spec", lambda module: None)
    assert trouble(SerialWiring(str(machine / "dev/ttyACM0"), 9600)) is Trouble.NOT_INSTALLED
