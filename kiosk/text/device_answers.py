"""What is wrong with a strip, a pin or a button, in words, and what to do."""

from hardware.trouble import DeviceFault
from kiosk.device_faults import remedy, told_fault
from kiosk.text import Say
from kiosk.text.sentences import detail_words


def device_fault(say: Say, fault: DeviceFault) -> str:
    """What is wrong."""
    return detail_words(say, told_fault(fault))


def device_remedy(say: Say, fault: DeviceFault) -> str:
    """What to do."""
    return detail_words(say, remedy(fault))
