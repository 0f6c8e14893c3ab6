"""Why a line of a manifest was not taken, in words."""

from kiosk.parcels.rejected_lines import Reason
from kiosk.text import N_, Say

_REASONS: dict[Reason, str] = {
    Reason.NO_WAYBILL_COLUMN: N_("the header has no waybill column"),
    Reason.UNREADABLE_TEXT: N_("the file is neither UTF-8, UTF-16 nor GB18030 text"),
    Reason.UNREADABLE_WORKBOOK: N_("the workbook is damaged; save it again as .xlsx, or as CSV UTF-8"),
    Reason.OLD_WORKBOOK: N_("an .xls file, or one with a password; save it as .xlsx without one, or as CSV UTF-8"),
    Reason.SEVERAL_SHEETS: N_("several sheets hold waybills; save each of them as a file of its own"),
    Reason.TOO_LARGE: N_("the file is larger than a manifest can be"),
    Reason.WRONG_COLUMN_COUNT: N_("the line has more or fewer cells than the header"),
    Reason.NOT_A_WAYBILL: N_("this is no waybill number"),
    Reason.PHONE_NOT_WAYBILL: N_("this is a phone number, not a waybill"),
    Reason.CODE_NOT_WAYBILL: N_("this is a pickup code, not a waybill"),
    Reason.EMPTY: N_("the cell is empty"),
    Reason.SHORTENED: N_("Excel has lost digits of this number; make the column text there, then fill it in anew"),
    Reason.BAD_PHONE: N_("this is no phone number"),
    Reason.BAD_EMAIL: N_("this is no e-mail address"),
    Reason.BAD_SIZE: N_("the size is none of S, M, L, XL"),
    Reason.BAD_CONSENT: N_("the consent is none of given, not_asked, door_only"),
    Reason.BAD_PIECE: N_("the piece number is not possible"),
    Reason.BAD_AMOUNT: N_("this is no amount in yuan"),
    Reason.UNKNOWN_COURIER: N_("this courier is not known"),
    Reason.CONTROL_CHARACTER: N_("the cell holds a control character"),
    Reason.REPEATED_LINE: N_("the same waybill stands further up"),
}


def rejection(say: Say, reason: Reason) -> str:
    return say(_REASONS[reason])
