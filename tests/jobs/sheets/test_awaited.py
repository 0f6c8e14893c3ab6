"""Announced and not arrived: at the end of a batch, as a list, and what the courier is told."""

from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.jobs.sheets.awaited import Awaited, CourierChased, chase, list_awaited
from kiosk.jobs.sheets.batch import open_batch
from kiosk.jobs.sheets.sheet import SheetClosed, close_sheet
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import announce
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem
from kiosk.parcels.scans import recognise
from kiosk.safety.verify import verify
from kiosk.text import Language, words
from kiosk.text.answers.any_answer import words_of
from tests.conftest import Hands
from tests.jobs.asking import done, why

A, B, C, SF = "YT7700000000001", "YT7700000000002", "YT7700000000003", "SF1000000000001"
DAY_S = 86_400


def expect(station: Station, *waybills: str) -> None:
    done(announce(station, ("运单号,手机号\n" + "\n".join(f"{one},13800001111" for one in waybills)).encode()))


def batch_of(station: Station, courier: str | None, *waybills: str) -> SheetClosed:
    sheet = done(open_batch(station, courier, None)).sheet
    for one in waybills:
        done(check_in(station, recognise(one), Particulars(batch=sheet), shelve=True))
    return done(close_sheet(station, sheet))


def test_the_driver_is_told_what_has_not_come(station: Station, hands: Hands) -> None:
    expect(station, C)
    hands.pass_time(DAY_S)
    expect(station, A, B, SF)
    closed = batch_of(station, "YTO", A, "YT7700000000009")
    assert closed.awaited == (Awaited("YTO", 3, 2, 1, (C, B)),)
    lines = words_of(words(Language.ENGLISH), closed).lines
    assert f"2 of 3 announced by YTO have not come: {C}, {B}" in lines
    assert "1 of these was announced on an earlier day" in lines
    assert batch_of(station, "YTO", B, C).awaited == (Awaited("YTO", 2, 0, 0, ()),)
    assert batch_of(station, "STO").awaited == ()


def test_whom_to_tell_is_the_driver_who_was_here_last(station: Station) -> None:
    expect(station, A, B, SF)
    assert why(serve_staff(station, recognise("chase"), AtHand())) is Problem.WHICH_COURIER
    batch_of(station, "YTO", A)
    told = serve_staff(station, recognise("chase"), AtHand())
    assert isinstance(told, CourierChased) and (told.courier, told.waybills) == ("YTO", (B,))
    told = serve_staff(station, recognise("chase SF"), AtHand())
    assert isinstance(told, CourierChased) and told.waybills == (SF,)


def test_of_a_mixed_batch_each_courier_that_came(station: Station) -> None:
    expect(station, A, B, SF, "JT0000000000001")
    closed = batch_of(station, None, A, SF)
    assert [(one.courier, one.announced, one.missing) for one in closed.awaited] == [("SF", 1, 0), ("YTO", 2, 1)]


def test_the_list_and_what_the_courier_is_told_have_no_persons_data(station: Station, hands: Hands) -> None:
    expect(station, A, SF)
    hands.pass_time(2 * DAY_S)
    expect(station, B)
    listed = list_awaited(station)
    assert listed.couriers == {"SF": 1, "YTO": 2}
    assert [(one.waybill, one.days) for one in listed.parcels] == [(A, 2), (SF, 2), (B, 0)]
    assert [one.waybill for one in list_awaited(station, "SF").parcels] == [SF]
    told = done(chase(station, "YTO"))
    assert isinstance(told, CourierChased) and told.waybills == (A, B)
    text = "\n".join(words_of(words(Language.CHINESE), told).table)
    assert A in text and B in text and "1111" not in text
    assert why(chase(station, "STO")) is Problem.NOTHING_MISSING
    assert verify(station).violations == ()
