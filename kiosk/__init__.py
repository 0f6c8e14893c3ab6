"""A parcel station's pickup kiosk: from a scan to a lit slot."""

from datetime import UTC, datetime

__version__ = "0.1.0"
RELEASED = datetime(2026, 11, 1, tzinfo=UTC)  # no clock that is right is before this
