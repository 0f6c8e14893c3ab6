import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.parcels.brands import names_like
from kiosk.parcels.consents import Consent
from kiosk.parcels.manifest import Announced, open_manifest, read_manifest
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


@pytest.mark.parametrize(
    ("cell", "tail"),
    [
        ("无", None), ("-", None), ("N/A", None), ("NULL", None), ("1380000****", None), ("13800000001转123", None),
        ("400-123-4567", None), ("隐私号", None),
        ("0571-88888888", "8888"), ("(021)62251234", "1234"), ("02162251234转12", "1234"), ("010-12345678", "5678"),
        ("138****5678", "5678"), ("138XXXX5678", "5678"), ("**5678", "5678"), ("尾号5678", "5678"), ("5678", "5678"),
        ("86-13800001234", "1234"), ("(86)13800001234", "1234"), ("8613800001234", "1234"),
        ("+86 138 0000 1234", "1234"),
        ("0086-138-0000-1234", "1234"), ("86+13800001234", "1234"), ("１３８００００１２３４", "1234"),
        ("张三13800001234", "1234"), ("13800001234（张三）", "1234"), ("13800001234/13900005555", "1234"),
        ("138.0000.1234", "1234"),
    ],
)  # fmt: skip
def test_a_phone_in_whatever_form_keeps_no_parcel_away(cell: str, tail: str | None) -> None:
    (line,) = announced(f"运单号,手机号,代收货款\nSF1000000000001,{cell},-\n".encode())
    assert (line.phone and line.phone.tail, line.cod_fen, line.unread) == (tail, 0, ())


@pytest.mark.parametrize("cell", ["12", "12345678", "+852 9123 4567", "138****", "13800"])
def test_what_is_no_phone_costs_the_phone_only_and_is_told(cell: str) -> None:
    (line,) = announced(f"运单号,手机号\nSF1000000000001,{cell}\n".encode())
    assert line.phone is None
    assert line.unread in ((), (RejectedLine(2, "手机号", Reason.BAD_PHONE),))


@pytest.mark.parametrize(("words", "size"), [("小 小件 s XS small 文件 小号", Size.S), ("中 中件 M 标准 均码", Size.M),
    ("大 大件 L 大号 大箱 large", Size.L), ("超大 特大件 XL xxl 2XL", Size.XL)])  # fmt: skip
def test_sizes_as_people_write_them(words: str, size: Size) -> None:
    for word in words.split():
        assert announced(f"运单号,规格\nSF1000000000001,{word}\n".encode())[0].size is size, word


@pytest.mark.parametrize(("words", "consent"), [
    ("仅送上门 送货上门 必须上门 上门派送 不放驿站 拒绝驿站 不同意 否 按需上门 家门口 N", Consent.DOOR_ONLY),
    ("放驿站 同意代收 可放驿站 驿站代收 到站自提 上门自提 是 √", Consent.GIVEN),
    ("未询问 未同意 待确认 未知 电联", Consent.NOT_ASKED)])  # fmt: skip
def test_consent_in_the_words_of_couriers(words: str, consent: Consent) -> None:
    for word in words.split():
        assert announced(f"运单号,投递方式\nSF1000000000001,{word}\n".encode())[0].consent is consent, word


def test_a_column_that_asks_for_the_door_is_answered_the_other_way_round() -> None:
    lines = announced("运单号,是否上门\nSF1000000000001,是\nSF1000000000002,否\n".encode())
    assert [line.consent for line in lines] == [Consent.DOOR_ONLY, Consent.NOT_ASKED]


@pytest.mark.parametrize(("name", "courier"), [("百世快递", "百世"), ("丹鸟", "丹鸟"),
    ("BrandX Express", "BrandX Express"),    ("圆通速递（杭州）", "YTO"), ("安能物流", "安能")])  # fmt: skip
def test_a_new_brand_needs_nothing(name: str, courier: str) -> None:
    (line,) = announced(f"运单号,快递公司\n1234567890123,{name}\n".encode())
    assert (line.courier, line.unread) == (courier, ())


@pytest.mark.parametrize("cell", ["13800001234", "1", "0"])
def test_what_names_no_courier_costs_the_courier_only(cell: str) -> None:
    (line,) = announced(f"运单号,快递公司\nSF1000000000001,{cell}\n".encode())
    assert (line.courier, line.unread) == (None, (RejectedLine(2, "快递公司", Reason.UNKNOWN_COURIER),))


@pytest.mark.parametrize("header", ["运单号，快递公司，手机号", "运单号，快递公司,手机号", "运单号；快递公司；手机号"])
@pytest.mark.parametrize("row", ["SF1000000000001，顺丰，13800000001", "SF1000000000001,顺丰,13800000001",
    "SF1000000000001,顺丰，13800000001"])  # fmt: skip
def test_commas_of_a_chinese_keyboard(header: str, row: str) -> None:
    (line,) = announced(f"{header}\n{row}\n".encode())
    assert (line.waybill.number, line.courier, line.phone and line.phone.tail) == ("SF1000000000001", "SF", "0001")


def test_a_comma_in_a_remark_behind_the_rest_costs_nothing_and_elsewhere_the_line() -> None:
    (line,) = announced("运单号,手机号,备注\nSF1000000000001,13800000001,轻放,易碎\n".encode())
    assert line.phone is not None and line.phone.tail == "0001"
    data = "运单号,地址,代收货款\nSF1000000000001,1,2,50\n运单号2,x\n".encode()
    assert [one.reason for one in rejected(data)] == [Reason.WRONG_COLUMN_COUNT] * 2


def test_the_senders_phone_is_not_the_consignees() -> None:
    (line,) = announced("运单号,寄件人电话,收件方电话\nSF1000000000001,13800000009,13800000001\n".encode())
    assert line.phone is not None and line.phone.tail == "0001"


def test_columns_that_are_not_used_are_named() -> None:
    manifest = open_manifest("序号,运单号,收件人,备注,\n1,SF1000000000001,张三,x,\n".encode())
    assert not isinstance(manifest, RejectedLine) and manifest.unused == ("序号", "收件人", "备注")


def test_a_sum_below_the_table_and_the_header_of_a_second_page_are_no_lines() -> None:
    data = (HEADER + GOOD + HEADER + GOOD.replace("001,", "002,") + "合计,2,,,\n合计：2件\n").encode()
    assert len(announced(data)) == 2 and rejected(data) == []


@pytest.mark.parametrize(("name", "courier"), [("顺丰快递", "SF"), ("圆通速递有限公司", "YTO"), ("极兔快递", "J&T"),
    ("邮政快递包裹", "EMS"), ("德邦物流", "Deppon"), ("中通快递股份有限公司", "ZTO")])  # fmt: skip
def test_a_courier_by_its_long_names(name: str, courier: str) -> None:
    assert announced(f"运单号,快递公司\nSF1000000000001,{name}\n".encode())[0].courier == courier


def test_two_numbers_in_one_cell_are_no_parcel() -> None:
    (line,) = rejected("运单号\nSF1000000000005 SF1000000000006\n".encode())
    assert line.reason is Reason.NOT_A_WAYBILL


def test_a_bad_line_is_named_and_a_bad_cell_costs_itself_alone() -> None:
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
    assert [line.line for line in announced(data)] == [2, 4, 5, 6, 9, 13]
    assert [unread for line in announced(data) for unread in line.unread] == [
        RejectedLine(5, "手机号", Reason.BAD_PHONE),
        RejectedLine(6, "尺寸", Reason.BAD_SIZE),
        RejectedLine(9, "同意", Reason.BAD_CONSENT),
    ]
    assert rejected(data) == [
        RejectedLine(3, "运单号", Reason.PHONE_NOT_WAYBILL),
        RejectedLine(7, "3", Reason.WRONG_COLUMN_COUNT),
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


@pytest.mark.parametrize(
    ("typed", "meant"), [("圆同", "YTO"), ("元通", "YTO"), ("顺风", "SF"), ("韵大", "Yunda"), ("中同快递", "ZTO")]
)
def test_a_courier_of_the_same_sound_is_asked_about(typed: str, meant: str) -> None:
    assert names_like(typed) == [meant]
    assert "YTO" not in names_like("同城")
