"""What is painted on screens, as people see it who lack one kind of cones."""

from itertools import combinations

from kiosk.parcels.looks import SESSION_LOOKS, Colour
from kiosk.screens.colours import BAD, CALM, DOUBTFUL, GOOD, ON_CALM, ON_COLOUR
from kiosk.screens.customer.found_face import paint_of
from kiosk.screens.desk.parts.paint import PAINT
from kiosk.text import Language, words
from kiosk.text.sentences import look_name
from tests.colour_vision import EYES, distance, hue_distance
from tests.screens.contrast import contrast

TOLD_APART = 20.0


def rgb(paint: str) -> tuple[int, int, int]:
    return int(paint[1:3], 16), int(paint[3:5], 16), int(paint[5:7], 16)


def test_what_came_of_something_is_told_apart_by_its_colour_alone() -> None:
    """On the desk it is read from the corner of an eye."""
    assert set(PAINT.values()) == {GOOD, DOUBTFUL, BAD, CALM}
    for one, other in combinations(PAINT.values(), 2):
        assert min(distance(rgb(one), rgb(other), eye) for eye in EYES) >= TOLD_APART, (one, other)
    assert min(contrast(paint, ON_COLOUR) for paint in (GOOD, DOUBTFUL, BAD)) >= 4.5 <= contrast(CALM, ON_CALM)


def test_plates_that_look_alike_have_another_mark() -> None:
    """A customer's own plate bears the mark of its colour twice; good and bad news begin with theirs."""
    marks = {colour.symbol: colour.rgb for colour in Colour if colour is not Colour.RED} | {
        "✔": rgb(GOOD),
        "✖": rgb(BAD),
    }
    assert len(marks) == len(Colour) + 1
    alike = [
        {one, other}
        for one, other in combinations(marks, 2)
        if min(hue_distance(marks[one], marks[other], eye) for eye in EYES) < TOLD_APART
    ]
    assert {Colour.GREEN.symbol, "✔"} in alike and {Colour.VERMILLION.symbol, "✖"} in alike
    for language in Language:
        for look in SESSION_LOOKS:
            name = look_name(words(language), look)
            assert name.startswith(look.colour.symbol) and name.endswith(look.colour.symbol)
            assert paint_of(look) == "#{:02X}{:02X}{:02X}".format(*look.colour.rgb)
