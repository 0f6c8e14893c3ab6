"""One parcel, one number: taken in by one of its barcodes and handed out by another."""

import json
from itertools import permutations
from pathlib import Path

import pytest

from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.handing_over.pick_up import Found, pick_up
from kiosk.jobs.keeping.hold import hold, release
from kiosk.jobs.records.history import tell_history
from kiosk.jobs.records.look_up import tell_parcel
from kiosk.jobs.records.undo import undo, undo_check_out
from kiosk.jobs.sheets.cycle_count import Counted, CountResult, count_parcel, open_count
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.amend import amend
from kiosk.jobs.taking_in.announce import Announcement, announce
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.put_away import put_away
from kiosk.parcels.canonical import canonical
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.meanings import CodeScan
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem
from kiosk.parcels.scans import recognise
from kiosk.parcels.states import State
from kiosk.safety.verify import verify
from tests.jobs.asking import done, why

GROUPS: list[dict[str, list[str]]] = json.loads((Path(__file__).parents[2] / "vectors/one_parcel.json").read_text())[
    "groups"
]
USPS, WITH_ZIP = "9261290336128704062441", "420941179261290336128704062441"
FEDEX, LONG_FEDEX = "779017972697", "1001921334250001000300779017972697"


# Every form of a parcel stands at both ends, beside the first one of its group.
PAIRS = [pair for group in GROUPS for pair in permutations(group["forms"], 2) if group["forms"][0] in pair]


@pytest.mark.parametrize(("came_as", "leaves_as"), PAIRS)
def test_in_by_one_and_out_by_another(station: Station, came_as: str, leaves_as: str) -> None:
    came = done(check_in(station, recognise(came_as), Particulars(), shelve=True, sure=True))
    assert why(check_in(station, recognise(leaves_as), Particulars())) is Problem.ALREADY_IN_CUSTODY
    assert isinstance(pick_up(station, CodeScan((PickupCode(came.code),))), Found)
    left = done(check_out(station, recognise(leaves_as)))
    assert isinstance(left, HandedOver) and (left.waybill, left.code) == (came.waybill, came.code)
    assert verify(station).violations == ()


@pytest.mark.parametrize("group", [one for one in GROUPS if one["courier"]], ids=lambda one: one["forms"][0])
def test_whose_it_is_is_the_same_for_each(station: Station, group: dict[str, list[str]]) -> None:
    for form in group["forms"]:
        answer = done(check_in(station, recognise(form), Particulars()))
        assert str(group["courier"]) in answer.candidates, form
        done(undo(station))


@pytest.mark.parametrize(("printed", "barcode"), [(one["forms"][0], it) for one in GROUPS for it in one["forms"][1:]])
def test_what_is_announced_meets_its_barcode(station: Station, printed: str, barcode: str) -> None:
    data = f"waybill\n{printed}\n".encode()
    assert done(announce(station, data)) == Announcement(1, 0, ())
    came = done(check_in(station, recognise(barcode), Particulars()))
    assert station.conn.execute("SELECT id FROM parcels").fetchall() == [(came.parcel_id,)]
    assert done(announce(station, data)) == Announcement(0, 1, ())


@pytest.mark.parametrize("group", GROUPS, ids=lambda one: one["forms"][0])
def test_a_barcode_that_is_announced_meets_what_is_printed(station: Station, group: dict[str, list[str]]) -> None:
    printed, *barcodes = group["forms"]
    typed = [one for one in barcodes if one.isprintable() and "," not in one]
    assert done(announce(station, f"waybill\n{typed[-1]}\n".encode())).accepted == 1
    for other in typed:
        assert done(announce(station, f"waybill\n{other}\n".encode())) == Announcement(0, 1, ()), other
    came = done(check_in(station, recognise(printed), Particulars()))
    assert station.conn.execute("SELECT id FROM parcels").fetchall() == [(came.parcel_id,)]


def test_every_job_goes_by_it(station: Station) -> None:
    came = done(check_in(station, recognise(WITH_ZIP), Particulars()))
    again = done(check_in(station, recognise(f"42094117<GS>{USPS}"), Particulars()))
    assert again.again and again.parcel_id == came.parcel_id
    scan = recognise(f"*{USPS}*")
    assert done(put_away(station, scan, recognise("6-1-2"))).slot == "6-1-2"
    assert done(tell_parcel(station, scan)).parcel_id == came.parcel_id
    assert len(done(tell_history(station, scan)).events) == 2
    done(amend(station, scan, Particulars(cod_fen=100)))
    done(amend(station, scan, Particulars(cod_fen=0)))
    done(hold(station, scan, "opened box"))
    done(release(station, scan))
    sheet = done(open_count(station, "6-1")).sheet
    counted = done(count_parcel(station, sheet, scan))
    assert isinstance(counted, Counted) and counted.result is CountResult.RIGHT
    done(check_out(station, scan, at_counter=True))
    assert done(undo_check_out(station, recognise(WITH_ZIP), "not theirs")).state == State.SHELVED
    assert verify(station).violations == ()


def test_a_second_number_is_found_by_its_barcode_too(station: Station) -> None:
    came = done(check_in(station, recognise("SF1234567890123"), Particulars(second_waybill=LONG_FEDEX), shelve=True))
    assert done(tell_parcel(station, recognise(FEDEX))).parcel_id == came.parcel_id
    assert why(check_in(station, recognise(FEDEX), Particulars())) is Problem.ALREADY_IN_CUSTODY
    taken = Particulars(second_waybill=FEDEX)
    assert why(check_in(station, recognise("SF1234567890124"), taken)) is Problem.ALREADY_IN_CUSTODY


def test_another_couriers_number_inside_a_barcode_is_not_merged(station: Station) -> None:
    """A number of Purolator's, whose check digit is also FedEx's, stands in FedEx's barcode."""
    plain, barcode = "287809468872", "1001921334250001000300287809468872"
    theirs = done(check_in(station, recognise(plain), Particulars(courier="Purolator"), shelve=True))
    assert why(check_out(station, recognise(barcode), at_counter=True)) is Problem.UNCERTAIN_NUMBER
    assert why(tell_parcel(station, recognise(barcode))) is Problem.UNCERTAIN_NUMBER
    came = done(check_in(station, recognise(barcode), Particulars(), shelve=True))
    assert came.parcel_id != theirs.parcel_id
    assert why(check_out(station, recognise(plain), at_counter=True)) is Problem.AMBIGUOUS
    assert done(check_out(station, recognise(barcode), at_counter=True)).code == came.code
    assert done(check_out(station, recognise(plain), at_counter=True)).code == theirs.code
    assert verify(station).violations == ()


def test_a_barcode_that_two_numbers_may_stand_in_is_asked_about(station: Station) -> None:
    """A ZIP of nine digits and 22 after it, or one of five and 26: both check digits fit."""
    number, short, long = "420941179201" + USPS, USPS, "9201" + USPS
    came = done(check_in(station, recognise(short), Particulars(), shelve=True))
    assert why(check_out(station, recognise(number), at_counter=True)) is Problem.UNCERTAIN_NUMBER
    assert why(check_in(station, recognise(number), Particulars())) is Problem.UNCERTAIN_NUMBER
    other = done(check_in(station, recognise(long), Particulars(), shelve=True))
    assert came.parcel_id != other.parcel_id
    parted = recognise(f"42094117\x1d{long}")
    assert done(check_out(station, parted, at_counter=True)).code == other.code


def test_a_parcel_that_was_taken_in_twice_is_the_one_whose_barcode_is_read(station: Station) -> None:
    """Before its barcodes were one number to us."""
    first = done(check_in(station, recognise(FEDEX), Particulars(), shelve=True))
    station.conn.execute("UPDATE parcels SET canonical = ?", ("elsewhere",))
    second = done(check_in(station, recognise(LONG_FEDEX), Particulars(), shelve=True))
    station.conn.execute("UPDATE parcels SET canonical = ?", (canonical(LONG_FEDEX),))
    assert why(check_out(station, recognise(FEDEX), at_counter=True)) is Problem.AMBIGUOUS
    assert done(check_out(station, recognise(LONG_FEDEX), at_counter=True)).code == second.code
    assert done(check_out(station, recognise(FEDEX), at_counter=True)).code == first.code


def test_numbers_that_come_here_daily_are_not_asked_about(station: Station) -> None:
    """One in ten of a courier's thirteen digits ends like the number of goods."""
    like_goods = "3712345678901"
    assert why(check_in(station, recognise(like_goods), Particulars())) is Problem.GOODS_SCANNED
    for number in ("3712345678902", "3712345678903", "3712345678904"):
        done(check_in(station, recognise(number), Particulars(), shelve=True))
        done(check_in(station, recognise(f"690123456789{number[-1]}"), Particulars(), shelve=True, sure=True))
    done(check_in(station, recognise(like_goods), Particulars(), shelve=True))
    assert why(check_in(station, recognise("6909876543212"), Particulars())) is Problem.GOODS_SCANNED


def test_a_piece_behind_eleven_digits_is_of_jd(station: Station) -> None:
    assert done(check_in(station, recognise("12345678901-1-1-"), Particulars())).courier == "JD"
    assert done(check_in(station, recognise("12345678902-1-1-"), Particulars(courier="SF"))).courier == "SF"
