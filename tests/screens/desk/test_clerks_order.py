"""Whoever types a phone before the waybill, or after it: nobody's phone gets to somebody else's parcel."""

from random import Random

import pytest

from kiosk.counter.answers import GivenTo, WhoseAsked
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import announce
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.particulars import NOTHING_SAID
from tests.conftest import Hands
from tests.jobs.asking import done
from tests.screens.desk.desk_day import DeskDay, on_record

BETWEEN = ["releasee", "report", "look 1-1", "\x01garbled", "9-9-0000", "history", "XL", "laundry 9 Clean"]
OTHERS_PHONE = "13900009999"


class Clerk:
    """Has parcels with their true phones, if they have one; reads the card where the desk asks or tells of a phone."""

    def __init__(self, station: Station, random: Random, *, has_all_phones: bool) -> None:
        self.day, self.random = DeskDay(station), random
        self.parcels: dict[str, str | None] = {}
        lines = ["waybill,phone"]
        for number in range(8):
            waybill, phone = f"YT7{random.randrange(10**12):012d}", f"138{random.randrange(10**8):08d}"
            has_phone = has_all_phones or random.random() < 0.7
            self.parcels[waybill] = phone if has_phone else None
            if random.random() < 0.3:
                lines.append(f"{waybill},{phone if has_phone and number % 2 else ''}")
        done(announce(station, "\n".join(lines).encode()))

    def interrupted(self) -> None:
        if self.random.random() < 0.2:
            self.day.types(self.random.choice(BETWEEN))

    def phone_first(self) -> None:
        for waybill, phone in self.parcels.items():
            self.interrupted()
            if phone is not None:
                self._is_of_next(phone)
            elif self.day.said != NOTHING_SAID:
                self.day.presses("escape")
            self.interrupted()
            answer = self.day.types(waybill)
            if isinstance(answer, WhoseAsked):
                answer = self.day.types("1")
            assert isinstance(answer, CheckedIn)
            self._looks(answer, waybill)

    def _is_of_next(self, phone: str) -> None:
        answer = self.day.types(phone)
        if isinstance(answer, WhoseAsked):
            self.day.types("2")
        elif isinstance(answer, GivenTo):
            self.day.types("next")
        said = self.day.said.phone
        assert said is not None and said.number == phone

    def waybill_first(self) -> None:
        for waybill, phone in self.parcels.items():
            self.interrupted()
            if self.day.said != NOTHING_SAID:
                self.day.presses("escape")
            answer = self.day.types(waybill)
            assert isinstance(answer, CheckedIn)
            self._looks(answer, waybill)
            if phone is not None:
                answered = self.day.types(phone)
                if isinstance(answered, WhoseAsked):
                    self.day.types("1")
                assert self.day.said == NOTHING_SAID

    def _looks(self, answer: CheckedIn, waybill: str) -> None:
        _, phone, _ = on_record(self.day.station, waybill)
        assert answer.phone_tail == (phone[-4:] if phone else None)

    def check(self) -> None:
        for waybill, phone in self.parcels.items():
            _, known, _ = on_record(self.day.station, waybill)
            assert known in (phone, None), "somebody else's"


@pytest.mark.parametrize("order", ["phone_first", "waybill_first"])
@pytest.mark.parametrize("has_all_phones", [True, False])
def test_nobodys_phone_gets_to_a_strangers_parcel(
    station: Station, hands: Hands, order: str, has_all_phones: bool
) -> None:
    for seed in range(40):
        clerk = Clerk(station, Random(seed), has_all_phones=has_all_phones)
        {"phone_first": clerk.phone_first, "waybill_first": clerk.waybill_first}[order]()
        clerk.check()
        hands.pass_time(3600)


@pytest.mark.parametrize("phone_first", [True, False])
def test_a_burst_that_nobody_reads_gives_no_phone_to_a_stranger(station: Station, phone_first: bool) -> None:
    """A scanner outruns the screen; now and then a barcode comes garbled, or is read twice."""
    for seed in range(60):
        random = Random(seed)
        clerk = Clerk(station, random, has_all_phones=True)
        for waybill, phone in clerk.parcels.items():
            scans = [phone or "", waybill] if phone_first else [waybill, phone or ""]
            if random.random() < 0.3:
                scans.insert(scans.index(waybill), random.choice((waybill, "\x01garbled", "releasee")))
            for scan in scans:
                clerk.day.types(scan)
        for waybill, phone in clerk.parcels.items():
            rows = on_record(clerk.day.station, waybill)
            assert rows[1] in (phone, None)
