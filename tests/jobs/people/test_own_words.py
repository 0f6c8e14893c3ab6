"""What staff write may hold a name: it is kept where it can be erased, and the log holds its mark."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.jobs.handing_over.ask_delivery import request_delivery
from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.keeping.hold import cancel_return, hold, mark_missing, release, start_return, write_off
from kiosk.jobs.keeping.places import close_place, reopen_place
from kiosk.jobs.people.person import erase_person
from kiosk.jobs.people.purge import Purged, purge
from kiosk.jobs.records.history import tell_history
from kiosk.jobs.records.look_up import list_events, tell_parcel
from kiosk.jobs.records.undo import undo
from kiosk.jobs.sheets.home_round import deliver, fail_delivery, open_round, put_on_round
from kiosk.jobs.sheets.sheet import close_sheet
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.upkeep.back_up import back_up
from kiosk.parcels.phones import Phone
from kiosk.parcels.scans import recognise
from kiosk.safety.verify import verify
from kiosk.store.file.traces import files_with
from kiosk.store.tables.own_words import ERASED
from tests.conftest import Hands
from tests.jobs.asking import done, row

SF, NUMBER, PHONE = "SF1000000000001", "13800001234", Phone("13800001234", "1234")
NAME = "Mrs Tulip of door B"
Shelve = Callable[..., CheckedIn]


def by_hold(station: Station) -> None:
    done(hold(station, recognise(SF), f"damaged {NAME}"))
    done(release(station, recognise(SF), "repacked"))


def by_release(station: Station) -> None:
    done(hold(station, recognise(SF), "damaged"))
    done(release(station, recognise(SF), NAME))


def by_return(station: Station) -> None:
    done(start_return(station, recognise(SF), NAME))
    done(cancel_return(station, recognise(SF)))


def by_round(station: Station) -> None:
    done(request_delivery(station, recognise(SF), "Building 1"))
    sheet = done(open_round(station, "Wang")).sheet
    done(put_on_round(station, sheet, recognise(SF)))
    done(close_sheet(station, sheet))


def by_failed_delivery(station: Station) -> None:
    by_round(station)
    done(fail_delivery(station, recognise(SF), NAME))


WAYS = [by_hold, by_release, by_return, by_failed_delivery]


def log_of(station: Station) -> str:
    return str(station.conn.execute("SELECT * FROM events").fetchall())


@pytest.mark.parametrize("way", WAYS)
def test_the_log_holds_no_words_and_people_read_them(
    station: Station, shelved: Shelve, way: Callable[[Station], None]
) -> None:
    shelved(SF, phone=NUMBER)
    way(station)
    assert "Tulip" not in log_of(station)
    for told in (list_events(station), done(tell_history(station, recognise(SF))).events):
        assert "Tulip" in str([event.changes for event in told])
    assert verify(station).violations == ()


@pytest.mark.parametrize("way", WAYS)
def test_erased_they_are_in_no_file(station: Station, shelved: Shelve, way: Callable[[Station], None]) -> None:
    shelved(SF, phone=NUMBER)
    shelved("SF1000000000002", phone="13900001234")
    done(hold(station, recognise("SF1000000000002"), "damaged"))
    way(station)
    if row(station, SF).in_custody:
        done(check_out(station, recognise(SF), at_counter=True))
    made = done(back_up(station))
    files = [station.home.database, station.home.write_ahead_log, Path(made.path)]
    assert files_with([b"Tulip"], files)
    erased = erase_person(station, PHONE)
    assert isinstance(erased, Purged) and erased.proven, erased
    assert files_with([b"Tulip"], files) == []
    assert "Tulip" not in str([event.changes for event in list_events(station)])
    assert ERASED in str([event.changes for event in done(tell_parcel(station, recognise(SF))).history])
    assert row(station, "SF1000000000002").hold_reason == "damaged"
    assert verify(station).violations == ()


def test_a_hold_that_lasts_is_read_and_comes_back_by_undo(station: Station, shelved: Shelve) -> None:
    shelved(SF, phone=NUMBER)
    held = done(hold(station, recognise(SF), f"damaged {NAME}"))
    assert held.held_for == f"damaged: {NAME}"
    assert row(station, SF).hold_note == NAME
    done(release(station, recognise(SF), "repacked"))
    done(undo(station))
    assert (
        row(station, SF).hold_note == NAME and done(tell_parcel(station, recognise(SF))).held_for == f"damaged: {NAME}"
    )
    done(start_return(station, recognise(SF), "refused"))
    done(cancel_return(station, recognise(SF)))
    assert row(station, SF).hold_note == NAME
    assert verify(station).violations == ()


def test_the_same_words_have_another_mark_each_time(station: Station, shelved: Shelve) -> None:
    """Who has the log cannot tell that two parcels were held for the same person."""
    for number in range(2):
        shelved(f"SF100000000000{number}", phone=NUMBER)
        done(hold(station, recognise(f"SF100000000000{number}"), f"damaged {NAME}"))
    marks = [mark for (mark,) in station.conn.execute("SELECT hold_note FROM parcels")]
    assert len(set(marks)) == 2 and all(mark.startswith("words:") for mark in marks)


def test_who_types_a_mark_reads_nobodys_words(station: Station, shelved: Shelve) -> None:
    shelved(SF, phone=NUMBER)
    done(hold(station, recognise(SF), "damaged words:xyz"))
    assert row(station, SF).hold_note == "words:xyz"


def test_words_that_were_changed_are_found(station: Station, shelved: Shelve) -> None:
    shelved(SF, phone=NUMBER)
    done(hold(station, recognise(SF), f"damaged {NAME}"))
    station.conn.execute("UPDATE own_words SET words = 'nothing'")
    assert {one.rule for one in verify(station).violations} == {"words_intact"}


def test_of_nobody_known_they_go_when_their_time_is_over(station: Station, shelved: Shelve, hands: Hands) -> None:
    def kept() -> set[str]:
        return {words for (words,) in station.conn.execute("SELECT words FROM own_words")}

    shelved(SF)
    shelved("SF1000000000002")
    done(hold(station, recognise(SF), f"damaged {NAME}"))
    done(release(station, recognise(SF), "gone"))
    done(hold(station, recognise("SF1000000000002"), "damaged still here"))
    done(check_out(station, recognise(SF), at_counter=True))
    for place in ("6-1", "6-2"):
        done(close_place(station, place, f"leak at {place}"))
    done(reopen_place(station, "6-1"))
    assert isinstance(purge(station), Purged)
    hands.pass_time(91 * 86_400)
    assert isinstance(purge(station), Purged)
    assert kept() >= {"still here", "leak at 6-2"} and not kept() & {NAME, "gone", "leak at 6-1"}
    assert row(station, "SF1000000000002").hold_note == "still here"
    assert verify(station).violations == ()


def test_a_lost_parcel_and_a_delivery_at_the_door(station: Station, shelved: Shelve) -> None:
    shelved(SF, phone=NUMBER)
    shelved("SF1000000000002", phone=NUMBER)
    by_round(station)
    done(deliver(station, recognise(SF), NAME))
    done(mark_missing(station, recognise("SF1000000000002")))
    done(write_off(station, recognise("SF1000000000002"), f"taken by {NAME}"))
    assert "Tulip" not in log_of(station)
    assert isinstance(erase_person(station, PHONE), Purged)
    assert not station.conn.execute("SELECT words FROM own_words").fetchall()


def test_at_the_desk(station: Station, shelved: Shelve) -> None:
    shelved(SF, phone=NUMBER)
    serve_staff(station, recognise(f"hold damaged {NAME}"), AtHand(parcel=SF))
    assert "Tulip" not in log_of(station) and row(station, SF).hold_note == NAME
