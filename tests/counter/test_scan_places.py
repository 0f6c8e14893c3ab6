"""What is scanned where: one scanner takes everything, several send each thing to its place."""

from collections.abc import Callable

from kiosk.counter.customer import serve_customer
from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.jobs.handing_over.notices import make_notice
from kiosk.jobs.handing_over.pick_up import Found
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.meanings import Command, CommandScan
from kiosk.parcels.problems import Problem
from kiosk.parcels.qr_texts import badge_text
from kiosk.parcels.scan_places import ScanPlace
from kiosk.parcels.scans import recognise
from kiosk.store.tables.attempts import all_wrong_tries
from tests.jobs.asking import done, why

SF, ODD = "SF1000000000001", "76543210"
ENTRY, EXIT, ANY = ScanPlace.ENTRY, ScanPlace.EXIT, ScanPlace.ANY
Shelve = Callable[..., CheckedIn]


def test_a_search_from_the_entry_ends_at_the_exit(other_terminal: Station, shelved: Shelve) -> None:
    mine, other = shelved(SF), shelved("YT1000000000001")
    found = serve_customer(other_terminal, recognise(mine.code or ""), None, ENTRY)
    assert isinstance(found, Found)
    assert why(serve_customer(other_terminal, recognise(SF), found.session, ENTRY)) is Problem.WAYBILL_AT_ENTRY
    assert why(serve_customer(other_terminal, recognise(other.waybill), found.session, EXIT)) is Problem.NOT_IN_SESSION
    handed_over = serve_customer(other_terminal, recognise(SF), None, EXIT)  # whatever the screen shows by then
    assert isinstance(handed_over, HandedOver)


def test_what_opens_a_search_is_sent_from_the_exit_to_the_entry(
    station: Station, other_terminal: Station, shelved: Shelve
) -> None:
    parcel = shelved(SF, phone="13800001234")
    notice = done(make_notice(station, recognise(SF))).text
    for text in (parcel.code or "", f"PK1:S001:{parcel.code}", notice, "9-9-9999"):
        assert why(serve_customer(other_terminal, recognise(text), None, EXIT)) is Problem.CODE_AT_EXIT
    assert other_terminal.leases.lit_slots() == ()
    assert all_wrong_tries(station.conn) == {}  # a code at the exit is no guess
    for text in (parcel.code or "", f"PK1:S001:{parcel.code}", notice):
        assert isinstance(serve_customer(other_terminal, recognise(text), None, ENTRY), Found)


def test_an_odd_number_finds_its_way_out(other_terminal: Station, shelved: Shelve) -> None:
    """It looks like a code; at the exit it is the parcel's barcode first."""
    parcel = shelved(ODD)
    assert isinstance(serve_customer(other_terminal, recognise(parcel.code or ""), None, ENTRY), Found)
    assert why(serve_customer(other_terminal, recognise(ODD), None, ENTRY)) is Problem.WAYBILL_AT_ENTRY
    assert isinstance(serve_customer(other_terminal, recognise(ODD), None, EXIT), HandedOver)
    assert why(serve_customer(other_terminal, recognise("x9"), None, EXIT)) is Problem.NO_SUCH_WAYBILL


def test_four_digits_at_the_exit_are_nobodys_phone(other_terminal: Station, shelved: Shelve) -> None:
    parcel = shelved(SF, phone="13800001234")
    shelved("YT1000000000001", phone="13800001234")
    found = serve_customer(other_terminal, recognise(parcel.code or ""), None, ENTRY)
    assert isinstance(found, Found) and found.more == 1
    assert why(serve_customer(other_terminal, recognise("1234"), found.session, EXIT)) is Problem.CODE_AT_EXIT
    more = serve_customer(other_terminal, recognise("1234"), found.session, ENTRY)
    assert isinstance(more, Found) and more.more == 0


def test_a_command_card_works_everywhere_and_a_badge_is_the_same_everywhere(other_terminal: Station) -> None:
    badge = badge_text("A" * 26)
    for place in (ANY, ENTRY, EXIT):
        assert serve_customer(other_terminal, recognise("CANCEL"), None, place) == CommandScan(Command.CANCEL)
        assert why(serve_customer(other_terminal, recognise(badge), None, place)) is Problem.BADGE_SCANNED
