"""Issuing a pickup code for a place on the shelf."""

from datetime import timedelta

from kiosk.jobs.station import Station
from kiosk.parcels.codes import PickupCode, position_code
from kiosk.parcels.slots import SlotAddress
from kiosk.store.tables.codes import code_in_custody, code_is_taken, earlier_codes
from kiosk.store.tables.parcels import Parcel

# A level's 10,000 four-digit numbers are searched at random; a fifth digit keeps a crowded level going.
_TRIES = ((4, 60), (5, 1000))


def code_at(station: Station, parcel: Parcel, slot: SlotAddress) -> PickupCode:
    """The code names shelf and level: it stays while they stay, and where the parcel was before it has that one again.
    Call inside a transaction."""
    own = [parcel.code, *earlier_codes(station.conn, parcel.id)] if parcel.code else []
    of_level = (PickupCode(code) for code in own if code and code.startswith(f"{slot.level_name}-"))
    known = (code for code in of_level if not code_in_custody(station.conn, code, but=parcel.id))
    return next(known, None) or issue_code(station, slot)


def issue_code(station: Station, slot: SlotAddress) -> PickupCode:
    """A code that no parcel in custody has and none had within the cooling time. Call inside a transaction."""
    released_after = station.stamp(ago=timedelta(days=station.settings.cooling_days))
    for digits, tries in _TRIES:
        for _ in range(tries):
            code = position_code(slot, station.random, digits)
            if not code_is_taken(station.conn, code, released_after):
                return code
    raise RuntimeError(f"no free pickup code left on level {slot.level_name}")
