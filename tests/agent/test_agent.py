"""The agent's day and night, with clocks in the test's hands."""

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from kiosk.agent import nightly
from kiosk.agent.agent import Agent
from kiosk.clock import Clock
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.jobs.records.message_news import trouble
from kiosk.jobs.staff.call_staff import call_staff
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.safety.backup_files import list_backups
from kiosk.screens.desk.news import banner_lines, look_around
from kiosk.store.tables.agent_tasks import all_tasks
from kiosk.store.tables.messages import cursor_of
from kiosk.text import Language, words
from tests.children import working
from tests.conftest import Hands
from tests.messages.conftest import write_channels
from tests.messages.servers import WebHook
from tests.waiting import until

NIGHT = ["purge", "backup", "checkpoint"]
HOUR = 3600.0
Shelve = Callable[..., CheckedIn]


@pytest.fixture
def agent(home: StationHome, hands: Hands) -> Iterator[Agent]:
    agent = Agent(home, hands.clock, Random(7), {})
    agent.take()
    yield agent
    agent.close()


def test_the_nights_work_is_done_once_a_night(agent: Agent, station: Station, hands: Hands, shelved: Shelve) -> None:
    shelved("SF1000000000001")
    hands.wall = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)  # 02:00 in Shanghai; last night the station was off
    assert agent.once().tasks == dict.fromkeys(NIGHT)
    assert len(list_backups(station)) == 1
    assert station.home.write_ahead_log.stat().st_size < 2 * 4152  # but for the note that it was emptied
    hands.pass_time(0.4 * HOUR)
    assert agent.once().tasks == {}
    hands.pass_time(0.2 * HOUR)  # 02:36
    assert list(agent.once().tasks) == NIGHT
    for _ in range(23):
        assert agent.once().tasks == {}
        hands.pass_time(HOUR)
    hands.pass_time(HOUR)
    assert list(agent.once().tasks) == NIGHT
    assert [task.failure for task in all_tasks(station.conn)] == [None] * 3


def test_a_night_without_half_past_two_has_its_work_once(
    agent: Agent, home: StationHome, station: Station, hands: Hands
) -> None:
    text = home.settings.read_text("utf-8").replace("Asia/Shanghai", "Europe/Berlin")
    home.settings.write_text(text, "utf-8")
    hands.wall = datetime(2027, 3, 28, 0, 50, tzinfo=UTC)  # 01:50 there; 02:30 is skipped
    agent.once()
    done = []
    for _ in range(100):
        hands.pass_time(60)
        done += list(agent.once().tasks)
    assert done == NIGHT and list_backups(station)[0].made_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_a_clock_years_ahead_erases_nobody_and_says_so(agent: Agent, station: Station, hands: Hands) -> None:
    agent.once()
    kept = list_backups(station)
    hands.wall = datetime(2035, 5, 1, tzinfo=UTC)
    assert list(agent.once().tasks) == ["backup", "checkpoint"]
    assert {one.path for one in kept} < {one.path for one in list_backups(station)}
    (line,) = banner_lines(words(Language.ENGLISH), look_around(station, ()))
    assert "nothing is erased before 2035-05-02" in line and "kiosk clock --right" in line
    tasks = set[str]()
    for _ in range(25):
        hands.pass_time(HOUR)
        tasks |= agent.once().tasks.keys()
    assert "purge" in tasks and banner_lines(words(Language.ENGLISH), look_around(station, ())) == []


def test_a_missing_stick_is_told_and_tried_again(
    agent: Agent, home: StationHome, station: Station, hands: Hands, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    text = home.settings.read_text("utf-8")
    home.settings.write_text(text.replace('# second_place = "/media/usb/kiosk"', f'second_place = "{stick}"'), "utf-8")
    assert str(stick) in str(agent.once().tasks["backup"])
    assert agent.once().tasks == {} and [task.task for task in trouble(station).tasks] == ["backup"]
    for language, said in ((Language.ENGLISH, "The agent failed at: backup"), (Language.CHINESE, "备份")):
        (line,) = banner_lines(words(language), look_around(station, ()))
        assert said in line
    hands.pass_time(601)
    assert str(stick) in str(agent.once().tasks["backup"])
    stick.mkdir()
    hands.pass_time(601)
    assert agent.once().tasks == {}  # the second pause is longer
    hands.pass_time(601)
    assert agent.once().tasks == {"backup": None} and len(list(stick.iterdir())) == 1
    assert banner_lines(words(Language.ENGLISH), look_around(station, ())) == []


def test_what_always_fails_is_not_tried_for_ever(
    agent: Agent, station: Station, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []

    def full(station: Station) -> str | None:
        tries.append(station.stamp())
        raise StationFault(Fault.UNWRITABLE_HOME, path=station.home.folder, detail="No space left on device")

    monkeypatch.setitem(nightly.TASKS, "backup", full)
    for _ in range(12 * 20):
        agent.once()
        hands.pass_time(HOUR / 12)
    assert len(tries) == 2 * nightly.MOST_TRIES - 5  # six, and the next night one
    (failed,) = trouble(station).tasks
    assert "No space left" in str(failed.failure)


def test_reminders_go_out_at_a_decent_hour_and_only_where_they_are_sent(
    agent: Agent, home: StationHome, station: Station, hands: Hands, shelved: Shelve
) -> None:
    shelved("SF1000000000001", phone="13800001234")
    agent.once()
    hands.pass_time(7 * 24 * HOUR + 20 * HOUR)  # noon in Shanghai
    assert agent.once().reminded == 0  # nobody would hear of it, and each parcel has three only
    write_channels(home, "group group json://127.0.0.1:1/hook")
    hands.wall = datetime(2026, 11, 29, 23, 0, tzinfo=UTC)  # 07:00
    reminded = []
    for _ in range(24):
        reminded.append(agent.once().reminded)
        hands.pass_time(HOUR)
    assert reminded == [0, 0, 0, 1, *[0] * 20]
    hands.wall = datetime(2026, 12, 1, 13, 0, tzinfo=UTC)  # switched on at 21:00: tomorrow is soon enough
    assert agent.once().reminded == 0


def test_nobody_is_reminded_by_a_clock_that_jumped(
    agent: Agent, home: StationHome, station: Station, hands: Hands, shelved: Shelve
) -> None:
    write_channels(home, "group group json://127.0.0.1:1/hook")
    shelved("SF1000000000001", phone="13800001234")
    agent.once()
    right, hands.wall = hands.wall, datetime(2035, 5, 1, 2, 30, tzinfo=UTC)  # 10:30 in Shanghai
    assert agent.once().reminded == 0
    shelved("SF1000000000002", phone="13800001235")  # recorded in 2035: set right, the clock is behind
    hands.wall = right.replace(hour=2, minute=30) + timedelta(days=1)
    assert agent.once().reminded == 0


def test_one_agent_at_a_time(agent: Agent, home: StationHome, hands: Hands) -> None:
    other = Agent(home, hands.clock, environment={})
    with pytest.raises(StationFault) as raised:
        other.take()
    assert raised.value.fault is Fault.AGENT_RUNNING
    other.close()


def test_the_desk_says_when_nobody_sends(home: StationHome, station: Station, hands: Hands) -> None:
    say = words(Language.ENGLISH)
    assert banner_lines(say, look_around(station, ())) == []
    write_channels(home, "group group json://127.0.0.1:1/hook")
    with_channel = open_station(home, terminal="t1", who="staff", clock=hands.clock)
    assert ["agent does not run" in line for line in banner_lines(say, look_around(with_channel, ()))] == [True]
    running = Agent(home, hands.clock, environment={})
    running.take()
    assert banner_lines(say, look_around(with_channel, ())) == []
    running.close()
    with_channel.close()


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.settimeout(20)
        yield line


def test_it_tells_systemd_and_ends_when_asked(
    home: StationHome, systemd: socket.socket, station: Station, hands: Hands
) -> None:
    environment = {"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": "30000"}
    agent = Agent(home, Clock(now=hands.clock.now), environment=environment)
    agent.take()
    with working(agent.run, agent.stop):
        assert [systemd.recv(100) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
        until(lambda: len(all_tasks(station.conn)) == 3)
        home.settings.write_text(home.settings.read_text("utf-8") + "\nwrong = [", "utf-8")  # stops nothing
    agent.close()
    heard = b""
    while heard != b"STOPPING=1":
        heard = systemd.recv(100)


def test_a_full_disk_that_takes_no_note_either_is_not_hammered(
    agent: Agent, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []

    def full(station: Station, *_: object) -> str | None:
        tries.append(station.stamp())
        raise StationFault(Fault.UNWRITABLE_HOME, path=station.home.folder, detail="No space left on device")

    monkeypatch.setattr(
        nightly, "note_task", lambda conn, *_: (_ for _ in ()).throw(StationFault(Fault.UNWRITABLE_HOME))
    )
    monkeypatch.setitem(nightly.TASKS, "purge", full)
    for _ in range(150):
        agent.once()
        hands.pass_time(8)
    assert len(tries) == 2


def test_a_defect_at_night_stops_no_message(agent: Agent, station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(nightly.TASKS, "backup", lambda _: str(1 // 0))
    assert agent.once().tasks["backup"] == "ZeroDivisionError: integer division or modulo by zero"
    assert [task.task for task in trouble(station).tasks] == ["backup"]


def test_a_channel_that_is_written_into_the_settings_needs_no_restart(
    home: StationHome, station: Station, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.agent.agent.PACE_S", 0.01)
    monkeypatch.setattr("kiosk.agent.agent.STUMBLED_S", 0.01)  # it may read the file half written
    hook, agent = WebHook(), Agent(home, Clock(now=hands.clock.now), environment={})
    agent.take()
    with working(agent.run, agent.stop):
        write_channels(home, f"staff staff {hook.url}")
        until(lambda: cursor_of(station.conn, "staff") is not None)
        call_staff(station)
        until(lambda: hook.bodies)
    agent.close()
    hook.close()
    assert "t1" in hook.bodies[0]["message"]
