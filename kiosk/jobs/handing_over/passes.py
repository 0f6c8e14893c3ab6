"""Proxy passes: somebody else collects these parcels, once and until a day, with a QR instead of a code."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.clock import stamped
from kiosk.config.message_kinds import MessageKind
from kiosk.jobs.allowed import allowed
from kiosk.jobs.find_parcel import find_parcel
from kiosk.jobs.handing_over.not_shelved import call_for
from kiosk.jobs.handing_over.open_codes import why_not_now
from kiosk.jobs.handing_over.pick_up import Found, light_up
from kiosk.jobs.station import Station
from kiosk.parcels.meanings import PassScan
from kiosk.parcels.names import mask_name
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.qr_texts import new_token, pass_text
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.states import State
from kiosk.store.tables.contacts import add_person, read_contact
from kiosk.store.tables.parcels import Parcel, by_id
from kiosk.store.tables.passes import PassRow, pass_by_hash, sealed_pass

_TOKEN = "pass"  # what the secret of a pass is sealed as


@dataclass(frozen=True, slots=True)
class ProxyPass:
    """`text` goes into the QR. It is told once (the database keeps a hash) and by a message, and empty where a pass
    is only looked at.

    `bearer`: who collects, masked.
    """

    text: str
    waybills: tuple[str, ...]
    valid_until: datetime
    bearer: str = ""


@allowed(StationEvent.ISSUE_PASS)
def issue_pass(station: Station, scans: list[Scan], hours: int, bearer: str = "") -> ProxyPass | Refused:
    """A pass for these parcels (codes or waybills) and no others. It ends with them, with the search that it opens,
    or after so many hours. `bearer`: who collects them."""
    with station.transaction():
        parcels = []
        for scan in scans:
            parcel = find_parcel(station, scan, lambda row: row.state == State.SHELVED)
            if isinstance(parcel, Refused):
                return parcel
            parcels.append(parcel)
        token = new_token(station.random)
        until = station.now() + timedelta(hours=hours)
        changes = {
            "parcels": json.dumps([parcel.id for parcel in parcels]),
            "valid_until": stamped(until),
        }
        bearer_id = add_person(station.conn, station.key, bearer) if bearer else None
        private: dict[str, object] = {"token_hash": _hash(station, token), "bearer_id": bearer_id}
        if station.settings.messages.sends(MessageKind.PASS):  # else nobody needs it again
            private["token_sealed"] = station.key.seal(_TOKEN, token)
        station.record_about(StationEvent.ISSUE_PASS, Subject.PASS, None, changes, private)
        numbers = tuple(parcel.numbered_waybill for parcel in parcels)
        local = until.astimezone(station.settings.time_zone)
        return station.keep(ProxyPass(pass_text(token), numbers, local, mask_name(bearer)))


def open_pass(station: Station, scan: PassScan) -> Found | Refused:
    """Light what the pass is for. It opens one search: while that lasts it may be scanned again, then never."""
    waiting = _not_shelved(station, pass_by_hash(station.conn, _hash(station, scan.token)))
    if waiting:
        call_for(station, waiting)
    with station.transaction():
        valid = _valid(station, scan)
        if isinstance(valid, Refused):
            return valid
        row, parcels = valid
        answer = light_up(station, parcels, row.session)  # never the search of somebody else on this screen
        if isinstance(answer, Found) and row.session is None:
            changes = {"session": answer.session}
            station.record_about(StationEvent.USE_PASS, Subject.PASS, row.id, changes)
    return answer


def pass_to_send(station: Station, pass_id: int) -> tuple[ProxyPass, list[Parcel]] | None:
    """A pass that nobody has used yet, with its secret, and its parcels; None where nothing is left to collect."""
    found = sealed_pass(station.conn, pass_id)
    if found is None or found[0].session is not None or found[1] is None or _is_over(station, found[0]):
        return None
    row, parcels = found[0], _parcels_of(station, found[0])
    numbers = tuple(parcel.numbered_waybill for parcel in parcels)
    token = station.key.unseal(_TOKEN, found[1] or b"")
    may_go = any(why_not_now(station, parcel) is None for parcel in parcels)
    return (ProxyPass(pass_text(token), numbers, station.local(row.valid_until)), parcels) if may_go else None


def tell_pass(station: Station, scan: PassScan) -> ProxyPass | Refused:
    """For a clerk: what the pass is for, and who may collect it."""
    valid = _valid(station, scan)
    if isinstance(valid, Refused):
        return valid
    row, parcels = valid
    numbers = tuple(parcel.numbered_waybill for parcel in parcels)
    bearer = read_contact(station.conn, station.key, row.bearer_id)
    name = mask_name(bearer.name or "") if bearer else ""
    return ProxyPass("", numbers, station.local(row.valid_until), name)


def _valid(station: Station, scan: PassScan) -> tuple[PassRow, list[Parcel]] | Refused:
    """The pass with those of its parcels that are still on the shelf."""
    row = pass_by_hash(station.conn, _hash(station, scan.token))
    if row is None:
        return Refused(Problem.NO_SUCH_CODE)
    parcels = [parcel for parcel in _parcels_of(station, row) if why_not_now(station, parcel) is None]
    if _is_spent(station, row) or not (parcels or _not_shelved(station, row)):
        return Refused(Problem.PASS_EXPIRED)
    return (row, parcels) if parcels else Refused(Problem.NOT_SHELVED)


def _not_shelved(station: Station, row: PassRow | None) -> list[Parcel]:
    """Those that somebody has to put away first."""
    if row is None or _is_spent(station, row):
        return []
    return [one for one in _parcels_of(station, row) if why_not_now(station, one) is Problem.NOT_SHELVED]


def _parcels_of(station: Station, row: PassRow) -> list[Parcel]:
    return [by_id(station.conn, number) for number in row.parcels]


def _is_spent(station: Station, row: PassRow) -> bool:
    """Its search is over, or its time."""
    is_used = row.session is not None and station.leases.session(row.session) is None
    return is_used or _is_over(station, row)


def _is_over(station: Station, row: PassRow) -> bool:
    return station.has_passed(datetime.fromisoformat(row.valid_until))


def _hash(station: Station, token: str) -> bytes:
    return station.key.secret_hash("pass", token)
