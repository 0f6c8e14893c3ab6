"""What is typed or scanned about an item rather than of it: its phone, its e-mail address, its courier, and whose a
phone is where that was asked. Done in the jobs' thread, in the order of the scans."""

from dataclasses import replace

from kiosk.counter.answers import GivenTo, Said, StaffAnswer, WhoseAsked
from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.counter.words import read_desk_word
from kiosk.faults import StationFault
from kiosk.jobs.records.undo import undo
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.amend import amend
from kiosk.jobs.taking_in.whose import Compared, Fits, compare
from kiosk.parcels.couriers import read_courier
from kiosk.parcels.emails import read_email
from kiosk.parcels.meanings import PhoneScan
from kiosk.parcels.particulars import NOTHING_SAID, Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import may
from kiosk.parcels.scans import Scan, recognise, unframed
from kiosk.parcels.states import Event
from kiosk.screens.desk.of_next.for_next import ForNext, LastIn, Order
from kiosk.screens.desk.of_next.next_parcel import NEXT_CONSENT, NEXT_SIZE

THIS, NEXT = "this", "next"
_ANSWERS = {"1": THIS, "2": NEXT}


def serve(station: Station, of_next: ForNext, scan: Scan, at_hand: AtHand) -> StaffAnswer:
    """What is said of an item to come is kept for it, and used up by whichever comes in; all else is a job."""
    answer = _said(station, of_next, scan, at_hand)
    return _job(station, of_next, scan, at_hand) if answer is None else answer


def _job(station: Station, of_next: ForNext, scan: Scan, at_hand: AtHand) -> StaffAnswer:
    try:
        answer = serve_staff(station, scan, at_hand)
    except StationFault:
        of_next.failed()
        raise
    if isinstance(answer, Refused) and answer.problem is Problem.WHOSE_PHONE:
        return _asked(of_next, scan, answer)
    note(of_next, answer, scan, at_hand)
    return answer


def note(of_next: ForNext, answer: StaffAnswer, scan: Scan, at_hand: AtHand) -> None:
    """What was said is used up by what came in, and what came in last is known."""
    took = at_hand.of_this if at_hand.of_this != NOTHING_SAID else at_hand.said
    of_next.note(answer, read_desk_word(scan.text) is None, took)


def _asked(of_next: ForNext, scan: Scan, why: Refused) -> WhoseAsked:
    """A question that is open already is asked once more."""
    if of_next.asked is not None:
        return of_next.ask(replace(of_next.asked, held_up=why.waybill), of_next.asked_of)
    of_next.last = None
    return of_next.ask(WhoseAsked(of_next.said, why.waybill, why.detail or None), scan)


def _said(station: Station, of_next: ForNext, scan: Scan, at_hand: AtHand) -> StaffAnswer | None:
    """None for what is about no item to come."""
    word = unframed(scan.text).lower()
    word = _ANSWERS.get(word, word) if of_next.asked is not None else word
    heard = _heard(scan)
    if word not in (THIS, NEXT) and heard is None:
        return None
    if not may(station.role, Event.CHECK_IN):
        return Refused(Problem.NOT_ALLOWED)
    if heard is None:
        return _decided(station, of_next, at_hand, is_this=word == THIS)
    if heard.courier is not None:
        of_next.said = replace(of_next.said, courier=heard.courier)
        return Said(of_next.said, "courier")
    return _of_somebody(station, of_next, heard)


def turn_size(station: Station, of_next: ForNext) -> StaffAnswer:
    return _turned(station, of_next, "size", NEXT_SIZE[of_next.said.size])


def turn_consent(station: Station, of_next: ForNext) -> StaffAnswer:
    return _turned(station, of_next, "consent", NEXT_CONSENT.get(of_next.said.consent))


def _turned(station: Station, of_next: ForNext, what: str, value: object) -> StaffAnswer:
    """A key that goes through what may be said."""
    if not may(station.role, Event.CHECK_IN):
        return Refused(Problem.NOT_ALLOWED)
    of_next.said = replace(of_next.said, **{what: value})  # type: ignore[arg-type]
    return Said(of_next.said, what)


def _heard(scan: Scan) -> Particulars | None:
    """What it says of an item."""
    phone, email, courier = read_phone(scan.text), read_email(scan.text), read_courier(scan.text)
    if phone is not None and (isinstance(scan.means, PhoneScan) or phone.number is None):
        return Particulars(phone=phone)
    if email is not None:
        return Particulars(email=email)
    return Particulars(courier=courier) if courier is not None else None


def _of_somebody(station: Station, of_next: ForNext, heard: Particulars) -> StaffAnswer:
    """A phone or an address is of the parcel that came in just now, of the next one, or has to be asked about: nobody
    gets what is somebody else's for a guess."""
    was_said, asked, last = of_next.said.names_somebody, of_next.asked, of_next.last
    said = _with(of_next.said, heard)
    if asked is not None and (asked.is_here or asked.waybill is None):
        of_next.said = said
        return of_next.ask(replace(asked, said=said, held_up=None))
    of_next.decided()
    if was_said or _is_virtual(heard):  # what belongs to the next one has begun
        of_next.said = said
        return Said(said, _what(heard), last.waybill if last else None)
    if last is None:
        of_next.said = said
        return of_next.ask(WhoseAsked(said)) if of_next.order is Order.WAYBILL_FIRST else Said(said, _what(heard))
    return _after(station, of_next, last, heard, said)


def _after(station: Station, of_next: ForNext, last: LastIn, heard: Particulars, said: Particulars) -> StaffAnswer:
    """Right behind the parcel that came in last."""
    compared = compare(station, recognise(last.waybill), heard)
    if isinstance(compared, Refused):  # it is gone meanwhile
        of_next.said = said
        return Said(said, _what(heard))
    if last.took and compared.fits is not Fits.NEW:
        of_next.said = said  # whose it is was said before it, and so it goes on
        return Said(said, _what(heard), last.waybill)
    is_fuller = heard.phone is not None and compared.tail is not None  # of digits that are on record already
    is_odd = (last.took or last.after_took) and not is_fuller
    if compared.fits is Fits.OTHER or (compared.fits is Fits.NEW and is_odd):
        of_next.said = said
        return of_next.ask(_question(last, compared, said))
    return _give(station, of_next, last, heard, is_new=compared.fits is Fits.NEW)


def _question(last: LastIn, compared: Compared, said: Particulars) -> WhoseAsked:
    return WhoseAsked(said, last.waybill, compared.tail, is_here=True)


def _give(
    station: Station, of_next: ForNext, last: LastIn, said: Particulars, *, is_new: bool = True
) -> GivenTo | Refused:
    """Written on record, where it is new."""
    parcel = amend(station, recognise(last.waybill), said.of_one)
    if isinstance(parcel, Refused):
        return parcel
    of_next.given(last, said)
    return GivenTo(said, parcel, is_new)


def _decided(station: Station, of_next: ForNext, at_hand: AtHand, *, is_this: bool) -> StaffAnswer:
    """The clerk has said whose it is."""
    said, last = of_next.said.of_one, of_next.last
    if of_next.asked_of is not None:
        return _come_in(station, of_next, of_next.asked_of, at_hand, is_this=is_this)
    if is_this:
        if last is None:
            return Refused(Problem.NO_PARCEL_AT_HAND)
        return _give(station, of_next, last, said) if said.names_somebody else Said(of_next.said)
    if of_next.gave is not None and not said.names_somebody:
        return _give_on(station, of_next, of_next.gave)
    of_next.decided()
    return Said(of_next.said, _what(said))


def _come_in(station: Station, of_next: ForNext, scan: Scan, at_hand: AtHand, *, is_this: bool) -> StaffAnswer:
    """The item that waited for it; what was said is its, or stays for the next one."""
    said = of_next.said
    of_next.decided()
    of_this = said.of_one if is_this else NOTHING_SAID
    return _job(station, of_next, scan, at_hand._replace(said=said.of_several, of_this=of_this, undecided=False))


def _give_on(station: Station, of_next: ForNext, gave: Particulars) -> StaffAnswer:
    """It was the next one's after all."""
    taken_back = undo(station)
    if isinstance(taken_back, Refused):
        return taken_back
    of_next.gave, of_next.last = None, None
    of_next.said = _with(of_next.said, gave)
    return Said(of_next.said, _what(gave))


def _with(said: Particulars, heard: Particulars) -> Particulars:
    """Also a phone or an e-mail address."""
    return replace(said, phone=heard.phone or said.phone, email=heard.email or said.email)


def _what(said: Particulars) -> str:
    return "phone" if said.phone else "email" if said.email else ""


def _is_virtual(said: Particulars) -> bool:
    """It expires and is nobody's."""
    return said.phone is not None and said.phone.tail is None
