"""What a sheet is called."""

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


def sheet_name(say: Say, kind: SheetKind, number: int, party: str | None) -> str:
    return f"{say(SHEETS[kind])} {number}  {say('mixed') if party == MIXED else courier_name(say, party or '')}"
