"""Answers about people: passes and notices, who signed in, who has to wait, what is known, whose parcels these are."""

from kiosk.jobs.handing_over.hand_over_all import AllHandedOver
from kiosk.jobs.handing_over.notices import Notice
from kiosk.jobs.handing_over.passes import ProxyPass
from kiosk.jobs.people.find_person import PeopleFound
from kiosk.jobs.people.reveal import Revealed
from kiosk.jobs.shelf.listed import ListedParcel
from kiosk.jobs.staff.pauses import Pauses
from kiosk.jobs.staff.sign_in import SignedIn
from kiosk.parcels.problems import Problem
from kiosk.parcels.states import State
from kiosk.text import N_, Say
from kiosk.text.answers.lists import lit, parcel_lines
from kiosk.text.answers.parcel import role_name
from kiosk.text.answers.parts import Mood, Words, one_line
from kiosk.text.refusals import PROBLEMS

# What a pause is about, by the first word of its scope.
_SCOPES = {
    "code": N_("pickup codes at {where}"),
    "message": N_("all but the first code of a message at {where}"),
    "codes": N_("pickup codes at all terminals"),
    "tail": N_("phone digits of {where}"),
    "pin-at": N_("PINs at {where}"),
    "pin-of": N_("the PIN of {where}"),
    "pin-in-browsers": N_("the PIN of {where} in browsers"),
}


def proxy_pass(say: Say, answer: ProxyPass) -> Words:
    until = say("valid until {time}", time=f"{answer.valid_until:%Y-%m-%d %H:%M}")
    lines = [one_line(say(", ").join(answer.waybills), answer.bearer, until)]
    if not answer.text:
        return Words(say("PROXY PASS"), Mood.CALM, "", tuple(lines))
    lines += [say("Whoever collects scans this once at the kiosk:"), answer.text]
    return Words(say("PROXY PASS"), Mood.GOOD, "", tuple(lines), qr=answer.text)


def notice(say: Say, answer: Notice) -> Words:
    until = say("valid until {time}", time=f"{answer.valid_until:%Y-%m-%d}")
    lines = (
        one_line(answer.waybill, answer.code, until),
        say("It opens all parcels of this person. As a picture: kiosk labels --notice {code}", code=answer.code),
        answer.text,
    )
    return Words(say("ARRIVAL NOTICE"), Mood.GOOD, "", lines, qr=answer.text)


def revealed(say: Say, answer: Revealed) -> Words:
    """Named one by one, so that nobody takes one for the other."""
    told = (
        (say("phone {phone}", phone=answer.phone), answer.phone),
        (say("e-mail {email}", email=answer.email), answer.email),
        (say("address {address}", address=answer.address), answer.address),
        (say("collected by {name}", name=answer.collector), answer.collector),
    )
    lines = (answer.waybill, *(line for line, known in told if known), say("That you saw this is on record."))
    return Words(say("PERSONAL"), Mood.DOUBTFUL, "", lines)


def signed_in(say: Say, answer: SignedIn) -> Words:
    who = one_line(answer.name, answer.number, role_name(say, answer.role))
    if answer.pin_must_change:
        return Words(say("WELCOME"), Mood.DOUBTFUL, "", (who, *map(say, PROBLEMS[Problem.PIN_MUST_CHANGE])))
    return Words(say("WELCOME"), Mood.GOOD, "", (who,))


def pauses(say: Say, answer: Pauses) -> Words:
    """Those that go on, or those that were lifted just now."""
    lifted = any(pause.seconds == 0 for pause in answer.pauses)
    head = say("Lifted:") if lifted else say("These have to wait. End it with: lift")
    if not answer.pauses:
        head = say("Nobody has to wait.")
    table = tuple(
        scope_name(say, pause.scope) + ("" if lifted else "  " + say("{seconds} s", seconds=pause.seconds))
        for pause in answer.pauses
    )
    whose = parcel_lines(say, answer.parcels) if answer.parcels else ()
    return Words(say("PAUSES"), Mood.GOOD if lifted else Mood.CALM, "", (head,), (*table, *whose))


def scope_name(say: Say, scope: str) -> str:
    """Whose tries have to wait."""
    kind, _, where = scope.partition(" ")
    return say(_SCOPES[kind], where=where)


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
