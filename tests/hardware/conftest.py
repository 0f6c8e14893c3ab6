from collections.abc import Iterator

import pytest
from gpiozero import Device

from hardware.lightmock import LightMockFactory
from hardware.strips import StripWiring


@pytest.fixture
def bus() -> Iterator[LightMockFactory]:
    """The byte-level mock as gpiozero's pin factory."""
    before, Device.pin_factory = Device.pin_factory, LightMockFactory()
    yield Device.pin_factory
    Device.pin_factory.close()
    Device.pin_factory = before


@pytest.fixture
def wiring() -> StripWiring:
    return make_wiring()


def make_wiring(pixels: int = 10, **changed: object) -> StripWiring:
    values: dict[str, object] = {
        "name": "main", "driver": "apa102", "pixels": pixels, "port": 0, "device": 0, "rate_hz": 4_000_000,
        "colour_order": "bgr", "brightness": 31, "budget_ma": 4000,
    }  # fmt: skip
    return StripWiring(**(values | changed))  # type: ignore[arg-type]
