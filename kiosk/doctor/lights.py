"""The doctor's lines about the lights: each strip's device and whether it may be used, power, who drives, open faults.

Nothing is driven here: a strip that works is left alone, and `kiosk lights test` shows the rest.
"""

import os
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

from hardware.devices import DEVICE_FILE, pins_device, trouble_with
from hardware.strips.wiring import GpioWiring, StripWiring, SupplyWiring, WledWiring
from hardware.trouble import DeviceFault, Trouble
from kiosk.button_status import Buttons, read_buttons
from kiosk.config import Settings
from kiosk.device_faults import remedy, told_fault
from kiosk.doctor.patient import Finding, Level, Line, Patient
from kiosk.faults import told
from kiosk.lights.status import read_status

_MODEL = Path("/proc/device-tree/model")  # only single-board computers have it
_ANSWER_S = 2.0
_PIXEL = 3 * 255  # steps of a pixel at full white


def strips_line(patient: Patient) -> Iterator[Finding]:
    """What each strip hangs on is there, and this user may use it. What its driver says goes before: see owner_line."""
    broken = read_status(patient.runtime).faults if patient.runtime else {}
    for strip in patient.settings.strips if isinstance(patient.settings, Settings) else ():
        if strip.name not in broken:
            yield _strip(strip, os.environ)


def buttons_line(patient: Patient) -> Iterator[Finding]:
    """Each push button is heard by a screen, or could be."""
    pins = patient.settings.inputs.by_pin() if isinstance(patient.settings, Settings) else {}
    if not pins or "mock" in os.environ.get("GPIOZERO_PIN_FACTORY", ""):
        return
    told_by_screen = read_buttons(patient.runtime) if patient.runtime else Buttons(None, ())
    for pin in pins:
        line, fault = f"button:{pin}", told_by_screen.faults.get(pin) or trouble_with(pins_device())
        if fault is not None:
            what = told("Button on GPIO {pin}: {fault}", pin=pin, fault=told_fault(fault))
            yield Finding(line, Level.BAD, what, remedy(fault))
        elif told_by_screen.heard_by is None:
            what = told("Button on GPIO {pin}: no screen hears it", pin=pin)
            yield Finding(line, Level.WARN, what, told("Start the customer screen: kiosk run"))
        else:
            heard = told("Button on GPIO {pin} is heard by: {screen}", pin=pin, screen=told_by_screen.heard_by)
            yield Finding(line, Level.OK, heard)


def _strip(strip: StripWiring, environment: Mapping[str, str]) -> Finding:
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
    path = pins_device() if on_pins or bus is None else DEVICE_FILE.format(port=bus.port, device=bus.device)
    fault = trouble_with(path)
    if fault is not None:
        return _faulty(line, strip, fault)
    pixels = told("Strip {strip}: {path} may be used ({driver}, {count} pixel)",
                  "Strip {strip}: {path} may be used ({driver}, {count} pixels)",
                  strip=strip.name, path=path, driver=strip.driver, count=strip.pixels)  # fmt: skip
    return Finding(line, Level.OK, pixels)


def _faulty(line: str, strip: StripWiring, fault: DeviceFault) -> Finding:
    what = told("Strip {strip}: {fault}", strip=strip.name, fault=told_fault(fault))
    if fault.trouble is Trouble.NOT_FOUND and not _MODEL.exists():
        ask = told("This is no Raspberry Pi. To try it here: kiosk demo, or GPIOZERO_PIN_FACTORY=lightmock kiosk run")
        return Finding(line, Level.WARN, what, ask)
    return Finding(line, Level.BAD, what, remedy(fault))


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
            what = told("Strip {strip}: {fault}", strip=strip.name, fault=told_fault(strip.fault))
            yield Finding(f"fault:{strip.name}", Level.BAD, what, remedy(strip.fault))


_DRIVE = told("Start the customer screen (kiosk run), or the lights alone: kiosk lights")
LIGHT_LINES: tuple[Line, ...] = (strips_line, power_line, owner_line, buttons_line)
