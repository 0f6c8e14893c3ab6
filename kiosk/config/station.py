"""Where the station is, when it is open and by which telephone it is reached: of `[station]`, for customers."""

from collections.abc import Mapping

from kiosk.config.table import PRINTABLE, Table

_PHONE = r"\+?[0-9][0-9 ()-]{2,17}"
_ADDRESS, _HOURS = PRINTABLE + r"{1,100}", PRINTABLE + r"{1,60}"


def read_station_phone(station: Table) -> str:
    """The station's own, for customers; empty where none is given. Raises StationFault(BAD_SETTINGS)."""
    return _given(station, "phone", _PHONE, "400-880-1234")


def read_address(station: Table) -> str:
    """As people are to find it; empty where none is given. Raises StationFault(BAD_SETTINGS)."""
    return _given(station, "address", _ADDRESS, "12 Market Street")


def read_hours(station: Table) -> str:
    """In words of the owner's; empty where none are given. Raises StationFault(BAD_SETTINGS)."""
    return _given(station, "hours", _HOURS, "08:00-22:00")


def _given(station: Table, key: str, form: str, example: str) -> str:
    if station.get(key, None) is None:
        return ""
    return station.text(key, "", form=form, example=example).strip()


def of_station(name: str, address: str, hours: str, telephone: str) -> Mapping[str, str]:
    """Placeholder of a text → what stands for it."""
    return {"station": name, "address": address, "hours": hours, "telephone": telephone}
