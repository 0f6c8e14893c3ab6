"""What is typed and what it becomes."""

import pytest

from kiosk.parcels.roles import Role
from kiosk.text import Language
from kiosk.text.desk.completing import Known, complete
from kiosk.text.desk.jobs import JOBS
from kiosk.text.desk_words import CHINESE, INITIALS, in_english

EN, ZH = Language.ENGLISH, Language.CHINESE
KNOWN = Known(sheets=("12", "3"), places=("3-1", "3-2"))


def became(typed: str, language: Language = EN) -> str | None:
    found = complete(typed, language, Role.CLERK, KNOWN)
    return found.text if found else None


@pytest.mark.parametrize(("typed", "language", "text"), [
    ("mo", EN, "move "), ("ho", EN, "hold "), ("BA", EN, "batch "), ("und", EN, "undo "), ("ove", EN, "overdue "),
    ("move", EN, "move "), ("out", EN, "out"), ("pa", EN, "pay"), ("移", ZH, "移库 "), ("交", ZH, "交接 "),
    ("问", ZH, "问题件 "), ("rk", ZH, "入库 "), ("yk", ZH, "移库 "), ("cxc", ZH, "撤销出库 "), ("移", EN, "移库 "),
    ("rk", EN, "入库 "), ("men", EN, "menu"), ("菜", ZH, "菜单"),
])  # fmt: skip
def test_a_word(typed: str, language: Language, text: str) -> None:
    assert became(typed, language) == text


@pytest.mark.parametrize(("typed", "language", "text"), [
    ("batch Y", EN, "batch YTO"), ("batch y", EN, "batch yTO"), ("交接 顺", ZH, "交接 顺丰"), ("jj 中", ZH, "jj 中通"),
    ("hold da", EN, "hold damaged"), ("hold wr", EN, "hold wrong-address"), ("问题件 破", ZH, "问题件 破损"),
    ("sheet 1", EN, "sheet 12"), ("count 3", EN, "count 3-1"), ("size X", EN, "size XL"), ("map a", EN, "map age"),
    ("mode re", EN, "mode return"), ("连续 退", ZH, "连续 退件"), ("report w", EN, "report week"),
])  # fmt: skip
def test_what_follows_a_word(typed: str, language: Language, text: str) -> None:
    assert became(typed, language) == text


@pytest.mark.parametrize("typed", [
    "", "S", "XL", "SF1234567890123", "1234", "3-2-4", "13800001234", "JD00 1234", "8 314159", "zzz", "顺丰",
    "batch ZZ", "hold damaged we", "phone 138", "li@example.com", "SLOT:3-2-4", "x" * 50, "https://a.b/move",
])  # fmt: skip
def test_what_is_no_word_stays_as_it_is(typed: str) -> None:
    assert became(typed) in (None, typed)


def test_after_the_word_it_is_told_what_may_follow() -> None:
    batch = complete("batch ", EN, Role.CLERK, KNOWN)
    assert batch is not None and batch.needs == "[COURIER] [COUNT]" and batch.others[0] == "SF"
    assert complete("sheet ", EN, Role.CLERK, KNOWN).others == ("12", "3")  # type: ignore[union-attr]
    found = complete("re", EN, Role.CLERK, KNOWN)
    assert found is not None and found.text == "return " and "report" in found.others


@pytest.mark.parametrize("language", list(Language))
def test_whatever_is_taken_is_read_as_a_word_of_the_desk(language: Language) -> None:
    spelt = [*CHINESE, *CHINESE.values(), *INITIALS.values()]
    for whole in spelt:
        for length in range(2, len(whole) + 1):
            found = complete(whole[:length], language, Role.CLERK, Known())
            assert found is not None
            assert in_english(found.text).strip() in {word for names in JOBS.values() for word in names}
