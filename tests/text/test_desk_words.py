"""The desk's words as people type them: in Chinese, by initials, through an input method, mistyped."""

import pytest

from kiosk.parcels.couriers import couriers, read_courier
from kiosk.parcels.scans import unframed
from kiosk.text import Language, words
from kiosk.text.desk_words import ALSO, CHINESE, INITIALS, in_english, words_like


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("批次 中通 20", "batch 中通 20"),
        ("交接顺丰120", "batch 顺丰 120"),
        ("入库", "in"),
        ("报表", "report"),
        ("催取", "remind"),
        ("出库", "out"),
        ("盘点3-2", "count 3-2"),
        ("滞留", "overdue"),
        ("退回 拒收", "return 拒收"),
        ("问题件破损", "hold 破损"),
        ("问题件：破损", "hold 破损"),
        ("连续出库", "mode out"),
        ("批量 退件 拒收", "mode return 拒收"),
        ("jj SF 5", "batch SF 5"),
        ("lx ck", "mode out"),
        ("CK", "out"),
        ("tj 拒收", "return 拒收"),
        ("ｈｏｌｄ　ｄａｍａｇｅｄ", "hold damaged"),
        ("移库　３－２－４", "move 3-2-4"),
        ("cod ２９。９０", "cod 29.90"),
        ("hold：破损", "hold 破损"),
        ("完成，少2件", "done 少2件"),
        ("免收：客户投诉", "waive 客户投诉"),
        ("done，2 missing", "done 2 missing"),
        ("ＳＦ", "SF"),
        ("手机13800001234", "phone 13800001234"),
        ("查找1234 顺丰", "find 1234 顺丰"),
        ("/1234", "find 1234"),
        ("?1234 SF", "find 1234 SF"),
        ("？１２３４", "find 1234"),
        ("、13800001234", "find 13800001234"),
        ("\x02出库\r", "out"),
    ],
)
def test_words_are_read_as_they_are_typed(typed: str, meant: str) -> None:
    assert in_english(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "CX 473 124 829 CN",  # a waybill whose first letters are a word's
        "DB 12345678901",
        "SF 1000 0000 00001",
        "出库了吗",  # talk, no word
        "取件码3-2-0147",
        "通知：您的快递已到3-2-0147",
        "打印机坏了",
        "取件：3-2-0147",
        "通知：到件了",
        "3-2-0147",
        "",
    ],
)
def test_what_is_no_word_stays_as_it_is(text: str) -> None:
    assert in_english(text) == text


def test_no_spelling_means_two_words_or_something_else() -> None:
    others = [other for several in ALSO.values() for other in several]
    spellings = [*CHINESE.values(), *others, *INITIALS.values()]
    assert len(spellings) == len(set(spellings))
    assert set(ALSO) <= set(CHINESE) and set(INITIALS) <= {*CHINESE.values(), *others}
    assert not set(INITIALS.values()) & set(CHINESE)
    names = {name.lower() for name in couriers()}
    assert not [one for one in spellings if read_courier(one) or one in names]


def test_the_longer_word_is_meant_where_one_begins_another() -> None:
    for word, chinese in CHINESE.items():
        assert in_english(chinese) == word
        assert in_english(f"{chinese} 3-2") == f"{word} 3-2" or word == "mode"


@pytest.mark.parametrize(
    ("typed", "first"),
    [("hlod", "hold"), ("ｈｌｏｄ", "hold"), ("retrun", "return"), ("撒销出库", "撤销出库"), ("问提件", "问题件"),
     ("refused", "hold refused"), ("拒收", "问题件 拒收"), ("免收客户投诉", "免收 客户投诉"),
     ("出库，张三", "出库 张三")],
)  # fmt: skip
def test_a_near_miss_is_answered_in_its_own_language(typed: str, first: str) -> None:
    assert words_like(typed)[0] == first


def test_what_is_far_from_every_word_is_asked_nothing() -> None:
    assert words_like("xyzzy") == []
    assert words(Language.ENGLISH)("Did you mean: {words}?", words="hold") == "Did you mean: hold?"


@pytest.mark.parametrize("chinese", [*INITIALS])
def test_initials_are_the_words_own(chinese: str) -> None:
    """As many letters as the word has characters; those that share a character share its letter."""
    letters = INITIALS[chinese]
    assert len(letters) == len(chinese) and unframed(letters) == letters == letters.lower()
    of_character = {c: letter for word, several in INITIALS.items() for c, letter in zip(word, several, strict=True)}
    assert all(of_character[c] == letter for c, letter in zip(chinese, letters, strict=True))
