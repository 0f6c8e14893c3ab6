"""Calling a person: a customer presses the key, every staff screen says so until somebody answers."""

from kiosk.jobs.station import Station


def call_staff(station: Station) -> None:
    """Somebody at this terminal needs help; calling twice is one call."""
    station.leases.call(station.terminal)


def answer_calls(station: Station) -> None:
    """Staff are on their way to whoever called."""
    station.leases.answer_calls()


def callers(station: Station) -> tuple[str, ...]:
    """Terminals where somebody waits for help, longest waiting first."""
    return station.leases.callers()
