"""gpiozero's pin factory for the length of a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gpiozero import Device


@contextmanager
def pins(factory: Any) -> Iterator[Any]:
    before, Device.pin_factory = Device.pin_factory, factory
    try:
        yield factory
    finally:
        Device.pin_factory.close()
        Device.pin_factory = before
