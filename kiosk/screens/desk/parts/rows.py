"""The last scans as a table: when, what came of it by mark and colour, whose parcel, its number, its slot."""

from collections import deque
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from textual.content import Content

from kiosk.counter.answers import StaffAnswer
from kiosk.screens.desk.parts.paint import MARK, PAINT
from kiosk.screens.desk.parts.palette import INK
from kiosk.screens.desk.parts.tiles import cut
from kiosk.screens.widgets.as_shown import as_shown
from kiosk.text import Say
from kiosk.text.answers.any_answer import words_of
from kiosk.text.answers.parts import Mood, Words
from kiosk.text.courier_names import courier_name
from kiosk.text.line_breaks import padded

_TIME, _CHIP = 8, 3  # cells
_WIDE = 74  # cells from which all columns have room


class _Columns(NamedTuple):
    """Cells of each column."""

    word: int
    courier: int
    waybill: int
    slot: int


_SOME, _MANY = _Columns(18, 10, 20, 8), _Columns(22, 16, 24, 8)


class _Noted:
    """An answer as long as it is shown; `rows`: as it stands there, by language and width."""

    def __init__(self, answer: StaffAnswer, at: datetime) -> None:
        self.answer, self.at = answer, at
        self.rows: dict[tuple[object, int, str], Content] = {}


class LastScans:
    """Each answer is put in words once, for most of the table is as it was before."""

    def __init__(self) -> None:
        self._noted: deque[_Noted] = deque()
        self._couriers: dict[str, str] = {}  # of parcels that were seen here

    def note(self, answer: StaffAnswer, at: datetime, shown: Iterable[StaffAnswer]) -> None:
        """It came at that time of the station. `shown`: the others that still are; the rest is forgotten."""
        kept = {id(one) for one in shown}
        self._noted = deque(one for one in self._noted if id(one.answer) in kept)
        self._noted.appendleft(_Noted(answer, at))
        waybill, courier = getattr(answer, "waybill", None), getattr(answer, "courier", None)
        known = {str(getattr(one.answer, "waybill", "")) for one in self._noted}
        self._couriers = {number: name for number, name in self._couriers.items() if number in known}
        if waybill and courier:
            self._couriers[waybill] = courier

    def rows(self, say: Say, answers: Sequence[StaffAnswer], width: int, muted: str) -> list[Content]:
        """A row of at most `width` cells for each, the newest first; above them what the columns are, where there is
        room for all."""
        noted = {id(one.answer): one for one in self._noted}
        rows = [self._row(say, noted.get(id(answer)), answer, width, muted) for answer in answers]
        return [_header(say, width, muted), *rows] if rows and width >= _WIDE else rows

    def _row(self, say: Say, noted: _Noted | None, answer: StaffAnswer, width: int, muted: str) -> Content:
        asked = (say, width, muted)
        if noted is not None and asked in noted.rows:
            return noted.rows[asked]
        row = self._drawn(say, answer, noted.at if noted else None, width, muted)
        if noted is not None:
            noted.rows[asked] = row
        return row

    def _drawn(self, say: Say, answer: StaffAnswer, at: datetime | None, width: int, muted: str) -> Content:
        words = words_of(say, answer)
        chip = (f" {MARK[words.mood]} ", _chip(words.mood))
        if width < _WIDE:
            time = f"{at:%H:%M}" if at else ""
            room = width - 6 - _CHIP
            return Content.assemble((padded(time, 6), muted), chip, f" {cut(_in_short(answer, words), room)}")
        time, columns = f"{at:%H:%M:%S}" if at else "", _columns(width)
        word = padded(cut(words.word, columns.word), columns.word)
        text = cut(self._particulars(say, answer, words, columns), width - _TIME - _CHIP - columns.word - 3)
        # Few changes of colour: each is as many bytes to a terminal as half of a row's letters.
        return Content.assemble((f"{padded(time, _TIME)} ", muted), chip, f" {word} {text}")

    def _particulars(self, say: Say, answer: StaffAnswer, words: Words, columns: _Columns) -> str:
        waybill = _waybill(answer)
        if not waybill:
            return as_shown(words.lines[0]) if words.lines else ""
        courier = getattr(answer, "courier", None) or self._couriers.get(waybill)
        name = courier_name(say, courier) if courier else ""
        parts = (name, waybill, _slot(answer))
        cells = zip(parts, (columns.courier, columns.waybill, columns.slot), strict=True)
        return " ".join(padded(cut(as_shown(part), room), room) for part, room in cells).rstrip()


def _header(say: Say, width: int, muted: str) -> Content:
    columns = _columns(width)
    names = (say("Time"), "", say("Outcome"), say("Courier"), say("Waybill"), say("Slot"))
    rooms = (_TIME, _CHIP, columns.word, columns.courier, columns.waybill, columns.slot)
    return Content.styled(" ".join(padded(name, room) for name, room in zip(names, rooms, strict=True)).rstrip(), muted)


def _columns(width: int) -> _Columns:
    return _MANY if width - _TIME - _CHIP - 5 >= sum(_MANY) else _SOME


def _chip(mood: Mood) -> str:
    return f"bold {INK} on {PAINT[mood]}" if mood is not Mood.CALM else "bold"


def _waybill(answer: StaffAnswer) -> str:
    return getattr(getattr(answer, "parcel", answer), "waybill", None) or ""


def _slot(answer: StaffAnswer) -> str:
    return getattr(getattr(answer, "parcel", answer), "slot", None) or ""


def _in_short(answer: StaffAnswer, words: Words) -> str:
    waybill = _waybill(answer)
    return as_shown(f"{waybill}  {_slot(answer)}".rstrip() if waybill else f"{words.word} {words.lines[0]}")
