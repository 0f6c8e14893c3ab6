"""Ways around the rules that were found by trying; each is closed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from kiosk.jobs.handing_over.ask_delivery import request_delivery, withdraw_delivery
from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.keeping.hold import cancel_return, found_again, hold, mark_missing, release, start_return
from kiosk.jobs.keeping.places import close_place, look_into, reopen_place
from kiosk.jobs.money.settle import pay
from kiosk.jobs.records.look_up import list_events
from kiosk.jobs.records.report import report
from kiosk.jobs.records.undo import Undone, undo, undo_check_out
from kiosk.jobs.sheets.batch import open_batch
from kiosk.jobs.sheets.cycle_count import close_count, count_parcel, open_count
from kiosk.jobs.sheets.home_round import deliver, open_round, put_on_round
from kiosk.jobs.sheets.returns import open_return, put_on_return
from kiosk.jobs.sheets.sheet import close_sheet, take_off
from kiosk.jobs.sheets.transfer import open_transfer, put_on_transfer, transfer_manifest
from kiosk.jobs.staff.register import add_staff, change_staff
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.amend import amend
from kiosk.jobs.taking_in.announce import announce
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import put_away
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.problems import Problem
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.parcels.slots import Size
from kiosk.parcels.states import State
from kiosk.safety.verify import verify
from kiosk.store.tables.contacts import address_of
from tests.jobs.asking import done, row, why

A, B, YTO = "SF1000000000001", "SF1000000000002", "YT1000000000001"
Shelve = Callable[..., CheckedIn]
Reset = Callable[[str, str], Station]


def test_undo_of_a_return_or_a_loss_before_the_parcel_was_put_away(station: Station) -> None:
    for is_return in (True, False):
        done(check_in(station, recognise(A), Particulars(), sure=True))
        done(start_return(station, recognise(A), "refused") if is_return else mark_missing(station, recognise(A)))
        assert done(undo(station)).state == State.SHELVED
        done(check_out(station, recognise(A), at_counter=True))
    assert verify(station).violations == ()


def test_a_parcel_in_return_that_was_missing_is_still_in_return(station: Station, shelved: Shelve) -> None:
    shelved(A)
    hold(station, recognise(A), "intercepted")
    done(start_return(station, recognise(A), "intercepted"))
    done(mark_missing(station, recognise(A)))
    assert done(found_again(station, recognise(A))).state == State.RETURN_PENDING
    done(mark_missing(station, recognise(A)))
    assert done(undo(station)).state == State.RETURN_PENDING
    assert why(check_out(station, recognise(A), at_counter=True)) is Problem.IN_RETURN
    assert verify(station).violations == ()


def test_no_undo_makes_a_second_stay_of_one_number(station: Station, second_desk: Station, shelved: Shelve) -> None:
    shelved(A)
    check_out(station, recognise(A), at_counter=True)
    shelved(A)
    assert why(undo_check_out(station, recognise(A), "wrong person")) is Problem.ALREADY_IN_CUSTODY
    done(amend(station, recognise(A), Particulars(courier="ZTO")))
    done(check_in(second_desk, recognise(A), Particulars(courier="SF"), sure=True))
    assert why(undo(station)) is Problem.ALREADY_IN_CUSTODY


def test_of_two_hand_overs_the_last_is_taken_back(station: Station, shelved: Shelve) -> None:
    for _ in range(2):
        shelved(A)
        check_out(station, recognise(A), at_counter=True)
    assert isinstance(undo_check_out(station, recognise(A), "wrong person"), Undone)
    assert verify(station).violations == ()


def test_undo_goes_on_after_another_desk_took_something_back(
    station: Station, second_desk: Station, shelved: Shelve
) -> None:
    shelved(A)
    check_out(station, recognise(A), at_counter=True)
    done(undo_check_out(second_desk, recognise(A), "wrong person"))
    assert done(undo(station)).event == "shelve"


def test_sheets_and_places_are_taken_back_too(station: Station) -> None:
    sheet = done(open_batch(station, "SF", 2)).sheet
    done(check_in(station, recognise(A), Particulars(batch=sheet)))
    done(close_sheet(station, sheet, "one missing"))
    assert done(undo(station)).event == "close_sheet"
    done(check_in(station, recognise(B), Particulars(batch=sheet)))
    done(close_sheet(station, sheet))
    done(close_place(station, "1-1", "wet"))
    for event in ("close_place", "close_sheet", "check_in", "shelve", "check_in", "open_sheet"):
        assert done(undo(station)).event == event
    assert why(undo(station)) is Problem.NOTHING_TO_UNDO
    assert verify(station).violations == ()


def test_a_count_taken_back_finds_everything_where_it_was(station: Station, shelved: Shelve) -> None:
    level = shelved(A).slot.rpartition("-")[0]
    before = row(station, A)
    sheet = done(open_count(station, level)).sheet
    done(close_count(station, sheet, "nobody looked"))
    assert row(station, A).state == State.MISSING
    done(undo(station))
    now = row(station, A)
    assert (now.state, now.slot, now.code) == (before.state, before.slot, before.code)
    done(count_parcel(station, sheet, recognise(A)))
    assert verify(station).violations == ()


def test_what_came_during_a_count_is_not_missing(station: Station, second_desk: Station, shelved: Shelve) -> None:
    shelved(A, size=Size.S)
    done(put_away(station, recognise(A), recognise("3-4-1")))
    sheet = done(open_count(station, "3-4")).sheet
    done(count_parcel(station, sheet, recognise(A)))
    shelved(B, size=Size.S)
    done(put_away(second_desk, recognise(B), recognise("3-4-2")))
    assert done(close_count(station, sheet)).missing == ()


def test_a_check_in_taken_back_keeps_what_is_to_be_paid(station: Station) -> None:
    announce(station, f"waybill,cod,到付\n{A},5,2\n".encode())
    assert done(check_in(station, recognise(A), Particulars())).due_fen == 700
    done(undo(station))
    assert done(check_in(station, recognise(A), Particulars(), shelve=True)).due_fen == 700
    assert why(check_out(station, recognise(A), at_counter=True)) is Problem.AMOUNT_DUE


def test_a_clerk_cannot_waive_by_another_name(station: Station) -> None:
    clerk = replace(station, role=Role.CLERK)
    announce(station, f"waybill,cod\n{A},500\n".encode())
    assert why(check_in(clerk, recognise(A), Particulars(cod_fen=1))) is Problem.NOT_ALLOWED
    done(check_in(clerk, recognise(A), Particulars(), shelve=True))
    for fen in (0, 1, 49_999):
        assert why(amend(clerk, recognise(A), Particulars(cod_fen=fen))) is Problem.NOT_ALLOWED
    done(amend(station, recognise(A), Particulars(cod_fen=0)))
    assert row(station, A).due_fen == 0
    done(amend(station, recognise(A), Particulars(cod_fen=500)))
    done(pay(station, recognise(A)))
    assert why(amend(station, recognise(A), Particulars(cod_fen=300))) is Problem.BAD_AMOUNT


def test_a_settled_fee_does_not_pay_for_something_else(reset: Reset, shelved: Shelve) -> None:
    station = reset("fee_fen = 0", "fee_fen = 300")
    shelved(A)
    done(request_delivery(station, recognise(A), "Building 1"))
    done(pay(station, recognise(A)))
    done(amend(station, recognise(A), Particulars(cod_fen=500)))
    done(withdraw_delivery(station, recognise(A)))
    assert row(station, A).due_fen == 500


def test_a_transfer_takes_along_what_is_still_due_and_nothing_else(reset: Reset, shelved: Shelve) -> None:
    station = reset("partners = []", 'partners = ["N"]')
    shelved(A, cod_fen=500)
    shelved(B, cod_fen=700)
    shelved(YTO, price_fen=900)
    done(pay(station, recognise(A)))
    sheet = done(open_transfer(station, "N")).sheet
    for waybill in (A, B):
        done(put_on_transfer(station, sheet, recognise(waybill)))
    assert why(put_on_transfer(station, sheet, recognise(YTO))) is Problem.AMOUNT_DUE
    assert isinstance(check_out(station, recognise(A), at_counter=True), HandedOver)  # its consignee came after all
    closed = done(close_sheet(station, sheet))
    assert (closed.left, closed.stayed) == (1, (A,))
    manifest = done(transfer_manifest(station, sheet))
    assert B in manifest and "7.00" in manifest and A not in manifest


def test_a_parcel_taken_off_does_not_come_back_onto_a_closed_sheet(
    reset: Reset, second_desk: Station, shelved: Shelve
) -> None:
    station = reset("partners = []", 'partners = ["N"]')
    shelved(A)
    shelved(B)
    sheet = done(open_transfer(station, "N")).sheet
    for waybill in (A, B):
        done(put_on_transfer(station, sheet, recognise(waybill)))
    done(take_off(station, recognise(B)))
    done(close_sheet(second_desk, sheet))
    undo(station)
    assert row(station, B).sheet_id is None


def test_a_return_goes_to_its_own_courier(station: Station, shelved: Shelve) -> None:
    shelved(A)
    start_return(station, recognise(A), "refused")
    sheet = done(open_return(station, "SF")).sheet
    done(put_on_return(station, sheet, recognise(A)))
    done(amend(station, recognise(A), Particulars(courier="ZTO")))
    assert done(close_sheet(station, sheet, "driver 17")).stayed == (A,)


def test_a_second_number_is_nobody_elses_and_never_takes_the_first_ones_place(
    station: Station, shelved: Shelve
) -> None:
    announce(station, f"waybill\n{A}\n".encode())
    done(amend(station, recognise(A), Particulars(second_waybill=YTO)))
    assert done(check_in(station, recognise(YTO), Particulars(), shelve=True)).waybill == A
    shelved(B)
    assert why(amend(station, recognise(B), Particulars(second_waybill=A))) is Problem.ALREADY_IN_CUSTODY


def test_found_asks_what_move_asks(station: Station, shelved: Shelve) -> None:
    shelved(A, size=Size.L)
    mark_missing(station, recognise(A))
    assert why(found_again(station, recognise(A), recognise("3-5-1"))) is Problem.SLOT_TOO_SMALL
    done(close_place(station, "3-1", "wet"))
    assert why(found_again(station, recognise(A), recognise("SLOT:3-1-1"))) is Problem.PLACE_CLOSED
    assert done(found_again(station, recognise(A), recognise("SLOT:4-1-1"))).slot == "4-1-1"


def test_a_closed_batch_takes_nothing_and_a_refused_scan_writes_nothing(station: Station) -> None:
    sheet = done(open_batch(station, "SF", 0)).sheet
    done(close_sheet(station, sheet))
    assert why(check_in(station, recognise(A), Particulars(batch=sheet))) is Problem.SHEET_CLOSED
    assert why(check_in(station, recognise(A), Particulars(batch=999))) is Problem.NO_SUCH_SHEET
    slot = done(check_in(station, recognise(A), Particulars())).slot
    done(close_place(station, slot, "wet"))
    assert why(check_in(station, recognise(A), Particulars(cod_fen=500), shelve=True)) is Problem.PLACE_CLOSED
    assert row(station, A).due_fen == 0


def test_whose_parcel_it_was_is_not_pretended_to_be_restored(station: Station, shelved: Shelve) -> None:
    shelved(A, phone="13800001234")
    done(amend(station, recognise(A), Particulars(phone=read_phone("13900005678"))))
    assert why(undo(station)) is Problem.CANNOT_UNDO


def test_addresses_live_as_long_as_a_delivery_and_proofs_hold_no_phone(station: Station, shelved: Shelve) -> None:
    for waybill in (A, B):
        shelved(waybill, phone="13800001234")
        done(request_delivery(station, recognise(waybill), "Building 1"))
    contact = row(station, A).contact_id
    sheet = done(open_round(station, "Wang 13811112222")).sheet
    done(put_on_round(station, sheet, recognise(A)))
    done(close_sheet(station, sheet))
    done(deliver(station, recognise(A), "son, 13900005678"))
    assert address_of(station.conn, station.key, contact) == "Building 1"
    done(check_out(station, recognise(B), at_counter=True))
    assert address_of(station.conn, station.key, contact) is None
    log = str(station.conn.execute("SELECT changes FROM events").fetchall())
    assert "son" not in log and "13900005678" not in log and "13811112222" not in log
    assert [one.changes["proof"] for one in list_events(station) if one.event == "deliver"] == ["son, 139******78"]


def test_a_staff_number_is_given_once(station: Station) -> None:
    for number in ("1", "2"):
        done(add_staff(station, number, "Li", Role.MANAGER, "271828"))
    assert done(change_staff(station, "2", role=Role.CLERK)).role == Role.CLERK
    done(change_staff(station, "2", left=True))
    assert why(add_staff(station, "2", "Zhao", Role.CLERK, "314159")) is Problem.ALREADY_SO


def test_one_missing_parcel_is_counted_once(station: Station, shelved: Shelve) -> None:
    shelved(A)
    mark_missing(station, recognise(A))
    done(found_again(station, recognise(A)))
    done(undo(station))
    assert report(station, date(2026, 11, 22)).counts["missing"] == 1


def test_a_return_survives_going_missing_however_it_comes_back(station: Station, shelved: Shelve) -> None:
    shelved(A)
    hold(station, recognise(A), "intercepted")
    done(start_return(station, recognise(A), "intercepted"))
    done(mark_missing(station, recognise(A)))
    done(found_again(station, recognise(A)))
    assert done(undo(station)).state == State.MISSING  # one step, though two events were written
    assert done(found_again(station, recognise(A))).state == State.RETURN_PENDING
    assert done(cancel_return(station, recognise(A))).held_for == "intercepted"
    assert why(check_out(station, recognise(A), at_counter=True)) is Problem.ON_HOLD
    assert verify(station).violations == ()


def test_a_loss_in_return_is_taken_back_step_by_step(station: Station, shelved: Shelve) -> None:
    shelved(A)
    done(start_return(station, recognise(A), "refused"))
    done(mark_missing(station, recognise(A)))
    assert [done(undo(station)).event for _ in range(3)] == ["mark_missing", "start_return", "shelve"]


def test_a_reopened_count_still_asks_for_what_was_not_scanned(
    station: Station, second_desk: Station, shelved: Shelve
) -> None:
    level = shelved(A).slot.rpartition("-")[0]
    sheet = done(open_count(station, level)).sheet
    done(close_count(station, sheet, "x"))
    done(undo(station))
    done(amend(second_desk, recognise(A), Particulars(cod_fen=500)))
    assert why(close_count(station, sheet)) is Problem.NOT_ALL_COUNTED
    done(close_count(station, sheet, "searched"))
    done(amend(second_desk, recognise(A), Particulars(cod_fen=900)))
    assert why(undo(station)) is Problem.CANNOT_UNDO  # it would take back what is not its own
    assert row(station, A).due_fen == 900


def test_a_clerk_cannot_waive_by_undo_or_by_another_courier(station: Station) -> None:
    clerk = replace(station, who="staff-8", role=Role.CLERK)
    announce(station, f"waybill,courier,cod\n{A},SF,500\n".encode())
    done(check_in(clerk, recognise(A), Particulars()))
    done(undo(clerk))
    assert done(check_in(clerk, recognise(A), Particulars(courier="ZTO"), shelve=True)).due_fen == 50_000
    done(amend(station, recognise(A), Particulars(freight_collect_fen=700)))
    assert why(undo(clerk)) is Problem.NOT_ALLOWED


def test_a_charge_made_after_writing_keeps_a_parcel_off_the_transfer(reset: Reset, shelved: Shelve) -> None:
    station = reset("partners = []", 'partners = ["N"]')
    shelved(A)
    sheet = done(open_transfer(station, "N")).sheet
    done(put_on_transfer(station, sheet, recognise(A)))
    done(amend(station, recognise(A), Particulars(price_fen=900)))
    assert done(close_sheet(station, sheet)).stayed == (A,)


def test_an_unpaid_fee_goes_with_the_wish(reset: Reset, shelved: Shelve) -> None:
    station = reset("fee_fen = 0", "fee_fen = 300")
    shelved(A, cod_fen=500)
    done(pay(station, recognise(A)))
    done(request_delivery(station, recognise(A), "Building 1"))
    done(withdraw_delivery(station, recognise(A)))
    assert row(station, A).due_fen == 0


def test_an_address_another_parcel_needs_survives_an_undo(station: Station, shelved: Shelve) -> None:
    for waybill in (A, B):
        shelved(waybill, phone="13800001234")
        done(request_delivery(station, recognise(waybill), "Building 1"))
    done(undo(station))
    assert address_of(station.conn, station.key, row(station, A).contact_id) == "Building 1"


def test_phones_in_any_writing_stay_out_of_the_log(station: Station, shelved: Shelve) -> None:
    shelved(A)
    for phone in ("+8613800001234", "8613800001234", "138-0000-1234", "138 0000 1234", "１３８００００１２３４"):
        hold(station, recognise(A), f"damaged call {phone} please")
        release(station, recognise(A))
    notes = [event.changes["hold_note"] for event in list_events(station) if event.event == "hold"]
    assert set(notes) == {"call 138******34 please"}


def test_what_another_desk_did_to_a_place_is_not_taken_back(station: Station, second_desk: Station) -> None:
    done(close_place(station, "1-1", "wet"))
    done(reopen_place(second_desk, "1-1"))
    done(close_place(second_desk, "1-1", "broken"))
    assert why(undo(station)) is Problem.CANNOT_UNDO
    assert done(look_into(station, "1-1")).closed_for == "broken"
