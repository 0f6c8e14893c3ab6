"""Shelf first: a slot or a level is scanned, then any number of parcels that lie there, one scan each."""

from dataclasses import replace

from kiosk.counter.answers import StaffAnswer
from kiosk.counter.arguments import AtHand
from kiosk.jobs.find_parcel import coded_parcel
from kiosk.jobs.keeping.places import PlaceContents, look_into
from kiosk.jobs.records.look_up import ParcelStory
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.put_away import put_away_at, put_away_pending
from kiosk.parcels.codes import plain
from kiosk.parcels.meanings import SlotScan
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan, recognise, unframed
from kiosk.parcels.sheets import SheetKind
from kiosk.parcels.slots import is_within, read_place
from kiosk.parcels.states import State

_LABEL = "SLOT:"


def place_scanned(station: Station, scan: Scan) -> str | None:
    """The slot or the level whose label it is; `3-2-4` and `3-2` may be typed, and be codes of an old style."""
    if isinstance(scan.means, SlotScan):
        return scan.slot_name
    text = plain(unframed(scan.text))
    name = read_place(text)
    if name is None or "-" not in name:
        return None
    is_known = any(place.name == name or place.level == name for place in station.settings.places)
    return name if is_known and (text.startswith(_LABEL) or coded_parcel(station, scan) is None) else None


def scan_place(station: Station, name: str, at_hand: AtHand) -> StaffAnswer:
    """The parcel at hand lies there, if one waits for its place; else it is shown what lies there, and what is scanned
    from now on goes there too, where parcels are what is scanned for."""
    if at_hand.parcel is not None:
        put = put_away_pending(station, recognise(name), at_hand=recognise(at_hand.parcel))
        if not isinstance(put, Refused) or put.problem is not Problem.SLOT_LABEL_SCANNED:
            return put
    inside = look_into(station, name)
    if isinstance(inside, Refused) or at_hand.mode or at_hand.kind not in (None, SheetKind.BATCH):
        return inside
    return replace(inside, takes_next=_has_room(inside))


def _has_room(inside: PlaceContents) -> bool:
    return inside.closed_for is None and len(inside.parcels) < inside.capacity


def put_in_place(station: Station, answer: StaffAnswer, at_hand: AtHand, place: str) -> StaffAnswer:
    """Of a parcel that was taken in with a place at hand, nothing more; one that lies elsewhere on the shelves is moved
    there by a second scan, no sooner."""
    if not isinstance(answer, ParcelStory) or answer.state is not State.SHELVED or not answer.slot:
        return answer
    if is_within(answer.slot, place) or at_hand.parcel == answer.waybill:
        return put_away_at(station, recognise(answer.waybill), place)
    return Refused(Problem.LIES_ELSEWHERE, slot=answer.slot, waybill=answer.waybill, detail=place)
