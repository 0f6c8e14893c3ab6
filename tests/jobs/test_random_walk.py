"""Three desks do whatever comes to mind, through the very words that clerks type: nothing breaks, every rule holds."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.counter.modes import mode_after
from kiosk.counter.words import DESK_WORDS, name_of_word
from kiosk.jobs.sheets.sheet import SheetStory
from kiosk.jobs.station import Station
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.scans import recognise
from kiosk.safety.sealed_check import check
from kiosk.safety.verify import verify
from kiosk.store.rescue.sealed_point import write_point
from kiosk.store.tables.occupancy import Occupancy
from kiosk.text import Language, words
from kiosk.text.answers.any_answer import words_of
from tests.conftest import Hands

STEPS, CHECK_EVERY = 250, 50
WAYBILLS = [*(f"SF1{number:012d}" for number in range(6)), "YT1000000000001", "JDX012345678901-1-2-", "JDX012345678901"]
ARGUMENTS = [
    "", "damaged wet corner", "0.5", "12.50", "9", "SF", "ZTO 3", "1-1", "1-1-1", "SLOT:2-3-1", "North gate", "L",
    "13800001234", "1234 SF", "ask 13800001234, " * 30, "2026-11-22", "\x1b[31mred", "\ud800", "٣", "10" * 200,
    WAYBILLS[1], "out", "return refused", "hold",
]  # fmt: skip
SCANS = ["SLOT:1-1-1", "6-1-2", "rubbish", "13800001234 L", "UNDO", "%%", "PKM1:S001:1:1/1:SF=SF1000000000009", ""]


@pytest.mark.parametrize("seed", range(4))
def test_a_walk(seed: int, reset: Callable[[str, str], Station], second_desk: Station, hands: Hands) -> None:
    random = Random(seed)
    reset("partners = []", 'partners = ["North gate"]')
    reset("cooling_days = 7 ", f"cooling_days = {7 * (seed % 2)} ")
    first = reset("capacity_per_slot = 20", "capacity_per_slot = 2")
    second_desk = replace(second_desk, settings=first.settings)  # opened before the shelves were made so small
    hand = AtHand()
    for step in range(STEPS):
        station = random.choice((first, second_desk))
        text = random.choice(
            (
                random.choice(WAYBILLS),
                random.choice(SCANS),
                f"{random.choice([*DESK_WORDS])} {random.choice(ARGUMENTS)}",
            )
        )
        said = Particulars(phone=random.choice((None, read_phone("13800001234"))), cod_fen=random.choice((None, 500)))
        if random.random() < 0.2:  # a manager has consented: what is old is taken back too
            station = replace(station, asked_by="staff-7")
        answer = serve_staff(station, recognise(text), hand._replace(said=said))
        hand = hand._replace(mode=mode_after(hand.mode, name_of_word(text), answer))
        shown = words_of(words(random.choice([*Language])), answer)
        assert shown.word and shown.lines
        if isinstance(answer, SheetStory):
            hand = hand._replace(sheet=answer.sheet, kind=answer.kind)
        hand = hand._replace(parcel=random.choice((hand.parcel, random.choice(WAYBILLS), None)))
        hands.pass_time(random.choice((1, 60, 4000)))
        for one in (first, second_desk):
            with one.transaction():
                followed = {slot: count for slot, count in one.occupancy.held().items() if count}
                assert followed == {slot: count for slot, count in Occupancy(one.conn).held().items() if count}
        if step % CHECK_EVERY == 0:
            assert verify(first).violations == ()
            short = check(first, first.stamp())
            assert short.point is not None and short.is_whole is (step == 0)
            with first.transaction():
                write_point(first.conn, short.point)
    assert verify(first).violations == ()
    log = (changes for (changes,) in first.conn.execute("SELECT changes FROM events"))
    assert [changes for changes in log if "13800001234" in changes] == []
