"""Real `kiosk` processes to be killed: at a moment of the clock, or inside the n-th call that writes."""

import contextlib
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Timer

from kiosk.home import StationHome
from scripts.faults.ledger import Done, Ledger
from scripts.faults.shim import Action, Break, Calls, Control, Shim
from scripts.faults.stations import ROOT
from tests.environment import environment
from tests.program.terminal import Terminal
from tests.waiting import until

MOCK = {"GPIOZERO_PIN_FACTORY": "lightmock"}


@dataclass(frozen=True, slots=True)
class Moment:
    """When a process dies: `seconds` after its start at the latest, and before that inside its `call`-th write or
    flush, a write being cut in half (None: by the clock alone)."""

    seconds: float
    call: int | None = None


def a_moment(random: Random, seconds: float, calls: int) -> Moment:
    """By the clock or by the call, half of them each. `seconds`, `calls`: the latest."""
    if random.random() < 0.5:
        return Moment(random.uniform(0, seconds))
    return Moment(2 * seconds, random.randrange(calls))


@dataclass(frozen=True, slots=True)
class Gallows:
    """How processes at this station are started and killed; `scratch` takes a control file for each."""

    shim: Shim
    scratch: Path
    home: StationHome

    def control(self, name: str) -> Path:
        """The control file of the process last started by this command."""
        return self.scratch / f"control-{name}"

    def environment(self, moment: Moment, name: str) -> dict[str, str]:
        path = self.control(name)
        control = Control(path)
        if moment.call is None:
            control.disarm()
        else:
            control.arm(Break(Action.KILL, Calls.WRITE | Calls.FLUSH, let_through=moment.call))
        control.close()
        return {**MOCK, **self.shim.environment(self.home.folder, control=path)}

    def command(self, moment: Moment, *arguments: str) -> "Command":
        seen = environment(**self.environment(moment, arguments[0]))
        return Command(
            subprocess.Popen(
                [sys.executable, "-m", "kiosk", "--home", str(self.home.folder), *arguments, "--json"],
                env=seen, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                text=True, cwd=ROOT,
            ),
            moment,
        )  # fmt: skip

    @contextlib.contextmanager
    def screen(self, moment: Moment, *arguments: str, trace: Path | None = None) -> Iterator[Terminal]:
        """Killed at the moment, or at the end of the block."""
        lights = {"KIOSK_LIGHT_TRACE": str(trace)} if trace else {}
        environment = {**self.environment(moment, arguments[0]), **lights}
        terminal = Terminal("--home", str(self.home.folder), *arguments, environment=environment)
        timer = Timer(moment.seconds, terminal.process.kill)
        timer.start()
        try:
            yield terminal
        finally:
            timer.cancel()
            terminal.end(signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class Command:
    """A command line that is running towards its end."""

    process: subprocess.Popen[str]
    moment: Moment

    def die(self, ledger: Ledger) -> None:
        """Kill it at its moment, if it has not finished by then; what it said counts."""
        timer = Timer(self.moment.seconds, self.process.kill)
        timer.start()
        said, _ = self.process.communicate()
        timer.cancel()
        ledger.take(said)


def scan(terminal: Terminal, text: str, shown: re.Pattern[str]) -> bool:
    """Scan something and wait for the answer on the screen; False where the process died before."""
    with contextlib.suppress(OSError):  # nobody reads any more
        terminal.type(f"{text}\r")
    return see(terminal, shown)


def see(terminal: Terminal, shown: re.Pattern[str]) -> bool:
    until(lambda: shown.search(terminal.text) or terminal.process.poll() is not None)
    return shown.search(terminal.text) is not None


def checked_in(waybill: str) -> re.Pattern[str]:
    """The desk's newest answer: courier, waybill, slot and code in one line."""
    return re.compile(rf"\w  {waybill}  \d+-\d+-\d+  \d")


def label(code: str) -> re.Pattern[str]:
    """The customer screen has found this parcel."""
    return re.compile(f"label {code}")


def handed_over(code: str) -> re.Pattern[str]:
    """The customer screen has let it go."""
    return re.compile(f"Parcel {code} is handed over")


def put_away_on(text: str) -> Iterator[Done]:
    """What the desk says of the parcels before."""
    for waybill in re.findall(r"Before: (\w+) is put away", text):
        yield "shelve", waybill
