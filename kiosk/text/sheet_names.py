"""What a sheet is called."""

from collections.abc import Iterable

from kiosk.parcels.sheets import MIXED, SheetKind
from kiosk.text import N_, Say
from kiosk.text.courier_names import courier_name

SHEETS = {
    SheetKind.BATCH: N_("Batch"),
    SheetKind.RETURN: N_("Return manifest"),
    SheetKind.TRANSFER: N_("Transfer manifest"),
    SheetKind.ROUND: N_("Delivery round"),
    SheetKind.COUNT: N_("Count"),
}


def by_courier(say: Say, counted: Iterable[tuple[str, int]]) -> str:
    """`SF 12, YTO 3`."""
    return say(", ").join(f"{courier_name(say, courier)} {count}" for courier, count in counted)


def sheet_name(say: Say, kind: SheetKind, number: int, party: str | None) -> str:
    return f"{say(SHEETS[kind])} {number}  {say('mixed') if party == MIXED else courier_name(say, party or '')}"
