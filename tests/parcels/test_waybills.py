import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.parcels.couriers import all_forms, couriers, forms_of, read_courier
from kiosk.parcels.problems import Problem
from kiosk.parcels.waybills import Waybill, candidates, read_waybill

VECTORS = json.loads((Path(__file__).parent.parent / "vectors/waybills.json").read_text())["vectors"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['format']} {v['number'].strip()} {v['expect']}")
def test_published_examples(vector: dict[str, str]) -> None:
    number = "".join(vector["number"].split())
    accepting = {(form.courier, form.name) for form in forms_of(number)}
    assert ((vector["courier"], vector["format"]) in accepting) == (vector["expect"] == "valid")


@pytest.mark.parametrize(
    ("number", "courier"),
    [
        ("SF1234567890123", "SF"),
        ("SFA123456789012", "SF"),
        ("73123456789012", "ZTO"),
        ("78123456789012", "ZTO"),
        ("YT1234567890123", "YTO"),
        ("YT1234567890123456", "YunExpress"),
        ("77123456789012", "STO"),
        ("431234567890123", "STO"),
        ("312345678901234", "Yunda"),
        ("5123456789012", "Yunda"),
        ("JT1234567890123", "J&T"),
        ("JDX012345678901", "JD"),
        ("9812345678901", "EMS"),
        ("PA12345678901", "EMS"),
        ("DPK123456789012", "Deppon"),
        ("621123456789012", "Cainiao"),
    ],
)
def test_chinese_couriers(number: str, courier: str) -> None:
    assert courier in candidates(number, dict)


def test_an_ambiguous_number_follows_the_stations_history() -> None:
    number = "431234567890123"  # STO or Yunda
    assert set(candidates(number, dict)) >= {"STO", "Yunda"}
    assert candidates(number, lambda: {"Yunda": 5, "STO": 1})[0] == "Yunda"
    assert candidates(number, lambda: {"STO": 5})[0] == "STO"


def test_an_unknown_form_is_taken_and_has_no_candidates() -> None:
    assert read_waybill("ZZ99 8877X") == Waybill("ZZ998877X")
    assert candidates("ZZ998877X", dict) == ()


def test_piece_suffixes_are_stripped() -> None:
    assert read_waybill("JDX012345678901-2-3-") == Waybill("JDX012345678901", 2, 3)
    assert read_waybill("1LS7119013618127-1") == Waybill("1LS7119013618127-1")


@pytest.mark.parametrize(("text", "problem"), [("13812345678", Problem.PHONE_SCANNED), ("", Problem.EMPTY_SCAN)])
def test_what_is_no_waybill(text: str, problem: Problem) -> None:
    assert read_waybill(text) is problem


def test_couriers_have_usual_names() -> None:
    assert read_courier("中通快递") == "ZTO"
    assert read_courier(" j&t ") == "J&T"
    assert read_courier("nobody") is None
    assert len(couriers()) >= 25


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-", max_size=45))
def test_no_form_chokes_on_any_number(number: str) -> None:
    for form in all_forms():
        form.accepts(number)
