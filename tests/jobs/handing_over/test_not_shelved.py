"""A customer asks for a parcel that is being put away: they are told so, and staff are called to them once."""

from collections.abc import Callable

import pytest

from kiosk.counter.customer import serve_customer
from kiosk.jobs.handing_over.not_shelved import CALL_AGAIN
from kiosk.jobs.handing_over.notices import make_notice
from kiosk.jobs.handing_over.passes import issue_pass, open_pass
from kiosk.jobs.handing_over.pick_up import Found, pick_up
from kiosk.jobs.records.look_up import list_events
from kiosk.jobs.records.undo import undo
from kiosk.jobs.staff.call_staff import answer_calls, callers
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.meanings import CodeScan
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.qr_texts import station_qr
from kiosk.parcels.scans import recognise
from kiosk.safety.verify import verify
from tests.conftest import Hands
from tests.jobs.asking import done, why

SF, YTO = "SF1000000000001", "YT1000000000001"


def calls(station: Station) -> int:
    return sum(event.event == "call_staff" for event in list_events(station))


def _code(station: Station) -> str:
    return done(check_in(station, recognise(SF), Particulars())).code


def _label(station: Station) -> str:
    return station_qr(station.settings.number, (PickupCode(_code(station)),))


def _waybill(station: Station) -> str:
    _code(station)
    return SF  # at the exit, with the parcel in their hands


def _notice(station: Station) -> str:
    done(check_in(station, recognise(SF), Particulars(), shelve=True))
    notice = done(make_notice(station, recognise(SF)))
    done(undo(station))
    return notice.text


def _pass(station: Station) -> str:
    done(check_in(station, recognise(SF), Particulars(), shelve=True))
    proxy_pass = done(issue_pass(station, [recognise(SF)], 24))
    done(undo(station))
    return proxy_pass.text


@pytest.mark.parametrize("ask", [_code, _label, _waybill, _notice, _pass])
def test_they_are_told_to_wait_and_staff_come(
    station: Station, other_terminal: Station, hands: Hands, ask: Callable[[Station], str]
) -> None:
    text = ask(station)
    for _ in range(3):
        assert why(serve_customer(other_terminal, recognise(text), None)) is Problem.NOT_SHELVED
        assert (callers(station), calls(station)) == (("t2",), 1)
    answer_calls(station)
    for _ in range(3):  # somebody is on the way already
        assert why(serve_customer(other_terminal, recognise(text), None)) is Problem.NOT_SHELVED
    assert (callers(station), calls(station)) == ((), 1)
    hands.pass_time(CALL_AGAIN.total_seconds() + 1)
    serve_customer(other_terminal, recognise(text), None)  # nobody has come
    assert (callers(station), calls(station)) == (("t2",), 2)
    assert verify(station).violations == ()


def test_each_screen_and_each_parcel_has_its_call(station: Station, other_terminal: Station) -> None:
    code = _code(station)
    serve_customer(other_terminal, recognise(code), None)
    answer_calls(station)
    serve_customer(station, recognise(code), None)
    assert callers(other_terminal) == ("t1",)
    answer_calls(station)
    other = done(check_in(station, recognise(YTO), Particulars()))
    serve_customer(other_terminal, recognise(other.code), None)
    assert callers(station) == ("t2",)


def test_what_is_here_is_lit_beside_what_is_not(
    station: Station, other_terminal: Station, shelved: Callable[..., CheckedIn]
) -> None:
    here, waiting = shelved(YTO), _code(station)
    found = pick_up(other_terminal, CodeScan((PickupCode(here.code), PickupCode(waiting))))
    assert isinstance(found, Found) and found.refused == (Problem.NOT_SHELVED,)
    assert callers(station) == ("t2",)


def test_nobody_is_called_where_every_code_is_a_wrong_one(station: Station, other_terminal: Station) -> None:
    code = _code(station)
    for number in range(6):
        serve_customer(other_terminal, recognise(f"9-9-{number:04d}"), None)
    assert why(serve_customer(other_terminal, recognise(code), None)) is Problem.NO_SUCH_CODE
    assert callers(station) == ()


def test_a_pass_for_two_opens_the_one_that_is_here(station: Station, other_terminal: Station) -> None:
    for waybill in (YTO, SF):
        done(check_in(station, recognise(waybill), Particulars(), shelve=True))
    text = done(issue_pass(station, [recognise(SF), recognise(YTO)], 24)).text
    done(undo(station))
    means = recognise(text).means
    found = open_pass(other_terminal, means)  # type: ignore[arg-type]
    assert isinstance(found, Found) and len(found.parcels) == 1
    assert callers(station) == ("t2",)


def test_a_pass_that_is_over_calls_nobody(station: Station, other_terminal: Station, hands: Hands) -> None:
    text = _pass(station)
    hands.pass_time(25 * 3600)
    assert serve_customer(other_terminal, recognise(text), None) == Refused(Problem.PASS_EXPIRED)
    assert callers(station) == ()
