"""What lies in front of a scanner and is no waybill."""

from string import ascii_uppercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.parcels.check_digits import always
from kiosk.parcels.couriers import WaybillForm, all_forms, forms_of
from kiosk.parcels.doubts import doubt
from kiosk.parcels.identity_cards import holds_identity, without_identities
from kiosk.parcels.layouts import is_typed_otherwise
from kiosk.parcels.meanings import Unrecognised
from kiosk.parcels.problems import Problem
from kiosk.parcels.scans import recognise
from kiosk.parcels.waybills import Waybill, candidates

ADA = "11010519491231002X"


def problem_of(number: str, courier: str | None = None) -> Problem | None:
    found = doubt(number, courier)
    return found.problem if found else None


@pytest.mark.parametrize("number", ["6901234567892", "4006381333931", "5901234123457", "9780201379624", "0012345678905",
    "4901234567894", "8801234567893", "3017620422003", "9787111213826", "036000291452", "978711121382652123",
    "977123456700301", "16901234567899",
    "0106901234567892", "010690123456789217261231", "01069012345678921726123110AB12",
    "69012341", "54490734", "80177173"])  # fmt: skip
def test_the_barcode_of_a_box_is_asked_about(number: str) -> None:
    assert problem_of(number) is Problem.GOODS_SCANNED
    assert isinstance(recognise(number).waybill, Waybill)


@pytest.mark.parametrize("number", ["9812345678901", "5123456789012", "8613812345678", "1019876543210", "9900000000003",
    "790535312317", "287809468872", "73123456789012", "77123456789012", "ABC12345", "76543210"])  # fmt: skip
def test_a_couriers_number_is_not(number: str) -> None:
    assert doubt(number) is None


def test_goods_are_asked_about_in_the_batch_of_a_courier_with_such_numbers() -> None:
    assert problem_of("9787111213826", "EMS") is Problem.GOODS_SCANNED
    assert problem_of("9787111213820", "EMS") is None  # no check digit of goods: it is the courier's
    assert problem_of("6901234567890") is Problem.GOODS_SCANNED  # typed with a slip: no courier's begin so


def test_whose_it_is_said_to_be_settles_it() -> None:
    assert problem_of("5901234123457", "Yunda") is None
    assert problem_of("5901234123457", "SF") is Problem.GOODS_SCANNED


@pytest.mark.parametrize("number", ["281234567890123456", "134567890123456789", "101234567890123456",
    "301234567890123456", "6212345678901234567", "251234567890123456", "28123456789012345678",
    "2812345678901234"])  # fmt: skip
def test_a_payment_code_is_asked_about(number: str) -> None:
    assert problem_of(number) is Problem.PAY_CODE_SCANNED


@pytest.mark.parametrize("number", ["SF1234567890123SF1234567890124", "YT1234567890123JT1234567890123",
    "7312345678901273123456789013", "431234567890123431234567890124"])  # fmt: skip
def test_two_scans_that_came_as_one_are_asked_about(number: str) -> None:
    assert problem_of(number) is Problem.TWO_NUMBERS_SCANNED


@pytest.mark.parametrize("number", ["DAQD12345678", "DBB06061986", "DAQ123456789", "DCFNONE1234", "ANSI636014040002DL"])
def test_a_piece_of_a_driving_licence_is_no_waybill(number: str) -> None:
    assert problem_of(number) is Problem.IDENTITY_SCANNED
    assert problem_of("DPK123456789012") is None


def test_an_sscc_has_a_check_digit_that_payment_codes_have_not() -> None:
    assert doubt("106141411234567897") is None and problem_of("106141411234567898") is Problem.PAY_CODE_SCANNED


@pytest.mark.parametrize("text", [ADA, ADA.lower(), "440524188001010014", "110105 19491231 002X", f"]C0{ADA}\r",
    "RSSMRA85T10A562S", f"ID{ADA}", f"*{ADA}*", f"身份证{ADA}", "１１０１０５１９４９１２３１００２Ｘ"])  # fmt: skip
def test_an_identity_number_is_no_scan_that_anything_is_done_with(text: str) -> None:
    assert recognise(text).means == Unrecognised(Problem.IDENTITY_SCANNED)
    assert recognise(text).waybill is Problem.IDENTITY_SCANNED


def test_in_somebodys_words_it_is_masked() -> None:
    assert without_identities(f"neighbour, card {ADA}.") == f"neighbour, card {'*' * 18}."
    assert without_identities("card 110105 19491231 002x") == f"card {'*' * 18}"
    assert without_identities("order 110105194912310021") == "order 110105194912310021"
    assert not holds_identity("310105194912310021")


@pytest.mark.parametrize("text", ["JDVA12345678901ß1ß1ß", "4ß6ß7602", "PK1ÖS001Ö4ß6ß7602", "SLOTÖ3ß2ß4", "ß4-6-7602",
    "SF&é\"'(-è_çà&é\"", "')-)èàé", "&)\"')-&(\"'", "SF1234567890123é", "НЕ1234567890123", "Σφ1234567890123",
    "+C1SF1234567890123", "JDVA12345678901'1'1'", "JDVA12345678901+1+1+", "4'6'7602", "4+6+7602", "4?6?7602",
    "4)6)7602", "4=6=7602", "JDVA12345678901/1/1/", "JDVA12345678901*1*1*", "PK1+S001+4-6-7602",
    "SLOTÑ3-2-4", "SLOT;3-2-4", "$A&SF&é\"'(-è_çà&"])  # fmt: skip
def test_another_keyboard_layout_is_called_so(text: str) -> None:
    assert recognise(text).means == Unrecognised(Problem.KEYBOARD_LAYOUT)
    assert recognise(text).waybill is Problem.KEYBOARD_LAYOUT


@pytest.mark.parametrize(("number", "meant"), [("ZT0579123456789", "YT0579123456789"), ("1Y879E930346834440",
    "1Z879E930346834440"), ("QJDX" + "0" * 11, None), ("TBQ000000000000", "TBA000000000000")])  # fmt: skip
def test_letters_that_changed_places_are_asked_about(number: str, meant: str | None) -> None:
    found = doubt(number)
    assert (found.problem, meant in found.detail) == (Problem.KEYBOARD_LAYOUT, True) if found and meant else not meant


@pytest.mark.parametrize("text", ["4—6—7602", "４－６－７６０２", "4·6·7602", "取件码：4-6-7602", "4*6*7602",
    "Bonjour, votre code est 4-6-7602, à bientôt", "Müller", "№ 4-6-7602", "PK1:S001:4-6-7602+2-3-0501", "+86138 0000",
    "138****0001", "SLOT：3-2-4", "wang@example.org"])  # fmt: skip
def test_what_people_type_and_send_is_no_layout(text: str) -> None:
    assert not is_typed_otherwise(text)


@given(st.sampled_from([form for form in all_forms() if form.check is always]), st.data())
def test_no_number_of_a_form_is_taken_for_another_layouts(form: WaybillForm, data: st.DataObject) -> None:
    number = data.draw(st.from_regex(form.pattern.pattern, fullmatch=True, alphabet=ascii_uppercase + digits + "-"))
    assert not is_typed_otherwise(number)
    assert problem_of(number) is not Problem.KEYBOARD_LAYOUT


@pytest.mark.parametrize("text", ["[)>\x1e01\x1d96094105\x1d840\x1d001\x1d1Z12345675\x1e\x04", "[)>0196094105840",
    "]U2[)>\x1e01\x1d96", "[)>{RS}01{GS}96"])  # fmt: skip
def test_a_maxicode_is_a_square_code_that_is_not_ours(text: str) -> None:
    assert recognise(text).means == Unrecognised(Problem.UNKNOWN_QR)


@given(st.text(ascii_uppercase + digits + "-", min_size=5, max_size=40), st.sampled_from([None, "SF", "DPD"]))
def test_any_number_is_in_doubt_or_not(number: str, courier: str | None) -> None:
    found = doubt(number, courier)
    assert found is None or found.problem


def test_whose_a_number_is_on_a_fresh_station() -> None:
    assert candidates("00340434161094042557", dict) == ("DHL",)
    assert candidates("106141411234567897", dict) == ()
    assert candidates("431234567890123", dict)[0] == "Yunda"
    assert {form.courier for form in forms_of("00106141411234567897")} == set()


def test_a_piece_stands_behind_old_numbers_too() -> None:
    assert recognise("12345678901-1-2-").waybill == Waybill("12345678901", 1, 2)
    assert recognise("13812345678-1-1-").waybill is Problem.PHONE_SCANNED
