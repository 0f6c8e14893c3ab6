"""What the kiosk takes a scan for, in words for whoever tries a scanner."""

from kiosk.parcels.scans import (
    BadgeScan,
    CodeScan,
    CommandScan,
    ManifestScan,
    NoticeScan,
    PassScan,
    PhoneScan,
    SlotScan,
    WaybillScan,
    recognise,
)
from kiosk.text import N_, Say

_NAMES = {
    CodeScan: N_("pickup code"),
    WaybillScan: N_("waybill"),
    SlotScan: N_("label of a slot"),
    BadgeScan: N_("badge"),
    PassScan: N_("proxy pass"),
    NoticeScan: N_("QR of a message"),
    ManifestScan: N_("transfer manifest"),
    CommandScan: N_("command card"),
    PhoneScan: N_("phone number"),
}


def scan_name(say: Say, text: str) -> str:
    """A text of no known shape is told as such: it arrived all the same."""
    return say(_NAMES.get(type(recognise(text)), N_("read, but nothing the kiosk knows")))
