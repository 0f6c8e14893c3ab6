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
from kiosk.screens.customer.found_face import Beside, found_face
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
        assert len(set(headlines)) == len(headlines)


def test_found_says_where_what_colour_and_how_long() -> None:
    face = found_face(words(Language.ENGLISH), found(), 58.2)
    assert face == faces.Face(
        headline="Your parcel is here\n✚ yellow, steady ✚",
        big="3-2-4",
        detail=(
            Line("shelf 3, level 2, slot 4  label 3-2-0147", Matters.WHICH, "label 3-2-0147"),
            Line(
                "The light shines for 59 s. Next customer: you may scan now",
                Matters.COUNTDOWN,
                "59 s of light. Next: scan now",
            ),
            Line(
                "Take it, then scan the long barcode on the parcel at the exit.",
                Matters.MOST,
                "Scan its long barcode at the exit.",
            ),
        ),
        paint="#F0E442",
        ink="#000000",
    )
    chinese = found_face(words(Language.CHINESE), found(SEVERAL, 2), 5)
    assert chinese.headline == "还有 3 件待取\n✚ 黄色，常亮 ✚"
    assert [line.text for line in chinese.detail] == [
        "12 号货架，第 10 层，第 8 格  标签 12-10-02、12-10-03、12-10-04",
        "▢ 12-10-8 (3)  ✔ 3-2-4",
        "灯 5 秒后熄灭，按任意键可延长",
        "取出后，到出口扫描包裹上的条形码。",
        "您还有 2 件。输入手机号后 4 位，一起亮灯",
    ]


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
        "Next customer: scan or type your code.",
    ]
    left = HandedOver("SF1", "3-2-0147", "3-2-4", "s1", ONE)
    assert faces.done_face(say, left).detail[1].text == "Still to take: 3-2-4"


ALARM = Refused(Problem.NOT_IN_SESSION, slot="3-2-4")


def alarm(language: Language = Language.ENGLISH, *, is_searched: bool = True, is_lit: bool = True) -> faces.Face:
    return faces.alarm_face(words(language), ALARM, is_searched=is_searched, is_lit=is_lit)


def test_the_alarm_has_a_form_that_no_search_has_and_no_bare_number() -> None:
    """Nothing but its colours was told from a fifth customer's search."""
    shown = alarm()
    assert shown.headline == "✖ Please wait: this may be the wrong parcel" and shown.big == ""
    assert Line("Its place is 3-2-4, where the light blinks red.") in shown.detail
    assert Line("Its place is 3-2-4.") in alarm(is_lit=False).detail
    assert alarm(Language.CHINESE).headline == "✖ 请等一下：可能拿错了"
    done = faces.done_face(words(Language.ENGLISH), HandedOver("SF1", "3-2-0147", "3-2-4", None, ()))
    searches = [found_face(words(Language.ENGLISH), found(look=look), 30) for look in SESSION_LOOKS]
    assert {face.edge for face in searches} == {""} and all(face.big for face in searches)
    assert shown.edge and done.edge and shown.edge != done.edge and not done.big


def test_a_late_owner_is_not_accused() -> None:
    """Where nobody searches, whoever carries it out may be its own person whose search has ended."""
    shown = alarm(is_searched=False)
    assert shown.headline == "✖ Scan its pickup code first"
    assert "wrong" not in str(shown.detail)


def test_typing_leaves_the_slot_in_big_digits() -> None:
    face = found_face(words(Language.ENGLISH), found(), 58, Beside(said=[Line("> 12")]))
    assert face.big == "3-2-4" and face.detail[0].text == "> 12"


def test_two_parcels_in_one_slot_have_both_labels() -> None:
    two = (
        FoundParcel(1, "3-2-0147", "3-2-4"),
        FoundParcel(2, "3-2-0148", "3-2-4"),
        FoundParcel(3, "1-1-0001", "1-1-1"),
    )
    face = found_face(words(Language.ENGLISH), found(two), 58)
    assert face.detail[0].text == "shelf 3, level 2, slot 4  labels 3-2-0147, 3-2-0148"
    assert face.detail[1].text == "▢ 3-2-4 (2)  ▢ 1-1-1"


def test_a_parcel_that_was_put_elsewhere_has_either_code_on_its_label() -> None:
    moved = (FoundParcel(1, "3-2-0147", "3-2-4", first_code="1-1-0001"),)
    english, chinese = (found_face(words(each), found(moved), 58) for each in (Language.ENGLISH, Language.CHINESE))
    assert english.detail[0].text == "shelf 3, level 2, slot 4  label 3-2-0147 or 1-1-0001"
    assert chinese.detail[0].text.endswith("标签 3-2-0147 或 1-1-0001")


def test_a_dark_slot_shines_on_no_screen() -> None:
    face = found_face(words(Language.ENGLISH), found(), -1)
    assert face.paint == CALM and "yellow" not in face.headline


def test_the_line_of_other_lights_never_cuts_one_in_half() -> None:
    lit = [(look, ("12-10-8",)) for look in SESSION_LOOKS[:6]]
    for language in Language:
        line = others_line(words(language), lit)
        assert cell_len(line) <= WIDTH
        assert re.search(r"12-10-8 \+\d$", line)
