"""Announcing: a courier's manifest becomes expected parcels, before the truck is here."""

from dataclasses import dataclass

from kiosk.jobs.allowed import allowed
from kiosk.jobs.station import Station
from kiosk.parcels.consents import Consent
from kiosk.parcels.couriers import UNKNOWN_COURIER, read_courier
from kiosk.parcels.manifest import Announced, read_manifest
from kiosk.parcels.meanings import ManifestScan
from kiosk.parcels.rejected_lines import RejectedLine
from kiosk.parcels.states import Event
from kiosk.parcels.waybills import candidates
from kiosk.store.tables.contacts import contact_of, of_contact, set_email
from kiosk.store.tables.parcels import couriers_seen_lately, is_known

_LINES_AT_ONCE = 1000  # one transaction; a desk at work waits no longer than for so many


@dataclass(frozen=True, slots=True)
class Announcement:
    """Lines that made a parcel, lines that were on record already, and lines that were not taken."""

    accepted: int
    unchanged: int
    rejected: tuple[RejectedLine, ...]


@allowed(Event.ANNOUNCE)
def announce(station: Station, manifest: bytes, courier: str | None = None) -> Announcement:
    """Record every good line; the same file twice changes nothing, so a file that broke off is simply read again.

    `courier`: whose manifest it is; a courier named in a line wins.
    """
    accepted = unchanged = 0
    rejected: list[RejectedLine] = []
    lines = list(read_manifest(manifest))  # before the write lock is taken: others are at work
    seen = couriers_seen_lately(station.conn)
    for start in range(0, len(lines), _LINES_AT_ONCE):
        with station.transaction():
            for line in lines[start : start + _LINES_AT_ONCE]:
                if isinstance(line, RejectedLine):
                    rejected.append(line)
                elif is_known(station.conn, line.waybill, line.courier or courier):
                    unchanged += 1
                else:
                    _expect(station, line, line.courier or courier, seen)
                    accepted += 1
            if start + _LINES_AT_ONCE >= len(lines):
                station.keep(Announcement(accepted, unchanged, tuple(rejected)))
    return Announcement(accepted, unchanged, tuple(rejected))


@allowed(Event.ANNOUNCE)
def announce_scanned(station: Station, scan: ManifestScan) -> Announcement:
    """A part of another place's transfer manifest, scanned from its QR."""
    lines = [
        Announced(n, waybill, read_courier(courier), None, None, Consent.NOT_ASKED)
        for n, (courier, waybill) in enumerate(scan.entries, 1)
    ]
    accepted = 0
    with station.transaction():
        for line in lines:
            if not is_known(station.conn, line.waybill, line.courier):
                _expect(station, line, line.courier, {})
                accepted += 1
        return station.keep(Announcement(accepted, len(lines) - accepted, ()))


def _expect(station: Station, line: Announced, courier: str | None, seen: dict[str, int]) -> None:
    guesses = () if courier else candidates(line.waybill.number, lambda: seen)
    now = station.stamp()
    changes: dict[str, object] = {
        "courier": courier or (guesses[0] if guesses else UNKNOWN_COURIER),
        "courier_decided": int(courier is not None),
        "waybill": line.waybill.number,
        "piece": line.waybill.piece,
        "pieces": line.waybill.pieces,
        "consent": line.consent,
        "consent_source": "manifest",
        "consent_at": now,
        "announced_at": now,
    }
    if line.size:
        changes["size"] = line.size.name
    amounts = {"freight_collect_fen": line.freight_collect_fen, "cod_fen": line.cod_fen}
    changes |= {name: fen for name, fen in amounts.items() if fen}
    contact_id = contact_of(station.conn, station.key, line.phone)
    if line.email is not None:
        contact_id = set_email(station.conn, station.key, contact_id, line.email)
    station.record(Event.ANNOUNCE, None, changes, of_contact(contact_id))
