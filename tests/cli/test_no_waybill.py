"""What lies in front of a scanner and is no waybill: asked about on the command line, and nothing of a person kept."""

import pytest

from kiosk.home import StationHome
from tests.cli.conftest import Kiosk

ADA = "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("6901234567892", "goods_scanned"),
        ("5901234123457", "goods_scanned"),
        ("281234567890123456", "pay_code_scanned"),
        ("ZT0579123456789", "keyboard_layout"),
        ("SF1234567890123SF1234567890124", "two_numbers_scanned"),
    ],
)
def test_it_is_asked_about_and_taken_in_by_who_is_sure(kiosk: Kiosk, number: str, problem: str) -> None:
    code, (asked,), err = kiosk("check-in", number)
    assert (code, asked["problem"]) == (1, problem) and "--sure" in err
    assert kiosk("parcel", number)[1][0]["problem"] == problem
    code, (taken,), _ = kiosk("check-in", number, "--sure", "--shelve")
    assert (code, taken["waybill"]) == (0, number)
    assert kiosk("check-in", number)[1][0]["problem"] == "already_in_custody"
    assert kiosk("check-out", number, "--at-counter")[0] == 0


def test_what_the_batch_says_is_no_doubt(kiosk: Kiosk) -> None:
    assert kiosk("check-in", "5901234123457", "--courier", "Yunda")[0] == 0
    assert kiosk("check-in", "6901234567892", "--courier", "SF")[1][0]["problem"] == "goods_scanned"


def test_what_is_announced_is_no_doubt(kiosk: Kiosk, home: StationHome) -> None:
    manifest = home.folder / "manifest.csv"
    manifest.write_text("waybill\n6901234567892\n", "utf-8")
    assert kiosk("announce", str(manifest))[1][0]["accepted"] == 1
    assert kiosk("check-in", "6901234567892")[0] == 0


def test_an_identity_number_is_nowhere_kept(kiosk: Kiosk, home: StationHome) -> None:
    manifest = home.folder / "manifest.csv"
    manifest.write_text(f"waybill,phone\n{ADA},13800001234\n", "utf-8")
    kiosk("announce", str(manifest))
    manifest.unlink()
    came = kiosk("check-in", "SF1000000000001", "--shelve")[1][0]
    for words in (
        ("check-in", ADA), ("check-in", ADA, "--sure"), ("check-in", ADA, "--courier", "SF"), ("parcel", ADA),
        ("check-out", ADA), ("check-out", ADA, "--at-counter"), ("pick-up", ADA), ("put-away", ADA, "1-1-1"),
        ("check-in", "SF1000000000002", "--second-waybill", ADA),
    ):  # fmt: skip
        assert kiosk(*words)[1][0]["problem"] == "identity_scanned", words
    assert kiosk("hold", "SF1000000000001", "--reason", f"card {ADA}")[0] == 0
    assert kiosk("release", "SF1000000000001")[0] == 0
    assert kiosk("check-out", "SF1000000000001", "--at-counter", "--proxy", f"neighbour, {ADA}")[0] == 0
    assert ADA not in str(kiosk("reveal", "SF1000000000001")[1])
    assert came["code"]
    kept = b"".join(path.read_bytes() for path in home.folder.rglob("*") if path.is_file())
    assert ADA[:17].encode() not in kept
