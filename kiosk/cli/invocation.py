"""What was said before the command."""

from dataclasses import dataclass

from kiosk.home import StationHome


@dataclass(frozen=True, slots=True)
class Invocation:
    """What stands before the command: which station, at which terminal it is worked on, by whom of the staff, and
    under which operation id."""

    home: StationHome
    terminal: str | None
    home_was_named: bool
    staff: str | None = None
    operation: str | None = None
