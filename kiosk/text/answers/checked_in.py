"""The answer to a parcel that came in, in words: where it goes, whose it is, what is worth a second look."""

from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import PutAway
from kiosk.jobs.taking_in.whose import Whose
from kiosk.parcels.kinds import Kind
from kiosk.parcels.money import yuan
from kiosk.parcels.phones import mask_tail
from kiosk.parcels.problems import Refused
from kiosk.parcels.states import State
from kiosk.text import N_, Say
from kiosk.text.answers.parts import Mood, Words, one_line
from kiosk.text.courier_names import courier_name, courier_names
from kiosk.text.refusals import not_put_away, problem_headline
from kiosk.text.sentences import look_name, state_name

_PUT_AND_SCAN = N_("Put it where the light is: {look}. Then scan the slot or the next parcel.")
_PUT_AND_SCAN_SLOT = N_("Put it where the light is: {look}. Then scan that slot, or the slot where it lies.")


def checked_in(say: Say, answer: CheckedIn) -> Words:
    lines = [one_line(courier_name(say, answer.courier), answer.waybill, answer.slot, answer.code)]
    if answer.not_there:
        lines.append(_not_there(say, answer.not_there))
    if answer.state is State.SHELVED:
        lines.append(say("It is put away in {slot}.", slot=answer.slot))
    elif answer.look:
        look = look_name(say, answer.look)
        told = _PUT_AND_SCAN_SLOT if answer.asks_slot else _PUT_AND_SCAN
        lines.append(say(told, look=look))
    else:
        lines.append(say("No light is free: put it in slot {slot}.", slot=answer.slot))
    doubts = _doubts(say, answer)
    lines += [_consignee(say, answer), *doubts]
    if answer.due_fen:
        lines.append(say("To be paid at pick-up: {amount} yuan", amount=yuan(answer.due_fen)))
    is_dark = answer.look is None and answer.state is not State.SHELVED
    mood = Mood.DOUBTFUL if is_dark or answer.not_there or doubts else Mood.GOOD
    if isinstance(answer.confirmed, PutAway):
        before = answer.confirmed
        lines.append(say("Before: {waybill} is put away in {slot}", waybill=before.waybill, slot=before.slot))
    word = say("SCANNED AGAIN") if answer.again else say("CHECKED IN")
    return Words(word, mood, answer.slot, tuple(lines))


def _not_there(say: Say, refused: Refused) -> str:
    why = problem_headline(say, refused)
    if refused.is_warning:
        return say("Not in {slot}: {why}. Scan it or the slot once more: it lies there.", slot=refused.slot, why=why)
    return say("Not in {slot}: {why}. Scan the next place.", slot=refused.slot, why=why)


def _doubts(say: Say, answer: CheckedIn) -> list[str]:
    """What is worth a second look."""
    lines = []
    if answer.beyond is not None:
        scanned, expected = answer.beyond
        lines.append(
            say("{scanned} of {expected}: more than the driver's list says", scanned=scanned, expected=expected)
        )
    if isinstance(answer.confirmed, Refused):
        lines.append(not_put_away(say, answer.confirmed))
    if answer.earlier:
        lines.append(
            say("It was here before: {state}. Is it the same parcel?", state=state_name(say, answer.earlier[0]))
        )
    if answer.other_tail:
        other = mask_tail(answer.other_tail)
        lines.append(say("It was announced for {phone}: is it somebody else's now?", phone=other))
    lines += [_passed_over(say, answer, name, value) for name, value in answer.passed_over.items()]
    if answer.half_read:
        lines.append(say("Half read? It may be {waybill}: undo (F9) and scan it again.", waybill=answer.half_read))
    elif not answer.candidates and answer.kind is Kind.PARCEL:
        lines.append(say("Unknown form of waybill: is it the right barcode?"))
    elif answer.looks_like_another_courier:
        lines.append(say("This waybill looks like one of {couriers}.", couriers=courier_names(say, answer.candidates)))
    return lines


def _passed_over(say: Say, answer: CheckedIn, name: str, value: str) -> str:
    """What was said for the next ones, and what is certain of this one."""
    if name == "courier":
        here, said = courier_name(say, answer.courier), courier_name(say, value)
        return say("Its courier is {here}, not {said}. If it is: courier {said}", here=here, said=said)
    return say("It is announced with another size than {said}. If it has that: size {said}", said=value)


_FROM_WHERE = {Whose.SAID: N_("as said"), Whose.ANNOUNCED: N_("as announced"), Whose.ON_RECORD: N_("on record")}


def _consignee(say: Say, answer: CheckedIn) -> str:
    """Whose it is, by what a clerk may see of them."""
    if answer.whose is Whose.NOBODY:
        return say("NO PHONE: nobody can be told. Typed now, it goes to this parcel.")
    whose = mask_tail(answer.phone_tail) or say("NO PHONE, an e-mail address only")
    told = [] if answer.is_told else [say("NOT WHOLE: nobody can be told")]
    return one_line(say("Consignee {whose}", whose=whose), say(_FROM_WHERE[answer.whose]), *told)
