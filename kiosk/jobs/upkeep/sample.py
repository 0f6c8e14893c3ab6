"""Sample parcels for the demo, made by the very jobs that staff use."""

from random import Random

from kiosk.jobs.keeping.hold import hold, start_return
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.consents import Consent
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.problems import Refused
from kiosk.parcels.scans import recognise
from kiosk.parcels.slots import Size
from kiosk.store.tables.parcels import numbers_in_custody

SAMPLE_PARCELS = 60
# Courier → what its waybills begin with, and how many digits follow.
_COURIERS = {
    "SF": ("SF1", 12),
    "ZTO": ("73", 12),
    "YTO": ("YT", 13),
    "STO": ("77", 13),
    "Yunda": ("43", 13),
    "JD": ("JDX0", 11),
}
_PARCELS_OF_ONE_PERSON = 3


def add_sample_parcels(station: Station) -> int:
    """Fill the station up to 60 parcels of six couriers, all or none; returns how many were added.

    The first of a fresh station are special: one is held, one is in return, three belong to one person.
    """
    with station.together() as whole:
        return _add(whole)


def _add(station: Station) -> int:
    present = numbers_in_custody(station.conn)
    fresh = not present
    tried = (_check_in_one(station, number) for number in range(present, SAMPLE_PARCELS))
    added = [answer for answer in tried if isinstance(answer, CheckedIn)]  # none where the shelves are full
    if fresh and len(added) == SAMPLE_PARCELS:
        hold(station, recognise(added[-1].waybill), "damaged box")
        start_return(station, recognise(added[-2].waybill), "refused by the consignee")
    return len(added)


def _check_in_one(station: Station, number: int) -> CheckedIn | Refused:
    courier, (prefix, digits) = list(_COURIERS.items())[number % len(_COURIERS)]
    person = 0 if number < _PARCELS_OF_ONE_PERSON else number
    particulars = Particulars(
        courier=courier,
        phone=read_phone(f"1380000{person:04d}"),
        size=(Size.S, Size.S, Size.M, Size.L)[number % 4],
        consent=Consent.GIVEN,
    )
    waybill = prefix + _digits(station.random, digits)
    return check_in(station, recognise(waybill), particulars, shelve=True)


def _digits(random: Random, count: int) -> str:
    return f"{random.randrange(10**count):0{count}d}"
