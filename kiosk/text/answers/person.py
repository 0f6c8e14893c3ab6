"""A person at the counter, in words: whose parcels these are, and what they were handed."""

from kiosk.jobs.handing_over.hand_over_all import AllHandedOver
from kiosk.jobs.people.find_person import PeopleFound
from kiosk.jobs.shelf.listed import ListedParcel
from kiosk.parcels.states import State
from kiosk.text import Say
from kiosk.text.answers.lists import lit, parcel_lines
from kiosk.text.answers.parts import Mood, Words


def people_found(say: Say, answer: PeopleFound) -> Words:
    """One person's parcels; or several people, told apart and numbered."""
    people = answer.by_person()
    if len(people) > 1:
        return _several(say, answer)
    count = len(answer.parcels)
    lines = [say("{count} parcel of this person", "{count} parcels of this person", count=count)]
    lines += lit(say, answer.look)
    may_leave = any(map(_may_leave, answer.parcels))
    if may_leave and not answer.is_proven:
        lines.append(say("Ask for one thing more, such as the name on the label. If it is right:"))
    if may_leave:
        lines.append(say("F5 hands over what may leave.") if count > 1 else say("F5 hands it over."))
    elif count == 1 and answer.parcels[0].due_fen > 0:
        lines.append(say("Take the money and press F6, then F5."))
    table = [*parcel_lines(say, answer.parcels)]
    if answer.perhaps:
        table += ["", say("Perhaps theirs, for only the last 4 digits are known:"), *parcel_lines(say, answer.perhaps)]
    big = answer.parcels[0].slot or "" if count == 1 else ""
    return Words(say("PERSON"), Mood.CALM, big, tuple(lines), tuple(table))


def _may_leave(one: ListedParcel) -> bool:
    return one.state in (State.SHELVED, State.CHECKED_IN) and not one.held_for and one.due_fen <= 0


def _several(say: Say, answer: PeopleFound) -> Words:
    lines = [
        say("People that it may be: {count}. Nothing is handed over before one is chosen.", count=len(answer.people)),
        *lit(say, answer.look),
        say("Ask for the whole number or the courier: find 1234 SF. Or choose one of the list: find 1234 2"),
    ]
    table: list[str] = []
    for number, person in enumerate(answer.by_person(), 1):
        table += [f"{number}) {line}" if not n else f"{'':{len(str(number))}}  {line}"
                  for n, line in enumerate(parcel_lines(say, person))]  # fmt: skip
    return Words(say("SEVERAL PEOPLE"), Mood.DOUBTFUL, "", tuple(lines), tuple(table))


def all_handed_over(say: Say, answer: AllHandedOver) -> Words:
    """What went, and what stays with the reason."""
    lines = []
    if answer.parcels:
        slots = ", ".join(dict.fromkeys(one.slot or "-" for one in answer.parcels))
        gone = say("{count} parcel handed over: {slots}", "{count} parcels handed over: {slots}",
                   count=len(answer.parcels), slots=slots)  # fmt: skip
        lines.append(gone)
    if not answer.stayed:
        return Words(say("HANDED OVER"), Mood.GOOD, "", tuple(lines), parcel_lines(say, answer.parcels))
    lines.append(say("{count} parcel stays here:", "{count} parcels stay here:", count=len(answer.stayed)))
    if len(answer.stayed) == 1 and answer.stayed[0].due_fen > 0:
        lines.append(say("Take the money and press F6, then F5."))
    word, mood = (say("HANDED OVER"), Mood.DOUBTFUL) if answer.parcels else (say("NOT DONE"), Mood.BAD)
    big = answer.stayed[0].slot or "" if len(answer.stayed) == 1 else ""
    return Words(word, mood, big, tuple(lines), parcel_lines(say, answer.stayed))
