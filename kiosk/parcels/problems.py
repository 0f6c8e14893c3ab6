"""Why a person's wish was not done; the wording lives in kiosk.text."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.parcels.states import State


class Problem(StrEnum):
    # What was scanned
    EMPTY_SCAN = "empty_scan"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    UNKNOWN_FORM = "unknown_form"
    UNKNOWN_QR = "unknown_qr"
    OTHER_STATION = "other_station"
    KEYBOARD_LAYOUT = "keyboard_layout"
    GOODS_SCANNED = "goods_scanned"
    PHONE_MISTYPED = "phone_mistyped"
    PAY_CODE_SCANNED = "pay_code_scanned"
    TWO_NUMBERS_SCANNED = "two_numbers_scanned"
    IDENTITY_SCANNED = "identity_scanned"
    PHONE_SCANNED = "phone_scanned"
    WAYBILL_NOT_CODE = "waybill_not_code"
    NOT_A_WAYBILL = "not_a_waybill"
    CODE_NOT_WAYBILL = "code_not_waybill"
    SLOT_LABEL_SCANNED = "slot_label_scanned"
    COMMAND_SCANNED = "command_scanned"
    BADGE_SCANNED = "badge_scanned"
    CODE_AT_EXIT = "code_at_exit"
    WAYBILL_AT_ENTRY = "waybill_at_entry"
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
    NOBODY_FITS = "nobody_fits"
    NOT_IN_SESSION = "not_in_session"
    # Checking in and putting away
    ALREADY_IN_CUSTODY = "already_in_custody"
    HAS_LEFT = "has_left"
    DOOR_ONLY = "door_only"
    BAD_PHONE = "bad_phone"
    BAD_EMAIL = "bad_email"
    WHOSE_PHONE = "whose_phone"
    NO_SUCH_CHANNEL = "no_such_channel"
    BAD_CHANNEL_URL = "bad_channel_url"
    NO_RECIPIENT = "no_recipient"
    NOT_SENT = "not_sent"
    NO_SUCH_MESSAGE = "no_such_message"
    UNKNOWN_COURIER = "unknown_courier"
    NO_ROOM = "no_room"
    NO_SLOT_OF_SIZE = "no_slot_of_size"
    NO_SUCH_SLOT = "no_such_slot"
    SLOT_FULL = "slot_full"
    LIES_ELSEWHERE = "lies_elsewhere"
    SLOT_TOO_SMALL = "slot_too_small"
    # Exceptions
    WRONG_STATE = "wrong_state"
    NOT_ALLOWED = "not_allowed"
    NOTHING_TO_UNDO = "nothing_to_undo"
    CANNOT_UNDO = "cannot_undo"
    TOO_LATE = "too_late"
    NEEDS_REASON = "needs_reason"
    # Money
    AMOUNT_DUE = "amount_due"
    NOTHING_DUE = "nothing_due"
    BAD_AMOUNT = "bad_amount"
    # Sheets
    NO_SUCH_SHEET = "no_such_sheet"
    NO_SUCH_MANIFEST = "no_such_manifest"
    TAKEN_BACK_WHOLE = "taken_back_whole"
    STATION_TWICE = "station_twice"
    REPORTS_DIFFER = "reports_differ"
    WHICH_COURIER = "which_courier"
    NOTHING_MISSING = "nothing_missing"
    NO_FILES = "no_files"
    NO_SUCH_FILE = "no_such_file"
    SHEET_CLOSED = "sheet_closed"
    COUNTS_DIFFER = "counts_differ"
    NOT_ALL_COUNTED = "not_all_counted"
    OTHER_COURIER = "other_courier"
    NOT_DUE_BACK = "not_due_back"
    NEEDS_DRIVER = "needs_driver"
    NO_SUCH_PARTNER = "no_such_partner"
    # Slots
    NO_SUCH_PLACE = "no_such_place"
    PLACE_CLOSED = "place_closed"
    ALREADY_SO = "already_so"
    # Home delivery
    OUT_FOR_DELIVERY = "out_for_delivery"
    NOT_REQUESTED = "not_requested"
    NO_ADDRESS = "no_address"
    NEEDS_PROOF = "needs_proof"
    NOT_OFFERED = "not_offered"
    # People
    NEEDS_SECOND_FACT = "needs_second_fact"
    SEVERAL_PEOPLE = "several_people"
    WRONG_BADGE = "wrong_badge"
    WRONG_PIN = "wrong_pin"
    NO_STAFF = "no_staff"
    NO_SUCH_STAFF = "no_such_staff"
    BAD_PIN = "bad_pin"
    LAST_MANAGER = "last_manager"
    PASS_EXPIRED = "pass_expired"
    NO_PRINTER = "no_printer"
    PRINTS_NOTHING = "prints_nothing"
    NO_PARCEL_AT_HAND = "no_parcel_at_hand"
    NO_SUCH_SIZE = "no_such_size"
    BAD_DATE = "bad_date"
    BAD_NUMBER = "bad_number"
    UNKNOWN_WORD = "unknown_word"
    NO_SUCH_MODE = "no_such_mode"
    LEFT_WITH_SHEET = "left_with_sheet"
    NOBODY_KNOWN = "nobody_known"
    STILL_IN_CUSTODY = "still_in_custody"
    NO_PAUSE = "no_pause"
    PINS_DIFFER = "pins_differ"
    PIN_NEEDED = "pin_needed"
    PIN_MUST_CHANGE = "pin_must_change"
    SIGN_IN_AGAIN = "sign_in_again"
    TOO_MANY_AT_ONCE = "too_many_at_once"
    OPERATION_REUSED = "operation_reused"
    OPERATION_DONE = "operation_done"
    # Several parcels carry the number that was given
    AMBIGUOUS = "ambiguous"
    UNCERTAIN_NUMBER = "uncertain_number"
    # Backups
    NOT_A_BACKUP = "not_a_backup"
    BACKUP_DAMAGED = "backup_damaged"
    BACKUP_SEALED = "backup_sealed"
    BACKUP_OTHER_SEAL = "backup_other_seal"
    BACKUP_OTHER_STATION = "backup_other_station"
    BACKUP_NEWER = "backup_newer"
    BACKUP_BREAKS_RULES = "backup_breaks_rules"
    STATION_IN_USE = "station_in_use"
    NOTHING_TO_SALVAGE = "nothing_to_salvage"
    FILE_EXISTS = "file_exists"
    # The clock
    CLOCK_DOUBTED = "clock_doubted"
    # Updates
    FOLDER_NOT_SIGNED = "folder_not_signed"
    NOT_SIGNED = "not_signed"
    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_SIGNER = "unknown_signer"
    NOBODY_TRUSTED = "nobody_trusted"
    ARCHIVE_ALTERED = "archive_altered"
    OTHER_PROGRAM = "other_program"
    OLDER_VERSION = "older_version"
    NOT_A_KEY = "not_a_key"
    NO_SUCH_KEY = "no_such_key"
    NO_PREVIOUS_VERSION = "no_previous_version"
    NO_BACKUP_OF_BEFORE = "no_backup_of_before"


@dataclass(frozen=True, slots=True)
class Refused:
    """An expected refusal: nothing was changed. `slot` is where the parcel in question belongs, if that helps.

    `due_fen`: what is to be paid first; `at` and `who`: when and by whom it was done already; `detail`: what
    the problem is about, such as two numbers that differ; `state`: what the parcel is in the state for instead.
    `wait_s`: there were too many wrong tries, and for so many seconds nothing is looked at, be it right or wrong;
    `waits_everywhere`: at each terminal, not at this one alone. `consent`: it is done when a manager shows a badge now.
    """

    problem: Problem
    slot: str | None = None
    waybill: str | None = None
    due_fen: int = 0
    at: datetime | None = None
    who: str | None = None
    detail: str = ""
    state: State | None = None
    wait_s: int = 0
    waits_everywhere: bool = False
    consent: bool = False

    @property
    def is_warning(self) -> bool:
        """Whether a slot will not do by the book alone: said once more, the parcel lies there all the same."""
        return self.problem in (Problem.SLOT_TOO_SMALL, Problem.PLACE_CLOSED)

    @property
    def is_doubt(self) -> bool:
        """Whether it asks about a number that may be the waybill all the same."""
        asked = (Problem.GOODS_SCANNED, Problem.KEYBOARD_LAYOUT, Problem.TWO_NUMBERS_SCANNED)
        by_itself = (Problem.PAY_CODE_SCANNED, Problem.PHONE_MISTYPED)
        return self.problem in by_itself or (self.problem in asked and bool(self.detail))
