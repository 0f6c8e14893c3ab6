"""The four faces in both languages, as text."""

import re
from datetime import UTC, datetime

from rich.cells import cell_len

from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.jobs.handing_over.pick_up import Found, FoundParcel
from kiosk.jobs.upkeep.offer import Offer
from kiosk.parcels.looks import SESSION_LOOKS, Colour, Look, Pattern
from kiosk.parcels.problems import Problem, Refused
from kiosk.screens.colours import CALM
from kiosk.screens.customer import faces
from kiosk.screens.customer.lines import Line, Matters, others_line
from kiosk.text import Language, words

YELLOW = Look(Colour.YELLOW, Pattern.SOLID)
ONE = (FoundParcel(1, "3-2-0147", "3-2-4"),)
SEVERAL = (FoundParcel(1, "3-2-0147", "3-2-4", True), *(FoundParcel(n, f"12-10-0{n}", "12-10-8") for n in range(2, 5)))
WIDTH = 40


def found(parcels: tuple[FoundParcel, ...] = ONE, more: int = 0, look: Look = YELLOW) -> Found:
    return Found("s1", look, parcels, more, 1060.0, datetime(2026, 11, 22, tzinfo=UTC))


def test_no_two_problems_share_a_headline() -> None:
    for language in Language:
        headlines = [faces.problem_face(words(language), Refused(problem)).headline for problem in Problem]
        # A wrong code and wrong digits have the same words on purpose.
        assert len(set(headlines)) == len(headlines) - 1


def test_found_says_where_what_colour_and_how_long() -> None:
    face = faces.found_face(words(Language.ENGLISH), found(), 58.2, "")
    assert face == faces.Face(
        headline="Your parcel is here\n✚ yellow, steady ✚",
        big="3-2-4",
        detail=(
            Line("shelf 3, level 2, slot 4  label 3-2-0147", Matters.WHICH, "label 3-2-0147"),
            Line("The light shines for 59 s", Matters.COUNTDOWN),
            Line("Take it, then scan its waybill at the exit.", Matters.MOST, "Then scan its waybill at the exit."),
        ),
        paint="#F0E442",
        ink="#000000",
    )
    chinese = faces.found_face(words(Language.CHINESE), found(SEVERAL, 2), 5, "")
    assert chinese.headline == "共 4 件，还有 3 件待取\n✚ 黄色，常亮 ✚"
    assert chinese.detail[1].text.startswith("▢ 12-10-8  ▢ 12-10-8  ▢ 12-10-8  ✔ 3-2-4")
    assert chinese.detail[2].text == "灯还亮 5 秒：按任意键可延长"
    assert chinese.detail[4].text == "还有 2 件：请输入手机号后 4 位"


def test_idle_speaks_both_languages_at_once() -> None:
    face = faces.idle_face("", [Offer("3-2-0147", "SF1")])
    assert face.headline == "Scan or type your pickup code\n请扫描或输入取件码"
    assert face.codes == ("3-2-0147",)
    assert faces.idle_face("3-2", []).big == "3-2"


def test_done_and_what_is_left() -> None:
    say = words(Language.ENGLISH)
    done = faces.done_face(say, HandedOver("SF1", "3-2-0147", "3-2-4", None, ()))
    assert [line.text for line in done.detail] == [
        "Parcel 3-2-0147 is handed over.",
        "Thank you. Have a good day.",
        "Next customer: scan or type your code.",
    ]
    left = HandedOver("SF1", "3-2-0147", "3-2-4", "s1", ONE)
    assert faces.done_face(say, left).detail[1].text == "Still to collect: 3-2-4"


def test_anothers_parcel_is_sent_home_in_big_digits() -> None:
    face = faces.problem_face(words(Language.ENGLISH), Refused(Problem.NOT_IN_SESSION, slot="3-2-4"))
    assert face.big == "3-2-4"
    assert Line("It belongs in slot 3-2-4.") in face.detail


def test_typing_leaves_the_slot_in_big_digits() -> None:
    face = faces.found_face(words(Language.ENGLISH), found(), 58, "12")
    assert face.big == "3-2-4" and face.detail[0].text == "> 12"


def test_a_dark_slot_shines_on_no_screen() -> None:
    face = faces.found_face(words(Language.ENGLISH), found(), -1, "")
    assert face.paint == CALM and "yellow" not in face.headline


def test_the_line_of_other_lights_never_cuts_one_in_half() -> None:
    lit = [(look, ("12-10-8",)) for look in SESSION_LOOKS[:6]]
    for language in Language:
        line = others_line(words(language), lit)
        assert cell_len(line) <= WIDTH
        assert re.search(r"12-10-8 \+\d$", line)
