"""A day of a busy station at a tenth of its size: ten terminals, mistakes, a power cut, and a report that is right."""

from pathlib import Path
from shutil import rmtree

from kiosk.home import StationHome
from kiosk.store.file.sqlite import sqlite3
from scripts.busy_day.check import codes_issued_twice, differences
from scripts.busy_day.replay import replay_day

PARCELS, TERMINALS = 600, 10


def test_a_day_at_ten_terminals_with_a_power_cut(tmp_path: Path) -> None:
    replay = replay_day(tmp_path, PARCELS, TERMINALS)
    home = StationHome(tmp_path / "home")
    try:
        assert replay.wrong == []
        assert 0 < replay.cut_at < sum(map(len, replay.day.hours[replay.day.cut_in]))
        assert list(differences(home, replay.day)) == []
        assert replay.day.expected.counts["checked_in"] > PARCELS * 0.9
        assert all(replay.day.expected.counts[name] for name in ("picked_up", "delivered", "returned", "missing"))
    finally:
        rmtree(home.runtime())


def test_a_code_issued_twice_would_be_seen() -> None:
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE TABLE events (seq INTEGER, subject TEXT, subject_id INTEGER, changes TEXT)")
    told = [(1, "CHECKED_IN"), (1, "PICKED_UP"), (2, "CHECKED_IN"), (3, "CHECKED_IN")]
    for seq, (parcel, state) in enumerate(told, 1):
        changes = f'{{"state": "{state}", "code": "1-1-0001"}}'
        conn.execute("INSERT INTO events VALUES (?, 'parcel', ?, ?)", (seq, parcel, changes))
    assert list(codes_issued_twice(conn)) == ["event 4: 1-1-0001 belongs to two parcels in custody"]
    conn.close()
