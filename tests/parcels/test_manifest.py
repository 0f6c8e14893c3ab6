import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.parcels.consents import Consent
from kiosk.parcels.manifest import Announced, read_manifest
from kiosk.parcels.rejected_lines import Reason, RejectedLine
from kiosk.parcels.slots import Size

HEADER = "运单号,快递公司,手机号,尺寸,同意\n"
GOOD = "SF1000000000001,顺丰,13800000001,L,是\n"


def announced(data: bytes) -> list[Announced]:
    return [line for line in read_manifest(data) if isinstance(line, Announced)]


def rejected(data: bytes) -> list[RejectedLine]:
    return [line for line in read_manifest(data) if isinstance(line, RejectedLine)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_usual_encoding(encoding: str, newline: str) -> None:
    (line,) = announced((HEADER + GOOD).replace("\n", newline).encode(encoding))
    assert (line.line, line.waybill.number, line.courier) == (2, "SF1000000000001", "SF")
    assert (line.size, line.consent) == (Size.L, Consent.GIVEN)
    assert line.phone is not None and line.phone.tail == "0001"


def test_columns_in_any_order_and_english_names_and_unknown_columns_are_skipped() -> None:
    (line,) = announced(b"name;Tracking Number;weight\nZhang San;YT1234567890123;1.2\n")
    assert line.waybill.number == "YT1234567890123"
    assert "Zhang" not in repr(line)


@pytest.mark.parametrize("name", ["运单号（必填）", "*运单号", "物流单号", "面单号", "快递单号/运单号", "Tracking #",
    "Waybill No.", "AWB", "【必填】运单号码", "Tracking_Number *"])  # fmt: skip
def test_the_column_is_known_by_the_names_that_systems_give_it(name: str) -> None:
    (line,) = announced(f"{name},收件人手机号\nSF1000000000001,13800000001\n".encode())
    assert line.phone is not None and line.phone.tail == "0001"


def test_of_two_columns_that_say_the_same_the_first_that_says_it() -> None:
    (line,) = announced("手机,运单号,电话\n13800000001,SF1000000000001,\n".encode())
    assert line.phone is not None and line.phone.tail == "0001"


@pytest.mark.parametrize("cell", ["无", "-", "N/A", "NULL", "0571-88888888", "(021)62251234", "02162251234转12"])
def test_no_phone_or_a_landline_keeps_no_parcel_away(cell: str) -> None:
    (line,) = announced(f"运单号,手机号,代收货款\nSF1000000000001,{cell},-\n".encode())
    assert (line.phone, line.cod_fen) == (None, 0)


@pytest.mark.parametrize(("name", "courier"), [("顺丰快递", "SF"), ("圆通速递有限公司", "YTO"), ("极兔快递", "J&T"),
    ("邮政快递包裹", "EMS"), ("德邦物流", "Deppon"), ("中通快递股份有限公司", "ZTO")])  # fmt: skip
def test_a_courier_by_its_long_names(name: str, courier: str) -> None:
    assert announced(f"运单号,快递公司\nSF1000000000001,{name}\n".encode())[0].courier == courier


def test_two_numbers_in_one_cell_are_no_parcel() -> None:
    (line,) = rejected("运单号\nSF1000000000005 SF1000000000006\n".encode())
    assert line.reason is Reason.NOT_A_WAYBILL


def test_a_bad_line_is_named_and_the_good_ones_go_in() -> None:
    text = HEADER + GOOD
    text += "13800000002,顺丰,,,\n"  # a phone where the waybill belongs
    text += "SF1000000000003,nobody,,,\n"
    text += "SF1000000000004,顺丰,12,,\n"
    text += "SF1000000000005,顺丰,,HUGE,\n"
    text += "SF1000000000006,顺丰\n"
    text += "\n"
    text += "SF1000000000007,顺丰,,,maybe\n"
    text += "4-6-7602,顺丰,,,\n"
    text += ",顺丰,,,\n"
    text += GOOD
    text += "SF1000000000013,顺丰,,,\n"
    data = text.encode()
    assert [line.line for line in announced(data)] == [2, 13]
    assert rejected(data) == [
        RejectedLine(3, "运单号", Reason.PHONE_NOT_WAYBILL),
        RejectedLine(4, "快递公司", Reason.UNKNOWN_COURIER),
        RejectedLine(5, "手机号", Reason.BAD_PHONE),
        RejectedLine(6, "尺寸", Reason.BAD_SIZE),
        RejectedLine(7, "3", Reason.WRONG_COLUMN_COUNT),
        RejectedLine(9, "同意", Reason.BAD_CONSENT),
        RejectedLine(10, "运单号", Reason.CODE_NOT_WAYBILL),
        RejectedLine(11, "运单号", Reason.EMPTY),
        RejectedLine(12, "运单号", Reason.REPEATED_LINE),
    ]


def test_a_stray_quote_does_not_swallow_the_lines_after_it() -> None:
    data = b'waybill,note\nSF1000000000001,"12 inch\nSF1000000000002,ok\nSF1000000000003,"\nSF1000000000004,ok\n'
    assert {line.waybill.number for line in announced(data)} >= {"SF1000000000002", "SF1000000000004"}


def test_a_quoted_cell_may_hold_a_line_break() -> None:
    data = b'waybill,address\nSF1000000000001,"Room 1\nLilac Lane"\nSF1000000000002,x\n'
    assert [line.line for line in announced(data)] == [2, 4]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.NO_WAYBILL_COLUMN),
        (b"a,b\n1,2\n", Reason.NO_WAYBILL_COLUMN),
        (b"\xff\xfe\x00\x01", Reason.UNREADABLE_TEXT),
        (b"waybill\nSF\x00123", Reason.UNREADABLE_TEXT),
    ],
)
def test_a_file_that_is_no_manifest(data: bytes, reason: Reason) -> None:
    (line,) = rejected(data)
    assert (line.line, line.reason) == (1, reason)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_raising(data: bytes) -> None:
    list(read_manifest(data))
    list(read_manifest(b"waybill,phone\n" + data))
