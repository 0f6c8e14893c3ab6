"""A courier's name as it is typed at the desk: one we know, one this station has seen, or a new one."""

from kiosk.jobs.station import Station
from kiosk.parcels.brands import names_like, read_brand
from kiosk.parcels.couriers import read_courier
from kiosk.parcels.problems import Problem, Refused
from kiosk.store.tables.parcels import couriers_seen_lately
from kiosk.store.tables.sheets import expected_parcels


def brand_said(station: Station, text: str, *, may_be_new: bool = True) -> str | Refused:
    """What is nearly the name of a courier that is known is asked about, for it is mistyped more often than new."""
    known = read_courier(text)
    if known is not None:
        return known
    brand, seen = read_brand(text), couriers_seen_lately(station.conn)
    if brand is not None and (brand in seen or expected_parcels(station.conn, brand)):
        return brand
    is_new = brand is not None and not any(map(str.isdigit, brand)) and not names_like(text, seen)
    return brand if brand and is_new and may_be_new else Refused(Problem.UNKNOWN_COURIER, detail=text)
