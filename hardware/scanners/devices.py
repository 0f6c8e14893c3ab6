"""What is plugged in that may be a scanner, and whether a configured one can be used; nothing is opened for it."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from hardware.scanners.source import ScannerError, find_device
from hardware.scanners.wiring import CameraWiring, EvdevWiring, ScannerWiring, SerialWiring
from hardware.trouble import Trouble, group_of

_NEEDED_KEYS = (*range(2, 12), 28)  # 1 to 0, and Enter


class FoundDevice(NamedTuple):
    """`device` as it is to be written in station.toml, a name that stays; `name` as it calls itself; `group`: whose
    members may read it, where we may not."""

    driver: str
    device: str
    name: str
    group: str | None


def found_devices(root: Path = Path("/")) -> list[FoundDevice]:
    """Keyboards (a scanner is one to the kernel), serial ports over USB, cameras."""
    found = []
    for event in sorted((root / "sys/class/input").glob("event*"), key=lambda path: int(path.name[5:] or 0)):
        if _has_digits(event / "device/capabilities/key"):
            device = root / "dev/input" / event.name
            name = _text(event / "device/name")
            found.append(_device("evdev", device, name, _stable(root / "dev/input/by-id", device) or f"name:{name}"))
    for port in sorted([*(root / "dev").glob("ttyACM*"), *(root / "dev").glob("ttyUSB*")]):
        stable = _stable(root / "dev/serial/by-id", port)
        found.append(_device("serial", port, Path(stable).name if stable else port.name, stable or str(port)))
    for video in sorted((root / "dev").glob("video*")):
        name = _text(root / "sys/class/video4linux" / video.name / "name")
        found.append(_device("camera", video, name or video.name, _stable(root / "dev/v4l/by-id", video) or str(video)))
    return found


def trouble_with(wiring: ScannerWiring) -> ScannerError | None:
    """Why a configured scanner cannot be used, as far as that can be told without taking it from a running screen."""
    try:
        match wiring.connection:
            case EvdevWiring(device):
                _need_right(find_device(device), os.R_OK)
            case SerialWiring(device):
                _need_module("serial", "pyserial", device)
                _need_right(find_device(device), os.R_OK | os.W_OK)
            case CameraWiring(command):
                _need_module("zxingcpp", "zxing-cpp", command[0])
                if shutil.which(command[0]) is None:
                    raise ScannerError(Trouble.NOT_FOUND, command[0])
                for video in (word for word in command if word.startswith("/dev/")):
                    _need_right(find_device(video), os.R_OK | os.W_OK)
    except ScannerError as error:
        return error
    return None


def _need_module(module: str, package: str, device: str) -> None:
    if find_spec(module) is None:
        raise ScannerError(Trouble.NOT_INSTALLED, device, package)


def _need_right(device: str, right: int) -> None:
    if not os.access(device, right):
        raise ScannerError(Trouble.NOT_PERMITTED, device, group_of(device))


def _device(driver: str, path: Path, name: str, stable: str) -> FoundDevice:
    return FoundDevice(driver, stable, name, None if os.access(path, os.R_OK) else group_of(str(path)))


def _stable(folder: Path, device: Path) -> str | None:
    """Of several links to one device the shortest."""
    if not folder.is_dir():
        return None
    links = [link for link in folder.iterdir() if link.resolve() == device.resolve()]
    return str(min(links, key=lambda link: (len(link.name), link.name))) if links else None


def _has_digits(capabilities: Path) -> bool:
    """sysfs writes the keys a device has as a bit mask: words in hex, the one with keys 0 to 31 last."""
    words = _text(capabilities).split() or ["0"]
    return all(int(words[-1], 16) >> key & 1 for key in _NEEDED_KEYS)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""
