"""What each word of the staff desk does, with its argument."""

from kiosk.counter.words import DESK_WORDS
from kiosk.parcels.roles import Role, may
from kiosk.parcels.scans import unframed
from kiosk.text import N_, Language, Say
from kiosk.text.desk_words import CHINESE

# Section → word → (argument, what it does). In the order in which a clerk needs them.
HELP: dict[str, dict[str, tuple[str, str]]] = {
    N_("From the driver and back to the driver"): {
        "batch": (N_("[COURIER] [COUNT]"), N_("open a driver's hand-over; without a courier a mixed one")),
        "returns": (N_("COURIER"), N_("open the courier's return manifest")),
        "transfer": (N_("PLACE"), N_("open a transfer manifest for a partner")),
        "round": (N_("NAME"), N_("open a round of home deliveries")),
        "count": (N_("LEVEL"), N_("count a level, or go on with it")),
        "done": (N_("[NOTE]"), N_("close the open sheet; the note says what was agreed")),
        "off": ("", N_("take the parcel off its sheet")),
        "sure": (N_("WAYBILL"), N_("take a number in that was asked about")),
        "sheet": (N_("[NUMBER]"), N_("show a sheet and go on with it")),
        "sheets": ("[all]", N_("list the open sheets, or the last ones")),
        "announce": (N_("[NUMBER] [COURIER]"), N_("list the manifests on the USB stick, or read one")),
        "announced": ("", N_("the manifests that were read, and what has come of them")),
        "withdraw": (N_("NUMBER"), N_("take a manifest back as a whole; what has come stays")),
        "expected": (N_("[COURIER]"), N_("what was announced and has not come")),
        "chase": (N_("COURIER"), N_("tell the courier what has not come")),
    },
    N_("The parcel at hand"): {
        "out": (N_("[WHO COLLECTS]"), N_("hand it over at the counter")),
        "pay": ("", N_("what was due is paid")),
        "waive": (N_("REASON"), N_("what was due is not asked for")),
        "back": (N_("REASON"), N_("take a hand-over back")),
        "move": (N_("SLOT"), N_("put it in another slot")),
        "hold": (N_("REASON [NOTE]"), N_("refused, damaged, wrong-address, mis-sorted, intercepted, lost, other")),
        "release": (N_("[HOW]"), N_("end the hold; how it was solved")),
        "return": (N_("REASON"), N_("send it back to its courier")),
        "stay": ("", N_("it does not go back after all")),
        "missing": ("", N_("it is not where it should be")),
        "found": (N_("[SLOT]"), N_("a missing parcel has turned up")),
        "lost": (N_("REASON"), N_("give a missing parcel up")),
        "phone": (N_("NUMBER"), N_("11 digits, the last 4, or a virtual number")),
        "email": (N_("ADDRESS"), N_("where its messages go")),
        "courier": (N_("NAME"), N_("its courier is another one")),
        "size": ("S|M|L|XL", N_("its size is another one")),
        "also": (N_("WAYBILL"), N_("the second waybill of a consolidated parcel")),
        "freight": (N_("YUAN"), N_("freight collect is due")),
        "cod": (N_("YUAN"), N_("cash on delivery is due")),
        "pass": (N_("[HOURS] [CODE …] [NAME]"), N_("a proxy pass: somebody else collects it, once")),
        "notice": ("", N_("the QR of its arrival notice")),
        "reveal": ("", N_("the whole phone, the address, who collected; it goes on record")),
        "label": ("", N_("print its label again")),
    },
    N_("Home delivery"): {
        "home": (N_("[ADDRESS]"), N_("the consignee wants it at home")),
        "nohome": ("", N_("the consignee comes after all")),
        "homes": ("", N_("what is to be brought home, in the order of the way")),
        "delivered": (N_("PROOF"), N_("the code told at the door, or who took it")),
        "failed": (N_("REASON"), N_("it comes back to a slot")),
    },
    N_("Other things kept"): {
        "reward": (N_("[YUAN] [SHOP]"), N_("take in goods earned in a shopping app")),
        "order": (N_("[YUAN] [SHOP]"), N_("take in a shop's order")),
        "laundry": (N_("[YUAN] [SHOP]"), N_("take in laundry that is ready")),
    },
    N_("The station"): {
        "look": (N_("PLACE"), N_("light a slot, level or shelf and list what lies there")),
        "free": (N_("SIZE"), N_("where there is room")),
        "close": (N_("PLACE REASON"), N_("no more parcels go there")),
        "open": (N_("PLACE"), N_("parcels may go there again")),
        "map": ("fill|age|courier", N_("the whole station as a picture")),
        "overdue": (N_("[PLACE]"), N_("light and list what waits too long")),
        "remind": ("", N_("remind the consignees of what is overdue")),
        "find": (N_("TAIL FACT"), N_("by the phone's last 4 digits and the courier, waybill or code")),
        "history": (N_("[WHAT]"), N_("everything that happened to a parcel, code, waybill or slot")),
        "report": (N_("[DATE]"), N_("the figures of a day")),
        "pauses": ("", N_("who was wrong too often and has to wait")),
        "lift": (N_("[WHERE]"), N_("end these pauses")),
        "undo": (N_("[REASON]"), N_("take the last action of this desk back")),
        "lock": ("", N_("lock the desk")),
        "help": ("", N_("this list")),
    },
}
SCREEN_WORDS = ("label", "lock", "help")  # of the screen itself; no right is needed for them


def read_screen_word(text: str) -> str | None:
    """Which of the screen's own words the text is, if it is one."""
    folded = unframed(text).lower()
    return folded if folded in SCREEN_WORDS else None


def help_lines(say: Say, language: Language, role: Role) -> tuple[str, ...]:
    """The words that the role may use, by section."""
    lines: list[str] = []
    for section, words in HELP.items():
        lines += ["", say(section)]
        for name, (argument, what) in words.items():
            word = DESK_WORDS.get(name)
            if word is None or word.event is None or may(role, word.event):
                shown = CHINESE[name] if language is Language.CHINESE else name
                typed = f"{shown} {say(argument)}" if argument else shown
                lines.append("  " + say("{typed}: {what}", typed=typed, what=say(what)))
    return tuple(lines[1:])


# Words that make a card of their own: those that need nothing typed after them, and the cards every station has.
_CARDS = ("done", "out", "pay", "homes", "overdue", "remind", "map", "sheets", "stay", "missing", "label", "lock")
_COMMANDS = {
    "UNDO": N_("Undo"),
    "CANCEL": N_("Cancel"),
    "LANGUAGE": N_("Language"),
    "HELP": N_("Help"),
    "LARGE": N_("Large text"),
}


def card_texts(say: Say) -> list[tuple[str, str]]:
    """What is scanned from each command card, and what a person reads on it."""
    commands = [(scanned, say(told)) for scanned, told in _COMMANDS.items()]
    meanings = {name: what for words in HELP.values() for name, (_, what) in words.items()}
    return commands + [(name.upper(), say(meanings[name])) for name in _CARDS]
