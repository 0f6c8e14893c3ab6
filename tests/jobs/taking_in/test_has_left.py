"""A parcel that left and is scanned again: it is asked about, and its person comes along if it is back."""

from collections.abc import Callable

import pytest

from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.handing_over.pick_up import pick_up
from kiosk.jobs.keeping.hold import mark_missing, start_return, write_off
from kiosk.jobs.people.person import erase_person
from kiosk.jobs.people.reveal import reveal
from kiosk.jobs.records.undo import undo
from kiosk.jobs.sheets.batch import open_batch
from kiosk.jobs.sheets.returns import open_return, put_on_return
from kiosk.jobs.sheets.sheet import close_sheet
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import announce
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.meanings import CodeScan
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import Phone, read_phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import recognise
from kiosk.parcels.slots import Size
from kiosk.parcels.states import State
from kiosk.safety.verify import verify
from tests.conftest import Hands
from tests.jobs.asking import done, row, why

SF, YT = "SF1000000000001", "YT7000000051111"
PHONE = "13800001234"
Shelve = Callable[..., CheckedIn]
DAY_S = 24 * 3600


def take_in(station: Station, number: str = SF, *, sure: bool = False, **said: object) -> CheckedIn | Refused:
    return check_in(station, recognise(number), Particulars(**said), sure=sure)  # type: ignore[arg-type]


def hand_over(station: Station, number: str = SF) -> None:
    done(check_out(station, recognise(number), at_counter=True))


def send_back(station: Station) -> None:
    done(start_return(station, recognise(SF), "refused"))
    sheet = done(open_return(station, "SF")).sheet
    done(put_on_return(station, sheet, recognise(SF)))
    done(close_sheet(station, sheet, "Li"))


def give_up(station: Station) -> None:
    done(mark_missing(station, recognise(SF)))
    done(write_off(station, recognise(SF), "searched twice"))


def test_it_is_asked_how_when_and_by_whom_it_left(station: Station, shelved: Shelve, hands: Hands) -> None:
    code = shelved(SF, PHONE).code
    scan = recognise(code).means
    assert isinstance(scan, CodeScan)
    done(pick_up(station, scan))
    hands.pass_time(60)
    done(check_out(station, recognise(SF)))
    left_at = station.now()
    hands.pass_time(600)
    refused = take_in(station)
    assert isinstance(refused, Refused) and refused.problem is Problem.HAS_LEFT
    assert (refused.waybill, refused.state, refused.at, refused.who) == (SF, State.PICKED_UP, left_at, "staff@t1")
    done(reveal(station, recognise(SF)))  # a look changes nothing of it
    assert take_in(station) == refused
    assert row(station, SF).state == State.PICKED_UP


@pytest.mark.parametrize("leave", [hand_over, send_back, give_up])
def test_on_the_same_day_however_it_left(station: Station, shelved: Shelve, leave: Callable[[Station], None]) -> None:
    shelved(SF)
    leave(station)
    assert why(take_in(station)) is Problem.HAS_LEFT
    batch = done(open_batch(station, "SF", 1)).sheet
    assert why(take_in(station, batch=batch)) is Problem.HAS_LEFT
    done(take_in(station, sure=True))
    assert verify(station).violations == ()


@pytest.mark.parametrize(("leave", "is_asked"), [(hand_over, True), (send_back, False), (give_up, False)])
def test_later_only_what_somebody_has_in_their_hands(
    station: Station, shelved: Shelve, hands: Hands, leave: Callable[[Station], None], is_asked: bool
) -> None:
    shelved(SF, PHONE)
    leave(station)
    hands.pass_time(20 * DAY_S)
    answer = take_in(station)
    assert isinstance(answer, Refused) is is_asked
    if isinstance(answer, CheckedIn):
        assert answer.earlier is not None and row(station, SF).contact_id is not None


def test_its_person_size_and_second_number_come_along(station: Station, shelved: Shelve) -> None:
    shelved(SF, PHONE, size=Size.L, second_waybill=YT, cod_fen=0)
    contact = row(station, SF).contact_id
    hand_over(station)
    assert why(take_in(station, YT)) is Problem.HAS_LEFT
    back = done(take_in(station, YT, sure=True))
    now = row(station, SF)
    assert (back.waybill, now.contact_id, now.size, now.second_waybill, now.state) == (
        SF,
        contact,
        "L",
        YT,
        "CHECKED_IN",
    )


def test_what_is_said_now_goes_first(station: Station, shelved: Shelve) -> None:
    shelved(SF, PHONE)
    old = row(station, SF).contact_id
    hand_over(station)
    done(take_in(station, sure=True, phone=read_phone("13900005678")))
    assert row(station, SF).contact_id not in (old, None)


def test_what_was_paid_is_not_asked_for_again(station: Station, shelved: Shelve) -> None:
    shelved(SF)
    hand_over(station)
    assert done(take_in(station, sure=True)).due_fen == 0


def test_nobody_comes_along_who_was_forgotten(station: Station, shelved: Shelve) -> None:
    shelved(SF, PHONE)
    hand_over(station)
    done(erase_person(station, Phone(PHONE, PHONE[-4:])))
    done(take_in(station, sure=True))
    assert row(station, SF).contact_id is None


def test_a_slip_that_was_taken_back_does_not_hide_that_it_left(station: Station, shelved: Shelve) -> None:
    shelved(SF, PHONE)
    hand_over(station)
    done(take_in(station, sure=True))
    done(undo(station))
    assert row(station, SF).state == State.VOIDED
    assert why(take_in(station)) is Problem.HAS_LEFT
    done(take_in(station, sure=True))
    assert row(station, SF).contact_id is not None


def test_a_check_in_that_was_taken_back_has_not_left(station: Station) -> None:
    done(take_in(station))
    done(undo(station))
    assert isinstance(take_in(station), CheckedIn)


def test_whosever_batch_is_open(station: Station, shelved: Shelve) -> None:
    shelved(YT, courier="YTO")
    hand_over(station, YT)
    assert why(take_in(station, YT, courier="STO")) is Problem.HAS_LEFT


def test_of_several_pieces_only_the_one_that_left(station: Station, shelved: Shelve) -> None:
    first, second = "JD0123456789012-1-2", "JD0123456789012-2-2"
    shelved(first)
    hand_over(station, first)
    assert isinstance(take_in(station, second), CheckedIn)
    assert why(take_in(station, first)) is Problem.HAS_LEFT


def test_what_is_expected_comes_in(station: Station) -> None:
    announce(station, f"waybill,courier\n{SF},SF\n".encode())
    assert isinstance(take_in(station), CheckedIn)
