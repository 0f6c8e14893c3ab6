"""Overdue: derived from time and settings, never stored."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple


class Overdue(StrEnum):
    """The rungs of the ladder."""

    WARN = "warn"
    REMIND = "remind"
    RETURN_DUE = "return_due"


class Ladder(NamedTuple):
    """Days in custody after which each rung begins, and how often one parcel's consignee is reminded at most."""

    warn_days: int = 3
    remind_days: int = 7
    return_days: int = 15
    reminders: int = 3

    def rung(self, checked_in_at: datetime, now: datetime) -> Overdue | None:
        """None while the parcel is in time."""
        kept = now - checked_in_at
        for rung, days in (
            (Overdue.RETURN_DUE, self.return_days),
            (Overdue.REMIND, self.remind_days),
            (Overdue.WARN, self.warn_days),
        ):
            if kept >= timedelta(days=days):
                return rung
        return None
