"""What the staff desk shows for what it is at: locked, the words, the newest answers, or nothing yet."""

from collections.abc import Sequence

from kiosk.counter.answers import StaffAnswer
from kiosk.jobs.keeping.picture import PictureBy, StationPicture
from kiosk.parcels.problems import Problem, Refused
from kiosk.screens.desk.state import DeskState
from kiosk.text import Say
from kiosk.text.answers.any_answer import words_of
from kiosk.text.answers.parts import Mood, Words
from kiosk.text.answers.picture import picture
from kiosk.text.desk_help import help_lines
from kiosk.text.refusals import PROBLEMS


def shown_words(
    say: Say, state: DeskState, *, helps: bool, columns: int | None = None
) -> tuple[Words, Sequence[StaffAnswer], PictureBy | None]:
    """What stands on top, the answers that stand below it, and what its table is a picture of. `helps`: the words are
    listed. `columns`: so many cells are there, where they are few."""
    newest, *older = state.last or (None,)
    if state.chooses_pin:
        why_not = words_of(say, newest).lines[:1] if isinstance(newest, Refused) else ()
        return _calm(say("NEW PIN"), *map(say, PROBLEMS[Problem.PIN_MUST_CHANGE]), *why_not), [], None
    if state.locked and state.awaits_pin:
        return _calm(say("PIN"), *map(say, PROBLEMS[Problem.PIN_NEEDED])), [], None
    if state.locked:
        ask = say("Scan your badge, or type your number, a space and your PIN, then Enter.")
        return _calm(say("LOCKED"), ask, *(words_of(say, newest).lines if newest else ())), [], None
    if helps:
        first = say("Type a word and what it needs, then Enter. The parcel at hand is the one shown last.")
        return _calm(say("WORDS"), first)._replace(table=help_lines(say, state.language, state.role)), [], None
    if newest is None:
        ready = say("Scan a waybill, a pickup code or a slot label, or type a word: F10 is the menu.")
        return _calm(say("READY"), ready), [], None
    if isinstance(newest, StationPicture):
        return picture(say, newest, columns), older, newest.by
    return words_of(say, newest), older, None


def _calm(word: str, *lines: str) -> Words:
    return Words(word, Mood.CALM, "", lines)
