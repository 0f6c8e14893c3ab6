"""In which order things go where a screen is too small for all."""

from kiosk.screens.colours import CALM
from kiosk.screens.customer.faces import Face
from kiosk.screens.customer.fitting import fit
from kiosk.screens.customer.lines import Line, Matters

TAKE = Line("Take it, then scan its waybill at the exit.", Matters.MOST, "Then scan its waybill.")
WARNED = Line("Light off in 9 s: any key extends", Matters.WARNING)
PLACE = Line("shelf 3, level 2, slot 4", Matters.COUNTDOWN)
LISTED = Line("▢ 3-2-4  ✔ 3-2-5", Matters.LIST)
FACE = Face("Your parcel is here", "3-2-4", (PLACE, LISTED, WARNED, TAKE), CALM, "#FFFFFF")
KEYS = ("F1 call staff  Esc cancel", "F1 Esc")


def texts(rows: int, columns: int = 38, *, large: bool = False) -> list[str]:
    return fit(FACE, KEYS, columns, rows, has_others=True, large=large).detail.split("\n")


def test_first_goes_what_matters_least_and_never_what_is_to_be_done() -> None:
    assert texts(12) == [PLACE.text, LISTED.text, WARNED.text, "Take it,", "then scan its waybill at the exit."]
    assert texts(11) == [PLACE.text, LISTED.text, WARNED.text, TAKE.short]
    assert texts(10) == [LISTED.text, WARNED.text, TAKE.short]
    assert texts(9) == [WARNED.text, TAKE.short]
    assert texts(8) == [TAKE.short]
    assert fit(FACE, KEYS, 38, 9).dropped == (PLACE, LISTED)
    assert fit(FACE, KEYS, 38, 12).dropped == ()


def test_other_peoples_lights_and_the_name_go_before_any_line_does() -> None:
    shown = [fit(FACE, KEYS, 60, rows, has_others=True) for rows in (13, 12, 11)]
    assert [(one.has_station, one.has_others) for one in shown] == [(True, True), (True, False), (False, False)]


def test_digits_grow_with_the_screen_and_become_text_where_nothing_else_helps() -> None:
    sizes = [fit(FACE, KEYS, columns, rows).size for columns, rows in ((38, 12), (78, 24), (238, 67))]
    assert [size.rows for size in sizes if size] == [5, 10, 30]
    tiny = fit(FACE, KEYS, 38, 6)
    assert tiny.size is None and tiny.plain == "3-2-4" and TAKE.short in tiny.detail


def test_large_text_says_less_with_room_between() -> None:
    assert texts(24, 78, large=True) == [WARNED.text, "", TAKE.text]
    assert not fit(FACE, KEYS, 78, 24, has_others=True, large=True).has_others


def test_what_is_typed_is_seen_at_its_end_however_long_it_is() -> None:
    fitted = fit(FACE._replace(big="[x]" + "y" * 1000 + "END"), KEYS, 38, 12)
    assert fitted.plain.endswith("END") and fitted.plain.count("\n") < 3


def test_keys_are_said_in_full_where_there_is_room() -> None:
    assert [fit(FACE, KEYS, columns, 12).keys for columns in (38, 12)] == list(KEYS)
