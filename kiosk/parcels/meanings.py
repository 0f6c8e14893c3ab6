"""What a scan can mean."""

from enum import StrEnum
from typing import NamedTuple

from kiosk.parcels.codes import PickupCode
from kiosk.parcels.phones import Phone
from kiosk.parcels.problems import Problem
from kiosk.parcels.slots import SlotAddress
from kiosk.parcels.waybills import Waybill


class Command(StrEnum):
    UNDO = "UNDO"
    CANCEL = "CANCEL"
    LANGUAGE = "LANGUAGE"
    HELP = "HELP"
    LARGE = "LARGE"


class CodeScan(NamedTuple):
    """Pickup codes; `station` is the station a QR names, None for plain codes.

    `is_message`: they were read out of somebody's words, and `perhaps` are what else in them looks like a code.
    """

    codes: tuple[PickupCode, ...]
    station: str | None = None
    is_message: bool = False
    perhaps: tuple[PickupCode, ...] = ()


class WaybillScan(NamedTuple):
    """A courier's number."""

    waybill: Waybill


class SlotScan(NamedTuple):
    """The label of a slot."""

    address: SlotAddress


class BadgeScan(NamedTuple):
    """A badge of staff: the secret on it."""

    token: str


class PassScan(NamedTuple):
    """A proxy pass: the secret on it."""

    token: str


class NoticeScan(NamedTuple):
    """The QR of an arrival notice: the station that signed it, and what it signed."""

    station: str
    token: str


class ManifestScan(NamedTuple):
    """A part of another place's transfer manifest: couriers as they are named there, and waybills; `tails`: the last 4
    digits of each one's phone, where any is known."""

    entries: tuple[tuple[str, Waybill], ...]
    tails: tuple[str | None, ...] = ()


class CommandScan(NamedTuple):
    """A command card."""

    command: Command


class PhoneScan(NamedTuple):
    """A phone number, whole or masked."""

    phone: Phone


class Unrecognised(NamedTuple):
    """None of these; `problem` says why."""

    problem: Problem


Meaning = (
    CodeScan | WaybillScan | SlotScan | CommandScan | PhoneScan | BadgeScan | PassScan | NoticeScan | ManifestScan
    | Unrecognised
)  # fmt: skip
