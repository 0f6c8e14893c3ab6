"""Commands that open a screen. Textual is loaded here and nowhere else."""

import gc
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

import click

from hardware.strips.wiring import WledWiring
from kiosk.cli.invocation import Invocation
from kiosk.cli.output import log_to_file, refuse_without_terminal, say, terminal_name
from kiosk.faults import StationFault
from kiosk.home import StationHome, default_home
from kiosk.jobs.station import Station, open_station
from kiosk.mounts import forgetful
from kiosk.parcels.roles import Role
from kiosk.screens.lasting_lights import LastingLights
from kiosk.screens.terminal.defects import tell_defects_in_the_log
from kiosk.screens.terminal.last_resort import keep_open
from kiosk.screens.terminal.own_terminal import own_terminal
from kiosk.switches import drop_switches
from kiosk.text import N_, language_of_environment
from kiosk.watchdog import Watchdog

if TYPE_CHECKING:
    from hardware.mocks.read_back import StripReader
    from kiosk.screens.kiosk_app import KioskApp
    from kiosk.screens.lights import Lights

    MakeApp = Callable[[Station, Callable[[], Lights]], KioskApp]


@click.command()
@click.pass_obj
def demo(invocation: Invocation) -> None:
    # 12 ms that the screens of a station need not wait for
    from kiosk.jobs.upkeep.found_station import found_station
    from kiosk.jobs.upkeep.sample import add_sample_parcels
    from kiosk.new_settings import new_settings

    os.environ["GPIOZERO_PIN_FACTORY"] = "lightmock"
    home = invocation.home if invocation.home_was_named else StationHome(default_home().with_name("station-kiosk-demo"))
    found_station(home, new_settings(language_of_environment()))
    opened = partial(open_station, home, terminal=terminal_name(invocation, "demo"), who="customer")
    station = opened()
    add_sample_parcels(replace(station, who="staff", role=Role.MANAGER))
    mocked, readers = _mocked(station)

    def app(station: Station, lights: "Callable[[], Lights]") -> "KioskApp":
        from kiosk.screens.demo.app import DemoApp

        return DemoApp(replace(station, settings=mocked.settings), lights, readers)

    _run(app, mocked, opened)
    click.echo(say()("The demo's station stays in {home}.", home=home.folder))
    for what, command in ((N_("Its staff desk:"), f"--home {home.folder} desk"), (N_("One of your own:"), "setup")):
        click.echo(f"  {say()(what)}  kiosk {command}")


@click.command()
@click.pass_obj
def run(invocation: Invocation) -> None:
    opened = partial(open_station, invocation.home, terminal=terminal_name(invocation, "screen"), who="customer")
    _run(_customer_app, opened(), opened)


@click.command()
@click.pass_obj
def desk(invocation: Invocation) -> None:
    opened = partial(open_station, invocation.home, terminal=terminal_name(invocation, "desk"), who="staff")
    _run(_desk_app, opened(), opened)


def _customer_app(station: Station, lights: "Callable[[], Lights]") -> "KioskApp":
    from kiosk.screens.customer.app import CustomerApp  # Textual: after gc.disable(), as the others

    app = CustomerApp(station, lights)
    app.state.forgetful_on = forgetful(station.home.folder)
    return app


def _desk_app(station: Station, lights: "Callable[[], Lights]") -> "KioskApp":
    from kiosk.cli.print_label import print_label
    from kiosk.screens.desk.app import DeskApp

    return DeskApp(station, lights, print_label)


def _mocked(station: Station) -> "tuple[Station, Callable[[], Mapping[str, StripReader]]]":
    """The demo's strips are mocks; a network node of station.toml is played by a fake one."""
    strips, nodes = [], {}
    for strip in station.settings.strips:
        if isinstance(strip.chips, WledWiring):
            from hardware.mocks.wled_mock import FakeWledNode

            node = nodes[strip.name] = FakeWledNode(strip.pixels)
            node.start()
            here = WledWiring("127.0.0.1", node.http_port, node.ddp_port)
            strips.append(replace(strip, chips=here))
        else:
            strips.append(strip)
    mocked = replace(station, settings=replace(station.settings, strips=tuple(strips)))

    @cache  # one demo after another listens on the same bus
    def readers() -> "Mapping[str, StripReader]":
        from hardware.mocks.read_back import open_readers

        return {**open_readers(strip for strip in strips if strip.name not in nodes), **nodes}

    return mocked, readers


def _run(make_app: "MakeApp", station: Station, reopened: Callable[[], Station]) -> None:
    """Run until SIGTERM, then leave the strips dark. A screen that breaks is opened again, at a `reopened` station. The
    log goes to a file: the terminal is the screen."""
    try:
        refuse_without_terminal()
    except StationFault:
        station.close()
        raise
    gc.disable()  # nothing is garbage before the first paint, and looking for it takes a tenth of the start
    log_to_file(station.home)
    drop_switches(os.environ)
    watchdog = Watchdog(os.environ)
    with own_terminal(station.home.log_file, watchdog) as terminal:
        tell_defects_in_the_log()
        lights = LastingLights(partial(_lights, station))
        first: list[Station] = [station]

        def open_screen() -> None:
            app = make_app(first.pop() if first else reopened(), lambda: lights)
            app.comes_back, app.is_to_end, app.watchdog = True, terminal.is_to_end, watchdog
            try:
                app.open_screen()
            finally:
                app.close()
                terminal.hear_of_the_end()  # the screen did, as long as it was open

        try:
            keep_open(open_screen, terminal.wait_in_sight, station.clock.monotonic)
        finally:
            watchdog.stopping()
            lights.end()


def _lights(station: Station) -> "Lights":
    # In the lights' own thread, 5 ms
    from kiosk.lights.fault_log import FaultLog
    from kiosk.lights.owner import LightOwner

    faults = FaultLog(station.home, station.clock.now)
    return LightOwner(station.settings, station.home.runtime(), station.terminal, note_fault=faults.note)
