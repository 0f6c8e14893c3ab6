"""Where in the station a scanner stands, and what may be scanned there."""

from enum import StrEnum


class ScanPlace(StrEnum):
    """`entry`: searches begin. `exit`: parcels are handed over. `desk`: staff work. `any`: what was scanned decides."""

    ANY = "any"
    ENTRY = "entry"
    EXIT = "exit"
    DESK = "desk"


FOR_CUSTOMERS = frozenset({ScanPlace.ANY, ScanPlace.ENTRY, ScanPlace.EXIT})
