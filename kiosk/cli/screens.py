"""Commands that open a screen. Textual is loaded here and nowhere else."""

import gc
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kiosk.cli import Invocation
from kiosk.cli.output import log_to_file, refuse_without_terminal, terminal_name
from kiosk.faults import StationFault
from kiosk.home import StationHome, default_home
from kiosk.jobs.station import Station, open_station

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hardware.readers import StripReader
    from kiosk.screens.kiosk_app import KioskApp, Lights


@click.command()
@click.pass_obj
def demo(invocation: Invocation) -> None:
    from kiosk.jobs.found_station import found_station
    from kiosk.jobs.sample import add_sample_parcels

    os.environ["GPIOZERO_PIN_FACTORY"] = "lightmock"
    home = invocation.home if invocation.home_was_named else StationHome(default_home().with_name("station-kiosk-demo"))
    found_station(home)
    station = open_station(home, terminal=terminal_name(invocation, "demo"), who="customer")
    add_sample_parcels(replace(station, who="staff"))
    _run(_demo_app, station)


@click.command()
@click.pass_obj
def run(invocation: Invocation) -> None:
    station = open_station(invocation.home, terminal=terminal_name(invocation, "screen"), who="customer")
    _run(_customer_app, station)


@click.command()
@click.pass_obj
def desk(invocation: Invocation) -> None:
    station = open_station(invocation.home, terminal=terminal_name(invocation, "desk"), who="staff")
    _run(_desk_app, station)


def _customer_app(station: Station) -> "KioskApp":
    from kiosk.screens.customer import CustomerApp

    return CustomerApp(station, lambda: _lights(station))


def _desk_app(station: Station) -> "KioskApp":
    from kiosk.labels.printing import print_pickup_label
    from kiosk.screens.desk import DeskApp

    return DeskApp(station, lambda: _lights(station), print_pickup_label)


def _demo_app(station: Station) -> "KioskApp":
    """Its strips are mocks; a network node of station.toml is played by a fake one."""
    from kiosk.screens.demo import DemoApp

    mocked, readers = _mocked(station)
    return DemoApp(mocked, lambda: _lights(mocked), readers)


def _mocked(station: Station) -> "tuple[Station, Callable[[], Mapping[str, StripReader]]]":
    from hardware.strips import WledWiring

    strips, nodes = [], {}
    for strip in station.settings.strips:
        if isinstance(strip.chips, WledWiring):
            from hardware.wled_mock import FakeWledNode

            node = nodes[strip.name] = FakeWledNode(strip.pixels)
            node.start()
            here = WledWiring("127.0.0.1", node.http_port, node.ddp_port)
            strips.append(replace(strip, chips=here))
        else:
            strips.append(strip)
    mocked = replace(station, settings=replace(station.settings, strips=tuple(strips)))

    def readers() -> "Mapping[str, StripReader]":
        from hardware.readers import open_readers

        return {**open_readers(strip for strip in strips if strip.name not in nodes), **nodes}

    return mocked, readers


def _run(make_app: "Callable[[Station], KioskApp]", station: Station) -> None:
    """Run until SIGTERM, then leave the strips dark. The log goes to a file: the terminal is the screen."""
    try:
        refuse_without_terminal()
    except StationFault:
        station.close()
        raise
    gc.disable()  # nothing is garbage before the first paint, and looking for it takes a tenth of the start
    app = make_app(station)
    log_to_file(station.home)
    try:
        app.run(mouse=False)
    finally:
        app.close()


def _lights(station: Station) -> "Lights":
    from kiosk.lights.fault_log import FaultLog
    from kiosk.lights.owner import LightOwner

    faults = FaultLog(station.home, station.clock.now)
    return LightOwner(station.settings, station.home.runtime(), station.terminal, note_fault=faults.note)
