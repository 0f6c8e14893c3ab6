from collections.abc import Iterator
from dataclasses import replace

import pytest
from gpiozero import Device

from hardware.lightmock import LightMockFactory, Transfer
from hardware.strips import Apa102Wiring, Chips, SpiBus, StripWiring

APA102 = Apa102Wiring(SpiBus(0, 0, 4_000_000), "bgr", 31)


@pytest.fixture
def bus() -> Iterator[LightMockFactory]:
    """The mock pins and the byte-level mock bus as gpiozero's pin factory."""
    before, Device.pin_factory = Device.pin_factory, LightMockFactory()
    yield Device.pin_factory
    Device.pin_factory.close()
    Device.pin_factory = before


@pytest.fixture
def transfers(bus: LightMockFactory) -> list[Transfer]:
    """Everything that goes out on the mock bus."""
    seen: list[Transfer] = []
    bus.listeners.append(seen.append)
    return seen


@pytest.fixture
def wiring() -> StripWiring:
    return make_wiring()


def make_wiring(pixels: int = 10, chips: Chips = APA102, **changed: object) -> StripWiring:
    return replace(StripWiring("main", pixels, chips, "main"), **changed)  # type: ignore[arg-type]
