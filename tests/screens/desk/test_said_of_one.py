"""What is said of one item is that item's: random days of words, scans, refusals, undo, lock and language.

KIOSK_DESK_DAYS is how many days are walked through; CI has few of them.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from shutil import copytree, rmtree

import pytest

from kiosk.counter.answers import GivenTo, Said, WhoseAsked
from kiosk.home import StationHome
from kiosk.jobs.changed import Changed
from kiosk.jobs.records.undo import Undone
from kiosk.jobs.sheets.sheet import SheetClosed, SheetStory
from kiosk.jobs.staff.register import make_badge
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.announce import announce
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.consents import Consent
from kiosk.parcels.kinds import Kind
from kiosk.parcels.particulars import NOTHING_SAID, Particulars
from kiosk.parcels.roles import Role
from kiosk.parcels.states import State
from kiosk.safety.verify import verify
from kiosk.store.tables.parcels import some_parcels
from tests.conftest import Hands
from tests.jobs.asking import colleague, done
from tests.screens.desk.desk_day import DeskDay, on_record, phone_on_record

DAYS = int(os.environ.get("KIOSK_DESK_DAYS", "120"))
DAYS_OF_A_STATION, STEPS, WALKERS = 20, 30, 4
OTHERS = [
    "releasee", "XL", "report", "look 1-1", "SLOT:2-1-1", "9-9-0000", "free L", "history", "map", "PK9:what is this",
    "\x01garbled", "13800003333 L", "0571-88888888", "undo", "undo", "out", "hold damaged", "release", "size S",
    "sheets", "done", "done agreed", "batch", "batch SF 3", "count 1-1", "this", "next", "1", "2", "此件", "下件",
]  # fmt: skip
KEYS = ["f2", "f3", "f4", "f4", "escape", "f12"]
COURIERS = ["SF", "顺丰", "中通", "JD", "圆通"]
Founded = Callable[[int], Station]


@pytest.fixture
def new_station(founded: Path, tmp_path: Path, hands: Hands) -> Iterator[Founded]:
    """One after the other; the one before is gone."""
    now: list[Station] = []

    def close() -> None:
        if now:
            station = now.pop()
            station.close()
            rmtree(station.home.runtime())
            rmtree(station.home.folder)

    def found(seed: int) -> Station:
        close()
        home = StationHome(tmp_path / f"home{seed}")
        copytree(founded, home.folder)
        now.append(open_station(home, terminal="t1", who="staff", clock=hands.clock, random=Random(seed)))
        return now[0]

    yield found
    close()


class Walk:
    """A day of a desk, and what a second pair of eyes makes of it."""

    def __init__(self, day: DeskDay, random: Random, number: int, badge: str) -> None:
        self.day, self.random, self.badge = day, random, badge
        self.serial = number * 1000
        self.waybills = [self._waybill() for _ in range(6)]
        self.announced: dict[str, tuple[str, str]] = {}  # waybill → phone, size
        self.phones: dict[int, str | None] = {}  # parcel → whose it is

    def _waybill(self) -> str:
        self.serial += 1
        form = self.random.choice(("YT7{:012d}", "SF1{:012d}", "77{:013d}", "ODD{:08d}X", "T7{:012d}", "9{:012d}"))
        return form.format(self.serial)

    def _phone(self) -> str:
        self.serial += 1
        return f"138{self.serial:08d}"

    def announce(self) -> None:
        lines = ["waybill,phone,size"]
        for waybill in self.random.sample(self.waybills, 2):
            self.announced[waybill] = (self._phone(), self.random.choice("SL"))
            lines.append(",".join((waybill, *self.announced[waybill])))
        assert done(announce(self.day.station, "\n".join(lines).encode())).accepted == 2

    def step(self) -> None:
        day, random = self.day, self.random
        if day.state.locked:
            day.types(self.badge)
            assert day.said == NOTHING_SAID
            return
        if random.random() < 0.2:
            self._key(random.choice(KEYS))
            return
        text = random.choice((
            random.choice(self.waybills), random.choice(self.waybills), self._phone(), random.choice(OTHERS),
            random.choice(COURIERS), random.choice(("laundry 29.90 Clean", "order 5 Bakery", "reward", "洗衣 3 净")),
            f"w{self.serial}@example.org", f"sure {random.choice(self.waybills)}",
        ))  # fmt: skip
        self._types(text)

    def _key(self, key: str) -> None:
        before = self.day.said
        self.day.presses(key)
        after = self.day.said
        if key == "escape" and before != NOTHING_SAID:
            assert after == NOTHING_SAID and self.day.state.whose_asked is None
        elif key == "f12":
            assert after == NOTHING_SAID and self.day.state.locked
        elif key in ("f3", "f4"):
            name = "size" if key == "f3" else "consent"
            assert getattr(after, name) != getattr(before, name) and isinstance(self.day.newest, Said)
        else:
            assert after == before

    def _types(self, text: str) -> None:
        before, asked = self.day.said, self.day.state.whose_asked
        answer = self.day.types(text)
        after = self.day.said
        decided = {"1": "this", "2": "next", "此件": "this", "下件": "next"}.get(text, text)
        if isinstance(answer, CheckedIn) and not answer.again:
            assert asked is None or decided in ("this", "next"), "it was open whose the phone is"
            is_used = asked is None or decided == "this"
            self._came_in(answer, before if is_used else before.of_several, before)
            assert after == (before.of_several if is_used else before)
        elif isinstance(answer, GivenTo):
            self._given(answer)
            assert after == before.of_several
        elif isinstance(answer, Said) or (isinstance(answer, WhoseAsked) and asked is None and after != before):
            self._said(decided, answer.said, before, after)
        elif isinstance(answer, SheetClosed):
            assert after == before.of_one
        elif isinstance(answer, SheetStory) and text == "batch SF 3":
            assert after.of_one == before.of_one and after.size == before.size
        elif isinstance(answer, WhoseAsked):
            assert after.of_several == before.of_several and after.consent == before.consent
        else:
            assert after == before, text
        if isinstance(answer, Changed) and answer.waybill in self.announced and text == "size S":
            self.announced[answer.waybill] = (self.announced[answer.waybill][0], "S")
        if isinstance(answer, Undone) or (isinstance(answer, Said) and decided == "next"):
            self._undone()

    def _came_in(self, answer: CheckedIn, said: Particulars, on_screen: Particulars) -> None:
        parcel, phone, consent = on_record(self.day.station, answer.waybill)
        has_left = any(row.released_at and row.state != State.VOIDED for row in self._stays(answer.waybill))
        announced = (None, None) if has_left else self.announced.get(answer.waybill, (None, None))
        if said.phone is not None:
            assert phone == said.phone.number, "the phone that was on the screen"
        else:
            known = [self.phones.get(row.id) for row in self._stays(answer.waybill)]
            assert phone in {announced[0], *known}
        assert (phone or "")[-4:] == (answer.phone_tail or "")
        assert consent == said.consent or (said.consent is None and consent in (Consent.NOT_ASKED, *Consent))
        if on_screen.size is not None:
            before = {row.size for row in self._stays(answer.waybill) if has_left and row.id != parcel.id}
            assert parcel.size in {announced[1] or on_screen.size.name, *before}, "or as it was when it left"
        if on_screen.courier is not None and parcel.kind == Kind.PARCEL:
            sure = {"YT": "YTO", "SF": "SF"}.get(answer.waybill[:2], on_screen.courier)
            earlier = {row.courier for row in self._stays(answer.waybill) if row.courier_decided}
            assert parcel.courier in {sure, *earlier}
        self.phones[parcel.id] = phone

    def _stays(self, waybill: str) -> list:  # type: ignore[type-arg]
        return some_parcels(self.day.station.conn, "waybill = ?", (waybill,))

    def _given(self, answer: GivenTo) -> None:
        parcel, phone, _ = on_record(self.day.station, answer.parcel.waybill)
        if answer.said.phone is not None:
            assert phone == answer.said.phone.number
        self.phones[parcel.id] = phone

    def _said(self, text: str, said: Particulars, before: Particulars, after: Particulars) -> None:
        assert said == after
        if text.isdigit() and len(text) == 11:
            assert after.phone is not None and after.phone.number == text
        elif "@" in text:
            assert after.email == text
        elif text in COURIERS:
            assert after.courier is not None and after.of_one == before.of_one

    def _undone(self) -> None:
        """Nobody's phone comes back by it; one that was given to a parcel afterwards may be taken from it."""
        for number in self.phones:
            (row,) = some_parcels(self.day.station.conn, "id = ?", (number,))
            now = phone_on_record(self.day.station, row)
            assert now in (self.phones[number], None)
            self.phones[number] = now

    def check(self) -> None:
        """Nobody else's phone got to any parcel on any other way."""
        for number, phone in self.phones.items():
            (row,) = some_parcels(self.day.station.conn, "id = ?", (number,))
            assert phone_on_record(self.day.station, row) == phone


@pytest.mark.parametrize("walker", range(WALKERS))
def test_each_item_has_what_was_on_the_screen_when_it_came_in(walker: int, new_station: Founded, hands: Hands) -> None:
    station, badge = None, ""
    for number in range(walker, DAYS, WALKERS):
        random = Random(number)
        if station is None or (number // WALKERS) % DAYS_OF_A_STATION == 0:
            if station is not None:
                assert verify(station).violations == ()
            station = new_station(number)
            colleague(station, "7", "Wang", Role.MANAGER, "271828")
            badge = done(make_badge(station, "7")).text
        day = DeskDay(station)
        day.state.locked = True
        walk = Walk(day, random, number % (DAYS_OF_A_STATION * WALKERS), badge)
        walk.announce()
        for _ in range(STEPS):
            walk.step()
            hands.pass_time(random.choice((0, 1, 20)))
        walk.check()
        hands.pass_time(24 * 3600)
