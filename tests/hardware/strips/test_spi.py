import warnings

import pytest
from gpiozero import Device

from hardware.mocks.lightmock import SHORT, LightMockFactory, Transfer
from hardware.strips.drivers import open_driver
from hardware.strips.spi import SpiLine
from hardware.strips.wiring import SpiBus, StripWiring
from hardware.trouble import DeviceError

BUS = SpiBus(0, 0, 4_000_000)


def test_the_pins_of_the_bus_are_reserved_for_one_strip(bus: LightMockFactory, wiring: StripWiring) -> None:
    first = open_driver(wiring)
    with pytest.raises(DeviceError):
        open_driver(wiring)
    other_device = SpiLine("other", SpiBus(0, 1, 1_000_000))
    other_device.close()
    first.close()
    open_driver(wiring).close()
    assert bus is Device.pin_factory


def test_a_transfer_the_kernel_would_refuse_is_refused(bus: LightMockFactory) -> None:
    line = SpiLine("main", BUS)
    with pytest.raises(DeviceError, match="4097 bytes"):
        line.write(bytearray(4097))
    with pytest.raises(DeviceError, match="bad SPI count"):
        line.write(bytearray(65_537))
    line.close()
    assert bus.fault() is None


def test_a_write_error_is_a_strip_error(bus: LightMockFactory, wiring: StripWiring) -> None:
    driver = open_driver(wiring)
    bus.broken = "the wire is cut"
    with pytest.raises(DeviceError, match="the wire is cut"):
        driver.write(bytes(30))
    driver.close()


def test_a_short_write_is_noticed(bus: LightMockFactory, transfers: list[Transfer]) -> None:
    line = SpiLine("main", BUS)
    bus.broken = SHORT
    with pytest.raises(DeviceError, match="5 of 10 bytes"):
        line.write(bytearray(10))
    line.close()
    assert [len(transfer.data) for transfer in transfers] == [5]


def test_silent_bit_banging_is_refused(bus: LightMockFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    working = bus._get_spi_class

    def no_hardware(shared: bool, hardware: bool) -> type:
        if hardware:
            raise ImportError("no spidev here")
        return working(shared, hardware)

    monkeypatch.setattr(bus, "_get_spi_class", no_hardware)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(DeviceError, match="no spidev here"):
            SpiLine("main", BUS)
