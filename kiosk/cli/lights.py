"""`kiosk lights`: driving the strips, and everything an installer does with them."""

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict

import click

from hardware.trouble import DeviceFault
from kiosk.button_status import read_buttons
from kiosk.cli.invocation import Invocation
from kiosk.cli.output import EXIT_BROKEN, emit, json_option, log_to_file, opened_station, refuse_without_terminal, say
from kiosk.config import read_settings
from kiosk.faults import Fault, StationFault
from kiosk.lights.by_hand import strips_by_hand
from kiosk.lights.fault_log import FaultLog
from kiosk.lights.owner import LightOwner
from kiosk.lights.status import dark_slots, read_status
from kiosk.parcels.slots import shelves_of
from kiosk.store.lease_book.sessions import Session
from kiosk.switches import drop_switches
from kiosk.text.answers.strips import strip_trial_sentence
from kiosk.text.device_answers import device_fault, device_remedy
from kiosk.text.sentences import look_name

_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@click.group(invoke_without_command=True)
@click.option("--wait", is_flag=True, help=say()("Step in when no other program drives them; for systemd."))
@click.pass_context
def lights(ctx: click.Context, wait: bool) -> None:
    if ctx.invoked_subcommand is None:
        _own_the_lights(ctx.obj, wait=wait)


def _own_the_lights(invocation: Invocation, *, wait: bool) -> None:
    """Be the light owner until SIGTERM or Ctrl-C; everything is dark afterwards."""
    with opened_station(invocation) as station:
        owner = LightOwner(
            station.settings,
            invocation.home.runtime(),
            "kiosk lights",
            os.environ,
            note_fault=FaultLog(station.home, station.clock.now).note,
        )
    if not wait:
        owner.take()
    _on_stop(owner.stop)
    click.echo(say()("Driving the lights. Stop with Ctrl-C."), err=True)
    if wait:
        owner.run()
    else:
        owner.own()


def _on_stop(stop: Callable[[], None]) -> None:
    """The first signal stops; a second one must not disturb the strips while they go dark."""

    def stop_once(*_: object) -> None:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        stop()

    for number in _SIGNALS:
        signal.signal(number, stop_once)


@lights.command(help=say()("Show who drives the strips, how they are, and what is lit."))
@json_option
@click.pass_obj
def status(invocation: Invocation, as_json: bool) -> None:
    with opened_station(invocation) as station:
        sessions = station.leases.live_sessions()
        now, settings = station.clock.monotonic(), station.settings
    lights = read_status(invocation.home.runtime())
    supplies = [
        {
            "name": supply.name,
            "used_ma": sum(strip.used_ma for strip in lights.strips if strip.supply == supply.name),
            "budget_ma": supply.budget_ma,
        }
        for supply in settings.supplies
    ]
    shelves = shelves_of(dark_slots(settings, lights))
    lit = [(session, lease.slot, session.lit_until - now) for session in sessions for lease in session.left]
    buttons = read_buttons(invocation.home.runtime())
    lines = [say()("Owner: {owner}", owner=lights.owner or say()("nobody"))]
    for strip in lights.strips:
        node = f" {strip.node}" if strip.node else ""
        lines += _in_order_or_not(f"{strip.name} ({strip.driver}{node}): {strip.used_ma} mA", strip.fault)
    for button in buttons.buttons:
        lines += _in_order_or_not(say()("button on GPIO {pin}:", pin=button.pin), button.fault)
    lines += [say()("Supply {name}: {used_ma} of {budget_ma} mA", **supply) for supply in supplies]
    lines += [say()("Dark shelves: {shelves}", shelves=", ".join(shelves))] if shelves else []
    lines += [f"{slot}  {look_name(say(), session.look)}  {seconds:.0f} s" for session, slot, seconds in lit]
    fields = {
        "owner": lights.owner,
        "strips": [asdict(strip) | _fault_fields(strip.fault) for strip in lights.strips],
        "buttons": [{"name": one.name, "pin": one.pin, **_fault_fields(one.fault)} for one in buttons.buttons],
        "supplies": supplies,
        "dark_shelves": shelves,
        "leases": [_lease_fields(session, slot, seconds) for session, slot, seconds in lit],
    }
    emit(fields, "\n".join(lines), as_json=as_json)


def _in_order_or_not(what: str, fault: DeviceFault | None) -> list[str]:
    """One line; of a fault two, with what to do."""
    if fault is None:
        return [f"{what} {say()('in order')}"]
    return [f"{what} {device_fault(say(), fault)}", f"  {device_remedy(say(), fault)}"]


def _fault_fields(fault: DeviceFault | None) -> dict[str, object]:
    """`trouble` is its kind, for programs."""
    return {"fault": fault and str(fault), "trouble": fault and fault.trouble}


def _lease_fields(session: Session, slot: str, seconds_left: float) -> dict[str, object]:
    return {
        "session": session.id,
        "purpose": session.purpose,
        "slot": slot,
        "colour": session.look.colour,
        "pattern": session.look.pattern,
        "seconds_left": round(seconds_left, 1),
    }


@lights.command(help=say()("Make every strip dark; for when no program drives them."))
@json_option
@click.pass_obj
def off(invocation: Invocation, as_json: bool) -> None:
    settings = read_settings(invocation.home.settings)
    log_to_file(invocation.home)  # what it says on the terminal is said once, at the end
    _on_stop(lambda: sys.exit(EXIT_BROKEN))
    with strips_by_hand(settings, invocation.home.runtime(), "kiosk lights off") as hand:
        hand.show({})
        faults = hand.faults
    if faults:
        told = "; ".join(f"{name}: {device_fault(say(), fault)}" for name, fault in faults.items())
        raise StationFault(Fault.STRIPS_FAILED, detail=told)
    emit({"strips": [strip.name for strip in settings.strips]}, say()("All strips are dark."), as_json=as_json)


@lights.command(help=say()("Light every pixel in turn, then each colour, and tell what the strips draw."))
@click.option("--strip", help=say()("Only this strip."))
@click.option(
    "--step",
    "step_ms",
    type=click.IntRange(0, 5000),
    default=30,
    show_default=True,
    help=say()("Milliseconds for each pixel."),
)
@json_option
@click.pass_obj
def test(invocation: Invocation, strip: str | None, step_ms: int, as_json: bool) -> None:
    # gpiozero, 33 ms: not for a look at the lights
    from hardware.mocks.read_back import open_readers
    from kiosk.lights.strip_trial import try_strip

    settings = read_settings(invocation.home.settings)
    log_to_file(invocation.home)
    with_light = [one for one in settings.strips if one.has_light]
    wanted = [one for one in with_light if strip in (None, one.name)]
    if strip is not None and not wanted:
        choices = ", ".join(one.name for one in with_light)
        raise click.BadParameter(say()("one of {choices}", choices=choices), param_hint="--strip")
    if not wanted and not as_json:
        click.echo(say()("No strip has a light."))
    _on_stop(lambda: sys.exit(EXIT_BROKEN))
    with strips_by_hand(settings, invocation.home.runtime(), "kiosk lights test") as hand:
        readers = open_readers(wanted)
        tests = []
        for one in wanted:
            if not as_json:
                click.echo(say()("{strip} ({driver}): watch every pixel …", strip=one.name, driver=one.driver))
            tests.append(try_strip(hand, one.name, readers.get(one.name), time.sleep, step_ms / 1000))
            fields = asdict(tests[-1]) | _fault_fields(tests[-1].fault) | {"ok": tests[-1].passed}
            emit(fields, strip_trial_sentence(say(), tests[-1]), as_json=as_json)
    if not all(done.passed for done in tests):
        sys.exit(EXIT_BROKEN)


@lights.command("map", help=say()("Walk the shelves with a light and write down which pixels are whose."))
@click.pass_obj
def map_shelves(invocation: Invocation) -> None:
    # tomlkit, and Textual, which must not see the switches
    from kiosk.config.writing.measured import read_shelves_to_measure, write_measured
    from kiosk.config.writing.walk import Segment, Walk

    drop_switches(os.environ)
    from kiosk.screens.setup.map_screen import MapScreen

    refuse_without_terminal()
    log_to_file(invocation.home)
    path = invocation.home.settings
    settings = read_settings(path)
    read_shelves_to_measure(path)  # better refused now than after the walk
    walk = Walk(settings)
    if not walk.order:
        click.echo(say()("No strip has a light."))
        return

    def save(changed: Mapping[str, Segment]) -> list[str]:
        return write_measured(path, settings, {slot: (one.first, one.pixels) for slot, one in changed.items()})

    with strips_by_hand(settings, invocation.home.runtime(), "kiosk lights map") as hand:

        def light(frames: Mapping[str, bytes]) -> dict[str, DeviceFault]:
            hand.show(frames, wait_s=0)  # the screen stays alive; it shows them again twice a second
            return hand.faults

        screen = MapScreen(walk, light, save)
        screen.open_screen()
    if screen.saved is None:
        click.echo(say()("Nothing was written."))
    elif screen.saved:
        click.echo(say()("Written to {path}: shelves {shelves}.", path=path, shelves=", ".join(screen.saved)))
    else:
        click.echo(say()("Nothing has changed."))
