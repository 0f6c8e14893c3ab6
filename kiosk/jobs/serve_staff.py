"""What a scan at the staff desk means: a waybill is checked in, a slot label confirms, a code is looked up."""

from dataclasses import dataclass

from kiosk.jobs.check_in import CheckedIn, Particulars, check_in
from kiosk.jobs.look_up import ParcelStory, tell_parcel
from kiosk.jobs.put_away import PutAway, pending, put_away_pending
from kiosk.jobs.serve_customer import Commanded
from kiosk.jobs.station import Station
from kiosk.parcels.codes import plain
from kiosk.parcels.phones import Phone, read_phone
from kiosk.parcels.problems import Refused
from kiosk.parcels.scans import (
    CodeScan,
    CommandScan,
    PhoneScan,
    SlotScan,
    Unrecognised,
    WaybillScan,
    recognise,
)
from kiosk.parcels.slots import read_slot


@dataclass(frozen=True, slots=True)
class PhoneRead:
    """A phone for the next parcel."""

    phone: Phone


Answer = CheckedIn | PutAway | ParcelStory | PhoneRead | Commanded | Refused


def serve_staff(station: Station, text: str, particulars: Particulars) -> Answer:
    """Recognise the scan and do the likely thing."""
    address = read_slot(plain(text))
    if address is not None and str(address) in station.settings.slots_by_name and pending(station):
        return put_away_pending(station, str(address))
    phone = read_phone(text)
    if phone is not None and phone.number is None:
        return PhoneRead(phone)
    scan = recognise(text)
    match scan:
        case WaybillScan():
            return check_in(station, text, particulars)
        case SlotScan(slot):
            return put_away_pending(station, str(slot))
        case CodeScan():
            return tell_parcel(station, text)
        case PhoneScan(number):
            return PhoneRead(number)
        case CommandScan(command):
            return Commanded(command)
        case Unrecognised(problem):
            return Refused(problem)
