import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.parcels.looks import ALARM_LOOK, SESSION_LOOKS, Colour
from kiosk.store.lease_book import file as lease_file
from kiosk.store.lease_book.book import LeaseBook
from kiosk.store.lease_book.sessions import Purpose, Wanted
from tests.conftest import Hands


@pytest.fixture
def book(tmp_path: Path, hands: Hands) -> Iterator[LeaseBook]:
    book = LeaseBook(tmp_path, hands.clock.monotonic)
    yield book
    book.close()


def lit(book: LeaseBook) -> list[str]:
    return [one.slot for one in book.lit_slots()]


def test_a_second_search_leaves_the_first_ones_light_alone(book: LeaseBook) -> None:
    first = book.light(Purpose.PICK_UP, "t1", [Wanted(1, "1-1-1", "1")], seconds=60)
    second = book.light(Purpose.PICK_UP, "t1", [Wanted(2, "1-1-2", "1")], seconds=60)
    assert first and second and first.look != second.look
    assert lit(book) == ["1-1-1", "1-1-2"]
    book.end(second.id)
    book.end(second.id)
    assert lit(book) == ["1-1-1"]


def test_light_expires_and_the_session_outlives_it_for_the_exit_scan(book: LeaseBook, hands: Hands) -> None:
    session = book.light(Purpose.PICK_UP, "t1", [Wanted(1, "1-1-1", "1")], seconds=60, grace=300)
    hands.pass_time(61)
    assert lit(book) == []
    assert session and book.session_of(1, Purpose.PICK_UP) is not None
    hands.pass_time(300)
    assert book.session_of(1, Purpose.PICK_UP) is None


def test_scanning_again_relights_the_same_session(book: LeaseBook, hands: Hands) -> None:
    first = book.light(Purpose.PICK_UP, "t1", [Wanted(1, "1-1-1", "1")], seconds=60, grace=300)
    hands.pass_time(100)
    stranger = book.light(Purpose.PICK_UP, "t2", [Wanted(2, "1-1-1", "1")], seconds=60)
    again = book.light(Purpose.PICK_UP, "t1", [Wanted(1, "1-1-1", "1")], seconds=60, grace=300)
    assert first and again and stranger
    assert again.id == first.id
    assert stranger.look == first.look  # the look was free meanwhile,
    assert again.look != stranger.look  # so the relit session got another
    assert len(again.leases) == 1


def test_ending_one_lease_keeps_the_others_of_the_session(book: LeaseBook) -> None:
    session = book.light(Purpose.PICK_UP, "t1", [Wanted(1, "1-1-1", "1"), Wanted(2, "2-1-1", "2")], seconds=60)
    assert session
    left = book.hand_over(session.leases[0].id)
    assert left and [lease.slot for lease in left.left] == ["2-1-1"]
    assert lit(book) == ["2-1-1"]
    assert book.hand_over(9999) is None
    book.hand_over(session.leases[1].id)
    assert book.session(session.id) is None


def test_when_every_look_is_taken_in_a_zone_the_next_one_waits(book: LeaseBook, hands: Hands) -> None:
    for number in range(len(SESSION_LOOKS)):
        assert book.light(Purpose.PICK_UP, "t1", [Wanted(number, "1-1-1", "1")], seconds=60)
    assert book.light(Purpose.PICK_UP, "t1", [Wanted(99, "1-1-1", "1")], seconds=60) is None
    assert book.light(Purpose.PICK_UP, "t1", [Wanted(99, "2-1-1", "2")], seconds=60)
    hands.pass_time(61)
    assert book.light(Purpose.PICK_UP, "t1", [Wanted(98, "1-1-1", "1")], seconds=60)


def test_the_alarm_outranks_everything_and_ends_by_itself(book: LeaseBook, hands: Hands) -> None:
    book.light(Purpose.PICK_UP, "t1", [Wanted(1, "1-1-1", "1")], seconds=60)
    book.alarm("t1", Wanted(2, "1-1-1", "1"), seconds=10)
    top = max(book.lit_slots(), key=lambda one: one.priority)
    assert top.look == ALARM_LOOK
    hands.pass_time(11)
    assert [one.look != ALARM_LOOK for one in book.lit_slots()] == [True]


def test_leases_outlive_their_book_but_not_the_machine(tmp_path: Path, hands: Hands, book: LeaseBook) -> None:
    book.light(Purpose.PICK_UP, "t1", [Wanted(1, "1-1-1", "1")], seconds=60)
    again = LeaseBook(tmp_path, hands.clock.monotonic)
    assert lit(again) == ["1-1-1"]
    again._conn.execute("UPDATE boot SET id = 'before the power cut'")
    again.close()
    after_boot = LeaseBook(tmp_path, hands.clock.monotonic)
    assert lit(after_boot) == []
    after_boot.close()


def test_other_connections_see_a_change_by_its_version(tmp_path: Path, hands: Hands, book: LeaseBook) -> None:
    watching = LeaseBook(tmp_path, hands.clock.monotonic)
    before = watching.version()
    book.light(Purpose.PICK_UP, "t1", [Wanted(1, "1-1-1", "1")], seconds=60)
    assert watching.version() != before
    watching.close()


def test_a_damaged_book_is_thrown_away(tmp_path: Path, hands: Hands) -> None:
    (tmp_path / lease_file.LEASE_FILE).write_bytes(b"rubbish" * 1000)
    book = LeaseBook(tmp_path, hands.clock.monotonic)
    assert lit(book) == []
    book.close()


def test_a_session_wears_a_look_that_all_its_lamps_can_show(book: LeaseBook) -> None:
    coloured, plain = Wanted(1, "1-1-1", "1"), Wanted(2, "4-1-1", "4", has_colours=False)
    first = book.light(Purpose.PICK_UP, "t1", [coloured], seconds=60)
    assert first and first.look.colour is Colour.YELLOW
    both = book.light(Purpose.PICK_UP, "t1", [coloured, plain], seconds=60, continuing=first.id)
    assert both and both.id == first.id and both.look.colour is Colour.PLAIN
    more = book.light(Purpose.PICK_UP, "t1", [coloured], seconds=60, continuing=first.id)
    assert more and more.look == both.look  # its other parcel still lies under a plain lamp
    other = book.light(Purpose.PICK_UP, "t2", [Wanted(3, "4-1-2", "4", has_colours=False)], seconds=60)
    assert other and other.look != both.look and other.look.colour is Colour.PLAIN


def test_a_deleted_book_is_left_for_the_one_in_its_place(tmp_path: Path, hands: Hands) -> None:
    runtime = tmp_path / "run"
    runtime.mkdir()
    screen = LeaseBook(runtime, hands.clock.monotonic)
    screen.light(Purpose.PICK_UP, "t1", [Wanted(1, "1-1-1", "1")], seconds=60)
    version = screen.version()
    shutil.rmtree(runtime)
    runtime.mkdir()
    owner = LeaseBook(runtime, hands.clock.monotonic)
    assert screen.light(Purpose.PICK_UP, "t1", [Wanted(2, "1-1-2", "1")], seconds=60)
    assert lit(owner) == ["1-1-2"] and screen.version() != version
    shutil.rmtree(runtime)
    screen.call("t1")
    assert screen.callers() == ("t1",)
    screen.close()
    owner.close()
