from dataclasses import replace

import pytest

from hardware.mocks.lightmock import LightMockFactory, Transfer
from hardware.strips.drivers import open_driver
from hardware.strips.wiring import Apa102Wiring, Chips, SpiBus, StripWiring

APA102 = Apa102Wiring(SpiBus(0, 0, 4_000_000), "bgr", 31)


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


def sent(bus: LightMockFactory, wiring: StripWiring, frame: bytes) -> Transfer:
    """What goes out when a strip is shown a frame."""
    seen: list[Transfer] = []
    bus.listeners.append(seen.append)
    driver = open_driver(wiring)
    driver.write(frame)
    driver.close()
    return seen[-1]
