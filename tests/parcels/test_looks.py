import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.parcels.looks import (
    ALARM_LOOK,
    PLAIN_LOOKS,
    SESSION_LOOKS,
    Colour,
    Look,
    WornLook,
    choose_look,
    is_alike,
    may_be_confused,
)
from tests.colour_vision import EYES, ciede2000, hue_distance

ZONES = ["1", "2", "3"]
ONE_HUE = 20  # CIEDE2000 below which two lights whose brightness is no cue are not told apart across a room
worn_looks = st.lists(
    st.builds(
        WornLook,
        st.sampled_from([*SESSION_LOOKS, *PLAIN_LOOKS]),
        st.frozensets(st.sampled_from(ZONES), min_size=1),
    ),
    max_size=20,
)


def test_the_distance_is_that_of_the_paper() -> None:
    """Pairs 1, 7, 14 and 25 of Sharma, Wu and Dalal's own table."""
    pairs = [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ]
    for one, other, told in pairs:
        assert ciede2000(one, other) == pytest.approx(told, abs=0.0001)


@pytest.mark.parametrize("pair", list(combinations(Colour, 2)), ids=lambda pair: f"{pair[0]}-{pair[1]}")
def test_colours_that_some_eye_takes_for_each_other_are_known_to_be_alike(pair: tuple[Colour, Colour]) -> None:
    one, other = pair
    nearest = min(hue_distance(one.rgb, other.rgb, eye) for eye in EYES)
    assert is_alike(one, other) == is_alike(other, one) == (nearest < ONE_HUE), nearest


def test_yellow_orange_and_orange_red_are_one_hue_to_many() -> None:
    """Of twelve men one; this is why there are patterns."""
    for pair in combinations((Colour.YELLOW, Colour.ORANGE, Colour.VERMILLION), 2):
        for eye in ("deuteranopia", "protanopia"):
            assert hue_distance(pair[0].rgb, pair[1].rgb, eye) < 4


@pytest.mark.parametrize("looks", [SESSION_LOOKS, PLAIN_LOOKS], ids=["colours", "lamps"])
def test_all_looks_of_a_station_may_be_live_at_once(looks: tuple[Look, ...]) -> None:
    for one, other in combinations((*looks, ALARM_LOOK), 2):
        assert one.pattern is not other.pattern or all(
            hue_distance(one.colour.rgb, other.colour.rgb, eye) >= ONE_HUE for eye in EYES
        )
    assert len(set(SESSION_LOOKS)) == 15


@given(worn_looks, st.sets(st.sampled_from(ZONES), min_size=1), st.booleans())
def test_no_look_is_worn_twice_in_a_zone_and_none_is_confused_without_need(
    worn: list[WornLook], zones: set[str], has_colours: bool
) -> None:
    looks = SESSION_LOOKS if has_colours else PLAIN_LOOKS
    look = choose_look(worn, zones, has_colours=has_colours)
    taken = {w.look for w in worn if w.zones & zones}
    clear = [one for one in looks if not any(may_be_confused(one, w.look) for w in worn)]
    if look is None:
        assert taken >= set(looks)
    else:
        assert look not in taken
        assert look in (clear or looks)


@given(st.lists(st.tuples(st.sets(st.sampled_from(ZONES), min_size=1), st.booleans()), max_size=40))
def test_searches_that_come_and_go_are_never_confused(steps: list[tuple[set[str], bool]]) -> None:
    """Up to fifteen at once, in whatever zones."""
    live: list[WornLook] = []
    for zones, leaves in steps:
        if live and (leaves or len(live) == len(SESSION_LOOKS)):
            live.pop(len(steps) % len(live))
        look = choose_look(live, zones)
        assert look is not None and not any(may_be_confused(look, w.look) for w in live)
        live.append(WornLook(look, frozenset(zones)))


def test_sessions_differ_by_colour_first_then_by_pattern() -> None:
    worn: list[WornLook] = []
    for _ in SESSION_LOOKS:
        look = choose_look(worn, {"1"})
        assert look is not None
        worn.append(WornLook(look, frozenset({"1"})))
    first_five = [w.look.colour for w in worn[:5]]
    assert len(set(first_five)) == 5
    assert choose_look(worn, {"1"}) is None
    assert choose_look(worn, {"2"}) is not None


def test_symbols_have_one_width_on_every_terminal() -> None:
    for colour in Colour:
        assert unicodedata.east_asian_width(colour.symbol) in ("N", "Na")
    assert len({colour.symbol for colour in Colour}) == len(Colour)


def test_lamps_without_colours_differ_by_pattern_alone() -> None:
    worn: list[WornLook] = []
    while (look := choose_look(worn, {"1"}, has_colours=False)) is not None:
        worn.append(WornLook(look, frozenset({"1"})))
    assert [w.look for w in worn] == list(PLAIN_LOOKS)
    assert choose_look(worn, {"1"}) not in PLAIN_LOOKS
