"""What is said for every answer, problem and fault: what happened, then what to do."""

import re

from kiosk.faults import Detail, Fault, StationFault
from kiosk.parcels.looks import Colour, Look, Pattern
from kiosk.parcels.money import yuan
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.sheets import StationEvent
from kiosk.parcels.states import Event, State
from kiosk.text import N_, Say

_PROBLEMS: dict[Problem, tuple[str, str]] = {
    Problem.EMPTY_SCAN: (N_("Nothing was scanned"), N_("Scan or type your pickup code.")),
    Problem.TOO_LONG: (N_("That is too long"), N_("Scan only the pickup code, or type it.")),
    Problem.UNREADABLE: (
        N_("The scan came garbled"),
        N_("Scan again slowly, or type the code."),
    ),
    Problem.UNKNOWN_FORM: (
        N_("That is no pickup code"),
        N_("It looks like 3-2-0147. You find it in your message."),
    ),
    Problem.UNKNOWN_QR: (
        N_("This QR code is not ours"),
        N_("Show the QR of your arrival message, or type the pickup code."),
    ),
    Problem.OTHER_STATION: (
        N_("This code is for another station"),
        N_("Look at the address in your message: the parcel waits there."),
    ),
    Problem.PHONE_SCANNED: (
        N_("That is a phone number"),
        N_("Please type the pickup code from your message instead."),
    ),
    Problem.WAYBILL_NOT_CODE: (
        N_("That is a waybill number"),
        N_("Here we need the pickup code, such as 3-2-0147."),
    ),
    Problem.CODE_NOT_WAYBILL: (
        N_("That is a pickup code"),
        N_("Here we need the waybill: the long barcode on the parcel."),
    ),
    Problem.NOT_A_WAYBILL: (
        N_("That is no waybill"),
        N_("Scan a waybill, a slot label, a pickup code or a phone number."),
    ),
    Problem.NO_SUCH_SESSION: (N_("This search has ended"), N_("Scan the pickup code again.")),
    Problem.SLOT_LABEL_SCANNED: (
        N_("That is a label of the shelf"),
        N_("Scan the parcel's waybill or your pickup code."),
    ),
    Problem.COMMAND_SCANNED: (N_("That is a command card"), N_("Scan a pickup code or a waybill.")),
    Problem.NO_SUCH_CODE: (
        N_("We do not know this code"),
        N_("Compare it with your message, or call staff."),
    ),
    Problem.WRONG_PHONE_TAIL: (
        N_("These 4 digits do not fit"),
        N_("Type the last 4 digits of the phone on the parcel, or call staff."),
    ),
    Problem.NOT_ARRIVED: (
        N_("The parcel is not here yet"),
        N_("It is announced. Please wait for our message."),
    ),
    Problem.NOT_SHELVED: (
        N_("The parcel is not on its shelf yet"),
        N_("It has just arrived. Please try again in a few minutes, or call staff."),
    ),
    Problem.ON_HOLD: (N_("The parcel is being held"), N_("Please call staff: they will tell you why.")),
    Problem.ALREADY_COLLECTED: (
        N_("This parcel is collected already"),
        N_("If it was not you, please call staff."),
    ),
    Problem.IN_RETURN: (
        N_("This parcel is going back"),
        N_("It is in return to its courier. Please call staff."),
    ),
    Problem.MISSING: (N_("We are looking for this parcel"), N_("Please call staff.")),
    Problem.NOT_HERE: (N_("This parcel is not here any more"), N_("Please call staff.")),
    Problem.ALL_LOOKS_TAKEN: (
        N_("All lights are in use"),
        N_("Please wait a minute, then scan again, or call staff."),
    ),
    Problem.NO_SUCH_WAYBILL: (
        N_("No parcel here has this waybill"),
        N_("To collect, scan your pickup code. Or call staff."),
    ),
    Problem.NOT_IN_SESSION: (
        N_("Stop: this is not your parcel"),
        N_("Please put it back, or scan its pickup code first."),
    ),
    Problem.ALREADY_IN_CUSTODY: (
        N_("This parcel is checked in already"),
        N_("Look for it in its slot. A different parcel needs its own waybill."),
    ),
    Problem.DOOR_ONLY: (
        N_("The consignee wants home delivery only"),
        N_("Give it back to the driver, or ask the consignee and record the consent."),
    ),
    Problem.BAD_PHONE: (
        N_("That is no phone number"),
        N_("Give 11 digits, the last 4 digits, or leave it out."),
    ),
    Problem.UNKNOWN_COURIER: (
        N_("We do not know this courier"),
        N_("Use its usual name, such as SF, ZTO, YTO, STO, Yunda, J&T, JD, EMS."),
    ),
    Problem.NO_ROOM: (
        N_("No slot has room for this size"),
        N_("Make room on the shelves, or choose a smaller size."),
    ),
    Problem.NO_SUCH_SLOT: (N_("There is no such slot"), N_("Scan the slot's label, or type it like 3-2-4.")),
    Problem.SLOT_FULL: (N_("This slot is full"), N_("Choose another slot.")),
    Problem.SLOT_TOO_SMALL: (N_("This slot is too small for the parcel"), N_("Choose a larger slot.")),
    Problem.WRONG_STATE: (
        N_("That cannot be done with this parcel now"),
        N_("See what happened to it with: kiosk parcel"),
    ),
    Problem.BADGE_SCANNED: (N_("That is a staff badge"), N_("Scan a pickup code or a waybill.")),
    Problem.NOT_ALLOWED: (N_("You may not do this"), N_("Ask a manager to do it with a badge of theirs.")),
    Problem.NOTHING_TO_UNDO: (N_("There is nothing to take back here"), N_("Only what this terminal did is undone.")),
    Problem.CANNOT_UNDO: (
        N_("This cannot be taken back"),
        N_("Something has happened since, or somebody else has it. See: history"),
    ),
    Problem.TOO_LATE: (N_("It is too late to take this back"), N_("Record what is true now instead.")),
    Problem.NEEDS_REASON: (N_("A reason is needed"), N_("Say it in a few words after the command.")),
    Problem.AMOUNT_DUE: (N_("Something is to be paid first"), N_("Please pay at the desk, then scan again.")),
    Problem.NOTHING_DUE: (N_("Nothing is to be paid for this parcel"), N_("It may be handed over.")),
    Problem.BAD_AMOUNT: (N_("That is no amount"), N_("Write it in yuan, such as 12.50.")),
    Problem.NO_SUCH_SHEET: (N_("There is no such sheet"), N_("See the open ones with: sheets")),
    Problem.SHEET_CLOSED: (N_("This sheet is closed"), N_("Open a new one.")),
    Problem.COUNTS_DIFFER: (
        N_("Scanned and expected differ"),
        N_("Count again, or close it with what you and the driver agreed: done 2 missing, driver signs"),
    ),
    Problem.OTHER_COURIER: (N_("This parcel is another courier's"), N_("Put it on that courier's sheet.")),
    Problem.NOT_DUE_BACK: (
        N_("This parcel is not due to go back"),
        N_("Start its return with a reason first: return refused"),
    ),
    Problem.NOTHING_ON_SHEET: (N_("Nothing is on this sheet"), N_("Scan the parcels first.")),
    Problem.NO_SUCH_PARTNER: (N_("There is no such place"), N_("Partners are listed in station.toml under [desk].")),
    Problem.NO_SUCH_PLACE: (
        N_("There is no such slot, level or shelf"),
        N_("Scan a slot's label, or type it like 3-2-4, 3-2 or 3."),
    ),
    Problem.PLACE_CLOSED: (N_("This slot is closed"), N_("Choose another slot, or open it again.")),
    Problem.ALREADY_SO: (N_("It is so already"), N_("Nothing was changed.")),
    Problem.OUT_FOR_DELIVERY: (
        N_("This parcel is on its way to the consignee"),
        N_("It was sent out for home delivery. Please call staff."),
    ),
    Problem.NOT_REQUESTED: (
        N_("Nobody asked for home delivery of this parcel"),
        N_("Record the wish first: home ADDRESS"),
    ),
    Problem.NEEDS_PROOF: (
        N_("A proof is needed"),
        N_("The pickup code told at the door, or who took it and signed."),
    ),
    Problem.NOT_OFFERED: (N_("There is no home delivery here"), N_("Please take the parcel with you.")),
    Problem.NEEDS_SECOND_FACT: (
        N_("Four digits are not enough"),
        N_("Ask for the courier, or a part of the waybill or code, too."),
    ),
    Problem.WRONG_BADGE: (N_("This badge opens nothing"), N_("Use your number and PIN, or ask a manager.")),
    Problem.WRONG_PIN: (N_("Number and PIN do not fit"), N_("Try again slowly, or ask a manager.")),
    Problem.NO_SUCH_STAFF: (N_("Nobody here has this number"), N_("See: kiosk staff list")),
    Problem.BAD_PIN: (N_("This PIN is too simple"), N_("Choose 6 to 12 digits, not all the same.")),
    Problem.LAST_MANAGER: (N_("This is the last manager"), N_("Make somebody else a manager first.")),
    Problem.PASS_EXPIRED: (
        N_("This pass is not valid any more"),
        N_("Its parcels are collected or its time is over. Please call staff."),
    ),
    Problem.NO_PRINTER: (N_("The label could not be printed"), N_("Check [printer] in station.toml and the printer.")),
    Problem.UNKNOWN_COMMAND: (N_("The desk does not know this word"), N_("See all of them with F10 or: help")),
    Problem.AMBIGUOUS: (
        N_("Several parcels have this number"),
        N_("Scan the label with the piece number, or call staff."),
    ),
}

_FAULTS: dict[Fault, str] = {
    Fault.NO_SETTINGS: N_("There is no station here: {path} is missing. Make one with: kiosk --home DIR init"),
    Fault.BAD_SETTINGS: N_("{path} is wrong at {key}: expected {detail}. Correct it and start again."),
    Fault.UNREADABLE_HOME: N_("{path} cannot be read ({detail}). Check its owner and permissions."),
    Fault.UNWRITABLE_HOME: N_("{path} cannot be written ({detail}). Check its owner, permissions and free space."),
    Fault.NO_DATABASE: N_("The database {path} is missing. Restore a backup, or make an empty one with: kiosk init"),
    Fault.NEWER_DATABASE: N_("The database {path} is of a newer version ({detail}). Install the newer kiosk."),
    Fault.BROKEN_DATABASE: N_("The database {path} cannot be used ({detail}). Restore a backup."),
    Fault.BAD_KEY: N_("The key file {path} is missing or broken. Put back the one from your backup."),
    Fault.DATABASE_BUSY: N_("The database {path} stays busy. Close other programs that use it and try again."),
    Fault.LIGHTS_OWNED: N_("Another program drives the lights: {detail}. Stop it first."),
    Fault.UNWRITABLE_FILE: N_("{path} cannot be written ({detail})."),
    Fault.NOT_INSTALLED: N_("This needs {detail}. Install it with: pip install {detail}"),
    Fault.STRIPS_FAILED: N_("Some strips may still be lit. {detail}. Check their wiring and power."),
    Fault.NO_TERMINAL: N_("A screen needs a terminal; this is none. Start it where you can see it."),
    Fault.DEFECT: N_("The program met a defect of its own ({detail}). Please report it."),
    Fault.UNREADABLE_FILE: N_("{path} cannot be read ({detail})."),
}

_COLOURS: dict[Colour, str] = {
    Colour.YELLOW: N_("yellow"),
    Colour.SKY: N_("sky blue"),
    Colour.ORANGE: N_("orange"),
    Colour.GREEN: N_("green"),
    Colour.VERMILLION: N_("orange-red"),
    Colour.RED: N_("red"),
    Colour.PLAIN: N_("lamp"),
}

_STATES: dict[State, str] = {
    State.EXPECTED: N_("expected"),
    State.CHECKED_IN: N_("checked in"),
    State.SHELVED: N_("on the shelf"),
    State.OUT_FOR_DELIVERY: N_("out for delivery"),
    State.RETURN_PENDING: N_("in return"),
    State.MISSING: N_("missing"),
    State.PICKED_UP: N_("picked up"),
    State.DELIVERED: N_("delivered"),
    State.RETURNED: N_("returned"),
    State.IN_TRANSFER: N_("in transfer"),
    State.LOST: N_("lost"),
    State.VOIDED: N_("voided"),
}

_EVENTS: dict[Event, str] = {
    Event.ANNOUNCE: N_("announced"),
    Event.CHECK_IN: N_("checked in"),
    Event.VOID_CHECK_IN: N_("check-in voided"),
    Event.SHELVE: N_("put away"),
    Event.UNDO_SHELVE: N_("put-away undone"),
    Event.RELOCATE: N_("moved"),
    Event.CHECK_OUT: N_("handed over"),
    Event.UNDO_CHECK_OUT: N_("hand-over undone"),
    Event.DISPATCH_HOME: N_("sent out"),
    Event.DELIVER: N_("delivered"),
    Event.FAIL_DELIVERY: N_("delivery failed"),
    Event.HOLD: N_("held"),
    Event.RELEASE: N_("released"),
    Event.START_RETURN: N_("return begun"),
    Event.CANCEL_RETURN: N_("return cancelled"),
    Event.HAND_OVER_RETURN: N_("returned to courier"),
    Event.TRANSFER_OUT: N_("transferred"),
    Event.MARK_MISSING: N_("missing"),
    Event.FOUND: N_("found"),
    Event.WRITE_OFF: N_("written off"),
    Event.AMEND: N_("set right"),
    Event.PAY: N_("paid"),
    Event.WAIVE: N_("amount waived"),
    Event.UNDO_PAY: N_("payment undone"),
    Event.REMIND: N_("reminded"),
    Event.COUNT: N_("counted"),
    Event.REQUEST_DELIVERY: N_("home delivery asked for"),
    Event.WITHDRAW_DELIVERY: N_("home delivery withdrawn"),
}

_STATION_EVENTS: dict[StationEvent, str] = {
    StationEvent.OPEN_SHEET: N_("sheet opened"),
    StationEvent.CLOSE_SHEET: N_("sheet closed"),
    StationEvent.NOTE_UNEXPECTED: N_("unexpected parcel noted"),
    StationEvent.CLOSE_PLACE: N_("place closed"),
    StationEvent.REOPEN_PLACE: N_("place opened again"),
    StationEvent.ADD_STAFF: N_("staff added"),
    StationEvent.CHANGE_STAFF: N_("staff changed"),
    StationEvent.SIGN_IN: N_("signed in"),
    StationEvent.SIGN_OUT: N_("signed out"),
    StationEvent.ISSUE_PASS: N_("proxy pass issued"),
    StationEvent.REFUSE: N_("refused: not allowed"),
}

_PATTERNS: dict[Pattern, str] = {
    Pattern.SOLID: N_("steady"),
    Pattern.BLINK: N_("blinking"),
    Pattern.PULSE: N_("breathing"),
    Pattern.ALARM: N_("alarm"),
}


def problem_headline(say: Say, refused: Refused) -> str:
    return say(_PROBLEMS[refused.problem][0])


def problem_advice(say: Say, refused: Refused) -> str:
    """What to do; for a parcel that belongs elsewhere, where."""
    advice = say(_PROBLEMS[refused.problem][1])
    if refused.problem is Problem.NOT_IN_SESSION and refused.slot:
        advice += "\n" + say("It belongs in slot {slot}.", slot=refused.slot)
    if refused.problem is Problem.AMOUNT_DUE and refused.due_fen:
        advice += "\n" + say("Due: {amount} yuan", amount=yuan(refused.due_fen))
    if refused.detail:
        advice += "\n" + refused.detail
    if refused.at:
        advice += "\n" + say("Handed over {time} by {who}", time=f"{refused.at:%Y-%m-%d %H:%M}", who=refused.who)
    if refused.problem is Problem.ALREADY_IN_CUSTODY and refused.slot:
        advice += "\n" + say("Its slot is {slot}.", slot=refused.slot)
    return advice


def problem_sentence(say: Say, refused: Refused) -> str:
    """Both on one line, for the command line."""
    sentence = say("{problem}. {advice}", problem=problem_headline(say, refused), advice=problem_advice(say, refused))
    return re.sub(r"(?<=[，。、：；])\n", "", sentence).replace("\n", " ")


def fault_sentence(say: Say, fault: StationFault) -> str:
    return say(_FAULTS[fault.fault], path=fault.path, key=fault.key, detail=fault_detail(say, fault))


def fault_detail(say: Say, fault: StationFault) -> str:
    detail = fault.detail
    return say(detail.message, **detail.values) if isinstance(detail, Detail) else detail


def state_name(say: Say, state: State, held_for: str | None = None) -> str:
    """The state in words; for a held parcel with the reason, which is for staff only."""
    name = say(_STATES[state])
    return say("{state}, held: {reason}", state=name, reason=held_for) if held_for else name


def event_name(say: Say, event: str) -> str:
    named = _EVENTS.get(Event(event)) if event in set(Event) else None
    return say(named or _STATION_EVENTS[StationEvent(event)])


def look_name(say: Say, look: Look) -> str:
    """Colour and pattern in words, between the colour's symbols."""
    symbol = look.colour.symbol
    words = say("{colour}, {pattern}", colour=colour_name(say, look.colour), pattern=pattern_name(say, look.pattern))
    return f"{symbol} {words} {symbol}"


def colour_name(say: Say, colour: Colour) -> str:
    return say(_COLOURS[colour])


def pattern_name(say: Say, pattern: Pattern) -> str:
    return say(_PATTERNS[pattern])
