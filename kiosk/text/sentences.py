"""What is said for faults, states, events and looks."""

from kiosk.faults import Detail, Fault, StationFault
from kiosk.parcels.looks import Colour, Look, Pattern
from kiosk.parcels.sheets import StationEvent
from kiosk.parcels.states import Event, State
from kiosk.text import N_, Say

_FAULTS: dict[Fault, str] = {
    Fault.NO_SETTINGS: N_("There is no station here: {path} is missing. Make one with: kiosk --home DIR setup"),
    Fault.BAD_SETTINGS: N_("{path} is wrong at {key}: expected {detail}. Correct it and start again."),
    Fault.UNREADABLE_HOME: N_("{path} cannot be read ({detail}). Check its owner and permissions."),
    Fault.UNWRITABLE_HOME: N_("{path} cannot be written ({detail}). Check its owner, permissions and free space."),
    Fault.NO_DATABASE: N_("The database {path} is missing. Restore a backup, or make an empty one with `kiosk init`."),
    Fault.NEWER_DATABASE: N_("The database {path} is of a newer version ({detail}). Install the newer kiosk."),
    Fault.DAMAGED_LOG: N_("The log of writes of {path} is damaged. Transactions that would be lost: {detail}."),
    Fault.BROKEN_DATABASE: N_("The database {path} cannot be used ({detail}). Restore a backup."),
    Fault.BAD_KEY: N_("The key file {path} is missing or broken. Put your copy back; a sealed backup holds it too."),
    Fault.DATABASE_BUSY: N_("The database {path} stays busy. Close other programs that use it and try again."),
    Fault.RESTORING: N_("The database {path} is being restored. Start again when that is done."),
    Fault.LIGHTS_OWNED: N_("Another program drives the lights: {detail}. Stop it first."),
    Fault.AGENT_RUNNING: N_("Another agent is at work here: {detail}. Stop it first."),
    Fault.UNWRITABLE_FILE: N_("{path} cannot be written ({detail})."),
    Fault.NOT_INSTALLED: N_("This needs {detail}, missing here; scripts/run and scripts/install-pi bring it along."),
    Fault.CANNOT_LISTEN: N_("{path} cannot be listened at ({detail}). Choose another host or port in [web]."),
    Fault.STRIPS_FAILED: N_("Some strips may still be lit. {detail}. Check their wiring and power."),
    Fault.NO_TERMINAL: N_("This needs a terminal, and here is none. Start it where you can see it and type."),
    Fault.DEFECT: N_("The program met a defect of its own ({detail}). Please report it."),
    Fault.UNREADABLE_FILE: N_("{path} cannot be read ({detail})."),
    Fault.NOT_A_VERSION: N_(
        "{path} is no version of this program ({detail}). Name the archive of a version as it was published."
    ),
    Fault.COMMAND_FAILED: N_("This failed: {path} ({detail}). Nothing else was changed."),
    Fault.NOT_AN_APPLIANCE: N_("This station was not installed by scripts/install-pi: {path} is missing."),
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
    Event.WITHDRAW: N_("announcement withdrawn"),
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
    Event.REVEAL: N_("phone shown to staff"),
}

_STATION_EVENTS: dict[StationEvent, str] = {
    StationEvent.TAKE_MANIFEST: N_("manifest read"),
    StationEvent.WITHDRAW_MANIFEST: N_("manifest withdrawn"),
    StationEvent.CHASE: N_("courier told what has not come"),
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
    StationEvent.RESTORE: N_("backup restored"),
    StationEvent.USE_PASS: N_("proxy pass used"),
    StationEvent.LIFT_PAUSE: N_("pause lifted"),
    StationEvent.ERASE_CONTACTS: N_("people erased"),
    StationEvent.EXPORT_PERSON: N_("a person's own data told"),
    StationEvent.FIND_PERSON: N_("a person's parcels looked for"),
    StationEvent.CALL_STAFF: N_("a customer called"),
    StationEvent.BELIEVE_CLOCK: N_("clock called right"),
}

_PATTERNS: dict[Pattern, str] = {
    Pattern.SOLID: N_("steady"),
    Pattern.BLINK: N_("blinking"),
    Pattern.PULSE: N_("breathing"),
    Pattern.TWICE: N_("two flashes"),
    Pattern.WINK: N_("winking"),
    Pattern.FLASH: N_("one flash"),
    Pattern.THRICE: N_("three flashes"),
    Pattern.SLOW: N_("slow"),
    Pattern.ALARM: N_("alarm"),
}


def fault_sentence(say: Say, fault: StationFault) -> str:
    sentence = say(_FAULTS[fault.fault], path=fault.path, key=fault.key, detail=fault_detail(say, fault))
    return f"{sentence} {detail_words(say, fault.remedy)}" if fault.remedy else sentence


def fault_detail(say: Say, fault: StationFault) -> str:
    return detail_words(say, fault.detail) if isinstance(fault.detail, Detail) else fault.detail


def detail_words(say: Say, detail: Detail) -> str:
    """A value of it may be a text of the catalogue too."""
    values = {name: detail_words(say, one) if isinstance(one, Detail) else one for name, one in detail.values.items()}
    return say(detail.message, detail.several, **values)


def state_name(say: Say, state: State, held_for: str | None = None) -> str:
    """The state in words; for a held parcel with the reason, which is for staff only."""
    name = say(_STATES[state])
    if not held_for:
        return name
    from kiosk.text.hold_names import hold_name  # for staff only; the kiosk starts without it

    return say("{state}, held: {reason}", state=name, reason=hold_name(say, held_for))


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
