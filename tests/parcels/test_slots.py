from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kiosk.parcels.slots import Place, Size, SlotAddress, choose_slot, read_slot

PLACES = [
    Place(SlotAddress(str(shelf), level, slot), size, 3)
    for shelf in (1, 2)
    for level, size in ((1, Size.L), (2, Size.M), (3, Size.S))
    for slot in (1, 2)
]
sizes = st.sampled_from([Size.S, Size.M, Size.L])
loads = st.dictionaries(st.sampled_from([str(p.address) for p in PLACES]), st.integers(0, 4))


def test_addresses_are_read_as_they_are_written() -> None:
    for place in PLACES:
        assert read_slot(str(place.address)) == place.address
    assert read_slot("D8-1-2") == SlotAddress("D8", 1, 2)
    assert read_slot("3-2-0147x") is None


@given(loads, sizes)
def test_the_chosen_slot_fits_and_has_room(held: dict[str, int], size: Size) -> None:
    chosen = choose_slot(PLACES, held, size)
    open_places = [p for p in PLACES if p.size >= size and held.get(str(p.address), 0) < p.capacity]
    if chosen is None:
        assert not open_places
    else:
        assert chosen in open_places
        assert chosen.size == min(p.size for p in open_places)


@given(loads, sizes, st.sampled_from([str(p.address) for p in PLACES]))
def test_a_consignees_parcels_go_together_while_there_is_room(held: dict[str, int], size: Size, theirs: str) -> None:
    chosen = choose_slot(PLACES, held, size, [theirs])
    place = next(p for p in PLACES if str(p.address) == theirs)
    if place.size >= size and held.get(theirs, 0) < place.capacity:
        assert chosen == place


def test_neighbouring_parcels_do_not_pile_up_on_one_level() -> None:
    held: Counter[str] = Counter()
    levels = []
    for _ in range(6):
        place = choose_slot(PLACES, held, Size.S)
        assert place is not None
        held[str(place.address)] += 1
        levels.append(place.address.level_name)
    assert all(a != b for a, b in pairwise(levels))
    assert Counter(levels) == {"1-3": 3, "2-3": 3}


def test_large_slots_are_kept_for_large_parcels_until_the_small_ones_are_full() -> None:
    held = {str(p.address): 3 for p in PLACES if p.size is Size.S}
    chosen = choose_slot(PLACES, held, Size.S)
    assert chosen is not None and chosen.size is Size.M
