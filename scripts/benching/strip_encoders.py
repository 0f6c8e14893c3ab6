"""How long a frame takes from the caller's call to the bytes, in this project and in other libraries.

Runs in an environment of its own (strips.py makes it). Every library writes to the same no-op; before it
is timed, the bytes of its frame are decoded and compared with what was drawn. One JSON line per figure.
"""

import json
import logging
import re
import sys
from collections.abc import Callable, Iterable
from statistics import median
from time import perf_counter_ns
from typing import Any

from scripts.benching.strip_libraries import (
    Apa102Pi,
    Encoder,
    Luma,
    Pi5Neo,
    Rpi5Ws2812,
    Sink,
    dotstar,
    neopixel_spi,
    stub_devices,
)

PIXELS = (144, 300, 1000)
FRAMES, ROUNDS = 60, 7
SCARCE_MA = 4000  # from 300 LEDs on the power limit is at work


class Ours:
    """Gamma, the supply's power limit, compare, encode, gpiozero's SPI."""

    def __init__(self, pixels: int, sink: Sink, chips: Any) -> None:
        from gpiozero import Device
        from gpiozero.pins.mock import MockFactory

        from hardware.mocks.lightmock import LightMockSPI
        from hardware.strips.light_strip import LightStrip
        from hardware.strips.supply import Supply
        from hardware.strips.wiring import StripWiring, SupplyWiring

        class NoSpi(LightMockSPI):
            def write(self, data: bytes | bytearray) -> int:
                sink.write(data)
                return len(data)

        class NoFactory(MockFactory):  # type: ignore[misc]  # gpiozero has no types
            def _get_spi_class(self, shared: bool, hardware: bool) -> type:
                return NoSpi

        Device.pin_factory = NoFactory()
        strip = LightStrip(StripWiring("main", pixels, chips, "main"), lambda: 0.0)
        self._supply = Supply(SupplyWiring("main", SCARCE_MA), [strip])

    def prepared(self, frame: bytes) -> bytes:
        return frame

    def all(self, frame: bytes) -> None:
        self._supply.show({"main": frame})

    def one(self, frame: bytes, pixel: int) -> None:
        self._supply.show({"main": frame})


def ours_apa102(pixels: int, sink: Sink) -> Ours:
    from hardware.strips.wiring import Apa102Wiring, SpiBus

    return Ours(pixels, sink, Apa102Wiring(SpiBus(0, 0, 4_000_000), "bgr", 31))


def ours_ws2812(pixels: int, sink: Sink) -> Ours:
    from hardware.strips.wiring import SpiBus, Ws2812Wiring

    sink.rate_hz = 3_050_000
    return Ours(pixels, sink, Ws2812Wiring(SpiBus(0, 0, 3_050_000), "grb"))


def checked(pixels: int, sink: Sink, make: Callable[[int, Sink], Encoder], is_ours: bool) -> Encoder:
    """The encoder, after its bytes have been decoded. Ours sends light after gamma and limit, so that is wanted."""
    encoder = make(pixels, sink)
    frame = bytes(range(7, 7 + 3 * 60)) * (pixels // 60 + 1)
    frame = frame[: 3 * pixels]
    sink.keeps, sink.kept = True, bytearray()
    encoder.all(encoder.prepared(frame))
    sink.keeps = False
    shown = decoded_pulses(bytes(sink.kept), sink.rate_hz) if sink.rate_hz else decoded_words(bytes(sink.kept), pixels)
    wanted = limited(frame) if is_ours else frame
    if shown[: 3 * pixels] != wanted:
        raise SystemExit(f"{make.__name__}: the bytes do not show what was drawn")
    return encoder


def limited(frame: bytes) -> bytes:
    """Gamma 2.2, then scaled so that the estimate keeps within the budget: written from the rule, not from our code."""
    light = [round(255 * (value / 255) ** 2.2) for value in frame]
    step, lit = 60 / 765, sum(value > 0 for value in light)
    driven = SCARCE_MA - len(frame) // 3
    if sum(light) * step <= driven:
        return bytes(light)
    scale = int(256 * (driven / step - lit) / (sum(light) - lit))  # in steps of 1/256
    return bytes(1 + (value - 1) * scale // 256 if value else 0 for value in light)


def decoded_words(data: bytes, pixels: int) -> bytes:
    """APA102: b, g and r of each word after 32 zero bits, whatever its brightness."""
    words = [data[4 * n + 4 : 4 * n + 8] for n in range(pixels)]
    assert data[:4] == bytes(4) and all(word[0] >= 0b1110_0000 for word in words)
    return b"".join(word[:0:-1] for word in words)


def decoded_pulses(data: bytes, rate_hz: int) -> bytes:
    """WS2812: a 1 is high for more than 500 ns; colours come as g, r, b."""
    line = "".join(f"{byte:08b}" for byte in data)
    bits = "".join("1" if len(high) / rate_hz > 500e-9 else "0" for high in re.findall("1+", line))
    grb = int(bits, 2).to_bytes(len(bits) // 8, "big")
    rgb = bytearray(len(grb))
    rgb[0::3], rgb[1::3], rgb[2::3] = grb[1::3], grb[0::3], grb[2::3]
    return bytes(rgb)


ENCODERS: dict[str, Callable[[int, Sink], Encoder]] = {
    "ours, APA102": ours_apa102,
    "ours, WS2812": ours_ws2812,
    "apa102-pi": Apa102Pi,
    "adafruit dotstar": dotstar,
    "luma.led_matrix": Luma,
    "adafruit neopixel_spi": neopixel_spi,
    "rpi5-ws2812": Rpi5Ws2812,
    "Pi5Neo": Pi5Neo,
}


def timed(show: Callable[[Any], None], frames: list[Any]) -> float:
    """Median microseconds of showing one of the frames."""
    times = []
    for frame in frames:
        start = perf_counter_ns()
        show(frame)
        times.append(perf_counter_ns() - start)
    return median(times) / 1000


def figures(pixels: int) -> Iterable[dict[str, object]]:
    """Rounds in turn, so that a noisy moment meets everybody alike; the best median of each counts."""
    sinks = {name: Sink() for name in ENCODERS}
    encoders = {}
    for name, make in ENCODERS.items():
        stub_devices(sinks[name])
        encoders[name] = checked(pixels, sinks[name], make, name.startswith("ours"))
        forget(("apa102_pi", "adafruit", "neopixel", "rpi5", "pi5neo", "luma"))
    every = [bytes((value * 3 + turn * 7) % 256 for value in range(3 * pixels)) for turn in range(FRAMES)]
    single = [bytes(3 * n) + b"\x80\x90\xa0" + bytes(3 * (pixels - n - 1)) for n in range(FRAMES)]
    best: dict[tuple[str, str], float] = {}
    for _ in range(ROUNDS):
        for name, encoder in encoders.items():
            all_frames = [encoder.prepared(frame) for frame in every]
            one_frames = [(encoder.prepared(frame), n) for n, frame in enumerate(single)]
            for kind, took in (
                ("all", timed(encoder.all, all_frames)),
                ("one", timed(lambda frame, encoder=encoder: encoder.one(*frame), one_frames)),  # type: ignore[misc]
            ):
                best[name, kind] = min(best.get((name, kind), took), took)
    for (name, kind), took in best.items():
        yield {"library": name, "pixels": pixels, "changed": kind, "us": round(took, 2)}


def forget(packages: tuple[str, ...]) -> None:
    """Each library imports its devices anew, and so gets a sink of its own."""
    for name in [name for name in sys.modules if name.startswith(packages)]:
        del sys.modules[name]


if __name__ == "__main__":
    logging.disable(logging.INFO)  # apa102-pi turns debugging on
    for count in PIXELS:
        for row in figures(count):
            sys.stdout.write(json.dumps(row) + "\n")
