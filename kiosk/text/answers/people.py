"""Answers about people: passes and notices, who signed in, who has to wait, what is known."""

from kiosk.jobs.handing_over.notices import Notice
from kiosk.jobs.handing_over.passes import ProxyPass
from kiosk.jobs.people.reveal import Revealed
from kiosk.jobs.staff.pauses import Pauses
from kiosk.jobs.staff.sign_in import SignedIn
from kiosk.parcels.problems import Problem
from kiosk.text import N_, Say
from kiosk.text.answers.lists import parcel_lines
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
