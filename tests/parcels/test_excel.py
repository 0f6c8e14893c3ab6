"""Manifests as Excel makes them: what is certain is read, what has lost digits is refused where it stands."""

import io
import sys
import zipfile
from collections.abc import Iterable
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.faults import Fault, StationFault
from kiosk.parcels.excel_cells import as_meant
from kiosk.parcels.manifest import Announced, read_manifest
from kiosk.parcels.rejected_lines import Reason, RejectedLine

ZTO, STO = "773100000000001", "77123456789012345"
HEADER: list[object] = ["运单号", "快递公司", "收件人", "手机号", "代收货款"]


def read(data: bytes) -> tuple[list[Announced], list[tuple[int, str, Reason]]]:
    lines = list(read_manifest(data))
    rejected = [(one.line, one.column, one.reason) for one in lines if isinstance(one, RejectedLine)]
    return [one for one in lines if isinstance(one, Announced)], rejected


def workbook(*sheets: Iterable[Iterable[object]], hidden: Iterable[Iterable[object]] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for rows in (*sheets, hidden):
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    book.worksheets[-1].sheet_state = "hidden"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize(
    "cell",
    [
        f'"=""{ZTO}"""', f'="{ZTO}"', f"'{ZTO}", f"’{ZTO}", f"={ZTO}", f"{ZTO}.0", f"{ZTO}.00", f"\t{ZTO}\t",
        '"773,100,000,000,001"', '"773,100,000,000,001.00"', "7.73100000000001E+14", "7.73100000000001e14",
        f"\u202d{ZTO}\u202c", f"\u200b{ZTO}", f"'{ZTO}'", f'"""{ZTO}"""', f"\xa0{ZTO} ", f'" {ZTO}"',
    ],
)  # fmt: skip
def test_a_number_that_excel_has_dressed_up_is_the_number(cell: str) -> None:
    (line,), rejected = read(f"运单号,手机号\n{cell},13800000001\n".encode())
    assert line.waybill.number == ZTO and rejected == []


@pytest.mark.parametrize(
    "cell",
    [
        "773000000000000",
        "78123500000000",
        "7.73E+14",
        "7.731E+14",
        "7.73E14",
        '"7,73E+14"',
        "7E+14",
        "7.731000000000012E+15",
        "-7.73E+14",
    ],
)
def test_a_number_that_has_lost_digits_is_refused_where_it_stands(cell: str) -> None:
    good, rejected = read(f"name,waybill\nLi,SF1000000000001\nWang,{cell}\n".encode())
    assert len(good) == 1 and rejected == [(3, "waybill", Reason.SHORTENED)]


def test_phones_and_amounts_as_excel_writes_them() -> None:
    lines = '13800000001.0,"1,250.50"\n="13800000001",12.0\n1.3800000001E+10,12.5\n1.38E+10,12\n138****0001,="8"\n'
    data = "waybill,phone,cod\n" + "".join(f"SF100000000000{n},{line}\n" for n, line in enumerate(lines.splitlines()))
    good, rejected = read(data.encode())
    assert rejected == []
    assert [line.phone and line.phone.tail for line in good] == ["0001", "0001", "0001", None, "0001"]
    assert [line.unread for line in good if line.unread] == [(RejectedLine(5, "phone", Reason.SHORTENED),)]
    assert [line.cod_fen for line in good] == [125050, 1200, 1250, 1200, 800]


def test_long_numbers_that_all_end_in_zeros_were_cut_by_excel_and_one_alone_was_not() -> None:
    _, rejected = read(b"waybill\n77123456789012300\n77123456789022200\nSF1000000000001\n")
    assert rejected == [(2, "waybill", Reason.SHORTENED), (3, "waybill", Reason.SHORTENED)]
    good, rejected = read(b"waybill\n77123456789012300\n77123456789022201\n7712345678902220\n")
    assert len(good) == 3 and rejected == []
    assert len(read(b"waybill\n7712345678901230\n")[0]) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_every_way_in_which_excel_saves_text(encoding: str, newline: str) -> None:
    text = newline.join(["运单号\t快递公司\t手机号", f"{ZTO}\t中通\t13800000001", ""])
    (line,), rejected = read(text.encode(encoding))
    assert (line.line, line.waybill.number, line.courier, rejected) == (2, ZTO, "ZTO", [])


@pytest.mark.parametrize(
    "before", ["sep=;\n", "交接单;;\n", "2026-11-30, 3 parcels\n\n", ";;\n;;\n", '="交接单";"";""\n']
)  # fmt: skip
def test_the_header_may_stand_below_a_title_or_a_hint(before: str) -> None:
    (line,), rejected = read((before + f'"运单号";="快递公司";备注\n{ZTO};ZTO;x\n').encode())
    assert line.line == before.count("\n") + 2 and rejected == []


def test_delimiters_after_the_last_column_are_no_cells() -> None:
    good, rejected = read(f"waybill,phone\n{ZTO},,,,\nSF1000000000001,,x,\n".encode())
    assert len(good) == 1 and rejected == [(3, "3", Reason.WRONG_COLUMN_COUNT)]


def test_a_workbook_with_text_numbers_and_a_title() -> None:
    rows: list[list[object]] = [
        ["交接单 2026-11-30"], [], HEADER,
        [int(ZTO), "中通", "张三", 13800000001, 12.5],
        ["SF1000000000001", None, "李四", "138****0002", None],
        [float(ZTO) + 1, "ZTO", datetime(2026, 11, 30, tzinfo=None), "13800000003", 0.1 + 0.2],
        [int(STO), "STO", "x", None, None],
        [7.7e19, "STO", "x", None, None],
        ["7.73E+14", "STO", "x", None, None],
        [STO, "STO"],
    ]  # fmt: skip
    good, rejected = read(workbook(rows, hidden=rows))
    assert [(one.line, one.waybill.number) for one in good] == [
        (4, ZTO), (5, "SF1000000000001"), (6, "773100000000002"), (10, STO),
    ]  # fmt: skip
    assert [one.cod_fen for one in good] == [1250, 0, 30, 0]
    assert [one.phone and one.phone.tail for one in good] == ["0001", "0002", "0003", None]
    assert rejected == [(line, "运单号", Reason.SHORTENED) for line in (7, 8, 9)]


def test_a_note_beside_the_table_a_template_of_the_next_and_a_broken_number() -> None:
    rows: list[list[object]] = [["waybill", "phone"], [ZTO, None, None, "note"], [int(ZTO) + 0.5, None], [7.731e14]]
    good, rejected = read(workbook(rows, [["waybill", "phone"]]))
    assert [one.waybill.number for one in good] == [ZTO]
    assert rejected == [(3, "waybill", Reason.NOT_A_WAYBILL), (4, "waybill", Reason.SHORTENED)]


def test_formulas_that_no_excel_has_computed_yet() -> None:
    rows: list[list[object]] = [
        ["waybill", "phone"],
        [f'="{ZTO}"', None],
        [f"={STO}", '="13800000001"'],
        ["=A2", None],
        [STO + "1", '=IF(A2="","",1)'],
    ]
    good, rejected = read(workbook(rows))
    assert [one.waybill.number for one in good] == [ZTO, STO, STO + "1"]
    assert [one.phone and one.phone.tail for one in good] == [None, "0001", None]
    assert rejected == [(4, "waybill", Reason.NOT_A_WAYBILL)]


def test_zeros_that_a_format_shows_and_a_plus_that_excel_has_dropped() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["waybill", "phone"])
    sheet.append([98765432109, 8613800000001])
    sheet["A2"].number_format = "000000000000"
    packed = io.BytesIO()
    book.save(packed)
    (line,), rejected = read(packed.getvalue())
    assert line.waybill.number == "098765432109" and rejected == []
    assert line.phone is not None and line.phone.number == "13800000001"


def test_sheets_beside_it() -> None:
    rows = [["waybill"], [ZTO]]
    assert len(read(workbook([["what this is"]], rows, [["x"]]))[0]) == 1
    assert read(workbook(rows, rows))[1] == [(1, "1", Reason.SEVERAL_SHEETS)]
    assert read(workbook([["a"], ["b"]]))[1] == [(1, "1", Reason.NO_WAYBILL_COLUMN)]


def test_a_workbook_that_is_none() -> None:
    whole = workbook([["waybill"], [ZTO]])
    for data in (b"PK\x03\x04", whole[:-40], whole[:200] + b"\0" * 200 + whole[400:]):
        assert read(data)[1] == [(1, "1", Reason.UNREADABLE_WORKBOOK)]
    assert read(b"\xd0\xcf\x11\xe0" + bytes(600))[1] == [(1, "1", Reason.OLD_WORKBOOK)]
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        for n in range(9):
            packed.writestr(f"{n}.xml", bytes(20_000_000))
    assert read(bomb.getvalue())[1] == [(1, "1", Reason.TOO_LARGE)]


def test_a_workbook_that_claims_to_be_endless() -> None:
    far = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([["waybill"], [ZTO]]))) as source, zipfile.ZipFile(far, "w") as packed:
        for name in source.namelist():
            text = source.read(name)
            if name.endswith("sheet1.xml"):
                text = text.replace(b'r="2"', b'r="99999999999"').replace(b'"A2"', b'"ZZZ99999999999"')
            packed.writestr(name, text)
    assert read(far.getvalue()) == ([], [])


def test_without_the_library_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook([["waybill"]])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(StationFault) as told:
        read(data)
    assert told.value.fault is Fault.NOT_INSTALLED and "excel" in str(told.value.detail)


@given(st.text("0123456789.,E+-e='\" #", max_size=24))
def test_any_cell_is_read_without_raising_and_twice_changes_nothing(cell: str) -> None:
    meant = as_meant(cell)
    if meant is not None and meant.isalnum():
        assert as_meant(meant) == meant
