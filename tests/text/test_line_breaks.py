"""Lines broken as a Chinese typesetter would, never wider than the screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kiosk.text.line_breaks import CLOSING, broken, cells
from scripts.translating import catalogue

TEXTS = st.text(alphabet="请扫描或输入取件码，。：（）【】《》、 abc123-/", max_size=60)


@given(TEXTS, st.integers(10, 60))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = broken(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cells(line) <= width for line in lines)


@pytest.mark.parametrize("width", [22, 36, 44])
def test_every_chinese_text_is_broken_by_the_rules(width: int) -> None:
    texts = [text for message in catalogue.read_catalogue() if (text := str(message.string)).strip(CLOSING)]
    for text in texts:  # what is nothing but punctuation stands between two others
        for line in broken(text, width):
            stripped = line.strip()
            assert cells(line) <= width or " " not in stripped
            assert not stripped.startswith(tuple(CLOSING)) and not stripped.endswith(tuple("（【《「")), text


def test_widths_are_those_that_the_screen_counts_with() -> None:
    for message in catalogue.read_catalogue():
        for text in (str(message.id), str(message.string)):
            for line in text.replace("\t", " ").split("\n"):
                assert cells(line) == cell_len(line), text


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("请扫描取件码", 12, ["请扫描取件码"]),
        ("请与短信核对，或扫描二维码。", 26, ["请与短信核对，", "或扫描二维码。"]),  # behind the pause
        ("请扫描取件码，谢谢", 12, ["请扫描取", "件码，谢谢"]),  # ， stays with its word
        ("（请扫描）（取件码）", 14, ["（请扫描）", "（取件码）"]),
        ("还有 12 件：请输入手机号后 4 位", 28, ["还有 12 件：", "请输入手机号后 4 位"]),
        ("取件码形如 3-2-0147，在短信里", 16, ["取件码形如", "3-2-0147，", "在短信里"]),  # a code stays whole
        ("Scan it, then take it.", 13, ["Scan it,", "then take it."]),
        ("PKN1:S001:ABCDEFGHIJ", 8, ["PKN1:S00", "1:ABCDEF", "GHIJ"]),  # longer than any line
    ],
)
def test_where_lines_end(text: str, width: int, lines: list[str]) -> None:
    assert list(broken(text, width)) == lines
