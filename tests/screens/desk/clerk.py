"""A clerk at one desk, without a screen: scans and types, and sees the answers."""

from kiosk.counter.answers import StaffAnswer
from kiosk.jobs.station import Station
from kiosk.parcels.scans import recognise
from kiosk.screens.desk.serving import note_progress, serve_scan
from kiosk.screens.desk.state import DeskState
from kiosk.text import Language, words
from kiosk.text.answers.any_answer import words_of
from kiosk.text.answers.parts import Words
from kiosk.text.desk_words import in_english
from tests.conftest import Hands


class Clerk:
    """Each scan comes so many seconds after the one before."""

    def __init__(self, station: Station, hands: Hands) -> None:
        self.station, self.hands, self.state = station, hands, DeskState(Language.ENGLISH)

    def scan(self, text: str, after_s: float = 5) -> StaffAnswer:
        self.hands.pass_time(after_s)
        scan = recognise(in_english(text))
        answer = serve_scan(self.station, self.state, scan, lambda who, role, standing: None)
        note_progress(self.station, self.state)
        return answer

    def sees(self, text: str, after_s: float = 5) -> Words:
        return words_of(words(self.state.language), self.scan(text, after_s))

    @property
    def sheet(self) -> int | None:
        return self.state.hand.sheet.sheet if self.state.hand.sheet else None
