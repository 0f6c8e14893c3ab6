"""The thread that does a screen's jobs: what may have come through is asked for again, and done once."""

from queue import SimpleQueue
from typing import Any

from kiosk.faults import Fault, StationFault
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.scans import recognise
from kiosk.screens.job_thread import Answered, JobFailed, JobThread

SF = "SF1000000000001"


class Listener:
    """An app that only hears what the thread says."""

    def __init__(self) -> None:
        self.heard: SimpleQueue[Any] = SimpleQueue()

    def post_message(self, message: object) -> None:
        self.heard.put(message)


def heard(station: Station, fault: Fault, times: int) -> object:
    """What the screen is told of a check-in that comes through, while the disk says otherwise so many times."""
    listener, jobs, left = Listener(), JobThread(station), [fault] * times

    def unlucky(at: Station) -> object:
        answer = check_in(at, recognise(SF), Particulars())
        if left:
            raise StationFault(left.pop())
        return answer

    jobs.start(listener)  # type: ignore[arg-type]
    jobs.ask(unlucky)
    message = listener.heard.get(timeout=10)
    jobs.stop()
    return message


def test_a_commit_of_unknown_outcome_is_asked_for_again_and_done_once(station: Station) -> None:
    message = heard(station, Fault.UNWRITABLE_HOME, 1)
    assert isinstance(message, Answered) and isinstance(message.answer, CheckedIn)
    assert message.answer.again is False and message.answer.waybill == SF


def test_a_disk_that_stays_broken_is_told(station: Station) -> None:
    message = heard(station, Fault.UNWRITABLE_HOME, 2)
    assert isinstance(message, JobFailed)


def test_a_broken_database_is_not_tried_twice(station: Station) -> None:
    message = heard(station, Fault.BROKEN_DATABASE, 1)
    assert isinstance(message, JobFailed)
