"""What each word of the staff desk does, with its argument."""

from kiosk.counter.words import DESK_WORDS
from kiosk.parcels.roles import Role, may
from kiosk.parcels.scans import unframed
from kiosk.text import N_, Language, Say
from kiosk.text.desk_words import ALSO, CHINESE, INITIALS
from kiosk.text.line_breaks import broken

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
        "in": (N_("[WAYBILL]"), N_("take a parcel in; alone: each scan comes in again, no mode")),
        "mode": (
            "out|return|hold|delivered [...]",
            N_("from now on each scan of a parcel is this job; ends by Esc, done or another word"),
        ),
        "sheet": (N_("[NUMBER]"), N_("show a sheet and go on with it")),
        "sheets": ("[all]", N_("list the open sheets, or the last ones")),
        "announce": (N_("[NUMBER] [COURIER]"), N_("list the manifests on the USB stick, or read one")),
        "announced": ("", N_("the manifests that were read, and what has come of them")),
        "withdraw": (N_("NUMBER"), N_("take a manifest back as a whole; what has come stays")),
        "expected": (N_("[COURIER]"), N_("what was announced and has not come")),
        "chase": (N_("[COURIER]"), N_("tell the courier of the batch, or another, what has not come")),
    },
    N_("The parcel at hand"): {
        "this": ("", N_("the phone typed last belongs to this parcel")),
        "next": ("", N_("the phone typed last belongs to the next one")),
        "out": (N_("[WHO COLLECTS]"), N_("hand it over at the counter; with none at hand: each scan")),
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
        "find": (
            N_("PHONE [FACT]"),
            N_("whose parcels are here: 11 digits or the last 4; and the courier"),
        ),
        "all": (N_("[PHONE FACT]"), N_("hand over all parcels of the person found")),
        "history": (N_("[WHAT]"), N_("everything that happened to a parcel, code, waybill or slot")),
        "report": (N_("[DATE [DATE]|week|month]"), N_("the figures of a day, a week, a month")),
        "pauses": ("", N_("who was wrong too often and has to wait")),
        "lift": (N_("[WHERE]"), N_("end these pauses")),
        "undo": (N_("[REASON]"), N_("take the last action of this desk back")),
        "lock": ("", N_("lock the desk")),
        "menu": ("", N_("the words by job, to choose from; as F10")),
        "quit": ("", N_("end this program; a manager's, where people sign in")),
        "help": ("", N_("this list")),
    },
}
SCREEN_WORDS = ("label", "lock", "help", "menu", "this", "next")  # of the screen itself; no right is needed for them


def read_screen_word(text: str) -> str | None:
    """Which of the screen's own words the text is, if it is one."""
    folded = unframed(text).lower()
    return folded if folded in SCREEN_WORDS else None


def job_told(say: Say, typed: str) -> str:
    """What a word and its argument do, for whoever is to consent to it: not what the clerk calls it."""
    name, _, argument = typed.partition(" ")
    meanings = {word: what for words in HELP.values() for word, (_, what) in words.items()}
    meant = meanings.get(name.lower())
    return "  ".join(filter(None, (say(meant), argument))) if meant else typed


def help_lines(say: Say, language: Language, role: Role) -> tuple[str, ...]:
    """The words that the role may use, by section."""
    lines: list[str] = []
    for section, words in HELP.items():
        lines += ["", say(section)]
        for name, (argument, what) in words.items():
            word = DESK_WORDS.get(name)
            if word is None or word.event is None or may(role, word.event):
                shown = _in_chinese(name) if language is Language.CHINESE else name
                typed = f"{shown} {say(argument)}" if argument else shown
                lines.append("  " + say("{typed}: {what}", typed=typed, what=say(what)))
    return tuple(lines[1:])


def _in_chinese(name: str) -> str:
    """`出库/ck`: the initials will do too."""
    word = CHINESE[name]
    return f"{word}/{INITIALS[word]}" if word in INITIALS else word


_INTRO = (
    N_("At the desk a word does one job. These spellings mean the same; wide letters, digits and spaces of an input"
       " method do too, and after a Chinese word a number, a place or a reason needs no space."),
    N_("What each word does and what follows it: help or F10 at the desk, or kiosk --help."),
)  # fmt: skip


def words_page(say: Say) -> str:
    """As Markdown, a table for each section."""
    lines = ["# " + say("The words of the desk"), "", *broken(say(_INTRO[0]), 80), "", *broken(say(_INTRO[1]), 80)]
    for section, words in HELP.items():
        lines += ["", "## " + say(section), "", "| English | 中文 | | |", "|---|---|---|---|"]
        lines += [_row(word) for word in words]
    return "\n".join(lines) + "\n"


def _row(word: str) -> str:
    chinese, others = CHINESE[word], ALSO.get(word, ())
    letters = [INITIALS[one] for one in (chinese, *others) if one in INITIALS]
    return f"| {word} | {chinese} | {', '.join(letters)} | {'、'.join(others)} |"
