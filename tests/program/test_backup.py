"""Backup and restore as people run them, beside a screen that is open."""

from pathlib import Path

from tests.program.asking import ask
from tests.program.conftest import Open
from tests.program.terminal import kiosk


def test_a_backup_beside_a_screen_and_a_restore_only_without(open_terminal: Open, folder: Path) -> None:
    screen = open_terminal("run", columns=48, rows=14, is_warm=False)  # its command line is told
    screen.shows("Scan or type your pickup code")
    (made,) = ask(folder, "backup")
    assert made["ok"] and made["events"] == len(ask(folder, "events"))
    path = str(made["path"])
    (listed,) = ask(folder, "backups", "--check")
    assert (listed["path"], listed["readable"], listed["checked"]) == (path, True, True)
    refused = kiosk(folder, "restore", path)
    assert refused.returncode == 1 and "Other programs have the station open" in refused.stderr
    assert str(screen.process.pid) in refused.stderr and " run" in refused.stderr
    screen.type("9-9-0001\r")
    screen.shows("No match for that code")  # it goes on undisturbed
    assert screen.end() == 0
    ask(folder, "check-in", "SF9000000000009")
    (folder / "station.db").unlink()
    lost = kiosk(folder, "run")
    assert lost.returncode == 3 and f"restore {path}" in lost.stderr and lost.stderr.count("\n") == 1
    restored = kiosk(folder, "restore", path)
    assert restored.returncode == 0 and "The station is as it was on" in restored.stdout
    assert ask(folder, "verify")[0]["violations"] == []
    (last,) = ask(folder, "events", "--last", "1")
    assert (last["event"], last["changes"]["replayed"]) == ("restore", 0)  # type: ignore[index]


def test_what_is_refused_exits_1_and_what_is_broken_3(folder: Path, tmp_path: Path) -> None:
    (folder / "rubbish.tar").write_bytes(b"rubbish" * 3000)
    (answer,) = ask(folder, "restore", str(folder / "rubbish.tar"))
    assert (answer["ok"], answer["problem"]) == (False, "not_a_backup")
    assert kiosk(folder, "restore", str(folder / "rubbish.tar")).returncode == 1
    assert kiosk(folder, "restore", str(folder / "nowhere.tar")).returncode == 3
    assert kiosk(folder, "restore").returncode == 2
    assert kiosk(folder, "backup", "--make-key", str(tmp_path / "key")).returncode == 0
    assert kiosk(folder, "backup", "--make-key", str(tmp_path / "key")).returncode == 1
    assert kiosk(folder, "backup", "--to", str(tmp_path / "nowhere")).returncode == 3
    assert not (tmp_path / "nowhere").exists() and kiosk(folder, "backup", "--to", str(tmp_path)).returncode == 0


def test_the_doctor_and_salvage(folder: Path) -> None:
    (sick,) = ask(folder, "doctor")
    assert sick["ok"] is False and kiosk(folder, "doctor").returncode == 1  # there is no backup yet
    ask(folder, "backup")
    (healthy,) = ask(folder, "doctor")
    bad = [one["line"] for one in healthy["findings"] if one["level"] == "bad"]  # type: ignore[attr-defined]
    assert set(bad) <= {"file_system"}  # the tests' folders may lie in memory
    assert "The database opens and is sound" in kiosk(folder, "doctor").stdout
    (saved,) = ask(folder, "salvage")
    assert saved["incomplete"] == [] and saved["rows"]["parcels"] == 60  # type: ignore[index]
    (again,) = ask(folder, "verify")
    assert again["violations"] == []
