"""Seen with any eyes: contrast, nothing by colour alone, nothing that flickers, digits that can be read."""

import re
from pathlib import Path

import pytest

from kiosk.jobs.keeping.picture import PictureBy
from kiosk.lights.patterns import colour_at, guide_colour_at
from kiosk.parcels.looks import ALARM_LOOK, PLAIN_LOOKS, SESSION_LOOKS, Colour, Guide, Look
from kiosk.parcels.problems import Problem, Refused
from kiosk.screens.colours import BAD, CALM, GOOD, ON_CALM, ON_COLOUR
from kiosk.screens.customer import faces
from kiosk.screens.customer.found_face import paint_of
from kiosk.screens.customer.letters import ROWS, digit_size, drawn
from kiosk.screens.desk.parts import paint as desk_lines
from kiosk.screens.desk.parts.palette import DARK, LIGHT
from kiosk.screens.widgets import shelf_picture
from kiosk.text import Language, words
from kiosk.text.answers.parts import Mood
from kiosk.text.sentences import colour_name, look_name, pattern_name
from tests.screens.contrast import contrast
from tests.screens.customer.test_every_face import SIZES

SCREENS = Path(desk_lines.__file__).parent
TEXT, LARGE = 4.5, 3.0  # WCAG 2 AA
LOOKS = [*SESSION_LOOKS, *PLAIN_LOOKS, ALARM_LOOK]


def test_the_ratio_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#F0E442", "#000000") == pytest.approx(15.9, abs=0.1)
    assert contrast("#0072B2", "#000000") == pytest.approx(4.0, abs=0.1)  # why there is no blue


def pairs_of(stylesheet: Path) -> list[tuple[str, str, str]]:
    """(selector, colour, what is behind it) of every rule that sets one of them; the other is the screen's."""
    rules = re.findall(r"([^{}]+){([^}]*)}", stylesheet.read_text("utf-8"))
    own = [
        (selector.strip(), dict(re.findall(r"(background|(?<!-)color): (#\w{6})", body))) for selector, body in rules
    ]
    screen = dict(own)["Screen"]
    return [
        (name, found.get("color", screen["color"]), found.get("background", screen["background"]))
        for name, found in own
        if found
    ]


@pytest.mark.parametrize("stylesheet", sorted(SCREENS.glob("*.tcss")), ids=lambda path: path.name)
def test_every_text_of_a_stylesheet_stands_out(stylesheet: Path) -> None:
    pairs = pairs_of(stylesheet)
    assert len(pairs) >= 3
    for selector, colour, behind in pairs:
        assert contrast(colour, behind) >= TEXT, selector
    assert len(re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=;)", stylesheet.read_text())) == len(
        re.findall(r"(?:background|color): #\w{6};", stylesheet.read_text())
    )  # none is set in a way that is not looked at here
    assert "blink" not in stylesheet.read_text()


def test_every_plate_bar_and_mark_stands_out() -> None:
    say = words(Language.ENGLISH)
    of_searches = [paint_of(look) for look in (*SESSION_LOOKS, *PLAIN_LOOKS)]
    for paint in (*of_searches, GOOD, BAD):
        assert contrast(paint, ON_COLOUR) >= TEXT
    assert contrast(CALM, ON_CALM) >= TEXT
    idle, refused = faces.idle_face("", []), faces.problem_face(say, Refused(Problem.NO_SUCH_CODE))
    assert all(contrast(face.paint, face.ink) >= TEXT for face in (idle, refused))
    for mood in Mood:
        assert contrast(desk_lines.PAINT[mood], ON_CALM if mood is Mood.CALM else ON_COLOUR) >= TEXT
    marks = [desk_lines.colour_of(mark, by) for by in PictureBy for mark in ".x0123456789+#*ABCDEF"]
    for colour in marks:
        assert contrast(colour, "#000000") >= TEXT
    for paper in (shelf_picture.BLACK, DARK.map, LIGHT.map):
        assert all(contrast(name, paper.ground) >= TEXT for name in (paper.name, paper.lit_name))
    for paint in (*of_searches, BAD):
        for dark in (shelf_picture.DARK, shelf_picture.OTHER_DARK):
            assert contrast(paint, dark) >= 2.5, paint


@pytest.mark.parametrize("language", Language)
def test_nothing_is_said_by_colour_alone(language: Language) -> None:
    say = words(language)
    assert (
        len({colour.symbol for colour in Colour}) == len({colour_name(say, colour) for colour in Colour}) == len(Colour)
    )
    names = [look_name(say, look) for look in LOOKS]
    assert len(set(names)) == len(LOOKS)
    for look, name in zip(LOOKS, names, strict=True):
        assert look.colour.symbol in name and pattern_name(say, look.pattern) in name
    headlines = [faces.broken_face(say), faces.called_face(say, ""), faces.coming_face(say), faces.idle_face("", [])]
    assert len({face.headline for face in headlines}) == len(headlines)
    assert all(face.headline.startswith("✔ ") for face in headlines if face.paint == GOOD)
    for problem in Problem:
        assert faces.problem_face(say, Refused(problem)).headline.startswith("✖ ")


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.colour}-{look.pattern}")
def test_no_light_blinks_faster_than_twice_a_second(look: Look) -> None:
    """A flash is a pair of changes, brighter and darker again (WCAG 2.3.1 allows three a second; the trade two)."""
    level = [sum(colour_at(look, step / 200)) for step in range(800)]
    guided = [sum(guide_colour_at(guide, look, 1, 3, step / 200)) for guide in Guide for step in range(800)]
    for shown in (level, guided[:800], guided[800:1600], guided[1600:]):
        assert flashes(shown) <= 2 * 4


def flashes(levels: list[int]) -> int:
    """Rises by a tenth of full brightness or more, counted once each."""
    count, lowest, risen = 0, levels[0], False
    for level in levels:
        if level - lowest >= 76 and not risen:
            count, risen, highest = count + 1, True, level
        if risen:
            highest = max(highest, level)
            if highest - level >= 76:
                lowest, risen = level, False
        else:
            lowest = min(lowest, level)
    return count


def test_flashes_are_counted() -> None:
    assert flashes([0, 700, 0, 700, 0, 700, 700]) == 3


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("slot", ["3-2-4", "12-10-8"])
def test_digits_are_a_good_part_of_the_screen(size: tuple[int, int], slot: str) -> None:
    """At 80 cm a capital needs 0.7°, a row of a screen of 12 to 15 rows. The slot is five times that and more."""
    columns, rows = size[0] - 2, size[1]
    fitted = digit_size(slot, columns, max(int(rows * 0.45), ROWS))
    assert fitted is not None and fitted.rows >= 5
    assert fitted.rows >= (rows // 3 if slot == "3-2-4" else rows // 4)
    picture = drawn(slot, fitted)
    assert len(picture) == fitted.rows and {len(row) for row in picture} == {len(picture[0])}
    assert len(picture[0]) <= columns
    assert 1 <= fitted.stroke <= fitted.high  # half a row is as high as a cell is wide


def test_no_two_characters_look_alike() -> None:
    from kiosk.screens.customer.letters import _GLYPHS

    assert len({*_GLYPHS.values()}) == len(_GLYPHS)
    size = digit_size("0", 40, 5)
    assert size is not None and drawn("17", size)[0].count("█") == 10
    assert digit_size("[bold]", 40, 5) is None and digit_size("", 40, 5) is None
    assert digit_size("12-10-0147-0001", 30, 5) is None
