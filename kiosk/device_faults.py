"""What is wrong with strips, pins and buttons, and what to do about it, as texts of the catalogue."""

import grp
import os
import stat
from collections.abc import Mapping

from hardware.strips.wiring import LGPIO_MOST
from hardware.trouble import DeviceFault, Trouble, group_of, own_name
from kiosk.faults import Detail, told

_REASONS = (
    told("Input/output error"),
    told("Connection timed out"),
    told("No such device"),
    told("Invalid argument"),
    told("Cannot allocate memory"),
    told("Remote I/O error"),
    told("Connection refused"),
    told("Network is unreachable"),
    told("No route to host"),
    told("timed out"),
)
_BY_MESSAGE = {reason.message: reason for reason in _REASONS}


def told_fault(fault: DeviceFault) -> Detail:
    """The kernel's reasons are of the catalogue too, where they are common ones."""
    values = {name: _BY_MESSAGE.get(str(value), value) for name, value in fault.values.items()}
    return Detail(fault.what, values)


def remedy(fault: DeviceFault) -> Detail:
    """What to do: never one that gives the kiosk's user more than this device."""
    match fault.trouble:
        case Trouble.NOT_INSTALLED:
            return told(
                "Run: sudo scripts/install-pi. It installs it, or says what this system lacks."
                " By hand on Raspberry Pi OS: sudo apt install python3-lgpio"
            )
        case Trouble.NOT_FOUND if "spidev" in fault.device:
            return told("Switch SPI on: sudo raspi-config nonint do_spi 0 (dtparam=spi=on), and start the Pi again.")
        case Trouble.NOT_FOUND:
            return told("This machine shows no pins. On a Raspberry Pi, start it again; elsewhere there are none.")
        case Trouble.GONE:
            return told("It is taken again by itself when it is back. If it stays away, start the Pi again.")
        case Trouble.NOT_PERMITTED:
            return _permission(fault.device)
        case Trouble.SANDBOXED:
            return told(
                "Its unit names the devices that the service may use. Start it again: sudo systemctl restart"
                " kiosk-lights kiosk-screen. If that does not help, run: sudo scripts/install-pi"
            )
        case Trouble.IN_USE:
            return told("End that program first. Who drives the strips: kiosk lights status")
        case Trouble.TOO_LONG:
            return told(
                "Write spidev.bufsiz={bytes} at the end of the line in /boot/firmware/cmdline.txt and start the Pi"
                " again; or split the strip in two.",
                bytes=LGPIO_MOST,
            )
    if "host" in fault.values:
        return told("Check its power, its network, and host in [[strips]].")
    return told("Check its wiring and power. Then: kiosk lights test")


def _permission(device: str) -> Detail:
    group, user = group_of(device), own_name()
    if group == "root" or not _group_may(device):
        return told(
            "{device} is for root alone. Run: sudo scripts/install-pi; its rule for devices gives it to a group of"
            " its own, and the kiosk's user is in that group.",
            device=device,
        )
    if user in _members(group):
        return told("{user} is in the group {group} since it signed in: start the Pi again.", user=user, group=group)
    return told("Run: sudo usermod -aG {group} {user} and sign in again.", group=group, user=user)


def _group_may(device: str) -> bool:
    """Read and write."""
    try:
        return stat.S_IMODE(os.stat(device).st_mode) & 0o060 == 0o060  # noqa: PTH116
    except OSError:
        return False


def _members(group: str) -> list[str]:
    try:
        return grp.getgrnam(group).gr_mem
    except KeyError:
        return []


def packed(fault: DeviceFault | None) -> dict[str, object] | None:
    """For a file that other processes read."""
    return None if fault is None else {"trouble": fault.trouble, "what": fault.what, "values": dict(fault.values)}


def unpacked(fields: Mapping[str, object] | None) -> DeviceFault | None:
    """Raises KeyError, TypeError, ValueError where another version wrote it."""
    if fields is None:
        return None
    values = fields["values"]
    if not isinstance(values, dict):
        raise TypeError
    return DeviceFault(Trouble(str(fields["trouble"])), str(fields["what"]), values)
