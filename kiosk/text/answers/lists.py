"""Answers that list things, in words."""

from collections.abc import Iterable

from kiosk.counter.answers import PlaceLeft
from kiosk.jobs.keeping.overdue import OverdueList, Reminded
from kiosk.jobs.keeping.places import FreePlaces, PlaceChanged, PlaceContents
from kiosk.jobs.sheets.cycle_count import Counted, CountResult, CountStory
from kiosk.jobs.sheets.home_round import RoundList
from kiosk.jobs.sheets.sheet import SheetClosed, SheetList, SheetStory, Written
from kiosk.jobs.shelf.listed import ListedParcel
from kiosk.parcels.looks import Look
from kiosk.parcels.money import yuan
from kiosk.parcels.overdue import Overdue
from kiosk.parcels.problems import Refused
from kiosk.parcels.sheets import SheetKind
from kiosk.parcels.states import State
from kiosk.text import N_, Say
from kiosk.text.answers.manifests import awaited_lines
from kiosk.text.answers.parts import Mood, Words
from kiosk.text.courier_names import courier_name
from kiosk.text.line_breaks import padded
from kiosk.text.refusals import not_put_away
from kiosk.text.sentences import look_name, state_name
from kiosk.text.sheet_names import SHEETS, by_courier, sheet_name

_RUNGS = {Overdue.WARN: N_("waiting long"), Overdue.REMIND: N_("overdue"), Overdue.RETURN_DUE: N_("return due")}
_COUNTED = {
    CountResult.RIGHT: (N_("COUNTED"), Mood.GOOD, N_("It is where it should be.")),
    CountResult.AGAIN: (N_("COUNTED"), Mood.GOOD, N_("It was scanned in this count already.")),
    CountResult.MISPLACED: (N_("MISPLACED"), Mood.DOUBTFUL, N_("It belongs in {slot}. Bring it there, or: move SLOT")),
    CountResult.WAS_MISSING: (N_("FOUND"), Mood.DOUBTFUL, N_("It was missing. Put it in a slot with: found SLOT")),
    CountResult.UNEXPECTED: (
        N_("UNEXPECTED"),
        Mood.DOUBTFUL,
        N_("It is not in custody. Put it aside and see its history; check it in if it is new."),
    ),
}


def rung_name(say: Say, rung: Overdue) -> str:
    return say(_RUNGS[rung])


def parcel_lines(say: Say, parcels: Iterable[ListedParcel]) -> tuple[str, ...]:
    """A line for each parcel, its columns straight."""
    return tuple(_parcel_line(say, one) for one in parcels)


def _parcel_line(say: Say, one: ListedParcel) -> str:
    slot, code, courier, waybill, days, told = parcel_cells(say, one)
    return f"{slot:8} {code:11} {padded(courier, 8)} {waybill:18} {days:>5}  {told}".rstrip()


def parcel_cells(say: Say, one: ListedParcel) -> tuple[str, str, str, str, str, str]:
    """Slot, code, courier, waybill, days in custody, and what else is to be known of it."""
    days = say("{days} d", days=one.days)
    is_usual = one.state is State.SHELVED and not one.held_for
    facts = [one.phone or "", "" if is_usual else state_name(say, one.state, one.held_for)]
    if one.rung:
        facts.append(rung_name(say, one.rung))
    if one.reminders:
        facts.append(say("reminded {count} time", "reminded {count} times", count=one.reminders))
    if one.due_fen > 0:
        facts.append(say("to be paid: {amount} yuan", amount=yuan(one.due_fen)))
    told = "  ".join(fact for fact in facts if fact)
    return one.slot or "-", one.code or "-", courier_name(say, one.courier), one.waybill, days, told


def lit(say: Say, look: Look | None) -> tuple[str, ...]:
    return (say("Lit: {look}", look=look_name(say, look)),) if look else ()


def sheet_story(say: Say, answer: SheetStory) -> Words:
    lines = [sheet_name(say, answer.kind, answer.sheet, answer.party), _progress(say, answer)]
    lines += _brands(say, answer.by_courier)
    if answer.note:
        lines.append(answer.note)
    lines.append(say("Closed {time}", time=f"{answer.closed_at:%m-%d %H:%M}") if answer.closed_at else say(_NEXT))
    return Words(say(SHEETS[answer.kind]).upper(), Mood.CALM, "", tuple(lines), parcel_lines(say, answer.parcels))


_NEXT = N_("Scan its parcels; close it with: done")


def _progress(say: Say, answer: SheetStory | SheetClosed) -> str:
    if answer.expected is None:
        return say("{count} scanned", count=answer.scanned)
    return say("{scanned} of {expected} scanned", scanned=answer.scanned, expected=answer.expected)


def _brands(say: Say, counted: tuple[tuple[str, int], ...]) -> list[str]:
    return [by_courier(say, counted)] if counted else []


def sheet_list(say: Say, answer: SheetList) -> Words:
    def line(one: SheetStory) -> str:
        closed = say("closed") if one.closed_at else say("open")
        name = sheet_name(say, one.kind, one.sheet, one.party)
        return f"{one.opened_at:%m-%d %H:%M}  {name}  {_progress(say, one)}  {closed}"

    hint = say("Go on with one: sheet NUMBER") if answer.sheets else say("No sheet is open.")
    return Words(say("SHEETS"), Mood.CALM, "", (hint,), tuple(line(one) for one in answer.sheets))


def written(say: Say, answer: Written) -> Words:
    first = "  ".join(part for part in (answer.waybill, answer.code, answer.slot) if part)
    name = sheet_name(say, answer.kind, answer.sheet, answer.party)
    return Words(say("ON THE SHEET"), Mood.GOOD, answer.slot or "", (first, f"{name}  {answer.scanned}"))


def sheet_closed(say: Say, answer: SheetClosed) -> Words:
    lines = [sheet_name(say, answer.kind, answer.sheet, answer.party), _progress(say, answer)]
    lines += _brands(say, answer.by_courier)
    if answer.note:
        lines.append(answer.note)
    if answer.kind is SheetKind.TRANSFER and answer.left:
        lines.append(say("With it go the last 4 digits of phones: nobody can be notified from there."))
    for one in answer.awaited:
        lines += awaited_lines(say, one)
    if answer.stayed:
        lines.append(say("Not gone with it: {waybills}", waybills=", ".join(answer.stayed)))
    lines += last_parcel(say, answer.confirmed)
    is_odd = answer.stayed or isinstance(answer.confirmed, Refused) or any(one.missing for one in answer.awaited)
    return Words(say("CLOSED"), Mood.DOUBTFUL if is_odd else Mood.GOOD, "", tuple(lines))


def last_parcel(say: Say, confirmed: tuple[str, str] | Refused | None) -> list[str]:
    """What is on record of the parcel taken in last, where its put-away went along with something else."""
    if isinstance(confirmed, Refused):
        return [not_put_away(say, confirmed)]
    if confirmed is None:
        return []
    return [say("Before: {waybill} is put away in {slot}", waybill=confirmed[0], slot=confirmed[1])]


def counted(say: Say, answer: Counted) -> Words:
    word, mood, advice = _COUNTED[answer.result]
    slot = answer.slot or "-"
    progress = say("{level}: {counted} of {expected}", level=answer.level, counted=answer.counted,
                   expected=answer.expected)  # fmt: skip
    big = slot if answer.result is CountResult.MISPLACED else ""
    return Words(say(word), mood, big, (f"{answer.waybill}  {progress}", say(advice, slot=slot)))


def count_story(say: Say, answer: CountStory) -> Words:
    lines = [
        say("{level}: {counted} of {expected}", level=answer.level, counted=answer.counted, expected=answer.expected),
        say("{missing} missing, {misplaced} misplaced, {unexpected} unexpected", missing=len(answer.missing),
            misplaced=len(answer.misplaced), unexpected=len(answer.unexpected)),
        *last_parcel(say, answer.confirmed),
    ]  # fmt: skip
    table = [
        *(say("missing: {parcel}", parcel=line) for line in parcel_lines(say, answer.missing)),
        *(say("misplaced: {parcel}", parcel=line) for line in parcel_lines(say, answer.misplaced)),
        *(say("unexpected: {parcel}", parcel=waybill) for waybill in answer.unexpected),
    ]
    return Words(say("COUNT"), Mood.DOUBTFUL if table else Mood.GOOD, "", tuple(lines), tuple(table))


def place_changed(say: Say, answer: PlaceChanged) -> Words:
    lines = [say("{place} takes no parcels", place=answer.place) if answer.closed
             else say("{place} takes parcels again", place=answer.place)]  # fmt: skip
    if answer.closed and answer.held:
        lines.append(
            say(
                "Parcels there: {count}. It can still be collected.",
                "Parcels there: {count}. They can still be collected.",
                count=answer.held,
            )
        )
    return Words(say("CLOSED") if answer.closed else say("OPEN"), Mood.GOOD, "", tuple(lines))


def place_contents(say: Say, answer: PlaceContents) -> Words:
    held = say("{place}: {held} of {capacity}", place=answer.place, held=len(answer.parcels), capacity=answer.capacity)
    lines = [held, *lit(say, answer.look)]
    if answer.closed_for is not None:
        lines.append(say("Closed: {reason}", reason=answer.closed_for))
    if answer.takes_next is not None:
        lines.append(goes_to(say, answer.place) if answer.takes_next else say("It takes no more: scan another place."))
    return Words(say("SLOT"), Mood.CALM, answer.place, tuple(lines), parcel_lines(say, answer.parcels))


def goes_to(say: Say, place: str) -> str:
    """Where what is scanned goes until something else is said."""
    return say("Everything scanned now goes to {place}  (Esc ends it)", place=place)


def place_left(say: Say, answer: PlaceLeft) -> Words:
    first = say("Nothing more goes to {place} by itself.", place=answer.place)
    mood = Mood.DOUBTFUL if isinstance(answer.confirmed, Refused) else Mood.GOOD
    return Words(say("DONE"), mood, "", (first, *last_parcel(say, answer.confirmed)))


def free_places(say: Say, answer: FreePlaces) -> Words:
    room = sum(count for _, count in answer.places)
    first = say("Size {size}: room for {count} parcel", "Size {size}: room for {count} parcels",
                size=answer.size.name, count=room)  # fmt: skip
    best = answer.places[0][0] if answer.places else ""
    return Words(
        say("FREE"), Mood.CALM if room else Mood.BAD, best, (first,), tuple(f"{s:8} {n}" for s, n in answer.places)
    )


def overdue_list(say: Say, answer: OverdueList) -> Words:
    first = say("Waiting too long: {count}", count=len(answer.parcels))
    return Words(say("OVERDUE"), Mood.CALM, "", (first, *lit(say, answer.look)), parcel_lines(say, answer.parcels))


def reminded(say: Say, answer: Reminded) -> Words:
    lines = [
        say("{count} parcel is marked: remind its consignee", "{count} parcels are marked: remind their consignees",
            count=len(answer.parcels))
    ]  # fmt: skip
    if answer.at_limit:
        lines.append(
            say("{count} has had all its reminders", "{count} have had all their reminders", count=answer.at_limit)
        )
    return Words(say("REMINDED"), Mood.GOOD, "", tuple(lines), answer.parcels)


def round_list(say: Say, answer: RoundList) -> Words:
    first = say("To be brought home: {count}", count=len(answer.stops))
    table = tuple(
        f"{stop.address or say('(address to be asked for)')}  {line}"
        for stop, line in zip(answer.stops, parcel_lines(say, (stop.parcel for stop in answer.stops)), strict=True)
    )
    return Words(say("HOME DELIVERY"), Mood.CALM, "", (first,), table)
