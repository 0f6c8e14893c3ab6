"""Searching: whatever opens a search is looked up, and its slots are lit."""

from kiosk.jobs.handing_over.pick_up import Found, pick_up
from kiosk.jobs.station import Station
from kiosk.parcels.meanings import CodeScan, NoticeScan, PassScan
from kiosk.parcels.problems import Refused
from kiosk.parcels.scans import Scan


def search(
    station: Station, scan: Scan, phone_tail: str | None = None, shown_session: str | None = None
) -> Found | Refused:
    """A pickup code, the QR of an arrival notice, or a proxy pass."""
    match scan.means:
        case CodeScan() as codes:
            return pick_up(station, codes, phone_tail, shown_session)
        case NoticeScan() as notice:
            from kiosk.jobs.handing_over.notices import open_notice  # 2 ms: few have one

            return open_notice(station, notice, shown_session)
        case PassScan() as proxy_pass:
            from kiosk.jobs.handing_over.passes import open_pass  # likewise

            return open_pass(station, proxy_pass)
    return Refused(scan.misplaced)
