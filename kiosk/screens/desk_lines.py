"""The staff desk's answers in words: a bar's colour and word, a big place, and one line for the list."""

from dataclasses import dataclass

from hardware.tones import Tone
from kiosk.jobs.check_in import CheckedIn
from kiosk.jobs.look_up import ParcelStory
from kiosk.jobs.put_away import PutAway
from kiosk.jobs.serve_staff import Answer
from kiosk.parcels.problems import Refused
from kiosk.screens.faces import BAD, CALM, GOOD
from kiosk.text import Say
from kiosk.text.sentences import event_name, look_name, problem_advice, problem_headline, state_name

_WARN = "#E69F00"


@dataclass(frozen=True, slots=True)
class DeskLine:
    """`big` is the slot to walk to; `lines` stand under the bar, the first of them also in the list below."""

    word: str
    paint: str
    big: str
    lines: tuple[str, ...]


def desk_line(say: Say, answer: Answer) -> DeskLine:
    """Any answer of the desk's jobs."""
    match answer:
        case CheckedIn():
            return _checked_in(say, answer)
        case PutAway(waybill, code, slot):
            return DeskLine(say("PUT AWAY"), GOOD, slot, (f"{waybill}  {slot}  {code}",))
        case ParcelStory():
            return _story(say, answer)
        case Refused():
            first = problem_headline(say, answer) + (f"  {answer.waybill}" if answer.waybill else "")
            lines = (first, *problem_advice(say, answer).split("\n"))
            return DeskLine(say("NOT DONE"), BAD, answer.slot or "", lines)


def tone_of(answer: Answer) -> Tone:
    """Doubtful is neither good nor bad: look at the screen."""
    if isinstance(answer, Refused):
        return Tone.BAD
    return Tone.ATTENTION if isinstance(answer, CheckedIn) and _is_doubtful(answer) else Tone.GOOD


def broken_line(say: Say, sentence: str) -> DeskLine:
    return DeskLine(say("NOT DONE"), BAD, "", (say("Something is broken. Check with: kiosk parcel"), sentence))


def _checked_in(say: Say, answer: CheckedIn) -> DeskLine:
    lines = [f"{answer.courier}  {answer.waybill}  {answer.slot}  {answer.code}"]
    if answer.look:
        look = look_name(say, answer.look)
        lines.append(say("Put it where the light is: {look}. Then scan the slot or the next parcel.", look=look))
    else:
        lines.append(say("No light is free: put it in slot {slot}.", slot=answer.slot))
    if isinstance(answer.confirmed, Refused):
        why = problem_headline(say, answer.confirmed)
        lines.append(say("The parcel before is not on record as put away: {why}", why=why))
    if not answer.candidates:
        lines.append(say("Unknown form of waybill: is it the right barcode?"))
    elif answer.looks_like_another_courier:
        lines.append(say("This waybill looks like one of {couriers}.", couriers=", ".join(answer.candidates)))
    return DeskLine(say("CHECKED IN"), _WARN if _is_doubtful(answer) else GOOD, answer.slot, tuple(lines))


def _is_doubtful(answer: CheckedIn) -> bool:
    """Something stands below the first two lines, or no light shows the way."""
    is_odd = not answer.candidates or answer.looks_like_another_courier
    return is_odd or answer.look is None or isinstance(answer.confirmed, Refused)


def _story(say: Say, story: ParcelStory) -> DeskLine:
    state = state_name(say, story.state, story.held_for)
    facts = [story.courier, story.waybill, story.slot or "-", story.code or "-", state, story.phone or ""]
    lines = ["  ".join(facts).rstrip()]
    for event in story.history[-4:]:
        what = event_name(say, event.event)
        lines.append(f"{event.occurred_at:%m-%d %H:%M}  {what}  {event.who}@{event.terminal}")
    return DeskLine(say("PARCEL"), CALM, story.slot or "", tuple(lines))
