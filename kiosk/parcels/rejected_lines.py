"""Lines of a manifest that were not taken."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a line (or the whole file, at line 1) was not taken."""

    NO_WAYBILL_COLUMN = "no_waybill_column"
    UNREADABLE_TEXT = "unreadable_text"
    UNREADABLE_WORKBOOK = "unreadable_workbook"
    OLD_WORKBOOK = "old_workbook"
    SEVERAL_SHEETS = "several_sheets"
    TOO_LARGE = "too_large"
    WRONG_COLUMN_COUNT = "wrong_column_count"
    NOT_A_WAYBILL = "not_a_waybill"
    PHONE_NOT_WAYBILL = "phone_not_waybill"
    CODE_NOT_WAYBILL = "code_not_waybill"
    EMPTY = "empty"
    SHORTENED = "shortened"
    BAD_PHONE = "bad_phone"
    BAD_EMAIL = "bad_email"
    BAD_SIZE = "bad_size"
    BAD_CONSENT = "bad_consent"
    BAD_PIECE = "bad_piece"
    BAD_AMOUNT = "bad_amount"
    UNKNOWN_COURIER = "unknown_courier"
    CONTROL_CHARACTER = "control_character"
    REPEATED_LINE = "repeated_line"


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """`line` counts from 1 with the header; `column` is the header's name, or a number from 1 without one."""

    line: int
    column: str
    reason: Reason
