"""Batches in, manifests and rounds out."""

import csv
import io
from collections.abc import Callable

from kiosk.counter.search import search
from kiosk.jobs.handing_over.ask_delivery import (
    request_delivery,
    request_delivery_of_session,
    withdraw_delivery,
    withdraw_delivery_of_session,
)
from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.handing_over.pick_up import Found
from kiosk.jobs.keeping.hold import hold, start_return
from kiosk.jobs.money.settle import pay
from kiosk.jobs.records.undo import undo
from kiosk.jobs.sheets.batch import open_batch
from kiosk.jobs.sheets.batch_courier import courier_of_batch
from kiosk.jobs.sheets.home_round import deliver, fail_delivery, list_round, open_round, put_on_round, way
from kiosk.jobs.sheets.returns import open_return, put_on_return
from kiosk.jobs.sheets.sheet import close_sheet, list_sheets, sheet_progress, take_off, tell_sheet
from kiosk.jobs.sheets.transfer import open_transfer, put_on_transfer, transfer_manifest, transfer_qr
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.amend import amend
from kiosk.jobs.taking_in.announce import announce, announce_scanned
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import put_away_pending
from kiosk.parcels.couriers import couriers, read_courier
from kiosk.parcels.meanings import ManifestScan
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.problems import Problem
from kiosk.parcels.qr_texts import manifest_texts
from kiosk.parcels.scans import recognise
from kiosk.parcels.states import State
from kiosk.parcels.waybills import Waybill
from kiosk.safety.verify import verify
from kiosk.store.tables.contacts import address_of, phone_tail
from kiosk.text import Language, words
from kiosk.text.slips import slip_text
from tests.conftest import Hands
from tests.jobs.asking import done, row, why

SF, YTO = "SF1000000000001", "YT1000000000001"
Shelve = Callable[..., CheckedIn]
Reset = Callable[[str, str], Station]
DAY_S = 24 * 3600


def test_a_batch_whose_count_differs_needs_what_was_agreed(station: Station) -> None:
    batch = done(open_batch(station, "SF", 3)).sheet
    for number in range(2):
        said = Particulars(courier=done(courier_of_batch(station, batch)), batch=batch)
        done(check_in(station, recognise(f"SF1{number:012d}"), said))
    other = done(check_in(station, recognise(YTO), Particulars(courier="SF", batch=batch)))
    assert other.looks_like_another_courier
    done(undo(station))  # it was not the driver's
    story = done(tell_sheet(station, batch))
    assert (story.expected, story.scanned, story.difference) == (3, 2, -1)
    refused = close_sheet(station, batch)
    assert why(refused) is Problem.COUNTS_DIFFER and refused.detail == "2 / 3"  # type: ignore[union-attr]
    closed = done(close_sheet(station, batch, "one missing, driver 17 signs"))
    assert (closed.scanned, closed.left, closed.note) == (2, 0, "one missing, driver 17 signs")
    assert why(close_sheet(station, batch)) is Problem.SHEET_CLOSED
    assert why(courier_of_batch(station, batch)) is Problem.SHEET_CLOSED
    assert list_sheets(station).sheets == ()
    assert list_sheets(station, only_open=False).sheets[0].scanned == 2
    assert verify(station).violations == ()


def test_one_driver_may_bring_several_brands(station: Station) -> None:
    batch = done(open_batch(station, None, 2)).sheet
    assert courier_of_batch(station, batch) is None
    for waybill in (SF, YTO):
        done(check_in(station, recognise(waybill), Particulars(batch=batch)))
    assert {one.courier for one in done(tell_sheet(station, batch)).parcels} == {"SF", "YTO"}
    assert done(close_sheet(station, batch)).scanned == 2


def test_parcels_go_back_on_their_couriers_manifest_with_the_drivers_word(
    station: Station, shelved: Shelve, hands: Hands
) -> None:
    for number in range(3):
        shelved(f"SF1{number:012d}")
    refused, overdue, fresh = (f"SF1{number:012d}" for number in range(3))
    start_return(station, recognise(refused), "refused by the consignee")
    sheet = done(open_return(station, "SF")).sheet
    assert len(station.leases.lit_slots()) == 1
    assert done(put_on_return(station, sheet, recognise(refused))).scanned == 1
    assert why(put_on_return(station, sheet, recognise(fresh))) is Problem.NOT_DUE_BACK
    hands.pass_time(15 * DAY_S)
    assert done(put_on_return(station, sheet, recognise(overdue))).scanned == 2
    assert done(put_on_return(station, sheet, recognise(overdue))).scanned == 2  # a second scan is harmless
    shelved(YTO)
    assert why(put_on_return(station, sheet, recognise(YTO))) is Problem.OTHER_COURIER
    assert why(close_sheet(station, sheet)) is Problem.NEEDS_DRIVER
    assert done(close_sheet(station, sheet, "driver 17")).left == 2
    assert [row(station, one).state for one in (refused, overdue, fresh)] == [
        State.RETURNED, State.RETURNED, State.SHELVED,
    ]  # fmt: skip
    assert station.leases.lit_slots() == () and verify(station).violations == ()


def test_a_held_parcel_goes_back_for_the_reason_it_is_held_for(station: Station, shelved: Shelve) -> None:
    shelved(SF)
    hold(station, recognise(SF), "wrong-address")
    sheet = done(open_return(station, "SF")).sheet
    done(put_on_return(station, sheet, recognise(SF)))
    assert row(station, SF).state == State.RETURN_PENDING


def test_a_transfer_checks_in_elsewhere_from_its_file_or_its_qr(
    reset: Reset, shelved: Shelve, elsewhere: Callable[[str], Station]
) -> None:
    chain = reset("partners = []", 'partners = ["North gate"]')
    waybills = [f"JDX0{number:011d}" for number in range(40)]
    for number, waybill in enumerate(waybills):
        shelved(waybill, phone=f"1380000{number:04d}", cod_fen=500 if number == 0 else None)
    assert why(open_transfer(chain, "nowhere")) is Problem.NO_SUCH_PARTNER
    sheet = done(open_transfer(chain, "north gate")).sheet
    for waybill in waybills:
        done(put_on_transfer(chain, sheet, recognise(waybill)))
    done(take_off(chain, recognise(waybills[-1])))
    texts = done(transfer_qr(chain, sheet))
    manifest = done(transfer_manifest(chain, sheet))
    assert done(close_sheet(chain, sheet)).left == 39
    assert row(chain, waybills[0]).state == State.IN_TRANSFER and row(chain, waybills[-1]).state == State.SHELVED
    assert done(transfer_qr(chain, sheet)) == texts
    assert verify(chain).violations == ()
    rows = list(csv.DictReader(io.StringIO(manifest)))
    assert (rows[0]["phone"], rows[0]["cod"]) == ("0000", "5.00") and "138" not in manifest

    by_file, by_qr = elsewhere("file"), elsewhere("qr")
    assert done(announce(by_file, manifest.encode())).accepted == 39
    for text in texts:
        scan = recognise(text).means
        assert isinstance(scan, ManifestScan) and len(text) <= 256, text
        announce_scanned(by_qr, scan)
        announce_scanned(by_qr, scan)
    for there in (by_file, by_qr):
        arrived = done(check_in(there, recognise(waybills[0]), Particulars(), shelve=True))
        assert [phone_tail(there.conn, row(there, one).contact_id) for one in waybills[:2]] == ["0000", "0001"]
        assert arrived.courier == "JD" and row(there, waybills[38]).state == State.EXPECTED
        assert verify(there).violations == ()
    assert why(check_out(by_file, recognise(waybills[0]), at_counter=True)) is Problem.AMOUNT_DUE


def test_the_tails_of_a_manifests_qr_are_read_and_versions_without_them_too() -> None:
    entries = [(courier, Waybill(f"X{number:011d}")) for number, courier in enumerate(couriers())]
    tails = [f"{number:04d}" if number % 3 else None for number in range(len(entries))]
    texts = manifest_texts("S00123456789", 123456, entries, tails)
    read = [means for text in texts if isinstance(means := recognise(text).means, ManifestScan)]
    assert [tail for scan in read for tail in scan.tails] == tails and max(map(len, texts)) <= 256
    assert sum(len(scan.entries) for scan in read) == len(entries) == sum(len(scan.tails) for scan in read)
    (older,) = (recognise("PKM1:S001:7:1/1:SF=SF1000000000001+YTO=YT1000000000001").means,)
    assert isinstance(older, ManifestScan) and len(older.entries) == 2 and older.tails == ()


def test_every_courier_finds_its_way_through_the_qr() -> None:
    entries = [(courier, Waybill(f"X{number:011d}")) for number, courier in enumerate(couriers())]
    read = [recognise(text).means for text in manifest_texts("S001", 7, entries)]
    found = [entry for scan in read if isinstance(scan, ManifestScan) for entry in scan.entries]
    assert [(read_courier(courier), waybill) for courier, waybill in found] == entries


def test_a_parcel_whose_home_nobody_knows_any_more_stays(station: Station, shelved: Shelve) -> None:
    """Its address went with the person that it turned out not to be for."""
    shelved(SF, phone="13800001234")
    done(request_delivery(station, recognise(SF), "Building 3"))
    sheet = done(open_round(station, "Wang")).sheet
    done(put_on_round(station, sheet, recognise(SF)))
    done(amend(station, recognise(SF), Particulars(phone=read_phone("13800005678"))))
    closed = done(close_sheet(station, sheet))
    assert (closed.left, closed.stayed) == (0, (SF,)) and row(station, SF).state == State.SHELVED


def test_a_batch_counts_what_is_too_much_at_once_and_each_drivers_brand(station: Station) -> None:
    batch = done(open_batch(station, None, 2)).sheet
    came = [
        done(check_in(station, recognise(waybill), Particulars(batch=batch)))
        for waybill in (SF, YTO, "YT1000000000002", "YT1000000000003")
    ]
    assert [one.beyond for one in came] == [None, None, (3, 2), (4, 2)]
    again = done(check_in(station, recognise("YT1000000000003"), Particulars(batch=batch)))
    assert again.again and again.beyond is None
    story = done(tell_sheet(station, batch))
    assert story.by_courier == done(sheet_progress(station, batch)).by_courier == (("YTO", 3), ("SF", 1))
    slip = slip_text(words(Language.CHINESE), "S", story)
    assert "圆通       3" in slip and "顺丰       1" in slip
    assert done(close_sheet(station, batch, "two more")).by_courier == story.by_courier
    of_one = done(open_batch(station, "SF", None))
    assert of_one.by_courier == ()


def test_home_delivery_from_the_wish_to_the_proof(station: Station, shelved: Shelve) -> None:
    codes = {}
    for number, address in enumerate(("Building 10, 3-201", "Building 2, 1-102", None)):
        waybill = f"SF1{number:012d}"
        codes[waybill] = shelved(waybill).code
        done(request_delivery(station, recognise(waybill), address))
    first, second, third = codes
    assert [stop.parcel.waybill for stop in list_round(station).stops] == [second, first, third]
    sheet = done(open_round(station, "Wang")).sheet
    shelved(YTO)
    assert why(put_on_round(station, sheet, recognise(YTO))) is Problem.NOT_REQUESTED
    assert why(put_on_round(station, sheet, recognise(third))) is Problem.NO_ADDRESS
    done(request_delivery(station, recognise(third), "Building 3"))
    for waybill in (second, first, third):
        done(put_on_round(station, sheet, recognise(waybill)))
    assert done(close_sheet(station, sheet)).left == 3
    assert row(station, first).slot is None
    assert why(check_in(station, recognise(first), Particulars())) is Problem.OUT_FOR_DELIVERY
    assert why(check_out(station, recognise(first), at_counter=True)) is Problem.OUT_FOR_DELIVERY
    assert why(deliver(station, recognise(first), codes[second])) is Problem.NEEDS_PROOF
    assert why(deliver(station, recognise(first), " ")) is Problem.NEEDS_PROOF
    done(deliver(station, recognise(first), codes[first]))
    assert address_of(station.conn, station.key, row(station, first).contact_id) is None
    done(deliver(station, recognise(second), "wife signs"))
    back = done(fail_delivery(station, recognise(third), "nobody at home"))
    assert [lit.slot for lit in station.leases.lit_slots()] == [back.slot]
    put = done(put_away_pending(station, recognise(back.slot or "")))
    assert (put.waybill, row(station, third).state) == (third, State.SHELVED)
    assert [stop.parcel.waybill for stop in list_round(station).stops] == [third]
    done(withdraw_delivery(station, recognise(third)))
    assert list_round(station).stops == () and verify(station).violations == ()


def test_a_customer_asks_for_home_delivery_at_the_kiosk(
    station: Station, other_terminal: Station, shelved: Shelve
) -> None:
    found = search(other_terminal, recognise(shelved(SF).code))
    assert isinstance(found, Found)
    asked = done(request_delivery_of_session(other_terminal, found.session))
    assert asked.waybills == (SF,)
    assert [stop.address for stop in list_round(station).stops] == [None]
    assert done(request_delivery_of_session(other_terminal, found.session)).waybills == ()  # once is enough
    again = search(other_terminal, recognise(found.parcels[0].code))
    assert isinstance(again, Found) and [one.to_door for one in again.parcels] == [True]
    assert done(withdraw_delivery_of_session(other_terminal, again.session)).waybills == (SF,)
    assert list_round(station).stops == () and verify(station).violations == ()


def test_the_fee_of_a_home_delivery_is_due_at_the_door(reset: Reset, shelved: Shelve) -> None:
    paid = reset("fee_fen = 0", "fee_fen = 300")
    shelved(SF)
    assert done(request_delivery(paid, recognise(SF), "Building 1")).fee_fen == 300
    sheet = done(open_round(paid, "Wang")).sheet
    done(put_on_round(paid, sheet, recognise(SF)))
    done(close_sheet(paid, sheet))
    assert why(deliver(paid, recognise(SF), "son")) is Problem.AMOUNT_DUE
    assert done(pay(paid, recognise(SF))).fen == 300
    done(deliver(paid, recognise(SF), "son"))
    assert verify(paid).violations == ()


def test_a_round_goes_by_numbers_not_by_digits() -> None:
    addresses = ["10-1-101", "2-1-1002", "2-1-102", "1-9-1", "Garden 3"]
    assert sorted(addresses, key=way) == ["Garden 3", "1-9-1", "2-1-102", "2-1-1002", "10-1-101"]
