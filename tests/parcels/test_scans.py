import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.parcels.codes import PickupCode
from kiosk.parcels.meanings import CodeScan, Command, CommandScan, PhoneScan, SlotScan, Unrecognised, WaybillScan
from kiosk.parcels.problems import Problem
from kiosk.parcels.qr_texts import slot_label, station_qr
from kiosk.parcels.scans import LONGEST_SCAN, recognise
from kiosk.parcels.slots import SlotAddress
from kiosk.parcels.waybills import Waybill

CODE = PickupCode("4-6-7602")


@pytest.mark.parametrize(
    "raw",
    [
        "4-6-7602",
        "4-6-7602\r",
        "4-6-7602\r\n",
        "\x024-6-7602\x03",
        "]C14-6-7602",
        "]Q34-6-7602",
        "]d14-6-7602",
        "]d2\x1d4-6-7602\x1d\r",
        "4-6-7602\x1d",
        "\u202a4-6-7602\u202c",
    ],
)
def test_a_code_whatever_the_scanner_puts_round_it(raw: str) -> None:
    assert recognise(raw).means == CodeScan((CODE,))


def test_a_zip_before_the_number_and_the_gs_between_are_no_part_of_it() -> None:
    number = WaybillScan(Waybill("9205590164917312751089"))
    for raw in ("]C142094105\x1d9205590164917312751089\r", "420941051234\x1d9205590164917312751089"):
        assert recognise(raw).means == number


def test_the_station_qr_comes_back_as_it_was_made() -> None:
    codes = (CODE, PickupCode("2-3-0501"))
    assert recognise(station_qr("S001", codes)).means == CodeScan(codes, "S001")


def test_codes_apart_by_a_space_are_two() -> None:
    assert recognise("4-6-7602 2-3-0501").means == CodeScan((CODE, PickupCode("2-3-0501")))
    assert recognise("4 6 7602").means == CodeScan((CODE,))


def test_the_other_shapes() -> None:
    assert recognise(slot_label(SlotAddress("3", 2, 4))).means == SlotScan(SlotAddress("3", 2, 4))
    assert recognise("undo").means == CommandScan(Command.UNDO)
    assert isinstance(recognise("138 1234 5678").means, PhoneScan)
    assert isinstance(recognise("+86-138-1234-5678").means, PhoneScan)
    assert recognise("SF1234567890123").means == WaybillScan(Waybill("SF1234567890123"))
    assert recognise("JDX012345678901-2-3-").means == WaybillScan(Waybill("JDX012345678901", 2, 3))


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("", Problem.EMPTY_SCAN),
        (" \r\n", Problem.EMPTY_SCAN),
        ("7" * 10_000, Problem.TOO_LONG),
        ("4-6-\x1b[31m7602", Problem.UNREADABLE),
        ("4-6\x117602", Problem.UNREADABLE),
        ("4-6\x9b7602", Problem.UNREADABLE),
        ("[bold]4-6-7602[/bold]", Problem.UNKNOWN_FORM),
        ("[@click=app.quit]x[/]", Problem.UNKNOWN_QR),
        ("https://example.org/x", Problem.UNKNOWN_QR),
        ("WIFI:S:home;;", Problem.UNKNOWN_QR),
        ("PK1:S001:", Problem.UNKNOWN_QR),
        ("PK9:S001:4-6-7602", Problem.UNKNOWN_QR),
        ("hello", Problem.UNKNOWN_FORM),
        ("SLOT:nowhere", Problem.NO_SUCH_SLOT),
    ],
)
def test_rubbish_has_a_name(raw: str, problem: Problem) -> None:
    assert recognise(raw).means == Unrecognised(problem)


def test_a_waybill_is_expected_and_something_else_comes() -> None:
    assert recognise("4-6-7602").waybill is Problem.CODE_NOT_WAYBILL
    assert recognise("PK1:S001:4-6-7602").waybill is Problem.CODE_NOT_WAYBILL
    assert recognise("13812345678").waybill is Problem.PHONE_SCANNED
    assert recognise("SLOT:3-2-4").waybill is Problem.SLOT_LABEL_SCANNED
    assert recognise("UNDO").waybill is Problem.COMMAND_SCANNED
    assert recognise("x" * 10_000).waybill is Problem.TOO_LONG
    assert recognise("123456789").waybill == Waybill("123456789")  # odd, but never refused for its looks
    assert recognise("8613812345678").waybill == Waybill("8613812345678")  # 13 digits of EMS
    assert recognise("ABC12345").waybill == Waybill("ABC12345")


@given(st.text(max_size=LONGEST_SCAN + 20))
def test_any_text_is_told_apart_without_raising(raw: str) -> None:
    scan = recognise(raw)
    assert scan.text == raw
    assert scan.waybill and scan.misplaced and scan.means
    assert scan.slot_name is None or scan.slot_name


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_mobile_number_is_never_a_waybill(number: str) -> None:
    assert isinstance(recognise(number).means, PhoneScan)
