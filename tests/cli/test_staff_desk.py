"""Every word of the desk is a command, with the same answers for programs."""

import csv
from pathlib import Path

import click
import pytest

from kiosk.cli import kiosk as kiosk_group
from kiosk.cli.staff import staff
from kiosk.counter.words import DESK_WORDS
from kiosk.home import StationHome
from tests.cli.conftest import Kiosk

SF, YTO = "SF1000000000001", "YT1000000000001"


def test_a_batch_and_its_slip(kiosk: Kiosk, tmp_path: Path) -> None:
    _, (batch,), _ = kiosk("batch", "SF", "2")
    assert (batch["sheet"], batch["kind"], batch["party"], batch["expected"]) == (1, "batch", "SF", 2)
    _, (parcel,), _ = kiosk("check-in", SF, "--batch", "1", "--cod", "12.50", "--phone", "13800001234")
    assert (parcel["courier"], parcel["due_fen"]) == ("SF", 1250)
    code, (refused,), _ = kiosk("done", "1")
    assert (code, refused["problem"]) == (1, "counts_differ")
    code, (closed,), _ = kiosk("done", "1", "one", "missing")
    assert (code, closed["scanned"], closed["note"]) == (0, 1, "one missing")
    assert kiosk("done", "1")[1][0]["problem"] == "sheet_closed"
    assert kiosk("done", "77")[1][0]["problem"] == kiosk("sheet", "x")[1][0]["problem"] == "no_such_sheet"
    _, (slip,), _ = kiosk("slip", "1", "--out", str(tmp_path / "slip.txt"))
    text = (tmp_path / "slip.txt").read_text()
    assert slip["text"] == text and "Difference: -1" in text and SF in text
    assert "1380000" not in text


def test_counter_and_undo(kiosk: Kiosk) -> None:
    kiosk("check-in", SF, "--shelve", "--freight-collect", "8")
    code, (refused,), _ = kiosk("check-out", SF, "--at-counter")
    assert (code, refused["problem"], refused["due_fen"]) == (1, "amount_due", 800)
    assert kiosk("pay", SF)[1][0]["fen"] == 800
    assert kiosk("check-out", SF, "--at-counter", "--proxy", "wife")[0] == 0
    _, (again,), _ = kiosk("check-out", SF, "--at-counter")
    assert (again["problem"], again["who"]) == ("already_collected", "staff@cli")
    _, (undone,), _ = kiosk("undo", "wrong", "person")
    assert (undone["event"], undone["state"]) == ("check_out", "SHELVED")
    assert kiosk("verify")[1][0]["violations"] == []


def test_a_count_by_commands(kiosk: Kiosk) -> None:
    _, (parcel,), _ = kiosk("check-in", SF, "--shelve")
    level = parcel["slot"].rpartition("-")[0]
    _, (count,), _ = kiosk("count", level)
    _, counted, _ = kiosk("write", str(count["sheet"]), SF, YTO)
    assert [one["result"] for one in counted] == ["right", "unexpected"]
    _, (ended,), _ = kiosk("done", str(count["sheet"]))
    assert (ended["missing"], ended["unexpected"]) == ([], [YTO])


def test_roles_on_the_command_line(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_PIN", "271828")
    assert kiosk("staff", "add", "7", "Wang", "--role", "manager")[0] == 0
    assert kiosk("staff", "add", "8", "Li")[0] == 0
    kiosk("check-in", SF, "--shelve", "--cod", "5")
    code, (refused,), _ = kiosk("--staff", "8", "waive", SF, "friend")
    assert (code, refused["problem"]) == (1, "not_allowed")
    assert kiosk("--staff", "7", "waive", SF, "agreed")[0] == 0
    assert kiosk("--staff", "9", "pay", SF)[1][0]["problem"] == "no_such_staff"
    assert [one["number"] for one in kiosk("staff", "list")[1]] == ["7", "8"]
    assert kiosk("staff", "change", "8", "--name", "Li Na")[1][0]["name"] == "Li Na"
    assert kiosk("staff", "change", "8", "--name", " ")[0] == 2
    assert kiosk("staff", "badge", "8")[1][0]["text"].startswith("PKB1:")
    assert [event["who"] for event in kiosk("events", "--last", "3")[1]] == ["staff", "staff", "staff"]


def test_the_report_for_a_spreadsheet(kiosk: Kiosk, tmp_path: Path) -> None:
    kiosk("check-in", SF, "--shelve")
    file = tmp_path / "day.csv"
    _, (told,), _ = kiosk("report", "--csv", str(file), "--bom")
    assert told["counts"]["checked_in"] == 1 and told["couriers"]["SF"]["in_custody"] == 1
    assert file.read_bytes().startswith(b"\xef\xbb\xbfday,figure,of,count\r\n")
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    assert {"day": told["day"], "figure": "checked_in", "of": "SF", "count": "1"} in rows
    assert kiosk("report", "2001-01-01")[1][0]["in_custody"] is None
    assert kiosk("report", "9999-12-31")[1][0]["problem"] == "bad_date"
    assert kiosk("report", "someday")[0] == 2


def test_a_transfer_leaves_as_a_file_and_arrives(kiosk: Kiosk, home: StationHome, tmp_path: Path) -> None:
    text = home.settings.read_text("utf-8").replace("partners = []", 'partners = ["Village shop"]')
    home.settings.write_text(text, "utf-8")
    kiosk("check-in", SF, "--shelve", "--phone", "13800001234")
    _, (sheet,), _ = kiosk("transfer", "village", "shop")
    kiosk("write", str(sheet["sheet"]), SF)
    assert kiosk("done", str(sheet["sheet"]))[1][0]["left"] == 1
    file = tmp_path / "manifest.csv"
    assert kiosk("slip", str(sheet["sheet"]), "--csv", "--out", str(file))[0] == 0
    assert kiosk("slip", str(sheet["sheet"]), "--qr")[1][0]["text"].startswith("PKM1:S001:1:1/1:1234:SF=")
    answer = kiosk("announce", str(file))[1][0]
    assert [answer[name] for name in ("ok", "accepted", "changed", "unchanged", "rejected")] == [True, 0, 0, 1, []]


def test_every_word_is_a_command_with_help(kiosk: Kiosk) -> None:
    context = click.Context(kiosk_group)
    listed = kiosk_group.list_commands(context)
    elsewhere = {"out", "in", "move", "return"}  # check-out --at-counter, check-in, put-away, start-return
    elsewhere |= {"mode", "quit"}  # of a screen
    assert set(DESK_WORDS) - elsewhere <= set(listed)
    for name in set(DESK_WORDS) - elsewhere:
        command = kiosk_group.get_command(context, name)
        assert command is not None and "--json" in command.get_help(click.Context(command))
    assert kiosk("nonsense")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("pay", SF), "no_such_waybill"),
        (("look", "77-1"), "no_such_place"),
        (("find", "1234"), "nobody_fits"),
        (("find", "SF"), "bad_phone"),
        (("all", "1234"), "nobody_fits"),
        (("returns", "nobody"), "unknown_courier"),
        (("transfer", "nowhere"), "no_such_partner"),
        (("history", "9-9-9999"), "no_such_code"),
        (("write", "9", SF), "no_such_sheet"),
        (("undo",), "nothing_to_undo"),
        (("close", "3-2-1", "x" * 5000), None),
    ],
)
def test_refusals_of_the_desk(kiosk: Kiosk, arguments: tuple[str, ...], problem: str | None) -> None:
    code, (answer, *_), _ = kiosk(*arguments)
    assert (code, answer.get("problem")) == (1 if problem else 0, problem)


def test_a_new_pin_is_asked_for_with_its_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(question: str, *, twice: bool) -> str:
        asked.append(question)
        return "271828" if twice else ""

    monkeypatch.setattr("kiosk.cli.staff.asked_in_secret", ask)
    pin = next(param for param in staff.commands["add"].params if param.name == "pin")
    assert callable(pin.default)
    assert pin.default() == "271828"
    assert "6 to 12 digits: no row, no repeats, no date" in asked[0]
