from pathlib import Path

import pytest

from hardware.scanners.wiring import (
    CameraWiring,
    EvdevWiring,
    Frame,
    NoWiring,
    ScannerWiring,
    SerialWiring,
    WedgeWiring,
)
from kiosk.faults import Fault, StationFault
from tests.config.test_settings import SHELF, STRIP, read

STATION = "[station]\n" + STRIP + SHELF


def scanners(tmp_path: Path, text: str) -> tuple[ScannerWiring, ...]:
    return read(tmp_path, STATION + text).scanners


def test_without_scanners_there_is_the_keyboard(tmp_path: Path) -> None:
    assert scanners(tmp_path, "") == ()
    (one,) = scanners(tmp_path, "[[scanners]]\n")
    assert (one.role, one.connection, one.has_device) == ("any", WedgeWiring(), False)


def test_several_at_once(tmp_path: Path) -> None:
    text = """
[[scanners]]
name = "entry"
driver = "evdev"
role = "entry"
device = "/dev/input/by-id/usb-*-event-kbd"
prefix = "STX"
suffix = "#"
idle_ms = 100
same_again_ms = 0
[[scanners]]
driver = "serial"
role = "exit"
baud = 115200
[[scanners]]
driver = "camera"
width = 640
height = 480
[[scanners]]
driver = "wedge"
[[scanners]]
name = "desk-keys"
driver = "wedge"
role = "desk"
[[scanners]]
driver = "none"
"""
    entry, exit_, camera, wedge, desk, none = scanners(tmp_path, text)
    evdev = EvdevWiring("/dev/input/by-id/usb-*-event-kbd")
    assert entry == ScannerWiring("entry", "entry", evdev, Frame("\x02", "#", 0.1, 0))
    assert exit_ == ScannerWiring("serial", "exit", SerialWiring("/dev/ttyACM0", 115200), Frame())
    assert isinstance(camera.connection, CameraWiring) and camera.frame.again_s == 1.5
    assert "640x480" in camera.connection.command and "/dev/video0" in camera.connection.command
    assert not any("{" in word for word in camera.connection.command)
    assert [one.driver for one in (entry, exit_, camera, wedge, desk, none)] == [
        "evdev", "serial", "camera", "wedge", "wedge", "none"
    ]  # fmt: skip
    assert none.connection == NoWiring() and [one.has_device for one in (entry, camera, wedge, none)] == [
        True, True, False, False
    ]  # fmt: skip


def test_a_camera_has_the_command_it_is_given(tmp_path: Path) -> None:
    command = 'command = ["rpicam-vid", "--width", "{width}", "-o", "-"]\n'
    (camera,) = scanners(tmp_path, '[[scanners]]\ndriver = "camera"\n' + command)
    assert isinstance(camera.connection, CameraWiring)
    assert camera.connection.command == ("rpicam-vid", "--width", "1280", "-o", "-")


def test_the_pis_own_camera(tmp_path: Path) -> None:
    (camera,) = scanners(tmp_path, '[[scanners]]\ndriver = "camera"\ndevice = "rpicam"\nwidth = 640\nheight = 480\n')
    assert isinstance(camera.connection, CameraWiring)
    assert camera.connection.command[0] == "rpicam-vid" and camera.connection.colour_bytes == 640 * 240


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[[scanners]]\ndriver = "laser"\n', "scanners[1].driver"),
        ('[[scanners]]\ndriver = "evdev"\n', "scanners[1].device"),
        ('[[scanners]]\nrole = "door"\n', "scanners[1].role"),
        ("[[scanners]]\nbaud = 9600\n", "scanners[1].baud"),
        ('[[scanners]]\ndriver = "serial"\nbaud = 9601\n', "scanners[1].baud"),
        ('[[scanners]]\nprefix = "much too long"\n', "scanners[1].prefix"),
        ('[[scanners]]\nname = "Entry!"\n', "scanners[1].name"),
        ('[[scanners]]\n[[scanners]]\nname = "other"\nrole = "exit"\n', "scanners[2].driver"),
        ('[[scanners]]\ndriver = "serial"\n[[scanners]]\nname = "b"\ndriver = "serial"\n', "scanners[2].device"),
        ('[[scanners]]\ndriver = "camera"\ncommand = "ffmpeg"\n', "scanners[1].command"),
    ],
)
def test_what_cannot_be_is_named(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(StationFault) as raised:
        scanners(tmp_path, text)
    assert (raised.value.fault, raised.value.key) == (Fault.BAD_SETTINGS, key)
