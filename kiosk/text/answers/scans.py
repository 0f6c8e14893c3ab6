"""What a scanner sent and what it was, in words; and what is wrong with a scanner, with the remedy."""

import re
from collections.abc import Mapping

from hardware.scanners.framing import ENDS
from hardware.scanners.source import ScannerError
from hardware.trouble import Trouble
from kiosk.parcels.couriers import forms_of
from kiosk.parcels.doubts import doubt
from kiosk.parcels.meanings import (
    BadgeScan,
    CodeScan,
    CommandScan,
    ManifestScan,
    NoticeScan,
    PassScan,
    PhoneScan,
    SlotScan,
    Unrecognised,
    WaybillScan,
)
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.waybills import Waybill
from kiosk.text import N_, Say
from kiosk.text.courier_names import courier_names
from kiosk.text.refusals import problem_headline

_CONTROLS = (
    "NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS"
    " RS US"
).split()
_SECRET = re.compile(r"(PK[BPN]1:)[^\x00-\x1f]+", re.IGNORECASE)

KINDS: Mapping[type, str] = {
    CodeScan: "pickup_code",
    WaybillScan: "waybill",
    SlotScan: "slot_label",
    CommandScan: "command_card",
    BadgeScan: "badge",
    PassScan: "proxy_pass",
    NoticeScan: "arrival_notice",
    ManifestScan: "manifest",
    PhoneScan: "phone",
    Unrecognised: "unrecognised",
}
TROUBLES: Mapping[Trouble, tuple[str, str]] = {
    Trouble.NOT_FOUND: (
        N_("{device} is not there"),
        N_("Plug the scanner in; see what is there with: kiosk scanner list"),
    ),
    Trouble.GONE: (
        N_("{device} has gone"),
        N_("Plug the scanner in; see what is there with: kiosk scanner list"),
    ),
    Trouble.SANDBOXED: (
        N_("the service's sandbox keeps {device} away"),
        N_("Start the screen's service again; if that does not help: sudo scripts/install-pi"),
    ),
    Trouble.TOO_LONG: (N_("{device} does not work: {detail}"), N_("Check its cable and its settings.")),
    Trouble.NOT_PERMITTED: (
        N_("{device} may not be read"),
        N_(
            "Put the kiosk's user into the group: sudo usermod -aG {detail} USER, then start the machine again."
            " Where the group is root, a rule in /etc/udev/rules.d/70-kiosk-scanner.rules gives the device to one:"
            ' SUBSYSTEM=="input", KERNEL=="event*", GROUP="input", MODE="0660"'
        ),
    ),
    Trouble.IN_USE: (
        N_("{device} is another program's now"),
        N_("Close the screen that reads it (kiosk run, kiosk desk), then try again."),
    ),
    Trouble.NOT_INSTALLED: (
        N_("This driver needs {detail}"),
        N_("Install {detail}: scripts/run and scripts/install-pi bring it along."),
    ),
    Trouble.FAILED: (
        N_("{device} does not work: {detail}"),
        N_("Check device and command under [[scanners]] in station.toml, and the plug."),
    ),
}


def scan_name(say: Say, scan: Scan) -> str:
    """What the kiosk takes it for. Never a secret, and of a phone no digit."""
    match scan.means:
        case CodeScan(codes, station):
            return _codes_name(say, ", ".join(code.text for code in codes), station)
        case WaybillScan(waybill):
            return _waybill_name(say, waybill)
        case SlotScan(address):
            return say("label of slot {slot}", slot=address)
        case CommandScan(command):
            return say("command card {command}", command=command)
        case BadgeScan():
            return say("staff badge")
        case PassScan():
            return say("proxy pass")
        case NoticeScan(station):
            return say("arrival notice of station {station}", station=station)
        case ManifestScan(entries):
            return say("transfer manifest with {count} parcel", "transfer manifest with {count} parcels",
                       count=len(entries))  # fmt: skip
        case PhoneScan():
            return say("phone number")
        case Unrecognised(problem):
            return say("nothing the kiosk knows: {problem}", problem=problem_headline(say, Refused(problem)))


def doubt_lines(say: Say, scan: Scan) -> list[str]:
    """Why it may not be what it looks like, and what to do about the scanner."""
    found = doubt(scan.means.waybill.number) if isinstance(scan.means, WaybillScan) else None
    problem = found.problem if found else scan.misplaced
    if found is None and problem is not Problem.KEYBOARD_LAYOUT:
        return []
    headline = [say("or: {problem}", problem=problem_headline(say, Refused(problem)))] if found else []
    detail = [found.detail] if found and problem is Problem.KEYBOARD_LAYOUT else []
    advice = [say("Set its keyboard layout to US, by the barcodes in its manual.")]
    return [*headline, *detail, *(advice if problem is Problem.KEYBOARD_LAYOUT else [])]


def _codes_name(say: Say, listed: str, station: str | None) -> str:
    if station:
        return say("pickup code {codes} of station {station}", codes=listed, station=station)
    return say("pickup code {codes}", codes=listed)


def _waybill_name(say: Say, waybill: Waybill) -> str:
    couriers = courier_names(say, [form.courier for form in forms_of(waybill.number)])
    if couriers:
        return say("waybill {waybill} of {couriers}", waybill=waybill, couriers=couriers)
    return say("waybill {waybill} of a courier unknown", waybill=waybill)


def visible(raw: str) -> str:
    """Control characters by name, secrets left out: `<STX>3-2-0147<CR>`."""
    shown = _SECRET.sub(r"\1…", raw)
    return "".join(_visible(character) for character in shown)


def _visible(character: str) -> str:
    if ord(character) < len(_CONTROLS):
        return f"<{_CONTROLS[ord(character)]}>"
    return character if character.isprintable() else f"<U+{ord(character):04X}>"


def end_of(raw: str) -> str | None:
    """The name of what ended the code; None where nothing did."""
    return _CONTROLS[ord(raw[-1])] if raw and raw[-1] in ENDS else None


def trouble_sentence(say: Say, error: ScannerError) -> str:
    what, remedy = TROUBLES[error.trouble]
    values = {"device": error.device, "detail": error.detail}
    return say("{problem}. {advice}", problem=say(what, **values), advice=say(remedy, **values))
