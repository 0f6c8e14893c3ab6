"""The four faces in both languages, as text: nothing may overflow the smallest screen."""

import re
from datetime import UTC, datetime

import pytest
from rich.cells import cell_len

from kiosk.jobs.check_out import HandedOver
from kiosk.jobs.offer import Offer
from kiosk.jobs.pick_up import Found, FoundParcel
from kiosk.parcels.looks import SESSION_LOOKS, Colour, Look, Pattern
from kiosk.parcels.problems import Problem, Refused
from kiosk.screens import faces
from kiosk.text import Language, words

YELLOW = Look(Colour.YELLOW, Pattern.SOLID)
ONE = (FoundParcel(1, "3-2-0147", "3-2-4"),)
SEVERAL = (FoundParcel(1, "3-2-0147", "3-2-4", True), *(FoundParcel(n, f"12-10-0{n}", "12-10-8") for n in range(2, 5)))
WIDTH, ROWS = 44, 14
BOTH = pytest.mark.parametrize("language", Language)


def found(parcels: tuple[FoundParcel, ...] = ONE, more: int = 0, look: Look = YELLOW) -> Found:
    return Found("s1", look, parcels, more, 1060.0, datetime(2026, 11, 22, tzinfo=UTC))


def wrapped_rows(face: faces.Face) -> int:
    """Rows as the screen breaks them: words of Latin text, single lines of Chinese."""
    rows = 0
    for line in (*face.headline.split("\n"), *face.detail):
        rows += 1 + (cell_len(line) - 1) // WIDTH if line else 1
    return rows + 3 + 2  # the digits; the station's name and the keys


@BOTH
@pytest.mark.parametrize("problem", Problem)
def test_every_problem_has_a_sentence_that_fits(language: Language, problem: Problem) -> None:
    face = faces.problem_face(words(language), Refused(problem, slot="12-10-8", waybill="SF1"))
    assert wrapped_rows(face) <= ROWS
    assert face.headline and face.detail[0]
    if language is Language.CHINESE:
        assert re.search("[一-鿿]", face.headline)
        assert all(cell_len(line) <= WIDTH for line in face.detail)
        assert not any(re.match("[，。：；、！？）]", line) for line in face.detail)


def test_no_two_problems_share_a_headline() -> None:
    for language in Language:
        headlines = [faces.problem_face(words(language), Refused(problem)).headline for problem in Problem]
        # A wrong code and wrong digits have the same words on purpose.
        assert len(set(headlines)) == len(headlines) - 1


@BOTH
def test_the_fullest_search_fits_the_smallest_screen(language: Language) -> None:
    for look in SESSION_LOOKS:
        face = faces.found_face(words(language), found(SEVERAL, 12, look), 9.5, "", ["JDX012345678901-2-3"])
        assert wrapped_rows(face) <= ROWS + 1  # the line of other people's lights gives way


def test_found_says_where_what_colour_and_how_long() -> None:
    face = faces.found_face(words(Language.ENGLISH), found(), 58.2, "")
    assert face == faces.Face(
        headline="Your parcel is here\n✚ yellow, steady ✚",
        big="3-2-4",
        detail=(
            "shelf 3, level 2, slot 4  label 3-2-0147",
            "The light shines for 59 s",
            "Take it, then scan its waybill at the exit.",
        ),
        paint="#F0E442",
        ink="#000000",
    )
    chinese = faces.found_face(words(Language.CHINESE), found(SEVERAL, 2), 5, "")
    assert chinese.headline == "还要取 3 件，共 4 件\n✚ 黄色，常亮 ✚"
    assert chinese.detail[1].startswith("✔ 3-2-4  ▢ 12-10-8")
    assert chinese.detail[2] == "灯还亮 5 秒：按任意键可延长"
    assert chinese.detail[4] == "还有 2 件：输入手机号后 4 位"


def test_idle_speaks_both_languages_at_once() -> None:
    face = faces.idle_face("", [Offer("3-2-0147", "SF1")])
    assert face.headline == "Scan or type your pickup code\n请扫描或输入取件码"
    assert face.codes == ("3-2-0147",)
    assert faces.idle_face("3-2", []).big == "3-2"


def test_done_and_what_is_left() -> None:
    say = words(Language.ENGLISH)
    assert faces.done_face(say, HandedOver("SF1", "3-2-0147", "3-2-4", None, ())).detail == (
        "Parcel 3-2-0147 is handed over.",
        "Thank you. Have a good day.",
    )
    left = HandedOver("SF1", "3-2-0147", "3-2-4", "s1", ONE)
    assert faces.done_face(say, left).detail[1] == "Still to collect: 3-2-4"


def test_anothers_parcel_is_sent_home_in_big_digits() -> None:
    face = faces.problem_face(words(Language.ENGLISH), Refused(Problem.NOT_IN_SESSION, slot="3-2-4"))
    assert face.big == "3-2-4"
    assert "It belongs in slot 3-2-4." in face.detail


def test_typing_leaves_the_slot_in_big_digits() -> None:
    face = faces.found_face(words(Language.ENGLISH), found(), 58, "12")
    assert face.big == "3-2-4" and face.detail[0] == "> 12"


def test_a_dark_slot_shines_on_no_screen() -> None:
    face = faces.found_face(words(Language.ENGLISH), found(), -1, "")
    assert face.paint == faces.CALM and "yellow" not in face.headline


def test_the_line_of_other_lights_never_cuts_one_in_half() -> None:
    lit = [(look, ("12-10-8",)) for look in SESSION_LOOKS[:6]]
    for language in Language:
        line = faces.others_line(words(language), lit)
        assert cell_len(line) <= WIDTH
        assert re.search(r"12-10-8 \+\d$", line)
