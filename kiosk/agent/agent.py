"""The agent: one process, one loop. It reads what has happened, sends what is due, and does the night's work."""

import logging
import os
import select
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from random import Random
from typing import NamedTuple

from kiosk.agent.nightly import FIRST_PAUSE, do_task, due_tasks, remind_if_due
from kiosk.agent_lock import agent_lock
from kiosk.clock import Clock
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.jobs.station import Station, open_station
from kiosk.messages.queueing import begin, queue_news
from kiosk.messages.turn import Turn, send_due
from kiosk.watchdog import Watchdog

PACE_S = 2.0  # how often it looks; a look at a quiet station costs under a millisecond
STUMBLED_S = 10.0
TERMINAL = "agent"
log = logging.getLogger("kiosk.agent")


class Done(NamedTuple):
    """What one turn did. `tasks`: of the night's work, what it failed on (None: done)."""

    messages: Turn
    reminded: int
    tasks: dict[str, str | None]


class Agent:
    """`environment` says whether systemd wants to hear from it."""

    def __init__(
        self,
        home: StationHome,
        clock: Clock | None = None,
        random: Random | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self._home, self._clock, self._random = home, clock or Clock(), random
        self._watchdog = Watchdog(environment)
        self._lock = agent_lock(home.runtime())
        self._woken, self._wake = os.pipe()
        self._stopping = False
        self._rests_until: dict[str, float] = {}

    def stop(self) -> None:
        """Safe from a signal handler: run() ends after the message that is going out."""
        self._stopping = True
        os.write(self._wake, b"!")

    def close(self) -> None:
        self._lock.release()
        os.close(self._woken)
        os.close(self._wake)

    def take(self) -> None:
        """Be the station's agent, or raise StationFault(AGENT_RUNNING): two would send everything twice."""
        if not self._lock.try_lock(TERMINAL):
            raise StationFault(Fault.AGENT_RUNNING, detail=self._lock.locked_by() or "?")

    def once(self) -> Done:
        """One turn, such as for cron. take() first."""
        with self._opened() as station:
            return self._round(station)

    def run(self) -> None:
        """Until stop(). take() first. A fault is told once and waited out: the station may be mended meanwhile."""
        stumbled = ""
        self._watchdog.ready()
        while not self._stopping:
            try:
                written_at = self._written_at()  # before they are read, or a change in between is never seen
                with self._opened() as station:
                    log.info("at work with %s message channels", len(station.settings.messages.channels))
                    while not self._stopping and self._written_at() == written_at:
                        self._round(station)
                        stumbled = ""
                        self._pause(PACE_S)
            except Exception as broken:
                defect = None if isinstance(broken, StationFault) else broken
                if str(broken) != stumbled:
                    log.error("the agent stumbled and goes on: %s", broken, exc_info=defect)
                stumbled = str(broken)
                self._pause(STUMBLED_S)
        self._watchdog.stopping()
        log.info("ended")

    @contextmanager
    def _opened(self) -> Iterator[Station]:
        station = open_station(self._home, terminal=TERMINAL, who=TERMINAL, clock=self._clock, random=self._random)
        try:
            unknown = begin(station)
            if unknown:
                log.warning("%s messages were cut short: nobody knows whether they went out", unknown)
            yield station
        finally:
            station.close()

    def _round(self, station: Station) -> Done:
        if not self._lock.is_in_place():  # somebody has emptied the runtime folder
            self._lock.release()
            self._home.runtime()
            self.take()
        tasks = self._nightly(station)
        while self._keeps_on() and queue_news(station):
            pass
        reminded = remind_if_due(station)
        if reminded:
            log.info("%s parcels' consignees are reminded", reminded)
            while queue_news(station):
                pass
        sent = send_due(station, self._keeps_on)
        if any(sent):
            log.info("messages: %s sent, %s failed, %s had nobody to go to", *sent)
        return Done(sent, reminded, tasks)

    def _nightly(self, station: Station) -> dict[str, str | None]:
        """What is due and has not failed just now: a failure that a full disk keeps off the record is remembered."""
        done = {}
        for name in due_tasks(station):
            if self._keeps_on() and self._clock.monotonic() >= self._rests_until.get(name, 0):
                done[name] = do_task(station, name)
                if done[name] is not None:
                    self._rests_until[name] = self._clock.monotonic() + FIRST_PAUSE.total_seconds()
        return done

    def _keeps_on(self) -> bool:
        """Asked between any two pieces of work."""
        self._watchdog.alive(self._clock.monotonic())
        return not self._stopping

    def _pause(self, seconds: float) -> None:
        self._keeps_on()
        wait = min(seconds, self._watchdog.every_s)
        select.select([self._woken], [], [], wait)

    def _written_at(self) -> int:
        """When the settings were written: a channel added by hand needs no restart."""
        try:
            return self._home.settings.stat().st_mtime_ns
        except OSError:
            return 0
