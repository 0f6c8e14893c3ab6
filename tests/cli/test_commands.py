"""The command line as programs use it: one JSON object per line, stable fields, stable exit codes."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.home import StationHome
from tests.cli.conftest import Kiosk

SF, YTO = "SF1000000000001", "YT1000000000001"


def test_a_check_in_tells_whose_the_parcel_is(kiosk: Kiosk, tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.csv"
    manifest.write_text(f"waybill,phone\n{SF},13800001111\n{YTO},13800001111\n", "utf-8")
    kiosk("announce", str(manifest))
    _, (announced,), err = kiosk("check-in", SF)
    assert (announced["whose"], announced["phone_tail"]) == ("announced", "1111") and "announced for" not in err
    _, (said,), err = kiosk("check-in", YTO, "--phone", "13800002222")
    assert (said["whose"], said["phone_tail"]) == ("said", "2222") and "announced for *******1111" in err
    _, (nobodys,), err = kiosk("check-in", "T7000000000003")
    assert (nobodys["whose"], nobodys["phone_tail"]) == ("nobody", None)
    assert "YT7000000000003" in nobodys["half_read"] and "YT7000000000003" in err


def test_a_parcels_whole_way(kiosk: Kiosk) -> None:
    code, (parcel,), _ = kiosk("check-in", SF, "--phone", "13800001234", "--size", "S", "--shelve")
    assert code == 0
    assert {"ok", "waybill", "courier", "candidates", "code", "slot", "state"} <= parcel.keys()
    assert (parcel["courier"], parcel["candidates"], parcel["state"]) == ("SF", ["SF"], "SHELVED")
    code, (search,), err = kiosk("pick-up", parcel["code"])
    assert code == 0 and "No program drives the lights" in err
    assert search["parcels"] == [{"code": parcel["code"], "slot": parcel["slot"]}]
    assert {"session", "colour", "pattern", "more", "expires_at"} <= search.keys()
    assert search["expires_at"].endswith("+08:00")
    _, (status,), _ = kiosk("lights", "status")
    assert status["owner"] is None
    assert [lease["slot"] for lease in status["leases"]] == [parcel["slot"]]
    code, (done,), _ = kiosk("check-out", SF)
    assert code == 0
    assert done == {
        "ok": True,
        "waybill": SF,
        "code": parcel["code"],
        "slot": parcel["slot"],
        "state": "PICKED_UP",
        "left": [],
        "more": 0,
    }
    code, (again,), _ = kiosk("check-out", SF)
    assert (code, again["ok"], again["problem"]) == (1, False, "already_collected")
    _, (story,), _ = kiosk("parcel", SF)
    assert [event["event"] for event in story["history"]] == ["check_in", "shelve", "check_out"]
    assert (story["state"], story["slot"], story["phone"]) == ("PICKED_UP", None, "*******1234")
    _, events, _ = kiosk("events")
    assert [event["seq"] for event in events] == [1, 2, 3]
    assert {"event", "waybill", "who", "terminal", "occurred_at", "recorded_at", "link"} <= events[0].keys()
    assert [event["seq"] for event in kiosk("events", "--after", "2")[1]] == [3]
    code, (verdict,), _ = kiosk("verify")
    assert (code, verdict) == (0, {"ok": True, "events": 3, "parcels": 1, "violations": []})


def test_put_away_by_hand_and_the_slots_after_it(kiosk: Kiosk) -> None:
    kiosk("check-in", SF)
    code, (put,), _ = kiosk("put-away", SF, "6-1-2")
    assert (code, put["slot"], put["state"]) == (0, "6-1-2", "SHELVED")
    slots = {slot["slot"]: slot for slot in kiosk("slots")[1]}
    assert len(slots) == 120
    assert slots["6-1-2"] == {
        "ok": True, "slot": "6-1-2", "strip": "main", "first_pixel": 202, "pixels": 2, "capacity": 20, "held": 1
    }  # fmt: skip


def test_a_manifest_with_a_bad_line(kiosk: Kiosk, tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.csv"
    manifest.write_bytes(f"运单号,手机号\n{SF},13800001234\n13800000002,\n".encode("gb18030"))
    code, (answer,), _ = kiosk("announce", str(manifest), "--courier", "SF")
    assert (code, answer["ok"], answer["accepted"], answer["unchanged"]) == (1, False, 1, 0)
    assert answer["rejected"] == [{"line": 3, "column": "运单号", "reason": "phone_not_waybill"}]
    assert answer["grouped"] == [{"reason": "phone_not_waybill", "column": "运单号", "count": 1, "lines": [3]}]
    assert kiosk("announce", str(manifest), "--courier", "SF")[1][0]["unchanged"] == 1
    code, (answer,), _ = kiosk("announce", str(tmp_path / "nowhere.csv"))
    assert (code, answer["problem"]) == (3, "unreadable_file")


def test_hold_release_and_return(kiosk: Kiosk) -> None:
    _, (parcel,), _ = kiosk("check-in", SF, "--shelve")
    assert kiosk("hold", SF, "--reason", "damaged")[0] == 0
    code, (refused,), _ = kiosk("pick-up", parcel["code"])
    assert (code, refused["problem"]) == (1, "on_hold")
    assert kiosk("hold", SF, "--reason", "again")[1][0]["problem"] == "wrong_state"
    assert kiosk("release", SF)[0] == 0
    assert kiosk("start-return", SF, "--reason", "refused")[1][0]["state"] == "RETURN_PENDING"
    assert kiosk("pick-up", parcel["code"])[1][0]["problem"] == "in_return"


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (("pick-up", "1-1-0001"), 1, "no_such_code"),
        (("pick-up", SF), 1, "waybill_not_code"),
        (("pick-up", ""), 1, "empty_scan"),
        (("pick-up", "x" * 10_000), 1, "too_long"),
        (("check-out", "1-1-0001"), 1, "code_not_waybill"),
        (("check-out", SF), 1, "no_such_waybill"),
        (("check-in", "13812345678"), 1, "phone_scanned"),
        (("check-in", "!!"), 1, "not_a_waybill"),
        (("check-in", "JDX012345678901-3-2-"), 1, "not_a_waybill"),
        (("extend", "nobody"), 1, "no_such_session"),
        (("check-in", SF, "--courier", "nobody"), 1, "unknown_courier"),
        (("check-in", SF, "--phone", "12"), 1, "bad_phone"),
        (("check-in", SF, "--consent", "door_only"), 1, "door_only"),
        (("put-away", SF, "1-1-1"), 1, "no_such_waybill"),
        (("parcel", "1-1-0001"), 1, "no_such_code"),
    ],
)
def test_refusals(kiosk: Kiosk, arguments: tuple[str, ...], code: int, problem: str) -> None:
    ended, (answer,), _ = kiosk(*arguments)
    assert (ended, answer["ok"], answer["problem"]) == (code, False, problem)


def test_wrong_usage_is_2(kiosk: Kiosk) -> None:
    assert kiosk("check-in")[0] == 2
    assert kiosk("no-such-command")[0] == 2
    assert kiosk("events", "--after", "9" * 30)[0] == 2
    assert kiosk("--terminal", "\x1b[31m", "slots")[0] == 2


def test_the_keys_of_a_customer_from_the_command_line(kiosk: Kiosk) -> None:
    _, (parcel,), _ = kiosk("check-in", SF, "--shelve")
    _, (search,), _ = kiosk("pick-up", parcel["code"])
    assert kiosk("extend", search["session"])[0] == 0
    assert kiosk("cancel", search["session"])[0] == 0
    assert kiosk("extend", search["session"])[0] == 1
    assert kiosk("--terminal", "t7", "call-staff")[0] == 0
    assert kiosk("answer-calls")[1][0]["terminals"] == ["t7"]


def test_words_of_staff_are_stored_without_control_characters(kiosk: Kiosk) -> None:
    kiosk("check-in", SF, "--shelve")
    kiosk("hold", SF, "--reason", "we\x1b[31mt\x9b\u202e box")
    assert kiosk("parcel", SF)[1][0]["held_for"] == "we[31mt box"


def test_a_manifest_of_which_nothing_is_taken_is_refused(kiosk: Kiosk, tmp_path: Path) -> None:
    manifest = tmp_path / "notes.csv"
    manifest.write_bytes(b"a,b\n1,2\n")
    code, (answer,), _ = kiosk("announce", str(manifest))
    assert (code, answer["ok"], answer["accepted"]) == (1, False, 0)


def test_a_defect_of_ours_is_one_sentence_too(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.jobs.records.look_up.list_slots", lambda station: 1 // 0)
    code, (answer,), err = kiosk("slots")
    assert (code, answer["problem"]) == (3, "defect")
    assert "Traceback" not in err


def test_a_new_key_is_not_made_for_old_events(kiosk: Kiosk, home: StationHome) -> None:
    home.key.unlink()
    assert kiosk("init")[1][0]["problem"] == "bad_key"


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda home: home.settings.unlink(), "no_settings"),
        (lambda home: home.settings.write_text("[station\n"), "bad_settings"),
        (lambda home: home.settings.write_text("[station]\n"), "bad_settings"),
        (lambda home: home.settings.write_bytes(b"\xff\xfe"), "bad_settings"),
        (lambda home: home.database.unlink(), "no_database"),
        (lambda home: home.database.write_bytes(b"x" * 5000), "broken_database"),
        (lambda home: home.database.write_bytes(b""), "broken_database"),
        (lambda home: home.settings.write_text("a = " + "[" * 100_000), "bad_settings"),
        (lambda home: home.key.unlink(), "bad_key"),
    ],
)
def test_what_is_broken_is_said_in_one_sentence_with_exit_3(
    kiosk: Kiosk, home: StationHome, spoil: Callable[[StationHome], object], problem: str
) -> None:
    spoil(home)
    code, (answer,), err = kiosk("slots")
    assert (code, answer["ok"], answer["problem"]) == (3, False, problem)
    assert "\n" not in answer["message"] and "Traceback" not in err


def test_a_home_that_cannot_be_made(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SystemExit) as ended:
        main(["--home", str(tmp_path / "file" / "home"), "init", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert (ended.value.code, answer["problem"]) == (3, "unwritable_home")


def test_init_makes_a_station_and_changes_nothing_the_second_time(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    folder.chmod(0o777)
    for added, narrowed in ((60, [{"path": str(folder), "mode": "750"}]), (0, [])):
        with pytest.raises(SystemExit):
            main(["--home", str(folder), "init", "--sample", "--json"])
        told = json.loads(capsys.readouterr().out)
        assert (told["sample_parcels"], told["narrowed"], told["too_wide"]) == (added, narrowed, [])
    with pytest.raises(SystemExit):
        main(["--home", str(folder), "slots", "--json"])
    held = [json.loads(line)["held"] for line in capsys.readouterr().out.splitlines()]
    assert sum(held) == 60
    shutil.rmtree(StationHome(folder).runtime())


@pytest.mark.parametrize(
    ("typed", "near"), [("dmo", "kiosk demo"), ("pikup", "kiosk pick-up"), ("batsh", "kiosk batch")]
)
def test_what_is_nearly_a_command_is_asked_about(capsys: pytest.CaptureFixture[str], typed: str, near: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main([typed])
    assert ended.value.code == 2 and f"Did you mean: {near}?" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["zzzzzz"])
    assert "Did you mean" not in capsys.readouterr().err


@pytest.mark.parametrize("locale", ["C.UTF-8", "zh_CN.UTF-8"])
def test_help_is_grouped_by_who_uses_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    groups = ["Customers:", "Staff:", "Installers and engineers:"] if locale.startswith("C") else ["顾客:", "店员:"]
    positions = [out.index(group) for group in groups]
    assert positions == sorted(positions)


def test_a_persons_file_tells_times_to_the_second(
    kiosk: Kiosk, home: StationHome, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kiosk("check-in", "SF1000000000001", "--phone", "13800001234")[0] == 0
    with pytest.raises(SystemExit):
        main(["--home", str(home.folder), "person", "export", "--phone", "13800001234"])
    told = capsys.readouterr().out
    assert re.search(r"SF1000000000001 .* \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$", told.strip()), told
