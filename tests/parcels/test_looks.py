import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kiosk.parcels.looks import ALARM_LOOK, PLAIN_LOOKS, SESSION_LOOKS, Colour, WornLook, choose_look

ZONES = ["1", "2", "3"]
worn_looks = st.lists(
    st.builds(WornLook, st.sampled_from(SESSION_LOOKS), st.frozensets(st.sampled_from(ZONES), min_size=1)), max_size=20
)


@given(worn_looks, st.sets(st.sampled_from(ZONES), min_size=1))
def test_no_look_is_worn_twice_in_a_zone(worn: list[WornLook], zones: set[str]) -> None:
    look = choose_look(worn, zones)
    taken = {w.look for w in worn if w.zones & zones}
    if look is None:
        assert taken == set(SESSION_LOOKS)
    else:
        assert look not in taken
        assert look != ALARM_LOOK


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
