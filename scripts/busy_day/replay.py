"""A day replayed as fast as it goes: real processes, one database, a power cut in the middle."""

import pickle
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from threading import Event, Thread
from time import perf_counter

from kiosk.home import StationHome
from kiosk.jobs.upkeep.found_station import found_station
from scripts.busy_day.day import Day
from scripts.busy_day.plan import plan_day

BEFORE = -1  # the hour that stands for the days before


@dataclass(slots=True)
class Replay:
    """What came of it. `seconds` of the day itself; durations in seconds by job, each job being one action."""

    day: Day
    seconds: float = 0.0
    durations: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    cut_at: int = 0  # actions that were acknowledged when the power went

    @property
    def actions(self) -> int:
        return sum(map(len, self.durations.values()))


class _Process:
    """One terminal; `next_action` is the first that it has not acknowledged in this hour."""

    def __init__(self, home: Path, plan: Path, number: int, replay: Replay) -> None:
        self._arguments = [sys.executable, "-m", "scripts.busy_day.terminal", str(home), str(plan), str(number)]
        self._replay = replay
        self.next_action = 0
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            self._arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def begin(self, hour: int, *, again: bool = False) -> Thread:
        """Work through the rest of the hour; the thread ends with it, or with the process."""
        self.next_action = self.next_action if again else 0
        assert self.process.stdin is not None
        self.process.stdin.write(f"{hour} {self.next_action} {int(again)}\n")
        self.process.stdin.flush()
        thread = Thread(target=self._listen, args=(hour,))
        thread.start()
        return thread

    def _listen(self, hour: int) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line == "\n":
                return
            if not line.endswith("\n"):
                return  # cut off in the middle of the line
            index, durations, wrong = line.rstrip("\n").split("\t")
            self.next_action = int(index) + 1
            jobs = iter(durations.split())
            for job, seconds in zip(jobs, jobs, strict=True):
                if hour != BEFORE:
                    self._replay.durations.setdefault(job, []).append(float(seconds))
            if wrong:
                self._replay.wrong.append(wrong)

    def end(self) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()


def replay_day(folder: Path, parcels: int, terminals: int, *, seed: int = 1) -> Replay:
    """Make a station in `folder` and live a day in it. The caller looks at the station afterwards."""
    home = make_station(folder, parcels)
    replay = Replay(plan_day(parcels, terminals, seed))
    plan = folder / "plan"
    plan.write_bytes(pickle.dumps(replay.day))
    processes = [_Process(home.folder, plan, number, replay) for number in range(terminals)]
    _together(processes, BEFORE)
    start = perf_counter()
    for hour in replay.day.hours:
        if hour == replay.day.cut_in:
            _cut_power(processes, hour, home, replay)
        else:
            _together(processes, hour)
    replay.seconds = perf_counter() - start
    for process in processes:
        process.end()
    return replay


def _together(processes: list[_Process], hour: int, *, again: bool = False) -> None:
    for thread in [process.begin(hour, again=again) for process in processes]:
        thread.join()
    for process in processes:
        assert process.process.poll() is None, "a terminal ended by itself"


def _cut_power(processes: list[_Process], hour: int, home: StationHome, replay: Replay) -> None:
    """Kill every process in the middle of the hour; what was in memory is gone; start again where each was."""
    lists = replay.day.hours[hour]
    half = sum(map(len, lists)) // 2
    threads = [process.begin(hour) for process in processes]
    pause = Event()
    while sum(process.next_action for process in processes) < half:
        pause.wait(0.001)
    for process in processes:
        process.process.kill()
    for process, thread in zip(processes, threads, strict=True):
        thread.join()
        process.process.wait()
        for pipe in (process.process.stdin, process.process.stdout):
            assert pipe is not None
            pipe.close()
    replay.cut_at = sum(process.next_action for process in processes)
    rmtree(home.runtime())
    for process in processes:
        process.start()
    _together(processes, hour, again=True)


def make_station(folder: Path, parcels: int) -> StationHome:
    """A station with room for all of them."""
    home = StationHome(folder / "home")
    found_station(home)
    roomy = f"capacity_per_slot = {max(parcels // 60, 25)}"
    text = home.settings.read_text("utf-8").replace("capacity_per_slot = 20", roomy)
    home.settings.write_text(text, "utf-8")
    return home
