"""Searching: whatever opens a search, read and done."""

from kiosk.jobs.handing_over.pick_up import Found, pick_up
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Refused
from kiosk.parcels.scans import CodeScan, NoticeScan, PassScan, misplaced, recognise


def search(
    station: Station, text: str, phone_tail: str | None = None, shown_session: str | None = None
) -> Found | Refused:
    """A pickup code, the QR of an arrival notice, or a proxy pass."""
    scan = recognise(text)
    if isinstance(scan, CodeScan):
        return pick_up(station, scan, phone_tail, shown_session)
    if isinstance(scan, NoticeScan):
        from kiosk.jobs.handing_over.notices import open_notice

        return open_notice(station, scan, shown_session)
    if isinstance(scan, PassScan):
        from kiosk.jobs.handing_over.passes import open_pass  # few have one; everybody waits for the start

        return open_pass(station, scan)
    return Refused(misplaced(scan))
