"""The pins of this machine, whichever library drives them."""

import warnings

from gpiozero import Device

from hardware.strips import StripError


def ensure_pins() -> None:
    """gpiozero's pin factory: GPIOZERO_PIN_FACTORY, else what the machine has. Raises StripError when it has none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of every library that it tried in vain
            Device.ensure_pin_factory()
    except Exception as broken:
        raise StripError(f"no GPIO on this machine ({broken}); on a Pi: sudo apt install python3-lgpio") from broken
