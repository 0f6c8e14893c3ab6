"""Announcing: a courier's manifest becomes expected parcels, before the truck is here; a corrected one mends them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from kiosk.jobs.allowed import allowed
from kiosk.jobs.sheets.manifests import left_out_of, record_manifest
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announced_anew import SOURCE, Difference, announced_anew, row_meant
from kiosk.parcels.brands import read_brand
from kiosk.parcels.consents import Consent
from kiosk.parcels.couriers import UNKNOWN_COURIER
from kiosk.parcels.manifest import Announced, lines_of, open_manifest
from kiosk.parcels.meanings import ManifestScan
from kiosk.parcels.phones import read_phone
from kiosk.parcels.rejected_lines import RejectedLine
from kiosk.parcels.scans import clean
from kiosk.parcels.states import Event
from kiosk.parcels.waybills import candidates
from kiosk.store.tables.contacts import contact_of, of_contact, set_email
from kiosk.store.tables.parcels import couriers_seen_lately

_LONGEST_NAME = 80  # characters of a file's
_LINES_AT_ONCE = 1000  # one transaction; a desk at work waits no longer than for so many


@dataclass(frozen=True, slots=True)
class Announcement:
    """Lines that made a parcel, lines that were on record already, and lines that were not taken.

    `changed`: still expected, and now as the file says; `different`: here already, and otherwise than the file says;
    `unread`: cells that were not understood, which their parcels go without; `unused`: columns that are not read;
    `manifest`: its number, where the file told anything new; `left_out`: waybills of the manifests it corrects that are
    still expected and not in it.
    """

    accepted: int
    unchanged: int
    rejected: tuple[RejectedLine, ...]
    changed: int = 0
    different: tuple[Difference, ...] = ()
    unread: tuple[RejectedLine, ...] = ()
    unused: tuple[str, ...] = ()
    manifest: int | None = field(default=None, compare=False)
    left_out: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tally:
    """What has come of the lines so far. `named`: ids of their parcels."""

    accepted: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: list[RejectedLine] = field(default_factory=list)
    different: list[Difference] = field(default_factory=list)
    unread: list[RejectedLine] = field(default_factory=list)
    named: list[int] = field(default_factory=list)

    @property
    def is_news(self) -> bool:
        return bool(self.accepted or self.changed)

    def answer(self, unused: tuple[str, ...], manifest: int | None, left_out: tuple[str, ...]) -> Announcement:
        return Announcement(
            self.accepted, self.unchanged, tuple(self.rejected), self.changed, tuple(self.different),
            tuple(self.unread), unused, manifest, left_out,
        )  # fmt: skip


@allowed(Event.ANNOUNCE)
def announce(station: Station, manifest: bytes, courier: str | None = None, *, file: str = "") -> Announcement:
    """Record every good line; the same file twice changes nothing, so a file that broke off is simply read again.

    `courier`: whose manifest it is; a courier named in a line wins. `file`: its name, for the list of manifests.
    """
    opened = open_manifest(manifest)  # before the write lock is taken: others are at work
    if isinstance(opened, RejectedLine):
        with station.transaction():
            return station.keep(Announcement(0, 0, (opened,)))
    return _announce(station, list(lines_of(opened)), opened.unused, courier, file)


@allowed(Event.ANNOUNCE)
def announce_scanned(station: Station, scan: ManifestScan) -> Announcement:
    """A part of another place's transfer manifest, scanned from its QR."""
    lines = [
        Announced(n, waybill, read_brand(courier), read_phone(tail or ""))
        for n, ((courier, waybill), tail) in enumerate(zip_longest(scan.entries, scan.tails), 1)
    ]
    return _announce(station, lines, (), None, "QR")


def _announce(
    station: Station,
    lines: Sequence[Announced | RejectedLine],
    unused: tuple[str, ...],
    courier: str | None,
    file: str,
) -> Announcement:
    tally, seen = _Tally(), couriers_seen_lately(station.conn)
    keys = frozenset((line.courier or courier, line.waybill) for line in lines if isinstance(line, Announced))
    for start in range(0, max(len(lines), 1), _LINES_AT_ONCE):
        with station.transaction():
            for line in lines[start : start + _LINES_AT_ONCE]:
                if isinstance(line, RejectedLine):
                    tally.rejected.append(line)
                else:
                    _take(station, tally, line, line.courier or courier, seen, keys)
            if start + _LINES_AT_ONCE >= len(lines):
                return station.keep(_recorded(station, tally, unused, courier, file))
    raise AssertionError("the last part has returned")


def _recorded(station: Station, tally: _Tally, unused: tuple[str, ...], courier: str | None, file: str) -> Announcement:
    """With the manifest on record, where it told anything new."""
    left_out = left_out_of(station, tally.named)
    counts = {"accepted": tally.accepted, "changed": tally.changed, "rejected": len(tally.rejected)}
    number = (
        record_manifest(station, file=clean(file, _LONGEST_NAME), courier=courier, named=tally.named, counts=counts)
        if tally.is_news
        else None
    )
    return tally.answer(unused, number, left_out)


def _take(
    station: Station,
    tally: _Tally,
    line: Announced,
    courier: str | None,
    seen: dict[str, int],
    keys: frozenset[object],
) -> None:
    tally.unread += line.unread
    row = row_meant(station, line.waybill, courier, keys)
    if row is None:
        tally.named.append(_expect(station, line, courier, seen))
        tally.accepted += 1
        return
    tally.named.append(row.id)
    has_changed, different = announced_anew(station, row, line, courier)
    tally.different += different
    if has_changed:
        tally.changed += 1
    else:
        tally.unchanged += 1


def _expect(station: Station, line: Announced, courier: str | None, seen: dict[str, int]) -> int:
    guesses = () if courier else candidates(line.waybill.number, lambda: seen)
    now = station.stamp()
    changes: dict[str, object] = {
        "courier": courier or (guesses[0] if guesses else UNKNOWN_COURIER),
        "courier_decided": int(courier is not None),
        "waybill": line.waybill.number,
        "piece": line.waybill.piece,
        "pieces": line.waybill.pieces,
        "consent": line.consent or Consent.NOT_ASKED,
        "consent_source": SOURCE,
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
    return station.record(Event.ANNOUNCE, None, changes, of_contact(contact_id))
