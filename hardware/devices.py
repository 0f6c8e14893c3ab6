"""The device files of pins and buses, and whether this program could use them; nothing is driven, no library loaded."""

import os
from importlib.util import find_spec

from hardware.trouble import DeviceError, DeviceFault, Trouble, open_device

DEVICE_FILE = "/dev/spidev{port}.{device}"
LIBRARY = "lgpio"
_CHIPS = ("/dev/gpiochip4", "/dev/gpiochip0")  # the header's; on a Pi 5's first kernels it was the fifth


def pins_device() -> str:
    return next((path for path in _CHIPS if os.path.exists(path)), _CHIPS[-1])  # noqa: PTH110


def trouble_with(device: str) -> DeviceFault | None:
    """What would keep this user from it."""
    try:
        os.close(open_device(device))
    except DeviceError as broken:
        return broken.fault
    is_wanted = os.environ.get("GPIOZERO_PIN_FACTORY", LIBRARY) == LIBRARY
    return no_library().fault if is_wanted and not find_spec(LIBRARY) else None


def no_library() -> DeviceError:
    return DeviceError("the library of the pins, {library}, is not installed", Trouble.NOT_INSTALLED, library=LIBRARY)
