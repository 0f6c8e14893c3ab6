"""Why a person's wish was not done; the wording lives in kiosk.text."""

from dataclasses import dataclass
from enum import StrEnum


class Problem(StrEnum):
    # What was scanned
    EMPTY_SCAN = "empty_scan"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    UNKNOWN_FORM = "unknown_form"
    UNKNOWN_QR = "unknown_qr"
    OTHER_STATION = "other_station"
    PHONE_SCANNED = "phone_scanned"
    WAYBILL_NOT_CODE = "waybill_not_code"
    NOT_A_WAYBILL = "not_a_waybill"
    CODE_NOT_WAYBILL = "code_not_waybill"
    SLOT_LABEL_SCANNED = "slot_label_scanned"
    COMMAND_SCANNED = "command_scanned"
    # Picking up
    NO_SUCH_CODE = "no_such_code"
    WRONG_PHONE_TAIL = "wrong_phone_tail"
    NOT_ARRIVED = "not_arrived"
    NOT_SHELVED = "not_shelved"
    ON_HOLD = "on_hold"
    ALREADY_COLLECTED = "already_collected"
    IN_RETURN = "in_return"
    MISSING = "missing"
    NOT_HERE = "not_here"
    ALL_LOOKS_TAKEN = "all_looks_taken"
    NO_SUCH_SESSION = "no_such_session"
    # Handing over
    NO_SUCH_WAYBILL = "no_such_waybill"
    NOT_IN_SESSION = "not_in_session"
    # Checking in and putting away
    ALREADY_IN_CUSTODY = "already_in_custody"
    DOOR_ONLY = "door_only"
    BAD_PHONE = "bad_phone"
    UNKNOWN_COURIER = "unknown_courier"
    NO_ROOM = "no_room"
    NO_SUCH_SLOT = "no_such_slot"
    SLOT_FULL = "slot_full"
    SLOT_TOO_SMALL = "slot_too_small"
    # Exceptions
    WRONG_STATE = "wrong_state"
    # Several parcels carry the number that was given
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Refused:
    """An expected refusal: nothing was changed. `slot` is where the parcel in question belongs, if that helps."""

    problem: Problem
    slot: str | None = None
    waybill: str | None = None
