"""In which order things go where a screen is too small for all."""

import pytest

from kiosk.screens.colours import CALM, GOOD
from kiosk.screens.customer.faces import Face
from kiosk.screens.customer.fitting import Fitted, fit
from kiosk.screens.customer.glyphs import has_glyphs
from kiosk.screens.customer.lines import Line, Matters

TAKE = Line("Take it, then scan its waybill at the exit.", Matters.MOST, "Then scan its waybill.")
WARNED = Line("Light off in 9 s: any key extends", Matters.WARNING)
PLACE = Line("shelf 3, level 2, slot 4", Matters.WHICH)
LISTED = Line("▢ 3-2-4  ✔ 3-2-5", Matters.LIST)
FACE = Face("Your parcel is here", "3-2-4", (PLACE, LISTED, WARNED, TAKE), CALM, "#FFFFFF")
TICKED = Face(
    "✔ Done", "", (Line("Thank you."), Line("Closes in 9 s: any key keeps it", Matters.WARNING)), GOOD, "#000000"
)
CHINESE = Face("您的包裹在这里", "3-2-4", (Line("灯还亮 52 秒", Matters.COUNTDOWN), Line("取出包裹")), CALM, "#FFFFFF")
KEYS = ("F1 call staff  Esc cancel", "F1 Esc")


def fitted(rows: int, columns: int = 38, *, large: bool = False, face: Face = FACE) -> Fitted:
    return fit(face, KEYS, columns, rows, has_others=True, large=large)


def texts(rows: int, columns: int = 38, *, large: bool = False) -> list[str]:
    return [line for part in fitted(rows, columns, large=large).detail for line in part.lines]


def test_first_digits_shrink_then_goes_what_matters_least_and_never_what_is_to_be_done() -> None:
    assert texts(12) == [PLACE.text, LISTED.text, WARNED.text, "Take it,", "then scan its waybill at the exit."]
    assert texts(11) == [PLACE.text, LISTED.text, WARNED.text, TAKE.short]
    assert [size.rows for size in (fitted(11).size, fitted(10).size) if size] == [5, 3]
    assert texts(10) == texts(12)
    assert texts(8) == [LISTED.text, WARNED.text, TAKE.short] and fitted(8).dropped == (PLACE,)
    assert fitted(7).size is None and fitted(7).plain == "3-2-4"  # before the list or the seconds go
    assert texts(6) == texts(8)
    assert texts(5) == [WARNED.text, TAKE.short]
    assert texts(4) == [TAKE.short]


def test_a_line_says_it_short_only_where_that_saves_a_row() -> None:
    """The looks of searches before went with labels that had no room, though they had."""
    before = Line("Before: + 1-3-1", Matters.EARLIER, "Before: 1-3-1")
    face = FACE._replace(detail=(before, TAKE))
    assert [line for part in fitted(7, face=face).detail for line in part.lines] == [before.text, TAKE.short]


def test_other_peoples_lights_and_the_name_go_before_any_line_does() -> None:
    shown = [fitted(rows, 60) for rows in (13, 12, 11)]
    assert [(one.has_station, one.has_others) for one in shown] == [(True, True), (True, False), (False, False)]


def test_digits_grow_with_the_screen_and_become_text_where_nothing_else_helps() -> None:
    sizes = [fitted(rows, columns).size for columns, rows in ((38, 12), (78, 24), (238, 67))]
    assert [size.rows for size in sizes if size] == [5, 10, 30]
    tiny = fitted(4)
    assert tiny.size is None and tiny.plain == "3-2-4" and texts(4) == [TAKE.short]


@pytest.mark.parametrize("size", [(38, 12), (46, 14), (78, 24), (118, 40), (198, 60)], ids=str)
@pytest.mark.parametrize("face", [FACE, TICKED, CHINESE], ids=["found", "done", "chinese"])
def test_large_text_says_as_much_and_all_of_it_larger(size: tuple[int, int], face: Face) -> None:
    columns, rows = size
    usual, large = (fitted(rows, columns, large=is_large, face=face) for is_large in (False, True))
    assert [part.text for part in large.detail] == [part.text for part in usual.detail] or rows >= 24
    assert large.dropped == usual.dropped == ()
    assert large.size is None or (usual.size and large.size.rows >= usual.size.rows)
    sizes = [part.cut.rows if part.cut else 1 for part in (*large.headline, *large.detail)]
    if rows >= 24 or face is TICKED:
        assert sizes[0] >= 4  # of the headline, or of its tick
    if rows >= 24:
        assert max(size for size, part in zip(sizes[len(large.headline) :], large.detail, strict=True)) >= 4
    assert sum(part.rows for part in (*large.headline, *large.detail)) + (large.size.rows if large.size else 0) < rows
    assert not large.has_station


def test_the_number_gives_up_a_little_where_what_to_do_would_not_be_painted_else() -> None:
    more = Line("You have 2 more. Type the last 4 digits of your phone", Matters.MORE)
    face = FACE._replace(headline="Your parcel is here\n✚ yellow", detail=(PLACE, WARNED, TAKE, more, LISTED))
    tall, short = fitted(24, 78, large=True, face=face), fitted(23, 78, large=True, face=face)
    assert [one.size.rows for one in (tall, short) if one.size] == [10, 8]
    for one in (tall, short):
        assert [part.cut is not None for part in one.detail] == [False, False, True, False, False]


def test_sentences_grow_on_big_screens_and_never_above_what_matters_more() -> None:
    assert not any(part.cut for part in (*fitted(24, 78).headline, *fitted(24, 78).detail))
    for large in (False, True):
        big = fitted(60, 198, large=large)
        headline, place, listed, warned, take = (
            part.cut.rows if part.cut else 1 for part in (big.headline[0], *big.detail)
        )
        assert headline >= take >= warned >= listed >= place >= 4


def test_what_has_no_glyph_is_written_and_keeps_nothing_else_small() -> None:
    name = "龘"
    assert not has_glyphs(name)
    big = fitted(60, 198, face=FACE._replace(detail=(Line(name), TAKE)))
    assert [part.cut is None for part in big.detail] == [True, False]


def test_what_is_typed_is_seen_at_its_end_however_long_it_is() -> None:
    typed = fitted(12, face=FACE._replace(big="[x]" + "y" * 1000 + "END"))
    assert typed.plain.endswith("END") and typed.plain.count("\n") < 3


def test_keys_are_said_in_full_where_there_is_room_and_never_parted() -> None:
    assert [fitted(12, columns).keys for columns in (38, 12)] == list(KEYS)
    narrow = fit(FACE, ("F1 staff F2 English F3 home F4 large Esc cancel",), 38, 12).keys
    assert narrow == "F1 staff F2 English F3 home F4 large\nEsc cancel"
