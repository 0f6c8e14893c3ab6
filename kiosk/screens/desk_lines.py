"""The staff desk's answers in words: a bar's colour and word, a big place, and one line for the list."""

from dataclasses import dataclass

from kiosk.jobs.check_in import CheckedIn
from kiosk.jobs.look_up import ParcelStory
from kiosk.jobs.put_away import PutAway
from kiosk.parcels.problems import Refused
from kiosk.screens.faces import BAD, CALM, GOOD
from kiosk.text import Say
from kiosk.text.sentences import colour_name, problem_advice, problem_headline

_WARN = "#E69F00"


@dataclass(frozen=True, slots=True)
class DeskLine:
    """`big` is the slot to walk to; `lines` stand under the bar, the first of them also in the list below."""

    word: str
    paint: str
    big: str
    lines: tuple[str, ...]


def checked_in_line(say: Say, answer: CheckedIn) -> DeskLine:
    lines = [f"{answer.courier}  {answer.waybill}  {answer.slot}  {answer.code}"]
    if answer.look:
        look = f"{answer.look.colour.symbol} {colour_name(say, answer.look.colour)}"
        lines.append(say("Put it where the {look} light is; scan the slot or the next parcel.", look=look))
    else:
        lines.append(say("No light is free: put it in slot {slot}.", slot=answer.slot))
    if isinstance(answer.confirmed, Refused):
        lines.append(
            say("The parcel before is not on record as put away:") + " " + problem_headline(say, answer.confirmed)
        )
    if not answer.candidates:
        lines.append(say("Unknown form of waybill: is it the right barcode?"))
    elif answer.looks_like_another_courier:
        lines.append(say("This waybill looks like one of {couriers}.", couriers=", ".join(answer.candidates)))
    doubtful = len(lines) > 2 or answer.look is None
    return DeskLine(say("CHECKED IN"), _WARN if doubtful else GOOD, answer.slot, tuple(lines))


def put_away_line(say: Say, answer: PutAway) -> DeskLine:
    return DeskLine(say("PUT AWAY"), GOOD, answer.slot, (f"{answer.waybill}  {answer.slot}  {answer.code}",))


def story_line(say: Say, story: ParcelStory) -> DeskLine:
    facts = [
        story.courier,
        story.waybill,
        story.slot or "-",
        story.code or "-",
        story.state,
        story.phone or "",
    ]
    lines = ["  ".join(facts).rstrip()]
    lines += [
        f"{event.occurred_at:%m-%d %H:%M}  {event.event}  {event.who}@{event.terminal}" for event in story.history[-4:]
    ]
    return DeskLine(say("PARCEL"), CALM, story.slot or "", tuple(lines))


def refused_line(say: Say, refused: Refused) -> DeskLine:
    first = problem_headline(say, refused) + (f"  {refused.waybill}" if refused.waybill else "")
    return DeskLine(say("NOT DONE"), BAD, refused.slot or "", (first, *problem_advice(say, refused).split("\n")))


def broken_line(say: Say, sentence: str) -> DeskLine:
    return DeskLine(say("NOT DONE"), BAD, "", (say("Something is broken; nothing was recorded."), sentence))
