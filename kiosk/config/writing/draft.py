"""What `kiosk setup` asks of station.toml, as the file has it; written.py writes it back.

What is more than plain (several strips, shelves that were measured or wind, several scanners) is None, and kept.
"""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from hardware.strips.wiring import StripWiring, WledWiring
from kiosk.config import Settings, read_settings, settings_of
from kiosk.config.shelves import SlotSettings
from kiosk.new_settings import new_settings

ON_SPI = ("apa102", "ws2812", "shift")
STRIP_DRIVERS = (*ON_SPI, "wled", "none")  # lamps on single pins are for the file
_WITHOUT_LIGHT = 10_000  # pixels that shelves may have before it is known which strip they get


class Layout(NamedTuple):
    """Plain shelves 1, 2, 3 …, all alike, one after another on one strip; `pixels` of each slot."""

    shelves: int
    levels: int
    slots: int
    pixels: int

    @property
    def needed(self) -> int:
        """Pixels of the strip."""
        return self.shelves * self.levels * self.slots * self.pixels


class StripDraft(NamedTuple):
    """The one strip. `device`: its chip select; `host`: of a network node; `budget_ma`: of its supply."""

    driver: str
    pixels: int
    device: int
    host: str
    budget_ma: int


class ScannerDraft(NamedTuple):
    """The one scanner. `device` is empty for the keyboard (wedge) and for none."""

    driver: str
    device: str


class ChannelDraft(NamedTuple):
    """A channel of messages that the file does not have yet. Its URL is a secret, and goes into a file of its own."""

    name: str
    to: str
    url: str

    @property
    def url_file(self) -> str:
        return f"{self.name}-url"


class Draft(NamedTuple):
    """What is asked; None: more than is asked here, and kept as the file has it.

    `language`: en, zh, or empty for the locale's. `channel`: one more than there are.
    """

    language: str
    name: str
    number: str
    time_zone: str
    layout: Layout | None
    strip: StripDraft | None
    scanner: ScannerDraft | None
    channel: ChannelDraft | None = None


def read_draft(path: Path) -> tuple[Draft, Settings, str]:
    """From the file, or where there is none from the reference; with its text. Raises StationFault."""
    if path.exists():
        settings, text = read_settings(path), path.read_bytes().decode("utf-8-sig")
    else:
        text = new_settings()
        settings = settings_of(path, text)
    top = tomllib.loads(text)
    draft = Draft(
        language=top.get("screen", {}).get("language", ""),
        name=settings.name,
        number=settings.number,
        time_zone=settings.time_zone.key,
        layout=_plain_layout(settings.slots, settings.strips, text),
        strip=_plain_strip(settings),
        scanner=_plain_scanner(top.get("scanners", [])),
    )
    return draft, settings, text


def _plain_layout(slots: Sequence[SlotSettings], strips: Sequence[StripWiring], text: str) -> Layout | None:
    if len(strips) != 1 or any(f"\n{key} =" in text for key in ("measured_pixels", "one_light_for")):
        return None
    shelves = list(dict.fromkeys(slot.place.address.shelf for slot in slots))
    last = slots[-1].place.address
    layout = Layout(len(shelves), last.level, last.slot, slots[0].pixels)
    names = [f"{shelf}-{level}-{slot}" for shelf, level, slot in _places(layout)]
    first = [(slot.name, slot.first_pixel, slot.pixels) for slot in slots]
    plain = [(name, at * layout.pixels, layout.pixels) for at, name in enumerate(names)]
    return layout if first == plain else None


def _places(layout: Layout) -> list[tuple[int, int, int]]:
    return [
        (shelf, level, slot)
        for shelf in range(1, layout.shelves + 1)
        for level in range(1, layout.levels + 1)
        for slot in range(1, layout.slots + 1)
    ]


def _plain_strip(settings: Settings) -> StripDraft | None:
    if len(settings.strips) != 1 or len(settings.supplies) != 1:
        return None
    strip = settings.strips[0]
    if strip.driver not in STRIP_DRIVERS:
        return None
    host = strip.chips.host if isinstance(strip.chips, WledWiring) else ""
    device = strip.bus.device if strip.bus else 0
    return StripDraft(strip.driver, strip.pixels, device, host, settings.supplies[0].budget_ma)


def _plain_scanner(tables: Sequence[Mapping[str, str]]) -> ScannerDraft | None:
    """Without any, the keyboard is read."""
    if not tables:
        return ScannerDraft("wedge", "")
    (first, *others) = tables
    driver = first.get("driver", "wedge")
    is_plain = not others and first.get("role", "any") == "any"
    return ScannerDraft(driver, first.get("device", "")) if is_plain else None


def without_strip(draft: Draft) -> Draft:
    """For looking at the shelves before it is known which strip they get."""
    return draft._replace(strip=draft.strip and StripDraft("none", _WITHOUT_LIGHT, 0, "", draft.strip.budget_ma))
