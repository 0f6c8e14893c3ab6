"""Answers of jobs as text and back: dataclasses, named tuples, enums and times, each under the name of its class.

The name is the class's own, which no move changes; where it lives stands here. Older rows have the module before it.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from importlib import import_module

_CLASS, _TIME = "!", "!time"
_HOMES = {
    "kiosk.jobs.taking_in.announce": "Announcement",
    "kiosk.jobs.taking_in.announced_anew": "Difference",
    "kiosk.jobs.taking_in.manifest_files": "ManifestFile ManifestFiles",
    "kiosk.jobs.sheets.awaited": "Awaited AwaitedList AwaitedParcel CourierChased",
    "kiosk.jobs.sheets.manifests": "ManifestList ManifestStory ManifestWithdrawn",
    "kiosk.jobs.changed": "Changed",
    "kiosk.jobs.taking_in.checked_in": "CheckedIn",
    "kiosk.jobs.handing_over.check_out": "HandedOver",
    "kiosk.jobs.sheets.cycle_count": "CountResult CountStory Counted",
    "kiosk.jobs.sheets.home_round": "RoundList Stop",
    "kiosk.jobs.departure": "Departure",
    "kiosk.jobs.handing_over.delivery_asked": "DeliveryAsked",
    "kiosk.jobs.people.find_person": "PeopleFound",
    "kiosk.jobs.records.history": "History",
    "kiosk.jobs.records.look_up": "LoggedEvent ParcelStory",
    "kiosk.jobs.handing_over.hand_over_all": "AllHandedOver",
    "kiosk.jobs.handing_over.notices": "Notice",
    "kiosk.jobs.keeping.overdue": "OverdueList Reminded",
    "kiosk.jobs.handing_over.passes": "ProxyPass",
    "kiosk.jobs.handing_over.pick_up": "FoundParcel",
    "kiosk.jobs.keeping.picture": "PictureBy SlotFill StationPicture",
    "kiosk.jobs.keeping.places": "FreePlaces PlaceChanged PlaceContents",
    "kiosk.jobs.shelf.listed": "ListedParcel",
    "kiosk.jobs.taking_in.put_away": "PutAway",
    "kiosk.jobs.taking_in.whose": "Whose",
    "kiosk.jobs.records.report": "ClerkDay CourierDay DayFigures Report",
    "kiosk.jobs.people.reveal": "Revealed",
    "kiosk.jobs.money.settle": "Settled",
    "kiosk.jobs.sheets.sheet": "SheetClosed SheetList SheetStory Written",
    "kiosk.jobs.staff.pauses": "Pause Pauses",
    "kiosk.jobs.staff.sign_in": "SignedIn",
    "kiosk.jobs.records.undo": "Undone",
    "kiosk.parcels.kinds": "Kind",
    "kiosk.parcels.looks": "Colour Look Pattern",
    "kiosk.parcels.rejected_lines": "Reason RejectedLine",
    "kiosk.parcels.overdue": "Overdue",
    "kiosk.parcels.problems": "Problem Refused",
    "kiosk.parcels.roles": "Role",
    "kiosk.parcels.sheets": "SheetKind StationEvent",
    "kiosk.parcels.slots": "Size",
    "kiosk.parcels.states": "Event State",
}
_RENAMED = {"Kept": "ListedParcel"}  # what older rows say, and what it is called now
_MODULES = {name: module for module, names in _HOMES.items() for name in names.split()}


def as_text(answer: object) -> str:
    """JSON that read_answer() makes the same answer of."""
    return json.dumps(_pack(answer), ensure_ascii=False)


class UnreadableAnswer(Exception):
    """It was given by a version of the program whose answers looked otherwise."""


def read_answer(text: str) -> object:
    """The answer that as_text() was given. Raises UnreadableAnswer."""
    try:
        return _unpack(json.loads(text))
    except (ImportError, AttributeError, KeyError, TypeError, ValueError) as other:
        raise UnreadableAnswer from other


def _pack(value: object) -> object:
    names = [f.name for f in fields(value)] if is_dataclass(value) else getattr(value, "_fields", None)
    if names is not None:
        return {_CLASS: _name(value), **{name: _pack(getattr(value, name)) for name in names}}
    if isinstance(value, Enum):
        return {_CLASS: _name(value), "name": value.name}
    if isinstance(value, datetime):
        return {_TIME: value.isoformat()}
    if isinstance(value, Mapping):
        return {str(name): _pack(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_pack(item) for item in value]
    assert value is None or isinstance(value, str | int | float), type(value)
    return value


def _unpack(value: object) -> object:
    if isinstance(value, list):
        return tuple(_unpack(item) for item in value)
    if not isinstance(value, dict):
        return value
    if _TIME in value:
        return datetime.fromisoformat(value[_TIME])
    if _CLASS not in value:
        return {name: _unpack(item) for name, item in value.items()}
    found = _class(value.pop(_CLASS))
    if issubclass(found, Enum):
        return found[value["name"]]
    return found(**{name: _unpack(item) for name, item in value.items()})


def _name(value: object) -> str:
    name = type(value).__qualname__
    assert _MODULES.get(name) == type(value).__module__, f"{name} has no place among the answers that are kept"
    return name


def _class(name: str) -> type:
    """Raises KeyError for what is none of ours."""
    name = name.rpartition(":")[2]
    name = _RENAMED.get(name, name)
    found = getattr(import_module(_MODULES[name]), name)
    assert isinstance(found, type)
    return found
