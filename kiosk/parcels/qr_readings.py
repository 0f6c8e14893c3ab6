"""Reading what stations write into their own square codes."""

import re
from collections.abc import Callable

from kiosk.parcels.codes import read_code
from kiosk.parcels.meanings import (
    BadgeScan,
    CodeScan,
    ManifestScan,
    Meaning,
    NoticeScan,
    PassScan,
    SlotScan,
    Unrecognised,
)
from kiosk.parcels.problems import Problem
from kiosk.parcels.qr_texts import (
    BADGE_PREFIX,
    CODES_PREFIX,
    MANIFEST_PREFIX,
    NO_TAIL,
    NOTICE_PREFIX,
    PASS_PREFIX,
    SLOT_PREFIX,
    TAIL,
)
from kiosk.parcels.slots import read_slot
from kiosk.parcels.waybills import Waybill, read_waybill

_TOKEN = r"[A-Z2-7]{26}"  # 128 random bits in base32
_SIGNED = re.compile(r"([A-Z0-9]{1,12}):([A-Z2-7]{37})")  # 23 bytes in base32


def read_ours(folded: str) -> Meaning | None:
    """What a text in ASCII capitals means that was made by a station; None where it was not."""
    prefix = next((prefix for prefix in _OURS if folded.startswith(prefix)), None)
    return _OURS[prefix](folded.removeprefix(prefix)) if prefix else None


def _token_of(means: type[BadgeScan | PassScan]) -> Callable[[str], Meaning]:
    return lambda token: means(token) if re.fullmatch(_TOKEN, token) else Unrecognised(Problem.UNKNOWN_QR)


def _read_notice(rest: str) -> Meaning:
    signed = _SIGNED.fullmatch(rest)
    return NoticeScan(signed[1], signed[2]) if signed else Unrecognised(Problem.UNKNOWN_QR)


def _read_slot_label(name: str) -> Meaning:
    address = read_slot(name)
    return SlotScan(address) if address else Unrecognised(Problem.NO_SUCH_SLOT)


def _read_station_qr(rest: str) -> Meaning:
    station, colon, listed = rest.partition(":")
    codes = tuple(read_code(part) for part in listed.split("+"))
    if not colon or not station or None in codes:
        return Unrecognised(Problem.UNKNOWN_QR)
    return CodeScan(tuple(code for code in codes if code), station)


def _read_manifest_qr(rest: str) -> Meaning:
    head, _, listed = rest.rpartition(":")
    station = head.partition(":")[0]
    entries = []
    for entry in listed.split("+"):
        courier, equals, number = entry.partition("=")
        waybill = read_waybill(number)
        if not (station and equals and isinstance(waybill, Waybill)):
            return Unrecognised(Problem.UNKNOWN_QR)
        entries.append((courier, waybill))
    return ManifestScan(tuple(entries), _tails(head.rpartition(":")[2], len(entries)))


def _tails(text: str, entries: int) -> tuple[str | None, ...]:
    """The last digits of phones, where this stands for them: older versions wrote none."""
    parts = [text[at : at + TAIL] for at in range(0, len(text), TAIL)]
    if len(parts) != entries or not all(re.fullmatch(r"[0-9]{4}|\.{4}", part) for part in parts):
        return ()
    return tuple(None if part == NO_TAIL else part for part in parts)


_OURS: dict[str, Callable[[str], Meaning]] = {
    CODES_PREFIX: _read_station_qr,
    BADGE_PREFIX: _token_of(BadgeScan),
    PASS_PREFIX: _token_of(PassScan),
    NOTICE_PREFIX: _read_notice,
    MANIFEST_PREFIX: _read_manifest_qr,
    SLOT_PREFIX: _read_slot_label,
}
