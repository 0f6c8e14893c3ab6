"""The cells of a manifest's line. Only what the parcel is known by, and what is to be paid for it, can keep it away: of
any other cell that is not understood the parcel goes without, and that is told."""

from collections.abc import Mapping
from typing import NamedTuple

from kiosk.parcels.brands import read_brand
from kiosk.parcels.codes import plain
from kiosk.parcels.consents import Consent, read_consent, read_door
from kiosk.parcels.emails import read_email
from kiosk.parcels.excel_cells import as_meant
from kiosk.parcels.money import read_yuan
from kiosk.parcels.phone_cells import phone_in_cell
from kiosk.parcels.phones import Phone
from kiosk.parcels.rejected_lines import Reason
from kiosk.parcels.size_words import read_size
from kiosk.parcels.slots import Size

NOTHING = {
    "-",
    "--",
    "—",
    "——",
    "/",
    "\\",
    "无",
    "暂无",
    "空",
    "n/a",
    "na",
    "null",
    "none",
    "nil",
    "#n/a",
    "未填",
    "没有",
}
_NOBODY = {"其他", "其它", "未知", "不详", "OTHER", "OTHERS", "UNKNOWN"}
_FREE = {"免", "免费", "现付", "寄付", "已付", "否", "不需要"}  # nothing is due here


class Told(NamedTuple):
    """What a line says beside its number, None where it says nothing; amounts in fen. `unread`: column → why."""

    courier: str | None
    phone: Phone | None
    email: str | None
    size: Size | None
    consent: Consent | None
    freight_collect_fen: int | None
    cod_fen: int | None
    unread: Mapping[str, Reason]


def read_cells(cells: Mapping[str, str | None]) -> Told | tuple[str, Reason]:
    """`cells`: column → text, None where Excel has lost digits of it. Else the column that keeps the line away."""
    amounts: dict[str, int | None] = {}
    for column in ("freight_collect", "cod"):
        amounts[column] = _amount(cells[column]) if column in cells else None
        if column in cells and amounts[column] is None:
            return column, Reason.BAD_AMOUNT
    told: dict[str, object] = {}
    unread: dict[str, Reason] = {}
    for column, (read, reason) in _READERS.items():
        text = cells.get(column, "")
        told[column] = read(text) if text else None
        if text is None or (text and told[column] is None and text.upper() not in _NOBODY):
            unread[column] = Reason.SHORTENED if text is None else reason
    consent = Consent.DOOR_ONLY if Consent.DOOR_ONLY in (told["door"], told["consent"]) else told["consent"]
    phone = told["phone"] if told["phone"] != Phone(None, None) else None
    return Told(
        told["courier"], phone, told["email"], told["size"], consent or told["door"],  # type: ignore[arg-type]
        amounts["freight_collect"], amounts["cod"], unread,
    )  # fmt: skip


_READERS = {
    "courier": (read_brand, Reason.UNKNOWN_COURIER),
    "phone": (phone_in_cell, Reason.BAD_PHONE),
    "email": (read_email, Reason.BAD_EMAIL),
    "size": (read_size, Reason.BAD_SIZE),
    "consent": (read_consent, Reason.BAD_CONSENT),
    "door": (read_door, Reason.BAD_CONSENT),
}


def _amount(cell: str | None) -> int | None:
    """An empty cell of such a column says that nothing is due."""
    if cell is None:
        return None
    text = as_meant(plain(cell).strip().removesuffix("块")) or ""
    return 0 if not text or text in _FREE else read_yuan(text)
