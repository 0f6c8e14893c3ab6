"""[[supplies]] and [[strips]] → how the strips are wired, with what no wire can do refused."""

from collections.abc import Callable, Sequence
from math import ceil

from hardware.strips.wiring import (
    Apa102Wiring,
    Chips,
    GpioWiring,
    NoWiring,
    ShiftWiring,
    SpiBus,
    StripWiring,
    SupplyWiring,
    WledWiring,
    Ws2812Wiring,
    longest_transfer,
)
from kiosk.config.table import Table, refuse_doubles
from kiosk.faults import expected

_ORDERS = ("bgr", "brg", "gbr", "grb", "rbg", "rgb")
_ORDERS_WITH_WHITE = tuple(f"{order}w" for order in _ORDERS)  # SK6812 RGBW
_MOST_PIXELS = 10_000
_NAME = r"[a-z0-9_-]{1,20}"


def read_supplies(tables: Sequence[Table]) -> tuple[SupplyWiring, ...]:
    supplies = tuple(
        SupplyWiring(
            table.text("name", "main", form=_NAME, example="wall-1"), table.whole("budget_ma", 4000, 1, 1_000_000)
        )
        for table in tables
    )
    for table in tables:
        table.refuse_unknown_keys()
    refuse_doubles(tables, "name", lambda index: supplies[index].name)
    return supplies


def read_strips(tables: Sequence[Table], supplies: Sequence[SupplyWiring]) -> tuple[StripWiring, ...]:
    strips = tuple(_read_strip(table, [supply.name for supply in supplies]) for table in tables)
    refuse_doubles(tables, "name", lambda index: strips[index].name)
    refuse_doubles(tables, "device", lambda index: _device(strips[index]))
    refuse_doubles(tables, "host", lambda index: _address(strips[index], "http_port"))
    refuse_doubles(tables, "host", lambda index: _address(strips[index], "ddp_port"))
    return strips


def refuse_weak_supplies(
    tables: Sequence[Table], supplies: Sequence[SupplyWiring], strips: Sequence[StripWiring]
) -> None:
    """A supply must carry its strips with every pixel lit, however dim."""
    for table, supply in zip(tables, supplies, strict=True):
        least = round(sum(strip.least_ma for strip in strips if strip.supply == supply.name), 3)
        if least > supply.budget_ma:
            raise table.wrong(
                "budget_ma", expected("at least {least} mA, which its strips draw at their dimmest", least=ceil(least))
            )


def _read_strip(table: Table, supplies: Sequence[str]) -> StripWiring:
    driver = table.choice("driver", "apa102", tuple(_READERS))
    chips, pixels = _READERS[driver](table)
    strip = StripWiring(
        name=table.text("name", "main", form=_NAME, example="wall-1"),
        pixels=pixels,
        chips=chips,
        supply=table.choice("supply", supplies[0], supplies),
        brightness=table.whole("brightness", 100, 1, 100),
        ma_per_pixel=table.whole("ma_per_pixel", _ma_per_pixel(chips), 0, 2000),
        ma_idle=table.number("ma_idle", 0 if isinstance(chips, _WITHOUT_CHIPS) else 1, 0, 100),
    )
    table.refuse_unknown_keys()
    return strip


_WITHOUT_CHIPS = (ShiftWiring, GpioWiring, NoWiring)  # bare LEDs draw nothing when dark


def _ma_per_pixel(chips: Chips) -> int:
    """20 mA for each LED that a pixel is made of, unless the installer knows better."""
    match chips:
        case NoWiring():
            return 0
        case ShiftWiring():
            return 20
        case GpioWiring(leds):
            return 20 * max(map(len, leds))
    return 60


def _read_bus(table: Table, rate_hz: int, slowest: int, fastest: int) -> SpiBus:
    return SpiBus(
        port=table.whole("port", 0, 0, 0),
        device=table.whole("device", 0, 0, 1),
        rate_hz=table.whole("rate_hz", rate_hz, slowest, fastest),
    )


def _read_apa102(table: Table) -> tuple[Chips, int]:
    chips = Apa102Wiring(
        bus=_read_bus(table, 4_000_000, 100_000, 30_000_000),
        colour_order=table.choice("colour_order", "bgr", _ORDERS),
        chip_brightness=table.whole("chip_brightness", 31, 1, 31),
    )
    return chips, _read_pixels(table, chips.transfer_bytes)


def _read_ws2812(table: Table) -> tuple[Chips, int]:
    # Four bits of the bus draw one of the strip's: only at these rates do all highs and lows last as the chips want.
    chips = Ws2812Wiring(
        bus=_read_bus(table, 3_050_000, 3_010_000, 3_440_000),
        colour_order=table.choice("colour_order", "grb", _ORDERS + _ORDERS_WITH_WHITE),
    )
    return chips, _read_pixels(table, chips.transfer_bytes)


def _read_shift(table: Table) -> tuple[Chips, int]:
    return ShiftWiring(_read_bus(table, 1_000_000, 10_000, 10_000_000)), table.whole("pixels", 0, 1, 256)


def _read_gpio(table: Table) -> tuple[Chips, int]:
    chips = GpioWiring(leds=table.pins("pins"), active_high=table.flag("active_high", True))
    return chips, len(chips.leds)


def _read_wled(table: Table) -> tuple[Chips, int]:
    chips = WledWiring(
        host=table.text("host", "", form=r"[A-Za-z0-9.-]{1,100}", example="192.168.1.50"),
        http_port=table.whole("http_port", 80, 1, 65535),
        ddp_port=table.whole("ddp_port", 4048, 1, 65535),
    )
    return chips, table.whole("pixels", 0, 1, 2000)


def _read_none(table: Table) -> tuple[Chips, int]:
    return NoWiring(), table.whole("pixels", _MOST_PIXELS, 1, _MOST_PIXELS)


_READERS: dict[str, Callable[[Table], tuple[Chips, int]]] = {
    "apa102": _read_apa102,
    "ws2812": _read_ws2812,
    "gpio": _read_gpio,
    "shift": _read_shift,
    "wled": _read_wled,
    "none": _read_none,
}


def _read_pixels(table: Table, transfer_bytes: Callable[[int], int]) -> int:
    """As many as one transfer takes."""
    pixels = table.whole("pixels", 0, 1, _MOST_PIXELS)
    taken = longest_transfer()
    if transfer_bytes(pixels) > taken:
        most = max(n for n in range(1, pixels) if transfer_bytes(n) <= taken)
        raise table.wrong(
            "pixels",
            expected(
                "at most {most} pixels: one transfer takes {bytes} bytes here. Split the strip in two, or write"
                " spidev.bufsiz=65536 at the end of the line in /boot/firmware/cmdline.txt and start the Pi again",
                most=most, bytes=taken,
            ),
        )  # fmt: skip
    return pixels


def _device(strip: StripWiring) -> tuple[int, int] | None:
    return (strip.bus.port, strip.bus.device) if strip.bus else None


def _address(strip: StripWiring, port: str) -> tuple[str, int] | None:
    if not isinstance(strip.chips, WledWiring):
        return None
    host = strip.chips.host.lower().replace("localhost", "127.0.0.1")
    return host, strip.chips.http_port if port == "http_port" else strip.chips.ddp_port
