"""The doctor's lines about the lights: each strip's device and whether it may be used, power, who drives, open faults.

Nothing is driven here: a strip that works is left alone, and `kiosk lights test` shows the rest.
"""

import os
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

from hardware.scanner_source import group_of
from hardware.spi import DEVICE_FILE
from hardware.strips import GpioWiring, StripWiring, SupplyWiring, WledWiring
from kiosk.config import Settings
from kiosk.faults import told
from kiosk.jobs.doctor import Finding, Level, Line, Patient
from kiosk.jobs.doctor_machine import user_name
from kiosk.lights.status import read_status

GPIO_FILE = "/dev/gpiochip0"
_MODEL = Path("/proc/device-tree/model")  # only single-board computers have it
_ANSWER_S = 2.0
_PIXEL = 3 * 255  # steps of a pixel at full white


def strips_line(patient: Patient) -> Iterator[Finding]:
    """What each strip hangs on is there, and this user may use it."""
    for strip in patient.settings.strips if isinstance(patient.settings, Settings) else ():
        yield _device(strip, os.environ)


def _device(strip: StripWiring, environment: Mapping[str, str]) -> Finding:
    line = f"strip:{strip.name}"
    if not strip.has_light:
        return Finding(line, Level.OK, told("Strip {strip} has no light, as configured", strip=strip.name))
    if isinstance(strip.chips, WledWiring):
        return _node(line, strip, strip.chips)
    factory = environment.get("GPIOZERO_PIN_FACTORY", "")
    if "mock" in factory:
        return Finding(line, Level.OK, told("Strip {strip} is played by {mock}: no device is needed", strip=strip.name,
                                            mock=factory))  # fmt: skip
    on_pins = isinstance(strip.chips, GpioWiring)
    bus = strip.bus
    path = Path(GPIO_FILE if on_pins or bus is None else DEVICE_FILE.format(port=bus.port, device=bus.device))
    if not path.exists():
        return _missing(line, strip, path, on_pins=on_pins)
    if not os.access(path, os.R_OK | os.W_OK):
        what = told(
            "Strip {strip}: {user} may not use {path}", strip=strip.name, user=user_name(os.geteuid()), path=path
        )
        group = group_of(str(path))
        ask = told("Run: sudo usermod -aG {group} {user} and sign in again.", group=group, user=user_name(os.geteuid()))
        return Finding(line, Level.BAD, what, ask)
    pixels = told("Strip {strip}: {path} may be used ({driver}, {pixels} pixels)", strip=strip.name, path=path,
                  driver=strip.driver, pixels=strip.pixels)  # fmt: skip
    return Finding(line, Level.OK, pixels)


def _missing(line: str, strip: StripWiring, path: Path, *, on_pins: bool) -> Finding:
    what = told("Strip {strip} stays dark: {path} is not there", strip=strip.name, path=path)
    if not _MODEL.exists():
        ask = told("This is no Raspberry Pi. To try it here: kiosk demo, or GPIOZERO_PIN_FACTORY=lightmock kiosk run")
        return Finding(line, Level.WARN, what, ask)
    if on_pins:
        return Finding(line, Level.BAD, what, told("Run: sudo apt install python3-lgpio, and start the Pi again."))
    ask = told("Switch SPI on: sudo raspi-config nonint do_spi 0 (dtparam=spi=on), and start the Pi again.")
    return Finding(line, Level.BAD, what, ask)


def _node(line: str, strip: StripWiring, chips: WledWiring) -> Finding:
    address = f"{chips.host}:{chips.http_port}"
    try:
        socket.create_connection((chips.host, chips.http_port), timeout=_ANSWER_S).close()
    except OSError as broken:
        what = told("Strip {strip}: node {address} does not answer ({why})", strip=strip.name, address=address,
                    why=broken.strerror or broken)  # fmt: skip
        return Finding(line, Level.BAD, what, told("Check its power, its network, and host in [[strips]]."))
    return Finding(line, Level.OK, told("Strip {strip}: node {address} answers", strip=strip.name, address=address))


def power_line(patient: Patient) -> Iterator[Finding]:
    """What would be dimmed is told: a supply that is too weak for its strips at their dimmest is refused earlier."""
    settings = patient.settings
    if not isinstance(settings, Settings):
        return
    for supply in settings.supplies:
        strips = [strip for strip in settings.strips if strip.supply == supply.name and strip.has_light]
        if strips:
            yield _power(supply, sum(strip.idle_ma + strip.pixels * _PIXEL * strip.step_ma for strip in strips))


def _power(supply: SupplyWiring, full_ma: float) -> Finding:
    values = {"supply": supply.name, "budget_ma": supply.budget_ma, "full_ma": round(full_ma)}
    if full_ma > supply.budget_ma:
        what = told("Supply {supply}: {budget_ma} mA; all white would draw {full_ma} mA and is dimmed", **values)
    else:
        what = told("Supply {supply}: {budget_ma} mA are enough for all white ({full_ma} mA)", **values)
    return Finding(f"supply:{supply.name}", Level.OK, what)


def owner_line(patient: Patient) -> Iterator[Finding]:
    """Who drives the strips, and what the driver says of them."""
    settings = patient.settings
    if not isinstance(settings, Settings):
        return
    if not any(strip.has_light for strip in settings.strips):
        yield Finding("lights", Level.OK, told("No strip has a light: nobody needs to drive them"))
        return
    if patient.runtime is None:
        yield Finding("lights", Level.WARN, told("Nobody drives the lights, or you may not see who"), _DRIVE)
        return
    status = read_status(patient.runtime)
    if status.owner is None:
        yield Finding("lights", Level.WARN, told("Nobody drives the lights: all are dark"), _DRIVE)
        return
    yield Finding("lights", Level.OK, told("The lights are driven by: {owner}", owner=status.owner))
    for strip in status.strips:
        if strip.fault:
            what = told("Strip {strip} has a fault now: {fault}", strip=strip.name, fault=strip.fault)
            ask = told("Check its wiring and power. Then: kiosk lights test --strip {strip}", strip=strip.name)
            yield Finding(f"fault:{strip.name}", Level.BAD, what, ask)


_DRIVE = told("Start the customer screen (kiosk run), or the lights alone: kiosk lights")
LIGHT_LINES: tuple[Line, ...] = (strips_line, power_line, owner_line)
