"""station.toml → frozen settings. A wrong key is refused with the file, its line, the key and what was expected."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hardware.strips.wiring import GpioWiring, StripWiring, SupplyWiring
from kiosk.config.backup import BackupSettings, read_backup
from kiosk.config.desk import DeskSettings, read_desk
from kiosk.config.messages import AgentSettings, MessageSettings, read_agent, read_messages
from kiosk.config.printer import PrinterSettings, read_printer
from kiosk.config.screen import (
    InputSettings,
    ScreenSettings,
    ToneSettings,
    read_inputs,
    read_screen,
    read_tones,
)
from kiosk.config.shelves import SlotSettings, Spot, read_shelves, read_spots
from kiosk.config.station import of_station, read_address, read_hours, read_station_phone
from kiosk.config.strips import read_strips, read_supplies, refuse_weak_supplies
from kiosk.config.table import SettingsFile, Table
from kiosk.config.web import WebSettings, read_web
from kiosk.faults import Fault, StationFault, expected
from kiosk.parcels.looks import Guide
from kiosk.parcels.overdue import Ladder
from kiosk.parcels.slots import Place

if TYPE_CHECKING:
    from hardware.scanners.wiring import ScannerWiring

# Tables that stand once in the file; all but the first may be left out.
_TABLES = (
    "station", "lights", "tones", "inputs", "overdue", "desk", "delivery", "printer", "backup", "screen", "privacy",
    "messages", "agent", "web",
)  # fmt: skip
_SPI_PINS = range(7, 12)
LARGEST = 1_000_000  # bytes; the largest station's file has a tenth of it
MOST_DOTS = 60  # in a line: each dot of a TOML key costs the square of it, and a long enough key all memory


@dataclass(frozen=True)
class Settings:
    """Everything an owner sets. Seconds are seconds of light; `exit_grace_s` runs on after the light is off; `spots`:
    where shelves stand, by their names, if the owner says so."""

    name: str
    number: str
    phone: str
    address: str
    hours: str
    time_zone: ZoneInfo
    cooling_days: int
    pick_up_light_s: float
    put_away_light_s: float
    alarm_light_s: float
    exit_grace_s: float
    guide: Guide
    supplies: tuple[SupplyWiring, ...]
    strips: tuple[StripWiring, ...]
    slots: tuple[SlotSettings, ...]
    spots: Mapping[str, Spot]
    tones: ToneSettings
    inputs: InputSettings
    scanners: "tuple[ScannerWiring, ...]"
    ladder: Ladder
    desk: DeskSettings
    printer: PrinterSettings
    backup: BackupSettings
    screen: ScreenSettings
    keep_contacts_days: int
    web: WebSettings
    messages: MessageSettings
    agent: AgentSettings

    @cached_property
    def of_station(self) -> Mapping[str, str]:
        """What messages say of it: placeholder → text, empty where the owner left it out."""
        return of_station(self.name, self.address, self.hours, self.phone)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return tuple(slot.place for slot in self.slots)

    @cached_property
    def stands(self) -> Mapping[str, tuple[int, int]]:
        """Row and column of each shelf in the room; side by side where the owner does not say."""
        shelves = dict.fromkeys(place.address.shelf for place in self.places)
        return self.spots or {shelf: (0, column) for column, shelf in enumerate(shelves)}

    @cached_property
    def slots_by_name(self) -> Mapping[str, SlotSettings]:
        return {slot.name: slot for slot in self.slots}


def read_settings(path: Path) -> Settings:
    """Raises StationFault(NO_SETTINGS | BAD_SETTINGS) naming file, line, key and what was expected."""
    try:
        text = _read_text(path)
    except FileNotFoundError as missing:
        raise StationFault(Fault.NO_SETTINGS, path=path) from missing
    except OSError as unreadable:
        raise StationFault(Fault.UNREADABLE_HOME, path=path, detail=unreadable.strerror or "") from unreadable
    except ValueError as broken:  # no UTF-8, too much
        raise _no_toml(path, broken) from broken
    return settings_of(path, text)


def settings_of(path: Path, text: str) -> Settings:
    """What the file would say with this text in it. Raises StationFault(BAD_SETTINGS)."""
    try:
        top = tomllib.loads(text)
    except (ValueError, RecursionError) as broken:  # no TOML, a number of 5,000 digits, 100,000 brackets
        raise _no_toml(path, broken) from broken
    return read_table(Table(SettingsFile(path, text), top))


def _no_toml(path: Path, broken: Exception) -> StationFault:
    why = expected("a file written as TOML in UTF-8, not this: {why}", why=broken)
    return StationFault(Fault.BAD_SETTINGS, path=_with_line(path, str(broken)), key="TOML", detail=why)


def _read_text(path: Path) -> str:
    """Raises ValueError for what would take too long or too much memory to read as TOML."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(f"more than {LARGEST} bytes")
    text = data.decode("utf-8-sig")
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS and not line.lstrip().startswith("#"):
            raise ValueError(f"more than {MOST_DOTS} dots (at line {number}, column 1)")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _with_line(path: Path, why: str) -> str:
    """tomllib names the line in its words: `… (at line 38, column 9)`."""
    line = re.search(r"at line (\d+)", why)
    return f"{path}:{line[1]}" if line else str(path)


def read_table(root: Table) -> Settings:
    """Raises StationFault(BAD_SETTINGS)."""
    tables = {name: root.table(name, required=name == "station") for name in _TABLES}
    station, lights = tables["station"], tables["lights"]
    supply_tables, strip_tables = root.tables("supplies", required=False), root.tables("strips")
    supplies = read_supplies(supply_tables)
    strips = read_strips(strip_tables, supplies)
    refuse_weak_supplies(supply_tables, supplies, strips)
    shelves = root.tables("shelves")
    name = station.text("name", "Pickup station")
    number = station.text("number", "S001", form=r"[A-Z0-9]{1,12}", example="S001")
    phone, address, hours = read_station_phone(station), read_address(station), read_hours(station)
    settings = Settings(
        name=name,
        number=number,
        phone=phone,
        address=address,
        hours=hours,
        time_zone=station.zone("time_zone", "Asia/Shanghai"),
        cooling_days=station.whole("cooling_days", 7, 0, 365),
        pick_up_light_s=lights.number("pick_up_seconds", 60, 5, 600),
        put_away_light_s=lights.number("put_away_seconds", 120, 5, 3600),
        alarm_light_s=lights.number("alarm_seconds", 10, 1, 120),
        exit_grace_s=lights.number("exit_grace_seconds", 300, 0, 3600),
        guide=Guide(lights.choice("guide", Guide.NONE, tuple(Guide))),
        supplies=supplies,
        strips=strips,
        spots=read_spots(shelves),
        slots=read_shelves(shelves, strips),
        tones=read_tones(tables["tones"]),
        inputs=read_inputs(tables["inputs"]),
        scanners=_read_scanners(root),
        ladder=_read_ladder(tables["overdue"]),
        desk=read_desk(tables["desk"], tables["delivery"]),
        printer=read_printer(tables["printer"]),
        backup=read_backup(tables["backup"]),
        screen=read_screen(tables["screen"]),
        keep_contacts_days=tables["privacy"].whole("keep_contacts_days", 90, 0, 3650),
        web=read_web(tables["web"]),
        messages=read_messages(tables["messages"], of_station(name, address, hours, phone)),
        agent=read_agent(tables["agent"]),
    )
    for table in (root, *tables.values()):
        table.refuse_unknown_keys()
    _refuse_shared_pins(settings, strip_tables, tables["tones"], tables["inputs"])
    return settings


def _read_scanners(root: Table) -> "tuple[ScannerWiring, ...]":
    """None where the keyboard is all there is, as at most stations: nothing is loaded for it at start."""
    if root.get("scanners", None) is None:
        return ()
    from kiosk.config.scanners import read_scanners

    return read_scanners(root.tables("scanners"))


def _read_ladder(table: Table) -> Ladder:
    usual = Ladder()
    ladder = Ladder(
        warn_days=table.whole("warn_days", usual.warn_days, 1, 365),
        remind_days=table.whole("remind_days", usual.remind_days, 1, 365),
        return_days=table.whole("return_days", usual.return_days, 1, 365),
        reminders=table.whole("reminders", usual.reminders, 0, 100),
    )
    if not ladder.warn_days <= ladder.remind_days <= ladder.return_days:
        raise table.wrong("remind_days", expected("warn_days, remind_days and return_days in rising order"))
    return ladder


def _refuse_shared_pins(settings: Settings, strips: Sequence[Table], tones: Table, inputs: Table) -> None:
    """A pin of the Pi does one thing."""
    wanted: list[tuple[Table, str, int]] = []
    for table, strip in zip(strips, settings.strips, strict=True):
        if isinstance(strip.chips, GpioWiring):
            wanted += [(table, "pins", pin) for pins in strip.chips.leds for pin in pins]
    if settings.tones.output == "buzzer":
        wanted.append((tones, "pin", settings.tones.pin))
    for key in ("call_staff_pin", "confirm_pin"):
        pin = getattr(settings.inputs, key)
        if pin is not None:
            wanted.append((inputs, key, pin))
    taken = dict.fromkeys(_SPI_PINS, "SPI") if any(strip.bus for strip in settings.strips) else {}
    for table, key, pin in wanted:
        if pin in taken:
            raise table.wrong(key, expected("another GPIO than {pin}, which {other} has", pin=pin, other=taken[pin]))
        taken[pin] = f"{table.name}.{key}"
