"""Modes of the desk: each scan of a parcel is the same job until the mode ends. Its reason is said once."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from kiosk.counter.answers import Mode, ModeSet, StaffAnswer
from kiosk.counter.arguments import AtHand, Does, OfParcel, hand_over, names_parcel
from kiosk.jobs.changed import Changed
from kiosk.jobs.find_parcel import coded_parcel
from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.jobs.keeping.hold import hold, start_return
from kiosk.jobs.records.undo import Undone
from kiosk.jobs.sheets.home_round import deliver
from kiosk.jobs.sheets.returns import put_on_return
from kiosk.jobs.sheets.sheet import Written
from kiosk.jobs.staff.sign_in import SignedIn
from kiosk.jobs.station import Station
from kiosk.parcels.exceptions import reason_of
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan, recognise
from kiosk.parcels.sheets import SheetKind

AtHandJob = Callable[[Station, AtHand, Scan, str], StaffAnswer]


class _ModeJob(NamedTuple):
    """What is done to each parcel. `needs_reason`: it is asked for once, and nothing is done without."""

    does: AtHandJob
    needs_reason: bool = False


def _give_back(station: Station, at_hand: AtHand, parcel: Scan, reason: str) -> StaffAnswer:
    """With its courier's return manifest open, the parcel is on it at once."""
    if not reason:
        return Refused(Problem.NEEDS_REASON, waybill=at_hand.parcel)
    if at_hand.kind is SheetKind.RETURN and at_hand.sheet is not None:
        return put_on_return(station, at_hand.sheet, parcel, reason_of(reason))
    return start_return(station, parcel, reason_of(reason))


def _deliver(station: Station, at_hand: AtHand, parcel: Scan, proof: str) -> StaffAnswer:
    """A pickup code that is scanned in the mode is the parcel and the proof at once."""
    is_told = at_hand.mode is not None and coded_parcel(station, parcel) is not None
    return deliver(station, parcel, parcel.text if is_told else proof)


def _of(job: OfParcel) -> AtHandJob:
    return lambda station, _, parcel, argument: job(station, parcel, argument)


MODES: Mapping[str, _ModeJob] = {
    "out": _ModeJob(_of(hand_over)),
    "return": _ModeJob(_give_back, needs_reason=True),
    "delivered": _ModeJob(_deliver),
    "hold": _ModeJob(_of(hold), needs_reason=True),
}
# Words about the parcel that was scanned last, after which the mode goes on.
_GOES_ON = frozenset({"mode", "pay", "waive", "undo", "release", "history", "reveal", "label", "help"})


def one_or_each(name: str) -> Does:
    """The job of a word that may be a mode: about the parcel at hand; with none there, about each that is scanned
    from now on. In its own mode another argument is the mode's from now on."""

    def does(station: Station, at_hand: AtHand, argument: str) -> StaffAnswer:
        if name == "out" and names_parcel(argument):
            return hand_over(station, recognise(argument), "")
        is_said_anew = at_hand.mode is not None and at_hand.mode.word == name and bool(argument)
        if at_hand.parcel is None or is_said_anew:
            return ModeSet(Mode(name, argument))
        return MODES[name].does(station, at_hand, recognise(at_hand.parcel), argument)

    return does


def begin_mode(station: Station, at_hand: AtHand, argument: str) -> StaffAnswer:
    """`mode return refused`; with nothing after it, what the desk is in."""
    del station
    name, _, reason = argument.partition(" ")
    if name.lower() in MODES:
        return ModeSet(Mode(name.lower(), reason.strip()))
    if not name and at_hand.mode is not None:
        return ModeSet(at_hand.mode)
    return Refused(Problem.NO_SUCH_MODE)


def ending_mode(job: Does) -> Does:
    """In a mode the word ends it, and nothing else."""
    return lambda station, at_hand, argument: (
        ModeSet(None, at_hand.mode) if at_hand.mode is not None else job(station, at_hand, argument)
    )


def is_without_reason(mode: Mode) -> bool:
    return MODES[mode.word].needs_reason and not mode.argument


def do_in_mode(station: Station, at_hand: AtHand, mode: Mode, scan: Scan) -> StaffAnswer:
    """The job of the mode, with the parcel that was scanned."""
    if is_without_reason(mode):
        return Refused(Problem.NEEDS_REASON)
    return MODES[mode.word].does(station, at_hand, scan, mode.argument)


def mode_after(mode: Mode | None, word: str | None, answer: StaffAnswer) -> Mode | None:
    """The mode after an answer. `word`: what was said, None where something was scanned."""
    if isinstance(answer, ModeSet):
        return answer.mode
    if mode is None or isinstance(answer, SignedIn) or word not in (None, mode.word, *_GOES_ON):
        return None
    if isinstance(answer, Undone):
        return mode._replace(done=max(mode.done - 1, 0))
    is_done = word in (None, mode.word) and isinstance(answer, Changed | HandedOver | Written)
    return mode._replace(done=mode.done + 1) if is_done else mode
