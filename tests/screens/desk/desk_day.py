"""A day at the desk without its screen: what is typed, scanned and pressed, done as the jobs' thread does it."""

from dataclasses import replace

from kiosk.counter.answers import StaffAnswer
from kiosk.jobs.station import Station
from kiosk.parcels.consents import Consent
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.screens.desk.entry import close_for_all, let_in
from kiosk.screens.desk.form import coming
from kiosk.screens.desk.of_next.next_strip import next_line
from kiosk.screens.desk.of_next.saying import turn_consent, turn_size
from kiosk.screens.desk.serving import serve_scan
from kiosk.screens.desk.state import DeskState
from kiosk.store.tables.contacts import read_contact
from kiosk.store.tables.parcels import Parcel, by_waybill, consent_of
from kiosk.text import Language, words
from kiosk.text.answers.any_answer import words_of
from kiosk.text.desk_words import in_english


class DeskDay:
    """`station` is that of whoever has signed in."""

    def __init__(self, station: Station) -> None:
        self.station, self.state = station, DeskState(Language.ENGLISH)
        self.newest: StaffAnswer | None = None

    def become(self, who: str, role: Role, standing: str) -> None:
        self.station = replace(self.station, who=who, role=role, standing=standing)

    def types(self, text: str) -> StaffAnswer:
        """Or scans it."""
        scan = recognise(in_english(text))
        if self.state.locked:
            return self._shown(let_in(self.station, self.state, scan, self.become))
        return self._shown(serve_scan(self.station, self.state, scan, self.become))

    def presses(self, key: str) -> None:
        hand = self.state.hand
        if key == "f2":
            self.state.language = self.state.language.other
        elif key == "f12":
            if close_for_all(self.station, self.state, self.become):
                self.state.lock()
        elif key == "escape":
            taken_back = hand.take_back()
            if taken_back is not None:
                self._shown(taken_back)
        else:
            self._shown({"f3": turn_size, "f4": turn_consent}[key](self.station, hand.of_next))

    @property
    def said(self) -> Particulars:
        """As it stands on the screen."""
        if self.state.locked:
            return Particulars()
        said, shown = self.state.said, next_line(words(self.state.language), coming(self.state))
        phone = said.phone.number if said.phone else None
        if phone:
            assert f"{phone[:3]} {phone[3:7]} {phone[7:]}" in shown
        return said

    def _shown(self, answer: StaffAnswer) -> StaffAnswer:
        told = words_of(words(self.state.language), answer)
        assert told.word and told.lines
        self.state.take(answer)
        self.newest = answer
        return answer


def phone_on_record(station: Station, parcel: Parcel) -> str | None:
    contact = read_contact(station.conn, station.key, parcel.contact_id)
    return (contact.phone or contact.phone_tail) if contact else None


def on_record(station: Station, waybill: str) -> tuple[Parcel, str | None, Consent]:
    """Its newest stay, the phone and the consent."""
    parcel = by_waybill(station.conn, recognise_number(waybill))[0]
    return parcel, phone_on_record(station, parcel), consent_of(station.conn, parcel.id)


def recognise_number(waybill: str) -> str:
    return waybill.partition(" ")[0]
