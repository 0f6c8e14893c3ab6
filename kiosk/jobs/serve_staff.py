"""What a scan at the staff desk means: a waybill is checked in, a slot label confirms, a code is looked up."""

from kiosk.jobs.accept import Particulars
from kiosk.jobs.check_in import CheckedIn, check_in
from kiosk.jobs.look_up import ParcelStory, tell_parcel
from kiosk.jobs.put_away import PutAway, pending, put_away_pending
from kiosk.jobs.station import Station
from kiosk.parcels.codes import plain
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import CodeScan, SlotScan, Unrecognised, WaybillScan, misplaced, recognise
from kiosk.parcels.slots import read_slot

Answer = CheckedIn | PutAway | ParcelStory | Refused


def serve_staff(station: Station, text: str, particulars: Particulars) -> Answer:
    """Recognise the scan and do the likely thing."""
    address = read_slot(plain(text))
    if address is not None and str(address) in station.settings.slots_by_name and pending(station):
        return put_away_pending(station, str(address))
    scan = recognise(text)
    match scan:
        case WaybillScan() | Unrecognised(Problem.UNKNOWN_FORM):  # odd numbers are taken too
            return check_in(station, text, particulars)
        case SlotScan(slot):
            return put_away_pending(station, str(slot))
        case CodeScan():
            return tell_parcel(station, text)
    return Refused(misplaced(scan))
