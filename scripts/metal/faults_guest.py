"""Inside the machine: a strip's bus breaks in every way that a kernel knows, in mid-work and before the start.

It is said in words, in both languages; parcels go out meanwhile; the light comes back by itself.
"""

import errno
import re
import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from scripts.metal import tap as bus
from scripts.metal.parcels_guest import parcels_on, shows
from scripts.metal.tap import Tap
from scripts.vm.guest import LIGHTS, SCREEN, check, in_words, kiosk, sh, told

DEVICE = "/dev/spidev0.0"
_DROP_IN = Path("/run/systemd/system/kiosk-lights.service.d")
_IN_MID_WORK = (errno.EIO, errno.ENODEV, errno.ETIMEDOUT, errno.EMSGSIZE)


# What one lgpio.spi_write() of so many bytes does, and how many transfers reach the controller.
_ASK_LGPIO = """
import errno, os
from hardware.pins_library import import_lgpio
import_lgpio()
import lgpio
from pathlib import Path
knobs = Path("/sys/kernel/debug/spi-capture")
count = lambda: int((knobs / "count").read_text())
handle = lgpio.spi_open(0, 0, 4000000, 0)
def write(length):
    before = count()
    try:
        told = lgpio.spi_write(handle, bytes(length))
    except Exception as broken:
        told = broken
    return f"{told!s:32} {count() - before} transfers"
for length in (0, 1, 4096, 4097, 65536, 65537):
    print(f"spi_write of {length:5} bytes: {write(length)}")
for name in ("EIO", "ENODEV", "ETIMEDOUT", "EMSGSIZE"):
    (knobs / "fail").write_text(str(getattr(errno, name)))
    print(f"the controller answers {name:9}: {write(10)}")
(knobs / "fail").write_text("0")
"""


def asked_lgpio() -> None:
    """Without the product: what the library and the kernel do by themselves."""
    told(f"spidev.bufsiz {Path('/sys/module/spidev/parameters/bufsiz').read_text().strip()}")
    for line in sh("/opt/kiosk/current/venv/bin/python", "-P", "-c", _ASK_LGPIO).splitlines():
        told(line)


def main(tap: Tap) -> None:
    """In mid-work the screen is open beside; where the service starts anew it would step in, so it rests."""
    check("the service drives the lights", lambda: "kiosk lights" in (kiosk("lights", "status")["owner"] or ""),
          again=lambda: sh("systemctl", "restart", SCREEN))  # fmt: skip
    (hers,) = parcels_on("main", 1)
    for number in _IN_MID_WORK:
        broken(tap, hers, errno.errorcode[number], lambda number=number: bus.fail(number), lambda: bus.fail(0))  # type: ignore[misc]
    broken(tap, hers, "unplugged in mid-work", lambda: bus.unplug(gone=True), lambda: bus.unplug(gone=False))
    sh("systemctl", "stop", SCREEN)
    broken(tap, hers, "permission away", permission_away, permission_back)
    broken(tap, hers, "not there at the start", not_there, lambda: bus.unplug(gone=False))
    holder: list[subprocess.Popen[bytes]] = []
    broken(tap, hers, "held by another program", lambda: held(holder), lambda: let_go(holder))
    broken(tap, hers, "the sandbox keeps it away", sandboxed, allowed)


def broken(tap: Tap, hers: Mapping[str, str], what: str, breaks: Callable[[], None], mends: Callable[[], None]) -> None:
    """One customer's parcel is lit when it breaks; another one searches hers meanwhile."""
    since = sh("date", "+%Y-%m-%d %H:%M:%S")
    (mine,) = parcels_on("main", 1)
    kiosk("pick-up", mine["code"])
    check(f"{what}: lit before", lambda: shows(tap, mine["slot"]))
    breaks()
    search = kiosk("pick-up", hers["code"])
    check(f"{what}: it is a fault", fault_of_main)
    for language in ("en", "zh"):
        told(f"{what} | {language} | {line_of_main(language)}")
    fault = fault_of_main()
    if errno_of(what) in (None, errno.EIO):  # the others' words come the same way
        doctor = doctor_line()
        told(f"{what} | doctor | {doctor}")
        check(f"{what}: doctor says the same", lambda: bool(fault) and fault in doctor)
    answer = kiosk("check-out", mine["waybill"])
    check(f"{what}: the parcel goes out all the same", lambda: answer.get("state") == "PICKED_UP", patience_s=0)
    mends()
    check(
        f"{what}: the light comes back by itself", lambda: not fault_of_main() and shows(tap, hers["slot"]),
        patience_s=180,
    )  # fmt: skip
    kiosk("cancel", str(search["session"]))
    _check_journal(what, since, fault)


def _check_journal(what: str, since: str, fault: str) -> None:
    """A reason is told once an outage, and an outage ends after 30 s without a fault: it may have been told before."""
    journal = ("journalctl", "--no-pager", "-o", "cat", "-u", LIGHTS)
    lines = re.findall(r".*strip main.*", sh(*journal, "--since", since))
    for line in lines:
        told(f"{what} | journal | {line}")
    told_now = [line for line in lines if fault in line and "may still be lit" not in line]
    check(f"{what}: the journal tells it, and not again and again",
          lambda: fault in sh(*journal, "-b") and len(told_now) <= 1, patience_s=0)  # fmt: skip


def errno_of(what: str) -> int | None:
    return next((number for number in _IN_MID_WORK if errno.errorcode[number] == what), None)


def fault_of_main() -> str:
    with suppress(KeyError, StopIteration):
        return str(next(one["fault"] or "" for one in kiosk("lights", "status")["strips"] if one["name"] == "main"))
    return ""


def line_of_main(language: str) -> str:
    lines = in_words(language, "lights", "status").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("main"))
    return " ".join(line.strip() for line in lines[at : at + 2])


def doctor_line() -> str:
    found = [one["what"] for one in kiosk("doctor").get("findings", []) if one["line"] in ("fault:main", "strip:main")]
    return str(found)


def permission_away() -> None:
    sh("chown", "root:root", DEVICE)
    sh("chmod", "600", DEVICE)
    sh("systemctl", "restart", LIGHTS)


def permission_back() -> None:
    sh("chgrp", "spi", DEVICE)
    sh("chmod", "660", DEVICE)


def not_there() -> None:
    bus.unplug(gone=True)
    sh("systemctl", "restart", LIGHTS)


def held(holder: list["subprocess.Popen[bytes]"]) -> None:
    sh("systemctl", "stop", LIGHTS)
    holder.append(subprocess.Popen(["flock", DEVICE, "sleep", "1000"]))
    sh("systemctl", "start", LIGHTS)


def let_go(holder: list["subprocess.Popen[bytes]"]) -> None:
    sh("pkill", "-x", "sleep")
    holder[0].wait()


def sandboxed() -> None:
    _DROP_IN.mkdir(parents=True)
    (_DROP_IN / "narrow.conf").write_text("[Service]\nDeviceAllow=\nDeviceAllow=char-gpiochip rw\n")
    sh("systemctl", "daemon-reload")
    sh("systemctl", "restart", LIGHTS)


def allowed() -> None:
    (_DROP_IN / "narrow.conf").unlink()
    _DROP_IN.rmdir()
    sh("systemctl", "daemon-reload")
    sh("systemctl", "restart", LIGHTS)
