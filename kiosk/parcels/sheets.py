"""Sheets: what a station writes down together, from the first parcel on it to the signature below it."""

from enum import StrEnum


class SheetKind(StrEnum):
    """Whose hand it lies in: a driver's, the courier's, another place's, the delivery staff's, the counting clerk's."""

    BATCH = "batch"
    RETURN = "return"
    TRANSFER = "transfer"
    ROUND = "round"
    COUNT = "count"


MIXED = "mixed"  # the party of a batch of one driver with parcels of several brands: the numbers decide


class StationEvent(StrEnum):
    """What happens at a station to something else than one parcel."""

    TAKE_MANIFEST = "take_manifest"
    WITHDRAW_MANIFEST = "withdraw_manifest"
    CHASE = "chase"
    OPEN_SHEET = "open_sheet"
    CLOSE_SHEET = "close_sheet"
    NOTE_UNEXPECTED = "note_unexpected"
    CLOSE_PLACE = "close_place"
    REOPEN_PLACE = "reopen_place"
    ADD_STAFF = "add_staff"
    CHANGE_STAFF = "change_staff"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    ISSUE_PASS = "issue_pass"
    REFUSE = "refuse"
    RESTORE = "restore"
    LIFT_PAUSE = "lift_pause"
    USE_PASS = "use_pass"
    ERASE_CONTACTS = "erase_contacts"
    EXPORT_PERSON = "export_person"
    FIND_PERSON = "find_person"
    CALL_STAFF = "call_staff"
    BELIEVE_CLOCK = "believe_clock"


class Subject(StrEnum):
    """What an event is about."""

    PARCEL = "parcel"
    SHEET = "sheet"
    PLACE = "place"
    STAFF = "staff"
    PASS = "pass"
    STATION = "station"
