"""Inside the arm64 machine: the program as its user, in a folder that it may not write to, over the real lgpio.

Talks on the console: `HW OK what`, `HW FAILED what`, `HW TOLD text`, and asks the one outside to look or to press.
"""

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from scripts.metal.station import settings_with

HOME = "/var/lib/kiosk"
LAMPS, CALL_PIN = ((2,),), 6
PATIENCE_S, SETTLED_S = 60.0, 1.5
_AS_KIOSK = ["setpriv", "--reuid=999", "--regid=999", "--groups=990,991", "--"]
_PATHS = {"PATH": os.environ["PATH"], "KIOSK_HOME": HOME, "HOME": HOME}
_ENVIRONMENT = _PATHS | {"LANG": "C.UTF-8", "TERM": "xterm-256color"}
_VERSIONS = (
    "from gpiozero import Device; from hardware.pins import ensure_pins; ensure_pins(); f = Device.pin_factory;"
    " import platform as p, importlib.metadata as m;"
    " print(type(f).__name__, f.board_info.model, p.machine(), 'lgpio', m.version('lgpio'), 'kernel', p.release())"
)


def main() -> None:
    kiosk("init", "--sample")
    shipped = Path("/opt/source/station.toml").read_text("utf-8")
    settings = Path(HOME, "station.toml")
    settings.write_text(settings_with(shipped, "ws2812", LAMPS, CALL_PIN, None), "utf-8")
    say("TOLD", run(["python3", "-P", "-c", _VERSIONS], more={"PYTHONPATH": "/opt/python"}))
    tracing = Path("/sys/kernel/tracing")
    (tracing / "events/spi/spi_setup/enable").write_text("1")
    lights = start("lights")
    until("both strips and the lamp are in order, driven from / by a user who may not write there",
          lambda: kiosk("lights", "status").count("in order") == 3)  # fmt: skip
    setups = re.findall(r"spi_setup: (\S+) .*?, (\d+) Hz", (tracing / "trace").read_text())
    say("TOLD", f"speeds asked of the kernel: {sorted({f'{bus} {hz} Hz' for bus, hz in setups})}")
    slots = [lit_slot(shelves) for shelves in ("123", "45")]
    sleep(SETTLED_S)
    say("LOOK", *filter(None, slots))
    lamp("6-1-1")
    screen = in_a_terminal("run")
    until("the screen hears the button", lambda: "button on GPIO 6: in order" in kiosk("lights", "status"))
    say("PRESS")
    until("the button calls staff", lambda: '"call_staff"' in kiosk("events", "--json", "--last", "1"))
    screen.terminate()
    lights.terminate()
    lights.wait(20)
    sleep(SETTLED_S)
    say("DARK")
    left = [str(path) for place in ("/", "/dev/shm", HOME, "/tmp") for path in Path(place).glob(".lgd-nfy*")]
    until(f"no fifo is left {left}", lambda: not left)


def lit_slot(shelves: str) -> str:
    """Of a parcel on one of these shelves whose pick-up is answered."""
    for row in map(json.loads, kiosk("events", "--json").splitlines()):
        slot = row["changes"].get("slot") or "" if row["event"] == "shelve" else ""
        if slot[:1] and slot[0] in shelves:
            parcel = first(kiosk("parcel", row["waybill"], "--json"))
            if parcel.get("state") == "SHELVED" and first(kiosk("pick-up", parcel["code"], "--json")).get("ok"):
                return slot
    return ""


def lamp(slot: str) -> None:
    """On the shelf whose light is a plain LED on a pin."""
    kiosk("check-in", "SF1000000000099")
    kiosk("put-away", "SF1000000000099", slot)
    code = first(kiosk("parcel", "SF1000000000099", "--json"))["code"]
    kiosk("pick-up", code)
    sleep(SETTLED_S)
    say("LAMP", str(LAMPS[0][0]))
    kiosk("check-out", "SF1000000000099")


def first(told: str) -> dict[str, Any]:
    return json.loads(told.splitlines()[0]) if told else {}


def kiosk(*arguments: str) -> str:
    return run(["kiosk", *arguments])


def run(command: Sequence[str], more: dict[str, str] | None = None) -> str:
    seen = _ENVIRONMENT | (more or {})
    done = subprocess.run([*_AS_KIOSK, *command], capture_output=True, text=True, env=seen, cwd="/", check=False)
    return done.stdout.strip()


def start(*arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([*_AS_KIOSK, "kiosk", *arguments], env=_ENVIRONMENT, cwd="/", stderr=subprocess.DEVNULL)


def in_a_terminal(*arguments: str) -> "subprocess.Popen[bytes]":
    """Of 100 × 40 cells, whose picture nobody keeps."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    screen = subprocess.Popen([*_AS_KIOSK, "kiosk", *arguments], env=_ENVIRONMENT, cwd="/",
                              stdin=slave, stdout=slave, stderr=slave)  # fmt: skip
    threading.Thread(target=lambda: all(os.read(master, 65536) for _ in iter(int, 1)), daemon=True).start()
    return screen


def until(what: str, holds: Callable[[], object]) -> None:
    end = monotonic() + PATIENCE_S
    while not holds():
        if monotonic() > end:
            say("FAILED", what)
            return
        sleep(0.3)
    say("OK", what)


def say(*words: str) -> None:
    print("HW", *words, flush=True)  # noqa: T201 - the console


if __name__ == "__main__":
    try:
        main()
    except Exception as broken:
        say("FAILED", f"{type(broken).__name__}: {broken}")
    say("END")
