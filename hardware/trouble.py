"""What keeps a device from being used, as a value that can be told in any language, and the error that carries it."""

import errno
import grp
import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from pwd import getpwuid
from typing import NamedTuple


class Trouble(StrEnum):
    """GONE: away in mid-work. SANDBOXED: owner and mode of the file would do, the service's own rules do not."""

    NOT_FOUND = "not_found"
    GONE = "gone"
    NOT_PERMITTED = "not_permitted"
    SANDBOXED = "sandboxed"
    IN_USE = "in_use"
    NOT_INSTALLED = "not_installed"
    TOO_LONG = "too_long"
    FAILED = "failed"


class DeviceFault(NamedTuple):
    """`what` is wrong, as a text of the catalogue with places for `values`. `device`: the file it is about, if any."""

    trouble: Trouble
    what: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return in_one_line(self.what.format(**self.values))

    @property
    def device(self) -> str:
        return str(self.values.get("device", ""))


class DeviceError(Exception):
    """A strip, a pin or a button could not be opened or written: `what` with `values`, of a kind of `trouble`."""

    def __init__(self, what: str, trouble: Trouble = Trouble.FAILED, **values: object) -> None:
        plain = {name: value if isinstance(value, int | str) else str(value) for name, value in values.items()}
        self.fault = DeviceFault(trouble, what, plain)
        super().__init__(str(self.fault))


def fault_of(broken: Exception) -> DeviceFault:
    """What is wrong, whatever was raised."""
    if isinstance(broken, DeviceError):
        return broken.fault
    return DeviceFault(Trouble.FAILED, "{reason}", {"reason": reason_of(broken)})


def reason_of(broken: Exception) -> str:
    """lgpio's errors come in quotes."""
    return in_one_line(str(broken)).strip("'") or type(broken).__name__


def in_one_line(text: str, longest: int = 200) -> str:
    """Without control characters: some texts come from the network."""
    return "".join(c if c.isprintable() else " " for c in text).strip()[:longest]


def trouble_of(broken: OSError) -> Trouble:
    """Of opening a device. EPERM where the mode would do is the kernel's word for a device that the service's control
    group keeps away; EACCES speaks of owner and mode."""
    match broken.errno:
        case errno.ENOENT | errno.ENODEV | errno.ENXIO | errno.ESHUTDOWN:
            return Trouble.NOT_FOUND
        case errno.EACCES:
            return Trouble.NOT_PERMITTED
        case errno.EPERM:
            return Trouble.SANDBOXED
        case errno.EBUSY:
            return Trouble.IN_USE
    return Trouble.FAILED


def open_device(device: str) -> int:
    """A descriptor for reading and writing. Raises DeviceError with the kernel's reason."""
    try:
        return os.open(device, os.O_RDWR | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as broken:
        raise opening_failed(broken, device) from broken


def opening_failed(broken: OSError, device: str) -> DeviceError:
    match trouble_of(broken):
        case Trouble.NOT_FOUND as trouble:
            return DeviceError("{device} is not there", trouble, device=device)
        case Trouble.NOT_PERMITTED as trouble:
            return DeviceError("{user} may not use {device}", trouble, user=own_name(), device=device)
        case Trouble.SANDBOXED as trouble:
            return DeviceError("the service's sandbox keeps {device} away", trouble, device=device)
        case Trouble.IN_USE as trouble:
            return in_use(device)
    return kernel_says(broken, device)


def in_use(device: str) -> DeviceError:
    program = user_of(device)
    if program:
        return DeviceError("{device} is used by another program: {program}", Trouble.IN_USE, device=device,
                           program=program)  # fmt: skip
    return DeviceError("{device} is used by another program", Trouble.IN_USE, device=device)


def kernel_says(broken: OSError, device: str) -> DeviceError:
    """The kernel's own word, with its name: what a search in the network finds."""
    error = errno.errorcode.get(broken.errno or 0, "?")
    return DeviceError("{device}: {reason} ({error})", device=device, reason=broken.strerror or "?", error=error)


def user_of(device: str) -> str:
    """`pid command` of another program that has it open, as far as this user may see that; else empty."""
    wanted = os.path.realpath(device)
    for folder in Path("/proc").glob("[0-9]*"):
        if folder.name == str(os.getpid()):
            continue
        try:
            if any(os.path.realpath(file) == wanted for file in (folder / "fd").iterdir()):
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                return in_one_line(f"{folder.name} {command}", 80)
        except OSError:
            continue
    return ""


def own_name() -> str:
    return user_name(os.geteuid())


def user_name(uid: int) -> str:
    """The number of a user who has no name."""
    try:
        return getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def group_of(device: str) -> str:
    """Whose members may use it."""
    try:
        return grp.getgrgid(os.stat(device).st_gid).gr_name  # noqa: PTH116
    except (OSError, KeyError):
        return "root"
