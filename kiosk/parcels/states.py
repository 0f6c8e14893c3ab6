"""The life of a parcel: its states and the only transitions there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    EXPECTED = "EXPECTED"
    CHECKED_IN = "CHECKED_IN"
    SHELVED = "SHELVED"
    OUT_FOR_DELIVERY = "OUT_FOR_DELIVERY"
    RETURN_PENDING = "RETURN_PENDING"
    MISSING = "MISSING"
    PICKED_UP = "PICKED_UP"
    DELIVERED = "DELIVERED"
    RETURNED = "RETURNED"
    IN_TRANSFER = "IN_TRANSFER"
    LOST = "LOST"
    VOIDED = "VOIDED"


# Overdue is derived from time and hold is a flag: neither may drop a parcel out of this set.
IN_CUSTODY = frozenset({State.CHECKED_IN, State.SHELVED, State.RETURN_PENDING, State.MISSING})

HANDED_OVER = frozenset({State.PICKED_UP, State.DELIVERED})  # somebody has it in their hands
LEFT = HANDED_OVER | {State.RETURNED, State.IN_TRANSFER, State.LOST}  # the episode has ended, otherwise than by a slip


class Event(StrEnum):
    ANNOUNCE = "announce"
    WITHDRAW = "withdraw"
    CHECK_IN = "check_in"
    VOID_CHECK_IN = "void_check_in"
    SHELVE = "shelve"
    UNDO_SHELVE = "undo_shelve"
    RELOCATE = "relocate"
    CHECK_OUT = "check_out"
    UNDO_CHECK_OUT = "undo_check_out"
    DISPATCH_HOME = "dispatch_home"
    DELIVER = "deliver"
    FAIL_DELIVERY = "fail_delivery"
    HOLD = "hold"
    RELEASE = "release"
    START_RETURN = "start_return"
    CANCEL_RETURN = "cancel_return"
    HAND_OVER_RETURN = "hand_over_return"
    TRANSFER_OUT = "transfer_out"
    MARK_MISSING = "mark_missing"
    FOUND = "found"
    WRITE_OFF = "write_off"
    # These leave the state as it is.
    AMEND = "amend"
    PAY = "pay"
    WAIVE = "waive"
    UNDO_PAY = "undo_pay"
    REMIND = "remind"
    COUNT = "count"
    REQUEST_DELIVERY = "request_delivery"
    WITHDRAW_DELIVERY = "withdraw_delivery"
    REVEAL = "reveal"


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states an event may happen (None: no episode yet) and where it leads (None: state stays)."""

    sources: frozenset[State | None]
    target: State | None


def _from(*sources: State | None, to: State | None) -> Transition:
    return Transition(frozenset(sources), to)


TRANSITIONS: Mapping[Event, Transition] = {
    Event.ANNOUNCE: _from(None, to=State.EXPECTED),
    Event.WITHDRAW: _from(State.EXPECTED, to=State.VOIDED),
    Event.CHECK_IN: _from(None, State.EXPECTED, to=State.CHECKED_IN),
    Event.VOID_CHECK_IN: _from(State.CHECKED_IN, to=State.VOIDED),
    Event.SHELVE: _from(State.CHECKED_IN, to=State.SHELVED),
    Event.UNDO_SHELVE: _from(State.SHELVED, to=State.CHECKED_IN),
    Event.RELOCATE: _from(State.SHELVED, to=State.SHELVED),
    Event.CHECK_OUT: _from(State.SHELVED, to=State.PICKED_UP),
    Event.UNDO_CHECK_OUT: _from(State.PICKED_UP, to=State.SHELVED),
    Event.DISPATCH_HOME: _from(State.SHELVED, to=State.OUT_FOR_DELIVERY),
    Event.DELIVER: _from(State.OUT_FOR_DELIVERY, to=State.DELIVERED),
    Event.FAIL_DELIVERY: _from(State.OUT_FOR_DELIVERY, to=State.CHECKED_IN),
    Event.HOLD: _from(State.CHECKED_IN, State.SHELVED, to=None),
    Event.RELEASE: _from(State.CHECKED_IN, State.SHELVED, to=None),
    Event.START_RETURN: _from(State.CHECKED_IN, State.SHELVED, to=State.RETURN_PENDING),
    Event.CANCEL_RETURN: _from(State.RETURN_PENDING, to=State.SHELVED),
    Event.HAND_OVER_RETURN: _from(State.RETURN_PENDING, to=State.RETURNED),
    Event.TRANSFER_OUT: _from(State.CHECKED_IN, State.SHELVED, to=State.IN_TRANSFER),
    Event.MARK_MISSING: _from(*IN_CUSTODY - {State.MISSING}, to=State.MISSING),
    Event.FOUND: _from(State.MISSING, to=State.SHELVED),
    Event.WRITE_OFF: _from(State.MISSING, to=State.LOST),
    Event.AMEND: _from(State.EXPECTED, *IN_CUSTODY, to=None),
    Event.PAY: _from(State.CHECKED_IN, State.SHELVED, State.OUT_FOR_DELIVERY, to=None),
    Event.WAIVE: _from(State.CHECKED_IN, State.SHELVED, State.OUT_FOR_DELIVERY, to=None),
    Event.UNDO_PAY: _from(State.CHECKED_IN, State.SHELVED, State.OUT_FOR_DELIVERY, to=None),
    Event.REMIND: _from(State.SHELVED, to=None),
    Event.COUNT: _from(*IN_CUSTODY, to=None),
    Event.REQUEST_DELIVERY: _from(State.SHELVED, to=None),
    Event.WITHDRAW_DELIVERY: _from(State.SHELVED, to=None),
    Event.REVEAL: _from(*State, to=None),
}

# What takes an action back. What has left with somebody else, or is written off, cannot be taken back by a key.
UNDO: Mapping[Event, Event] = {
    Event.CHECK_IN: Event.VOID_CHECK_IN,
    Event.SHELVE: Event.UNDO_SHELVE,
    Event.RELOCATE: Event.RELOCATE,
    Event.CHECK_OUT: Event.UNDO_CHECK_OUT,
    Event.HOLD: Event.RELEASE,
    Event.RELEASE: Event.HOLD,
    Event.START_RETURN: Event.CANCEL_RETURN,
    Event.CANCEL_RETURN: Event.START_RETURN,
    Event.MARK_MISSING: Event.FOUND,
    Event.FOUND: Event.MARK_MISSING,
    Event.AMEND: Event.AMEND,
    Event.COUNT: Event.COUNT,
    Event.PAY: Event.UNDO_PAY,
    Event.WAIVE: Event.UNDO_PAY,
    Event.REQUEST_DELIVERY: Event.WITHDRAW_DELIVERY,
    Event.WITHDRAW_DELIVERY: Event.REQUEST_DELIVERY,
}


class ForbiddenTransition(Exception):
    """A job tried a transition that the table does not have: a defect, never a user's mistake."""


def next_state(current: State | None, event: Event) -> State:
    """The state that `event` leads to; raises ForbiddenTransition outside the table."""
    transition = TRANSITIONS[event]
    if current not in transition.sources:
        raise ForbiddenTransition(f"{event} from {current}")
    target = transition.target or current
    assert target is not None
    return target
