"""Staff with badges and PINs, what a role may do, customers at the counter, passes for those who collect for others."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.counter.customer import serve_customer
from kiosk.counter.search import search
from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.handing_over.passes import issue_pass
from kiosk.jobs.handing_over.pick_up import Found
from kiosk.jobs.keeping.hold import hold, mark_missing, write_off
from kiosk.jobs.money.settle import pay, waive
from kiosk.jobs.people.reveal import reveal
from kiosk.jobs.records.history import tell_history
from kiosk.jobs.records.look_up import ParcelStory, list_events, tell_parcel
from kiosk.jobs.staff.register import (
    add_staff,
    change_staff,
    first_manager,
    list_staff,
    make_badge,
)
from kiosk.jobs.staff.sign_in import SignedIn, choose_pin, sign_in, sign_in_by_pin, sign_out
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.amend import amend
from kiosk.jobs.taking_in.announce import announce
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import put_away
from kiosk.parcels.kinds import Kind
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import MAY, Role
from kiosk.parcels.scans import recognise
from kiosk.parcels.sheets import StationEvent
from kiosk.parcels.slots import Size
from kiosk.parcels.states import Event, State
from kiosk.safety.verify import verify
from tests.conftest import Hands
from tests.jobs.asking import colleague, done, row, why

SF, YTO = "SF1000000000001", "YT1000000000001"
Shelve = Callable[..., CheckedIn]


@pytest.fixture
def clerk(station: Station) -> Station:
    return replace(station, who="staff-8", role=Role.CLERK)


def test_a_badge_or_a_pin_opens_the_desk_and_the_name_stays_out_of_the_log(station: Station) -> None:
    colleague(station, "7", "Wang Xiaoming", Role.MANAGER, "271828")
    badge = done(make_badge(station, "7"))
    for text in (badge.text, badge.text.lower(), "7 271828"):
        assert sign_in(station, recognise(text)) == SignedIn("7", "Wang Xiaoming", Role.MANAGER)
    for text in ("7 271829", "8 271828", "7", "", "PKB1:" + "A" * 26, badge.text[:-1]):
        assert isinstance(sign_in(station, recognise(text)), Refused)
    sign_out(station)
    log = str([event.changes for event in list_events(station)])
    assert "Wang" not in log and "271828" not in log and badge.text[5:] not in log
    assert "Wang" not in str(station.conn.execute("SELECT changes FROM events").fetchall())
    assert verify(station).violations == ()


def test_a_new_badge_and_a_last_day_close_what_was_open(station: Station) -> None:
    done(add_staff(station, "7", "Wang", Role.MANAGER, "271828"))
    done(add_staff(station, "8", "Li", Role.CLERK, "314159"))
    old, new = done(make_badge(station, "8")), done(make_badge(station, "8"))
    assert why(sign_in(station, recognise(old.text))) is Problem.WRONG_BADGE
    assert isinstance(sign_in(station, recognise(new.text)), SignedIn)
    done(change_staff(station, "8", pin="161803"))
    assert why(sign_in_by_pin(station, "8", "314159")) is Problem.WRONG_PIN
    done(change_staff(station, "8", left=True))
    assert why(sign_in_by_pin(station, "8", "161803")) is Problem.WRONG_PIN
    assert why(sign_in(station, recognise(new.text))) is Problem.WRONG_BADGE
    assert why(change_staff(station, "7", role=Role.CLERK)) is Problem.LAST_MANAGER
    assert [one.number for one in list_staff(station)] == ["7"]
    assert verify(station).violations == ()


@pytest.mark.parametrize("pin", ["12345", "123456", "abcdef", "", "١٢٣٤٥٦"])
def test_a_pin_that_anybody_guesses_is_refused(station: Station, pin: str) -> None:
    assert why(add_staff(station, "7", "Wang", Role.CLERK, pin)) is Problem.BAD_PIN


def test_what_a_role_may_not_do_is_refused_and_on_record(
    station: Station, clerk: Station, other_terminal: Station, shelved: Shelve
) -> None:
    shelved(SF, cod_fen=500)
    assert why(waive(clerk, recognise(SF), "friend of mine")) is Problem.NOT_ALLOWED
    assert why(add_staff(clerk, "9", "Zhao", Role.MANAGER, "161803")) is Problem.NOT_ALLOWED
    assert why(hold(other_terminal, recognise(SF), "damaged")) is Problem.NOT_ALLOWED
    assert why(check_out(other_terminal, recognise(SF), at_counter=True)) is Problem.NOT_ALLOWED
    refusals = [event for event in list_events(station) if event.event == StationEvent.REFUSE]
    assert [(event.who, event.changes["wanted"]) for event in refusals] == [
        ("staff-8", "waive"), ("staff-8", "add_staff"), ("customer", "hold"), ("customer", "check_out"),
    ]  # fmt: skip
    done(pay(clerk, recognise(SF)))
    done(mark_missing(clerk, recognise(SF)))
    assert why(write_off(clerk, recognise(SF), "gone")) is Problem.NOT_ALLOWED
    assert verify(station).violations == ()


def test_a_manager_may_everything_a_clerk_may_and_a_clerk_more_than_a_customer() -> None:
    assert MAY[Role.CUSTOMER] < MAY[Role.CLERK] < MAY[Role.MANAGER]
    assert MAY[Role.MANAGER] == {*Event, *StationEvent}


def test_a_pass_opens_its_parcels_until_they_are_gone_or_its_time_is_over(
    station: Station, other_terminal: Station, shelved: Shelve, hands: Hands
) -> None:
    mine = [shelved(number, phone="13800001234") for number in (SF, YTO)]
    shelved("73100000000001", phone="13800001234")
    proxy = done(issue_pass(station, [recognise(mine[0].code), recognise(YTO)], 24))
    found = serve_customer(other_terminal, recognise(proxy.text), None)
    assert isinstance(found, Found) and {one.code for one in found.parcels} == {one.code for one in mine}
    assert isinstance(check_out(other_terminal, recognise(SF)), HandedOver)
    again = serve_customer(other_terminal, recognise(proxy.text), None)
    assert isinstance(again, Found) and [one.code for one in again.left] == [mine[1].code]
    assert why(serve_customer(other_terminal, recognise("PKP1:" + "A" * 26), None)) is Problem.NO_SUCH_CODE
    hands.pass_time(25 * 3600)
    assert why(search(other_terminal, recognise(proxy.text))) is Problem.PASS_EXPIRED
    token = proxy.text.partition(":")[2]
    assert token not in str(station.conn.execute("SELECT changes FROM events").fetchall())
    assert why(issue_pass(other_terminal, [recognise(YTO)], 24)) is Problem.NOT_ALLOWED
    assert verify(station).violations == ()


def test_who_collected_for_somebody_else_is_on_record(station: Station, shelved: Shelve) -> None:
    code = shelved(SF).code
    assert isinstance(
        check_out(station, recognise(code), at_counter=True, proxy="neighbour, showed the message"), HandedOver
    )
    story = tell_parcel(station, recognise(SF))
    assert isinstance(story, ParcelStory) and story.history[-1].changes["proxy"] is True
    assert done(reveal(station, recognise(SF))).collector == "neighbour, showed the message"
    log = list(station.conn.execute("SELECT event, changes FROM events"))
    assert log[-1][0] == "reveal" and "neighbour" not in str(log)


def test_amounts_from_the_manifest_block_the_exit_until_paid(station: Station) -> None:
    manifest = f"waybill,到付,cod\n{SF},12.5,\n{YTO},,¥99\nYT2000000000000,x,\nYT3000000000000,1.234,\n"
    answer = done(announce(station, manifest.encode()))
    assert [(line.line, line.column, line.reason) for line in answer.rejected] == [
        (4, "到付", "bad_amount"), (5, "到付", "bad_amount"),
    ]  # fmt: skip
    taken = done(check_in(station, recognise(SF), Particulars(), shelve=True))
    assert taken.due_fen == 1250
    refused = check_out(station, recognise(SF), at_counter=True)
    assert isinstance(refused, Refused) and (refused.problem, refused.due_fen) == (Problem.AMOUNT_DUE, 1250)
    assert done(pay(station, recognise(SF))).fen == 1250
    assert why(pay(station, recognise(SF))) is Problem.NOTHING_DUE
    assert isinstance(check_out(station, recognise(SF), at_counter=True), HandedOver)
    done(check_in(station, recognise(YTO), Particulars(cod_fen=5000), shelve=True))
    assert done(waive(station, recognise(YTO), "the courier said so")).fen == 5000  # what the clerk said counts
    assert verify(station).violations == ()


def test_either_waybill_of_a_consolidated_parcel_finds_it(station: Station, shelved: Shelve) -> None:
    shelved(SF)
    done(amend(station, recognise(SF), Particulars(second_waybill="EA123456785CN")))
    story = tell_parcel(station, recognise("EA123456785CN"))
    assert isinstance(story, ParcelStory) and story.waybill == SF
    assert why(check_in(station, recognise("EA123456785CN"), Particulars())) is Problem.ALREADY_IN_CUSTODY
    assert isinstance(check_out(station, recognise("EA123456785CN"), at_counter=True), HandedOver)


def test_other_things_have_a_slot_a_code_and_words_of_their_own(station: Station) -> None:
    said = Particulars(kind=Kind.LAUNDRY, courier="Sunny Wash 阳光洗衣", price_fen=2990, size=Size.S)
    laundry = done(check_in(station, recognise(""), said, shelve=True))
    assert laundry.waybill.startswith("LD") and laundry.candidates == () and laundry.due_fen == 2990
    story = tell_parcel(station, recognise(laundry.code))
    assert isinstance(story, ParcelStory)
    assert (story.kind, story.courier, story.due_fen) == (Kind.LAUNDRY, "Sunny Wash 阳光洗衣", 2990)
    assert why(check_out(station, recognise(laundry.waybill), at_counter=True)) is Problem.AMOUNT_DUE
    assert why(check_in(station, recognise(""), Particulars())) is Problem.EMPTY_SCAN


def test_history_of_a_waybill_a_code_and_a_slot(station: Station, shelved: Shelve) -> None:
    first = shelved(SF, size=Size.S)
    check_out(station, recognise(SF), at_counter=True)
    shelved(SF, size=Size.S)
    moved = done(put_away(station, recognise(SF), recognise("6-1-2")))
    assert moved.new_code
    events = done(tell_history(station, recognise(SF))).events
    assert [event.event for event in events] == ["check_in", "shelve", "check_out", "check_in", "shelve", "relocate"]
    assert len(done(tell_history(station, recognise(first.code))).events) == 3
    slot = done(tell_history(station, recognise("SLOT:6-1-2"))).events
    assert [event.event for event in slot] == ["relocate"]
    check_out(station, recognise(SF), at_counter=True)
    assert [e.event for e in done(tell_history(station, recognise("6-1-2"))).events] == ["relocate", "check_out"]
    assert why(tell_history(station, recognise("9-9-9999"))) is Problem.NO_SUCH_CODE
    assert why(tell_history(station, recognise(YTO))) is Problem.NO_SUCH_WAYBILL


def test_a_piece_the_manifest_forgot_is_the_same_persons(station: Station) -> None:
    announce(station, f"waybill,phone,piece,pieces\n{SF},13800001234,1,2\n".encode())
    done(check_in(station, recognise(SF), Particulars(), shelve=True))
    done(
        check_in(station, recognise("JDX012345678901-1-2-"), Particulars(phone=read_phone("13900005678")), shelve=True)
    )
    second = done(check_in(station, recognise("JDX012345678901-2-2-"), Particulars(), shelve=True))
    contacts = station.conn.execute("SELECT contact_id FROM parcels WHERE waybill LIKE 'JDX%'").fetchall()
    assert len(set(contacts)) == 1 and contacts[0][0] is not None and second.state is State.SHELVED
    assert row(station, SF).contact_id not in (None, contacts[0][0])


def test_a_pin_is_chosen_once(station: Station, second_desk: Station) -> None:
    """Two desks wait for it: who comes second opens nothing, unless they know what the first one chose."""
    first = first_manager(station)
    assert first is not None
    given = done(sign_in_by_pin(station, first.number, first.pin))
    assert isinstance(choose_pin(station, given, "482915 482915"), SignedIn)
    assert why(choose_pin(second_desk, given, "739204 739204")) is Problem.WRONG_PIN
    assert isinstance(choose_pin(second_desk, given, "482915 482915"), SignedIn)
    for text, problem in (
        ("1 2", Problem.PINS_DIFFER),
        ("123 123", Problem.BAD_PIN),
        ("111111 111111", Problem.BAD_PIN),
    ):
        assert why(choose_pin(station, given, text)) is problem


@pytest.mark.parametrize("text", ["482915 482915", "271828 7", "12345 482915"])
def test_what_may_be_a_pin_never_becomes_a_parcel(station: Station, text: str) -> None:
    done(add_staff(station, "7", "Li Na", Role.CLERK, "271828"))
    assert why(serve_staff(station, recognise(text), AtHand())) is Problem.WRONG_PIN
    log = str(station.conn.execute("SELECT changes FROM events").fetchall())
    assert "482915" not in log and "271828" not in log


@pytest.mark.parametrize("text", ["YT 12345678", "SF 1234567890", "9900123456 7", "1234567 890123"])
def test_a_waybill_typed_in_groups_is_no_sign_in(station: Station, text: str) -> None:
    done(add_staff(station, "7", "Li Na", Role.CLERK, "271828"))
    assert serve_staff(station, recognise(text), AtHand()) != Refused(Problem.WRONG_PIN)
