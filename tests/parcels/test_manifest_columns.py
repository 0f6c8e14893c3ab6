"""Headers, sums and pages as couriers' systems export them: whose phone, which number, what is no parcel."""

import pytest

from kiosk.parcels.manifest import Announced, read_manifest
from kiosk.parcels.manifest_columns import columns_of
from kiosk.parcels.rejected_lines import RejectedLine

W1, W2 = "YT7000000000111", "773100000000002"


def read(text: str, encoding: str = "utf-8") -> list[Announced | RejectedLine]:
    return list(read_manifest(text.encode(encoding)))


@pytest.mark.parametrize("name", ["司机电话", "派送员电话", "驿站电话", "店铺电话", "客服电话", "小件员手机",
    "代理点电话", "快递公司电话", "Station Phone", "Courier phone", "Shop Tel", "Driver Mobile"])  # fmt: skip
def test_a_phone_of_anybody_but_the_consignee_is_nobodys(name: str) -> None:
    assert columns_of(["运单号", name])[1] != "phone"
    (line,) = read(f"单号,{name},收货人手机\n{W1},13900000001,13800000002\n")
    assert isinstance(line, Announced)
    assert line.phone is not None and line.phone.tail == "0002"


@pytest.mark.parametrize(("name", "cell"), [("驿站名称", "幸福里驿站"), ("驿站编码", "A001"),
    ("入站时间", "2026-12-01"), ("驿站地址", "代收点 3 号"),
    ("上门时间", "9:00"), ("Consent date", "2026-12-01")])  # fmt: skip
def test_what_a_place_is_called_is_nobodys_consent(name: str, cell: str) -> None:
    (line,) = read(f"运单号,{name}\n{W1},{cell}\n")
    assert isinstance(line, Announced)
    assert (line.consent, line.unread) == (None, ())


@pytest.mark.parametrize("name", ["客户单号", "交接单号", "批次单号", "商品条码", "平台单号", "出库单号"])
def test_a_number_of_other_papers_is_no_waybill(name: str) -> None:
    assert columns_of([name, "快件号"]) == ["", "waybill"]
    assert columns_of([name, "扫描单号"]) == ["", "waybill"]
    assert columns_of([name]) == [""]


@pytest.mark.parametrize("name", ["AWB/Tracking Number", "HAWB", "Express No", "Package ID", "Consignment Note",
    "包裹号", "母单号", "票号", "快件"])  # fmt: skip
def test_more_names_of_the_waybill(name: str) -> None:
    assert columns_of([name, "Phone1"]) == ["waybill", "phone"]


@pytest.mark.parametrize("below", ["共120票", "以上共 120 件,", "本页小计,3", "合  计,3", "【合计】3", "件数：3",
    "Count,3",    "快递员签字：",
    "交接人：张三", "交接时间,2026-11-30 10:00", "日期：2026-12-01", "———————", "驿站签收：", "End of report",
    "数据来源：圆通", "操作员,张", "运单号 ,手机", "运单号,手机,,"])  # fmt: skip
def test_a_sum_a_signature_and_a_header_again_are_no_parcels(below: str) -> None:
    lines = read(f"运单号,手机\n{W1},13800001111\n{below}\n{W2},13800002222\n")
    assert [line.waybill.number for line in lines if isinstance(line, Announced)] == [W1, W2]
    assert len(lines) == 2


def test_a_line_that_is_broken_is_told_all_the_same() -> None:
    assert [type(line) for line in read(f"运单号,手机\n{W1},\n7731,13800001111\nabc,\n")] == [
        Announced, RejectedLine, RejectedLine,
    ]  # fmt: skip


@pytest.mark.parametrize(("cell", "piece", "pieces"), [("1件", 1, 1), ("2个", 1, 2), ("2/3", 2, 3), ("1 / 2", 1, 2)])
def test_pieces_as_people_write_them(cell: str, piece: int, pieces: int) -> None:
    (line,) = read(f"运单号,件数\n{W1},{cell}\n")
    assert isinstance(line, Announced)
    assert (line.waybill.piece, line.waybill.pieces) == (piece, pieces)


PAGE = f"""<html><head><meta charset="gb2312"><style>td {{x: y}}</style><body><table>
<tr><td colspan=3>圆通 派件清单</td></tr><tr><th>序号</th><th>运单号</th><th>手机</th></tr>
<tr><td>1</td><td style="a:'@'">{W1}&nbsp;</td><td>138****1111</td></tr>
<tr><td>2<td>{W2}<td>13800002222<tr><td>合计</td><td>2</td><td></td></tr></table></html>"""
XML = f"""<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:office">
<Worksheet ss:Name="1"><Table><Row><Cell><Data ss:Type="String">运单号</Data></Cell>
<Cell ss:Index="3"><Data>手机</Data></Cell></Row>
<Row><Cell><Data>{W1}</Data></Cell><Cell ss:Index="3"><Data>13800001111</Data></Cell></Row>
<Row><Cell><Data>{W2}</Data></Cell><Cell ss:Index="3"><Data>13800002222</Data></Cell></Row></Table></Worksheet>
</Workbook>"""


@pytest.mark.parametrize(("text", "encoding"), [(PAGE, "gb18030"), (PAGE, "utf-8-sig"), (XML, "utf-8")])
def test_a_page_under_the_name_of_a_workbook(text: str, encoding: str) -> None:
    lines = read(text, encoding)
    told = [(one.waybill.number, one.phone.tail) for one in lines if isinstance(one, Announced) and one.phone]
    assert (told, len(lines)) == ([(W1, "1111"), (W2, "2222")], 2)
