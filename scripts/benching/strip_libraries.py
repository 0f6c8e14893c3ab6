"""Six strip libraries behind one interface, for the bench. Stand-ins for their devices send everything to a Sink."""

import sys
from collections.abc import Iterable
from types import ModuleType
from typing import Any, Protocol


class Sink:
    """The same end for everybody: `write` does nothing, unless bytes are being kept for the check."""

    def __init__(self) -> None:
        self.kept = bytearray()
        self.rate_hz = 0
        self.keeps = False

    def write(self, data: Iterable[int]) -> None:
        if self.keeps:
            self.kept += bytes(data)


class Encoder(Protocol):
    """`all(frame)` shows RGB bytes, `one(frame, pixel)` a frame of which only that pixel is new.

    What a library wants instead of bytes is made beforehand by `prepared`.
    """

    def prepared(self, frame: bytes) -> Any: ...
    def all(self, frame: Any) -> None: ...
    def one(self, frame: Any, pixel: int) -> None: ...


def tuples(frame: bytes) -> list[tuple[int, int, int]]:
    return list(zip(frame[0::3], frame[1::3], frame[2::3], strict=True))


class Apa102Pi:
    def __init__(self, pixels: int, sink: Sink) -> None:
        from apa102_pi.driver.apa102 import APA102

        self._strip = APA102(pixels, global_brightness=31)

    prepared = staticmethod(tuples)

    def all(self, frame: list[tuple[int, int, int]]) -> None:
        for number, (red, green, blue) in enumerate(frame):
            self._strip.set_pixel(number, red, green, blue)
        self._strip.show()

    def one(self, frame: list[tuple[int, int, int]], pixel: int) -> None:
        self._strip.set_pixel(pixel, *frame[pixel])
        self._strip.show()


class PixelBuffer:
    """Adafruit's libraries share this interface."""

    def __init__(self, strip: Any) -> None:
        self._strip = strip

    prepared = staticmethod(tuples)

    def all(self, frame: list[tuple[int, int, int]]) -> None:
        self._strip[:] = frame
        self._strip.show()

    def one(self, frame: list[tuple[int, int, int]], pixel: int) -> None:
        self._strip[pixel] = frame[pixel]
        self._strip.show()


def dotstar(pixels: int, sink: Sink) -> PixelBuffer:
    from adafruit_dotstar import DotStar

    return PixelBuffer(DotStar(None, None, pixels, auto_write=False))


def neopixel_spi(pixels: int, sink: Sink) -> PixelBuffer:
    from busio import SPI
    from neopixel_spi import NeoPixel_SPI

    sink.rate_hz = 6_400_000
    return PixelBuffer(NeoPixel_SPI(SPI(), pixels, auto_write=False))


class Luma:
    def __init__(self, pixels: int, sink: Sink) -> None:
        from luma.led_matrix.device import apa102
        from PIL import Image

        line = ModuleType("line")
        vars(line).update(data=sink.write, command=sink.write, cleanup=lambda: None)
        self._image, self._pixels = Image, pixels
        self._device = apa102(line, cascaded=pixels)
        self._device.contrast(0xFF)

    def prepared(self, frame: bytes) -> Any:
        return self._image.frombytes("RGB", (self._pixels, 1), frame).convert("RGBA")

    def all(self, frame: Any) -> None:
        self._device.display(frame)

    def one(self, frame: Any, pixel: int) -> None:
        self._device.display(frame)


class Rpi5Ws2812:
    def __init__(self, pixels: int, sink: Sink) -> None:
        from rpi5_ws2812.ws2812 import Color, WS2812SpiDriver

        sink.rate_hz = 6_500_000
        self._colour = Color
        self._strip = WS2812SpiDriver(0, 0, pixels).get_strip()

    def prepared(self, frame: bytes) -> Any:
        return [self._colour(*rgb) for rgb in tuples(frame)]

    def all(self, frame: Any) -> None:
        for number, colour in enumerate(frame):
            self._strip.set_pixel_color(number, colour)
        self._strip.show()

    def one(self, frame: Any, pixel: int) -> None:
        self._strip.set_pixel_color(pixel, frame[pixel])
        self._strip.show()


class Pi5Neo:
    def __init__(self, pixels: int, sink: Sink) -> None:
        from pi5neo.pi5neo import Pi5Neo as Strip

        sink.rate_hz = 800 * 1024 * 8
        self._strip = Strip(num_leds=pixels, quiet_mode=True)

    prepared = staticmethod(tuples)

    def all(self, frame: list[tuple[int, int, int]]) -> None:
        for number, rgb in enumerate(frame):
            self._strip.set_led_color(number, *rgb)
        self._strip.update_strip(sleep_duration=None)

    def one(self, frame: list[tuple[int, int, int]], pixel: int) -> None:
        self._strip.set_led_color(pixel, *frame[pixel])
        self._strip.update_strip(sleep_duration=None)


def stub_devices(sink: Sink) -> None:
    """Stand-ins for the modules of a Pi's devices: everything they send ends in the sink."""

    class Spi:
        def __init__(self, *_: object, **__: object) -> None:
            self.max_speed_hz = 0

        def try_lock(self) -> bool:
            return True

        def write(self, data: Iterable[int], **_: object) -> None:
            sink.write(data)

        writebytes2 = xfer2 = xfer3 = write

        def nothing(self, *_: object, **__: object) -> None:
            pass

        unlock = configure = deinit = open = close = nothing

    for name in ("board", "busio", "digitalio", "microcontroller", "microcontroller.pin", "adafruit_bitbangio"):
        sys.modules[name] = ModuleType(name)
    vars(sys.modules["busio"])["SPI"] = Spi
    vars(sys.modules["microcontroller"])["Pin"] = object
    vars(sys.modules["microcontroller.pin"])["spiPorts"] = ((0, 11, 10, 9),)
    vars(sys.modules["digitalio"])["DigitalInOut"] = object
    spidev = sys.modules["spidev"] = ModuleType("spidev")
    vars(spidev)["SpiDev"] = Spi
