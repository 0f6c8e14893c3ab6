import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.parcels.states import IN_CUSTODY, TRANSITIONS, Event, ForbiddenTransition, State, next_state

TERMINAL = {State.DELIVERED, State.RETURNED, State.IN_TRANSFER, State.LOST, State.VOIDED}


def test_every_event_is_in_the_table() -> None:
    assert set(TRANSITIONS) == set(Event)


def test_nothing_leaves_a_terminal_state() -> None:
    for transition in TRANSITIONS.values():
        assert transition.target is None or not transition.sources & TERMINAL


def test_only_the_undo_window_reopens_a_hand_over() -> None:
    leaving = [event for event, t in TRANSITIONS.items() if State.PICKED_UP in t.sources and t.target]
    assert leaving == [Event.UNDO_CHECK_OUT]


def test_a_hold_changes_no_state_and_keeps_custody() -> None:
    assert next_state(State.SHELVED, Event.HOLD) is State.SHELVED
    assert State.MISSING in IN_CUSTODY


@given(st.lists(st.sampled_from(Event), max_size=30))
def test_a_walk_through_the_table_begins_and_ends_right(events: list[Event]) -> None:
    state: State | None = None
    for event in events:
        try:
            state = next_state(state, event)
        except ForbiddenTransition:
            assert state not in TRANSITIONS[event].sources
            continue
        assert state in State
    if state in TERMINAL:
        assert state is not None
        with pytest.raises(ForbiddenTransition):
            next_state(state, Event.SHELVE)
