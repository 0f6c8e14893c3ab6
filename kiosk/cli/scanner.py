"""`kiosk scanner`: what is plugged in, and a try of what is configured."""

import json
import signal
import sys
from queue import SimpleQueue
from typing import NamedTuple

import click

from hardware.scanners.devices import found_devices
from hardware.scanners.source import ScannerError, ScannerSource
from hardware.scanners.terminal import TerminalScanner
from hardware.scanners.watch import Scanned, Watch, open_scanner
from hardware.scanners.wiring import CameraWiring, Frame, NoWiring, ScannerWiring, WedgeWiring
from kiosk.cli.invocation import Invocation
from kiosk.cli.output import emit, json_option, log_to_file, say
from kiosk.config import read_settings
from kiosk.parcels.scans import recognise
from kiosk.text.answers.scans import KINDS, doubt_lines, end_of, scan_name, trouble_sentence, visible

BY_HAND_S = 1.5  # somebody may type here, and a code is not to fall to pieces


@click.group()
def scanner() -> None: ...


@scanner.command("list", help=say()("What could be a scanner, and what to write for it in station.toml."))
@json_option
def list_devices(as_json: bool) -> None:
    devices = found_devices()
    for number, one in enumerate(devices, 1):
        may_not = say()("may be read by the group {group} only", group=one.group) if one.group else ""
        table = f'[[scanners]]\nname = "scanner-{number}"\ndriver = "{one.driver}"\nrole = "any"\n'
        table += f"device = {json.dumps(one.device, ensure_ascii=False)}\n"
        emit(one._asdict(), f"# {one.name}  {may_not}".rstrip() + f"\n{table}", as_json=as_json)
    if not devices and not as_json:
        click.echo(say()("No keyboard, no serial port and no camera was found. Is the scanner plugged in?"))


@scanner.command(help=say()("Scan something: what arrives is shown, and what the kiosk takes it for."))
@click.option("--name", help=say()("Only this scanner of station.toml."))
@click.option("--count", type=click.IntRange(1), help=say()("End after so many scans; else Ctrl-C ends it."))
@json_option
@click.pass_obj
def test(invocation: Invocation, name: str | None, count: int | None, as_json: bool) -> None:
    wirings = _wanted(read_settings(invocation.home.settings).scanners, name)
    cameras = {one.name for one in wirings if isinstance(one.connection, CameraWiring)}
    heard: SimpleQueue[Scanned | _Changed | None] = SimpleQueue()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: heard.put(None))

    def opened(wiring: ScannerWiring) -> ScannerSource:
        if isinstance(wiring.connection, WedgeWiring):
            by_hand = wiring.frame._replace(idle_s=BY_HAND_S)
            return TerminalScanner(by_hand, lambda: heard.put(None))
        return open_scanner(wiring)

    log_to_file(invocation.home)  # what is wrong with a scanner is said here, once
    if not as_json:
        click.echo(_how_to_set())
    watch = Watch(wirings, heard.put, lambda scanner, error: heard.put(_Changed(scanner, error)), opened)
    scans = 0
    try:
        while scans != count and (news := heard.get()) is not None:
            if isinstance(news, Scanned):
                _tell_scan(news, is_camera=news.scanner in cameras, as_json=as_json)
                scans += 1
            else:
                _tell_change(news, as_json=as_json)
    finally:
        watch.close()


class _Changed(NamedTuple):
    scanner: str
    error: ScannerError | None


def _wanted(scanners: tuple[ScannerWiring, ...], name: str | None) -> list[ScannerWiring]:
    """Those that can be tried. The keyboard is always read by a screen; here as well, where there is one."""
    is_typed_at = sys.stdin.isatty() or not any(one.has_device for one in scanners)
    if is_typed_at and not any(isinstance(one.connection, WedgeWiring) for one in scanners):
        scanners = (*scanners, ScannerWiring("keyboard", "any", WedgeWiring(), Frame()))
    if name is not None and name not in [one.name for one in scanners]:
        choices = ", ".join(one.name for one in scanners)
        raise click.BadParameter(say()("one of {choices}", choices=choices), param_hint="--name")
    return [one for one in scanners if name in (None, one.name) and not isinstance(one.connection, NoWiring)]


def _how_to_set() -> str:
    return "\n".join(
        [
            say()("Scan a pickup code, a waybill, a badge; what is shown must be what is printed. Ctrl-C ends."),
            say()("Set the scanner by its manual to: USB keyboard (HID) with US layout, suffix CR (Enter), no delay;"),
            say()('or to USB serial (COM, CDC) with suffix CR and driver = "serial". AIM prefix and STX may be on.'),
            "",
        ]
    )


def _tell_scan(scanned: Scanned, *, is_camera: bool, as_json: bool) -> None:
    scan, end = recognise(scanned.text), end_of(scanned.raw)
    name = scan_name(say(), scan)
    lines = [f"{scanned.scanner}: {visible(scanned.raw)}", f"  {name}"]
    lines += [f"  {line}" for line in doubt_lines(say(), scan)]
    if scanned.symbology:
        lines.append("  " + say()("format {symbology}", symbology=scanned.symbology))
    if end:
        lines.append("  " + say()("ended by {end}", end=end))
    elif not is_camera:
        lines.append("  " + say()("nothing ended it but silence: set the suffix CR (Enter)"))
    fields = {
        "scanner": scanned.scanner,
        "raw": visible(scanned.raw),
        "symbology": scanned.symbology,
        "ended_by": end,
        "recognised": KINDS[type(scan.means)],
        "message": name,
    }
    emit(fields, "\n".join(lines), as_json=as_json)


def _tell_change(changed: _Changed, *, as_json: bool) -> None:
    if changed.error is None:
        emit({"scanner": changed.scanner, "ready": True}, say()("{name}: ready", name=changed.scanner), as_json=as_json)
        return
    sentence = trouble_sentence(say(), changed.error)
    fields = {"ok": False, "scanner": changed.scanner, "problem": changed.error.trouble, "message": sentence}
    emit(fields, f"{changed.scanner}: {sentence}", as_json=as_json)
