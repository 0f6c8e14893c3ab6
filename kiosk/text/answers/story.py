"""The card of one parcel: what it is, whose, where, what may be done with it, and what happened to it."""

from kiosk.jobs.departure import Departure
from kiosk.jobs.records.look_up import ParcelStory
from kiosk.parcels.kinds import Kind
from kiosk.parcels.money import yuan
from kiosk.parcels.states import State
from kiosk.text import N_, Say
from kiosk.text.answers.parcel import event_line, kind_name, taken_back
from kiosk.text.answers.parts import Mood, Words, one_line
from kiosk.text.courier_names import courier_name
from kiosk.text.sentences import state_name

_LAST_EVENTS = 4  # history has them all
_NEXT: dict[State, str] = {
    State.EXPECTED: N_("It is announced and has not come yet."),
    State.CHECKED_IN: N_("It is not put away yet: scan the slot where it lies, or F5 hands it over."),
    State.SHELVED: N_("F5 hands it over."),
    State.OUT_FOR_DELIVERY: N_("Record what came of it: delivered PROOF, or failed REASON"),
    State.RETURN_PENDING: N_("It goes back to its courier. If it is to stay: stay"),
    State.MISSING: N_("It was not found. Put it in a slot with: found SLOT"),
}


def parcel_story(say: Say, answer: ParcelStory) -> Words:
    """Amber where it is not simply to be handed over."""
    state = state_name(say, answer.state, answer.held_for)
    lines = [one_line(courier_name(say, answer.courier), answer.waybill, answer.slot, answer.code, state, answer.phone)]
    if answer.left:
        lines.append(left_line(say, answer.left))
    facts = [kind_name(say, answer.kind)] if answer.kind is not Kind.PARCEL else []
    if answer.second_waybill:
        facts.append(say("second waybill {waybill}", waybill=answer.second_waybill))
    if answer.due_fen > 0:
        facts.append(say("to be paid: {amount} yuan", amount=yuan(answer.due_fen)))
    if answer.delivery_requested:
        facts.append(say("home delivery asked for"))
    lines += ["  ".join(facts)] if facts else []
    lines += _what_next(say, answer)
    undone = taken_back(answer.history)
    history = [event_line(say, event, is_undone=event.seq in undone) for event in answer.history]
    return Words(_word(say, answer), _mood(answer), answer.slot or "", (*lines, *history[-_LAST_EVENTS:]))


def left_line(say: Say, left: Departure) -> str:
    """How it left, when and by whose hand."""
    return say(
        "{state} {time} by {who}", state=state_name(say, left.state), time=f"{left.at:%Y-%m-%d %H:%M}", who=left.who
    )


def _word(say: Say, answer: ParcelStory) -> str:
    if answer.left:
        return say("HAS LEFT")
    return say("HERE ALREADY") if answer.uncounted else say("PARCEL")


def _mood(answer: ParcelStory) -> Mood:
    is_usual = answer.state in (State.SHELVED, State.CHECKED_IN, State.EXPECTED, State.VOIDED)
    is_doubtful = answer.uncounted or answer.held_for or answer.due_fen > 0 or not is_usual
    return Mood.DOUBTFUL if is_doubtful else Mood.CALM


def _what_next(say: Say, answer: ParcelStory) -> list[str]:
    if answer.asks:
        return [say("Is it back? Scan it once more to take it in again, or type: sure")]
    lines = [say("It is here already and not counted twice.")] if answer.uncounted else []
    if answer.held_for:
        return [*lines, say("See why with: history. End the hold with: release")]
    may_go = answer.state in (State.SHELVED, State.CHECKED_IN)
    if may_go and answer.due_fen > 0:
        return [*lines, say("Take the money and press F6, then F5.")]
    return [*lines, say(_NEXT[answer.state])] if answer.state in _NEXT else lines
