"""What a scan at the desk is taken for."""

import pytest

from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.jobs.keeping.places import PlaceContents
from kiosk.jobs.records.look_up import list_events
from kiosk.jobs.sheets.sheet import SheetStory
from kiosk.jobs.staff.register import add_staff
from kiosk.jobs.staff.sign_in import SignedIn
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import PutAway
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.text import Language, words
from kiosk.text.desk_words import in_english
from kiosk.text.refusals import problem_advice
from tests.jobs.asking import done, why

SF = "SF1000000000001"


@pytest.mark.parametrize("text", ["SF 1000 0000 00001", "]C0SF1000000000001", "\x02SF1000000000001\x03", "ABC12345"])
def test_a_number_is_a_parcel_however_it_is_framed(station: Station, text: str) -> None:
    assert isinstance(serve_staff(station, recognise(text), AtHand()), CheckedIn)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("releasee 12345", Problem.UNKNOWN_WORD),
        ("relase", Problem.UNKNOWN_WORD),
        ("13800138000 L", Problem.BAD_PHONE),
        ("release", Problem.NO_PARCEL_AT_HAND),
        ("]C0release", Problem.NO_PARCEL_AT_HAND),
        (in_english("解除　破损"), Problem.NO_PARCEL_AT_HAND),
    ],
)
def test_what_is_no_parcel_never_becomes_one(station: Station, text: str, problem: Problem) -> None:
    assert why(serve_staff(station, recognise(text), AtHand())) is problem
    assert list(list_events(station)) == []


def test_a_near_miss_is_answered_with_what_may_have_been_meant(station: Station) -> None:
    refused = serve_staff(station, recognise("relase"), AtHand())
    assert isinstance(refused, Refused) and "release" in problem_advice(words(Language.ENGLISH), refused)
    refused = serve_staff(station, recognise("撒销出库 again"), AtHand())
    assert isinstance(refused, Refused) and "撤销出库" in problem_advice(words(Language.CHINESE), refused)


def test_number_and_pin_at_an_open_desk_never_become_a_parcel(station: Station) -> None:
    done(add_staff(station, "7", "Wang", Role.CLERK, "271828"))
    assert isinstance(serve_staff(station, recognise("7 271828"), AtHand()), SignedIn)
    assert why(serve_staff(station, recognise("7 271829"), AtHand())) is Problem.WRONG_PIN
    assert "271828" not in str(station.conn.execute("SELECT changes FROM events").fetchall())


def test_a_slot_label_is_about_the_parcel_that_is_shown(station: Station) -> None:
    done(check_in(station, recognise(SF), Particulars()))
    assert isinstance(serve_staff(station, recognise("SLOT:3-1-1"), AtHand(parcel="YT1000000000001")), PlaceContents)
    assert isinstance(serve_staff(station, recognise("SLOT:3-1-1"), AtHand(parcel=SF)), PutAway)


@pytest.mark.parametrize("typed", ["百世 20", "百世快递", "Dannia"])
def test_a_new_brand_needs_nothing(station: Station, typed: str) -> None:
    batch = serve_staff(station, recognise(f"batch {typed}"), AtHand())
    assert isinstance(batch, SheetStory) and batch.party in ("百世", "Dannia")


@pytest.mark.parametrize("typed", ["YTOO 20", "顺丰快速", "shunfen", "12O", "Yund"])
def test_what_is_nearly_a_known_brand_is_asked_about(station: Station, typed: str) -> None:
    refused = serve_staff(station, recognise(f"batch {typed}"), AtHand())
    assert isinstance(refused, Refused) and refused.problem is Problem.UNKNOWN_COURIER
