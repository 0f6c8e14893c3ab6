"""`kiosk setup`: the wizard of the first run, and of every later change."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory
from threading import Event
from typing import TYPE_CHECKING, NoReturn

import click

from hardware.scanners.devices import FoundDevice, found_devices
from hardware.scanners.source import ScannerError
from hardware.scanners.watch import Watch
from hardware.scanners.wiring import ScannerWiring
from kiosk.cli.invocation import Invocation
from kiosk.cli.output import log_to_file, refuse_without_terminal
from kiosk.config import Settings
from kiosk.faults import StationFault
from kiosk.home import StationHome
from kiosk.lights.by_hand import strips_by_hand
from kiosk.own_command import STARTED_AS, own_command
from kiosk.parcels.problems import Refused
from kiosk.switches import drop_switches
from kiosk.text import Language, Say, language_of_environment, words
from kiosk.text.answers.strips import strip_trial_sentence
from kiosk.text.refusals import problem_sentence
from kiosk.text.sentences import fault_sentence

if TYPE_CHECKING:
    from kiosk.lights.strip_trial import StripTrial
    from kiosk.screens.setup.fields import Said

_RUN_S = 3.0  # for the walk of one pixel over the whole strip
_LONGEST_STEP_S = 0.1


@click.command()
@click.pass_obj
def setup(invocation: Invocation) -> None:
    from kiosk.jobs.upkeep.set_up import SetUp  # tomlkit, 15 ms of completing a word

    refuse_without_terminal()
    set_up = SetUp(invocation.home)
    if invocation.home.folder.exists():
        log_to_file(invocation.home)
    drop_switches(os.environ)
    from kiosk.labels.sheet_printing import print_sheet

    # Textual, which must not see the switches
    from kiosk.screens.setup.app import SetupScreen
    from kiosk.screens.setup.page import Work
    from kiosk.screens.setup.pages import setup_pages

    work = Work(
        set_up, set_up.before, language_of_environment(), _try_strips(invocation.home), _Scanners(),
        _send_test(invocation.home), print_sheet,
    )  # fmt: skip
    screen = SetupScreen(work, setup_pages(work, SystemRandom()))
    screen.open_screen()
    chosen = words(work.language)
    if screen.then is None:
        click.echo(chosen("Nothing was written."))
        return
    click.echo(chosen("The station is ready in {home}.", home=invocation.home.folder))
    for command, what in next_commands(chosen):
        click.echo(f"  {own_command(invocation.home, *command)}\n      {what}")
    if screen.then:
        _go_on(invocation, screen.then)


def next_commands(say: Say) -> list[tuple[tuple[str, ...], str]]:
    """What a new station's owner types next, and what each does."""
    return [
        (("run", "--trial"), say("the customer screen for a look: Ctrl-Q ends it")),
        (("run",), say("the customer screen for its own display: no key ends it, only `kill` from another terminal")),
        (("desk",), say("the staff desk: the word quit ends it")),
        (("labels", "--slots"), say("the labels of all slots, as a page to be printed")),
        (("lights", "map"), say("measure the pixels of the strip")),
        (("doctor",), say("whether all is well")),
        (("help", "first-run"), say("the first steps")),
    ]


def _go_on(invocation: Invocation, command: str) -> NoReturn:
    """As a program of its own: nothing of the wizard stays in its memory."""
    options = ["--terminal", invocation.terminal] if invocation.terminal else []
    home = str(invocation.home.folder)
    sys.stdout.flush()
    os.environ.setdefault(STARTED_AS, sys.argv[0])
    os.execv(sys.executable, [sys.executable, "-m", "kiosk", "--home", home, *options, *command.split()])


def _try_strips(home: StationHome) -> "Callable[[Settings, Event], Said]":
    """The strips as they would be set, each pixel in turn and each colour; dark afterwards."""

    def try_strips(settings: Settings, stop: Event) -> "Said":
        with TemporaryDirectory() as folder:  # before there is a station, it has no folder of its own
            runtime = home.runtime() if home.folder.exists() else Path(folder)
            try:
                done = _lit(settings, runtime, stop)
            except StationFault as fault:
                return lambda say, fault=fault: fault_sentence(say, fault)  # type: ignore[misc]
            except _Stopped:
                return lambda say: say("It was stopped.")
        if not done:
            return lambda say: say("No strip has a light.")
        return lambda say: "\n".join(strip_trial_sentence(say, one) for one in done)

    return try_strips


def _lit(settings: Settings, runtime: Path, stop: Event) -> list["StripTrial"]:
    # gpiozero, 30 ms: where strips are tried
    from hardware.mocks.read_back import open_readers
    from kiosk.lights.strip_trial import try_strip

    def pause(seconds: float) -> None:
        if stop.wait(seconds):
            raise _Stopped

    wanted = [strip for strip in settings.strips if strip.has_light]
    with strips_by_hand(settings, runtime, "kiosk setup") as hand:
        readers = open_readers(wanted)
        return [
            try_strip(hand, one.name, readers.get(one.name), pause, min(_RUN_S / one.pixels, _LONGEST_STEP_S))
            for one in wanted
        ]


class _Scanners:
    """Those of this machine."""

    def found(self) -> list[FoundDevice]:
        return found_devices()

    def watch(
        self, wiring: ScannerWiring, scanned: Callable[[str], None], trouble: Callable[[ScannerError | None], None]
    ) -> Watch:
        return Watch([wiring], lambda one: scanned(one.text), lambda _, error: trouble(error))


def _send_test(home: StationHome) -> "Callable[[Settings, str, Language], Said]":
    """By the channel that was added last; the answer in words."""

    def send(settings: Settings, to: str, language: Language) -> "Said":
        from kiosk.messages.sending import send_test  # 10 ms

        channel = settings.messages.channels[-1]
        try:
            answer = send_test(home, channel, settings.name, language, to or None)
        except StationFault as fault:
            return lambda say, fault=fault: fault_sentence(say, fault)  # type: ignore[misc]
        if isinstance(answer, Refused):
            return lambda say: problem_sentence(say, answer)
        return lambda say: say("{channel}: the message went out.", channel=channel.name)

    return send


class _Stopped(Exception):
    """Somebody left the page."""
