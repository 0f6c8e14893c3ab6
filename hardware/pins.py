"""The pins of this machine, through gpiozero."""

import os
import warnings
from threading import Lock
from typing import Any

from gpiozero import Device

from hardware.devices import LIBRARY, no_library, pins_device
from hardware.pins_library import import_lgpio
from hardware.trouble import DeviceError, Trouble, in_use, open_device, reason_of

_opening = Lock()  # lights, buttons and buzzer each come in a thread of their own


def ensure_pins() -> None:
    """gpiozero's pin factory: GPIOZERO_PIN_FACTORY, else lgpio's; none that it falls back to works on every Pi, and
    one that is taken once stays. Raises DeviceError with the reason when there are no pins."""
    with _opening:
        if Device.pin_factory is None:
            named = os.environ.get("GPIOZERO_PIN_FACTORY", LIBRARY)
            Device.pin_factory = _lgpio_factory() if named == LIBRARY else _factory(named)


def pin_failed(broken: Exception, pins: str) -> DeviceError:
    """An error of a pin (or several, `17, 27`) in words."""
    if isinstance(broken, DeviceError):
        return broken
    if "busy" in str(broken) or "already in use" in str(broken):  # lgpio's words for EBUSY, gpiozero's for our own
        return DeviceError("GPIO {pins} is used by another program", Trouble.IN_USE, pins=pins)
    return DeviceError("GPIO {pins}: {reason}", pins=pins, reason=reason_of(broken))


def _lgpio_factory() -> Any:
    try:
        import_lgpio()
        from gpiozero.pins.lgpio import LGPIOFactory
    except ImportError as missing:
        raise no_library() from missing
    except OSError as broken:
        raise DeviceError("the library of the pins finds no folder to work in: {reason}",
                          reason=broken.strerror or str(broken)) from broken  # fmt: skip
    try:
        return LGPIOFactory()
    except Exception as broken:  # lgpio tells no reason: the kernel does
        device = pins_device()
        os.close(open_device(device))
        raise (
            in_use(device)
            if "busy" in str(broken)
            else DeviceError("{device}: {reason}", device=device, reason=reason_of(broken))
        ) from broken


def _factory(named: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Device._default_pin_factory()
    except Exception as broken:
        raise DeviceError("GPIOZERO_PIN_FACTORY={name} does not work: {reason}", name=named,
                          reason=reason_of(broken)) from broken  # fmt: skip
