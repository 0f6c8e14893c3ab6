"""Calling a person: a customer presses the key, every staff screen says so until somebody answers."""

from collections.abc import Sequence

from kiosk.faults import StationFault
from kiosk.jobs.station import Station, log
from kiosk.parcels.sheets import StationEvent, Subject


def call_staff(station: Station, waits_for: Sequence[int] = ()) -> None:
    """Somebody at this terminal needs help, such as with parcels that they wait for (row ids); calling twice is one
    call. What hangs on the record, such as a message to
    staff, must not hold up the call: a disk that takes nothing stops no desk from hearing it."""
    if station.terminal in station.leases.callers():
        return
    station.leases.call(station.terminal)
    facts = {"waits_for": list(waits_for)} if waits_for else None
    try:
        with station.transaction():
            station.record_about(StationEvent.CALL_STAFF, Subject.STATION, None, {}, facts=facts)
    except StationFault as broken:
        log.error("the call is not on record: %s", broken)


def withdraw_call(station: Station) -> None:
    """Whoever called from this terminal needs nobody any more."""
    station.leases.end_call(station.terminal)


def answer_calls(station: Station) -> None:
    """Staff are on their way to whoever called."""
    station.leases.answer_calls()


def callers(station: Station) -> tuple[str, ...]:
    """Terminals where somebody waits for help, longest waiting first."""
    return station.leases.callers()
