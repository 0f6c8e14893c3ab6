"""Answers about one parcel, in words."""

from collections.abc import Iterable
from dataclasses import replace

from kiosk.counter.answers import NotCertain
from kiosk.jobs.changed import ADDED, CHANGED, REMOVED, Changed
from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.jobs.handing_over.delivery_asked import DeliveryAsked
from kiosk.jobs.money.settle import Settled
from kiosk.jobs.records.history import History
from kiosk.jobs.records.look_up import LoggedEvent
from kiosk.jobs.records.undo import Undone
from kiosk.jobs.taking_in.put_away import PutAway
from kiosk.parcels.kinds import Kind
from kiosk.parcels.money import yuan
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.states import Event
from kiosk.text import N_, Say
from kiosk.text.answers.advice import staff_advice
from kiosk.text.answers.parts import Mood, Words, one_line
from kiosk.text.courier_names import courier_name
from kiosk.text.hold_names import hold_name
from kiosk.text.refusals import problem_headline
from kiosk.text.sentences import event_name, fault_sentence, state_name
from kiosk.text.sheet_names import sheet_name

_KINDS = {
    Kind.PARCEL: N_("parcel"),
    Kind.REWARD: N_("reward goods"),
    Kind.ORDER: N_("shop order"),
    Kind.LAUNDRY: N_("laundry"),
}
_ROLES = {Role.CUSTOMER: N_("customer"), Role.CLERK: N_("clerk"), Role.MANAGER: N_("manager")}
_NEW_CODE = N_("Its pickup code is new; the one on its label stays good while it is here.")
_SET = {
    "courier": N_("courier {value}"),
    "size": N_("size {value}"),
    "second_waybill": N_("second waybill {value}"),
    "phone": N_("phone {value}"),
    "email": N_("e-mail {value}"),
    "freight_collect_fen": N_("freight collect {value} yuan"),
    "cod_fen": N_("cash on delivery {value} yuan"),
    "price_fen": N_("price {value} yuan"),
}


_HOW = {ADDED: N_("added"), CHANGED: N_("changed"), REMOVED: N_("removed")}  # all that the log says of a person


def put_away(say: Say, answer: PutAway) -> Words:
    lines = [one_line(answer.waybill, answer.slot, answer.code)]
    if answer.doubt:
        lines.append(say("It lies there though: {why}", why=problem_headline(say, Refused(answer.doubt))))
    if answer.new_code:
        lines.append(say(_NEW_CODE))
    mood = Mood.DOUBTFUL if answer.new_code or answer.doubt else Mood.GOOD
    return Words(say("PUT AWAY"), mood, answer.slot, tuple(lines))


def taken_back(history: Iterable[LoggedEvent]) -> set[object]:
    """Seqs of events that a later one of them took back."""
    return {event.changes["undoes"] for event in history if event.changes.get("undoes")}


def event_line(say: Say, event: LoggedEvent, *, is_undone: bool = False) -> str:
    """One event with who, where, and what it changed that a person wants to know."""
    facts = [hold_name(say, str(event.changes[name])) for name in _TOLD if event.changes.get(name)]
    if event.event == Event.AMEND:
        facts += [set_right(say, name, value) for name, value in event.changes.items() if name in _SET and value]
        if event.changes.get("sheet_id"):
            facts.append(say("on sheet {number}", number=event.changes["sheet_id"]))
    if is_undone:
        facts.append(say("(taken back)"))
    elif event.changes.get("proxy"):
        facts.append(say("somebody else collected it"))
    if event.changes.get("fen"):
        facts.append(yuan(int(str(event.changes["fen"]))))
    name = event_name(say, event.event)
    if event.changes.get("refused"):
        name = say("not put away in {slot}", slot=event.changes.get("refused_slot") or "-")
        facts.append(problem_headline(say, Refused(Problem(str(event.changes["refused"])))))
    if event.changes.get("asked_by"):
        facts.append(say("asked by {who}", who=event.changes["asked_by"]))
    told = [f"{event.occurred_at:%m-%d %H:%M}", name, *facts, f"{event.who}@{event.terminal}"]
    return "  ".join(told)


_TOLD = ("slot", "proposed_slot", "place", "party", "number", "hold_reason", "hold_note", "return_reason", "reason",
         "resolution", "proof", "found_at", "unexpected", "wanted", "note")  # fmt: skip


def history(say: Say, answer: History) -> Words:
    """The whole story; a waybill beside each event, for a code or slot may have had several."""
    count = say("Events: {count}", count=len(answer.events))
    undone = taken_back(answer.events)
    table = tuple(
        f"{event_line(say, event, is_undone=event.seq in undone)}  {event.waybill}" for event in answer.events
    )
    return Words(say("HISTORY"), Mood.CALM, "", (one_line(answer.about, count),), table)


def handed_over(say: Say, answer: HandedOver) -> Words:
    lines = [one_line(answer.waybill, answer.code, answer.slot)]
    left = len(answer.left) + answer.more
    if left:
        slots = ", ".join(dict.fromkeys(parcel.slot for parcel in (*answer.left, *answer.others)))
        lines.append(say("{count} more of this person: {slots}", count=left, slots=slots))
    return Words(say("HANDED OVER"), Mood.DOUBTFUL if left else Mood.GOOD, "", tuple(lines))


def undone(say: Say, answer: Undone) -> Words:
    what = event_name(say, answer.event)
    state = state_name(say, answer.state) if answer.state else None
    sheet = sheet_name(say, answer.kind, answer.sheet, answer.party) if answer.kind and answer.sheet else None
    lines = (
        one_line(sheet, answer.waybill, answer.slot, answer.code, state),
        say("Taken back: {what}", what=what),
    )
    return Words(say("UNDONE"), Mood.GOOD, answer.slot or "", lines)


def settled(say: Say, answer: Settled) -> Words:
    amount = say("{amount} yuan", amount=yuan(answer.fen))
    lines = (one_line(answer.waybill, answer.code, amount), say("The parcel may be handed over."))
    return Words(say("WAIVED") if answer.waived else say("PAID"), Mood.GOOD, answer.slot or "", lines)


def changed(say: Say, answer: Changed) -> Words:
    state = state_name(say, answer.state, answer.held_for)
    lines = [one_line(answer.waybill, answer.slot, answer.code, state)]
    if answer.said:
        lines.append(say(", ").join(set_right(say, name, value) for name, value in answer.said.items()))
    if answer.new_code:
        lines.append(say(_NEW_CODE))
    is_bad_news = answer.event in (Event.MARK_MISSING, Event.WRITE_OFF)
    mood = Mood.DOUBTFUL if is_bad_news or answer.new_code else Mood.GOOD
    return Words(event_name(say, answer.event).upper(), mood, answer.slot or "", tuple(lines))


def set_right(say: Say, name: str, value: object) -> str:
    """One particular as it is now; amounts in yuan."""
    told = yuan(int(str(value))) if name.endswith("_fen") else str(value)
    told = say(_HOW[told]) if told in _HOW else told
    return say(_SET[name], value=courier_name(say, told) if name == "courier" else told)


def delivery_asked(say: Say, answer: DeliveryAsked) -> Words:
    lines = [say(", ").join(answer.waybills)]
    if answer.fee_fen:
        lines.append(say("Fee: {amount} yuan each", amount=yuan(answer.fee_fen)))
    return Words(say("HOME DELIVERY"), Mood.GOOD, "", tuple(lines))


def not_certain(say: Say, answer: NotCertain) -> Words:
    """By name, for a clerk has scanned on meanwhile and finds it in the list of the last answers."""
    again = say("{about} may be on record or not. Scan it again: nothing is done twice.", about=answer.about)
    return Words(say("NOT CERTAIN"), Mood.BAD, "", (again, fault_sentence(say, answer.fault)))


def refused(say: Say, answer: Refused) -> Words:
    first = one_line(problem_headline(say, answer), answer.waybill)
    if answer.consent:
        from kiosk.text.desk_help import job_told  # with all words: few jobs are refused

        what = one_line(job_told(say, answer.detail), answer.waybill)
        lines = (what, problem_headline(say, answer), staff_advice(say, replace(answer, detail="")))
        return Words(say("ASK A MANAGER"), Mood.DOUBTFUL, answer.slot or "", lines)
    word, mood = (N_("NOT PUT AWAY"), Mood.DOUBTFUL) if answer.is_warning else (N_("NOT DONE"), Mood.BAD)
    if answer.problem is Problem.LIES_ELSEWHERE:
        word, mood = N_("ALREADY HERE"), Mood.DOUBTFUL
    return Words(say(word), mood, answer.slot or "", (first, *staff_advice(say, answer).split("\n")))


def kind_name(say: Say, kind: Kind) -> str:
    return say(_KINDS[kind])


def role_name(say: Say, role: Role) -> str:
    return say(_ROLES[role])
