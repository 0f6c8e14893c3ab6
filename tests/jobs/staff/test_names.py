"""What colleagues are called: a word of their own that closes no desk and stays out of the log."""

from dataclasses import replace

from kiosk.jobs.records.look_up import list_events
from kiosk.jobs.staff.register import change_staff, first_manager
from kiosk.jobs.staff.sign_in import SignedIn, sign_in
from kiosk.jobs.station import Station
from kiosk.parcels.scans import recognise
from tests.jobs.asking import done


def test_a_new_name_closes_no_desk_and_is_not_in_the_log(station: Station) -> None:
    first_manager(station, "271828", "Manager")
    person = sign_in(station, recognise("1 271828"))
    assert isinstance(person, SignedIn) and person.name == "Manager"
    at_work = replace(station, who=person.who, standing=person.standing)
    assert done(change_staff(station, "1", name="Wang Fang")).name == "Wang Fang"
    assert at_work.is_in_standing()
    last = list(list_events(station))[-1]
    assert (last.event, last.changes["new"]) == ("change_staff", "name")
    assert "Wang" not in str(station.conn.execute("SELECT changes FROM events").fetchall())
