"""A whole day at ten terminals: how many actions a second, and how long the slowest of each kind took."""

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

from kiosk.home import StationHome
from scripts.benching.figure import Figure, figure
from scripts.busy_day.check import differences
from scripts.busy_day.replay import replay_day

PARCELS, TERMINALS = 6000, 10


def bench_day(scratch: Path) -> Iterator[Figure]:
    """Every job is an action. The day has to come out right, or its speed means nothing."""
    folder = scratch / "day"
    folder.mkdir()
    replay = replay_day(folder, PARCELS, TERMINALS)
    home = StationHome(folder / "home")
    wrong = [*replay.wrong, *differences(home, replay.day)]
    assert not wrong, wrong[:5]
    rmtree(home.runtime())
    yield figure("day: actions", replay.actions, "")
    yield figure("day: actions a second", replay.actions / replay.seconds, "1/s")
    for job, durations in sorted(replay.durations.items()):
        durations.sort()
        yield figure(f"day: {job}, p99", durations[int(len(durations) * 0.99)] * 1000, "ms", most=50)
        yield figure(f"day: {job}, slowest", durations[-1] * 1000, "ms")
