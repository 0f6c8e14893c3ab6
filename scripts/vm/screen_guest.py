"""Inside the machine of scripts/vm-test: a customer with a scanner, an engineer with kill -9, a hanging screen."""

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path
from time import sleep
from typing import Any

from scripts.vm.guest import KIOSK, LIGHTS, SCREEN, check, kiosk, run, say, sh, told, wait_for_answer
from scripts.vm.panel import Panel

TRACE = Path("/var/lib/kiosk/trace")
KEY = "/root/vm-test.key"
PAINTED_S = 12  # an emulated machine paints slowly
ROWS = 13  # that show-screen makes of 800 pixels
LABELS = "1234567890-\b\n"  # the digit pad's, in its one row above the line of keys


def main() -> None:
    told(sh("systemd-analyze", "time").replace("\n", " "))
    for unit in (LIGHTS, SCREEN):
        check(f"{unit} runs", lambda unit=unit: sh("systemctl", "is-active", unit) == "active")  # type: ignore[misc]
    sh(KIOSK, "init", "--sample")
    code, waybill = a_parcel()
    picture("idle")
    scanner, keyboard = Keyboard("Vm Scanner", 0.001), Keyboard("Vm Keyboard", 0.01)
    check("a scan lights the slot", lambda: bool(lit()), again=lambda: scanner.scan(code))
    check("its bytes went out to the strip", lambda: "ff" in last_transfer())
    picture("found")
    check(
        "the exit scan hands the parcel over",
        lambda: kiosk("parcel", code)["state"] == "PICKED_UP",
        again=lambda: scanner.scan(waybill),
    )
    check("and the slot goes dark", lambda: not lit())
    picture("done")
    touched(keyboard)
    scanner.keys("f2")
    keyboard.keys("f1")
    picture("called")
    keyboard.keys("leftctrl", "c")
    keyboard.keys("leftctrl", "leftalt", "f2")
    keyboard.keys("leftctrl", "leftshift", "n")
    keyboard.keys("leftctrl", "leftalt", "delete")
    check("no key leaves the screen", lambda: sh("fgconsole") == "1" and sh("pgrep", "-c", "-x", "foot") == "1")
    killed_and_hung()
    told(sh("systemctl", "show", "-p", "MemoryCurrent", SCREEN, LIGHTS).replace("\n", " "))
    updated_and_back()
    check("the station verifies", lambda: not kiosk("verify")["violations"])


def touched(keyboard: "Keyboard") -> None:
    """By fingers alone, but for the one key that stands where the language puts it."""
    width, height = display_size()
    panel, row = Panel("Vm Panel", width, height), height // ROWS
    help_key, enter = (width // 10, height - row // 2), LABELS.index("\n")
    pad = [(width * (2 * number + 1) // (2 * len(LABELS)), height - row * 3 // 2) for number in range(len(LABELS))]

    def type_code() -> None:
        keyboard.keys("esc")
        keyboard.keys("esc")
        sleep(PAINTED_S / 4)
        for character in code:
            panel.tap(*pad[LABELS.index(character)])
        picture("fingers")
        panel.tap(*pad[enter])

    before = calls()
    panel.swipe(help_key, pad[3], (width // 2, height // 3))
    panel.swipe((width // 2, height // 3), pad[3], help_key)
    panel.swipe((width // 2, height * 2 // 3), (width // 2, height // 3), (width // 2, 10))
    sleep(PAINTED_S)
    check("a swipe presses nothing", lambda: calls() == before)
    check("a finger on F1 calls staff", lambda: calls() > before, again=lambda: panel.tap(*help_key))
    picture("touched")
    code, _ = a_parcel()
    check("fingers on the digits find a parcel", lambda: bool(lit()), again=type_code, patience_s=240)
    picture("found-by-fingers")
    keyboard.keys("esc")
    check("and it is given up", lambda: not lit())
    before = calls()
    check("the / of a keypad is F1", lambda: calls() > before, again=lambda: keyboard.keys("kpslash"))
    keyboard.keys("numlock")
    keyboard.keys("esc")


def calls() -> int:
    return sh(KIOSK, "events", "--json").count('"call_staff"')


def display_size() -> tuple[int, int]:
    for modes in Path("/sys/class/drm").glob("card*-*/modes"):
        if modes.read_text():
            width, height = modes.read_text().split()[0].split("x")
            return int(width), int(height)
    raise AssertionError("no display")


def updated_and_back() -> None:
    """By the real systemctl: what nobody signed, a version whose screen cannot open, one only newer, and back."""
    first = current()
    screen = new_version("0.1.1", "show-screen")
    screen.write_text("#!/bin/sh\nexec false\n")
    archive = packed("0.1.1")
    check("what nobody trusted signed is refused", lambda: updated(archive)["problem"] == "not_signed")
    signed(archive)
    check("nor is a key that nobody trusts enough", lambda: updated(archive)["problem"] == "nobody_trusted")
    told(sh(KIOSK, "update", "--trust", f"{KEY}.pub", "--yes", "--json"))
    check("a version that does not come up gives way", lambda: updated(archive).get("tried", "").startswith("0.1.1"))
    check("and the first one is up", lambda: current() == first and is_up())
    new_version("0.1.2", "show-screen")
    newer = packed("0.1.2")
    signed(newer)
    told(json.dumps(updated(newer)))
    check("a newer version runs", lambda: current().startswith("0.1.2") and is_up())
    told(sh(KIOSK, "update", "--back", "--json"))
    check("and the one before again", lambda: current() == first and is_up())


def updated(archive: Path) -> dict[str, Any]:
    """The answer of the update; empty where it broke."""
    found = sh(KIOSK, "update", str(archive), "--wheels", "/wheels", "--json")
    answer: dict[str, Any] = json.loads(found.splitlines()[-1]) if found else {"problem": ""}
    return answer


def packed(number: str) -> Path:
    archive = Path(f"/station-kiosk-{number}.tar.gz")
    sh("tar", "-czf", str(archive), "-C", "/", "new")
    return archive


def signed(archive: Path) -> None:
    sh("/opt/kiosk/current/venv/bin/python", "-m", "scripts.vm.signed", str(archive), KEY, more={"PYTHONPATH": "/src"})


def current() -> str:
    return Path("/opt/kiosk/current").readlink().name


def new_version(number: str, name: str) -> Path:
    """In /new; returns one of its service files."""
    shutil.rmtree("/new", ignore_errors=True)
    shutil.copytree("/src", "/new")
    project = Path("/new/pyproject.toml")
    project.write_text(project.read_text().replace('version = "0.1.0"', f'version = "{number}"', 1))
    return Path("/new/scripts/pi") / name


def killed_and_hung() -> None:
    os.kill(int(app()), signal.SIGKILL)
    check("a killed screen comes back", lambda: restarts() == 1 and is_up() and bool(app()))
    os.kill(int(app()), signal.SIGSTOP)
    check("a hung screen is restarted by the watchdog", lambda: restarts() == 2 and is_up() and bool(app()))
    code, _ = a_parcel()
    sh(KIOSK, "pick-up", code)
    check("its slot is lit", lambda: bool(lit()))
    os.kill(int(sh("systemctl", "show", "-p", "MainPID", "--value", LIGHTS)), signal.SIGKILL)
    check("killed lights come back", lambda: sh("systemctl", "is-active", LIGHTS) == "active")
    check("and drive the strips", lambda: bool(kiosk("lights", "status")["owner"]))
    picture("after")


def app() -> str:
    """Its process id; the terminal above it names it in its own command line too."""
    return sh("pgrep", "-u", "kiosk", "-f", "python .*/kiosk run")


def restarts() -> int:
    return int(sh("systemctl", "show", "-p", "NRestarts", "--value", SCREEN))


def is_up() -> bool:
    return sh("systemctl", "is-active", SCREEN) == "active"


def a_parcel() -> tuple[str, str]:
    """Code and waybill of one that lies on the shelf, of a person with one parcel."""
    for line in sh(KIOSK, "events", "--json").splitlines():
        event = json.loads(line)
        found = kiosk("parcel", event["waybill"]) if event.get("waybill") else {}
        if found.get("state") == "SHELVED":
            return found["code"], found["waybill"]
    raise AssertionError("no parcel on the shelf")


def lit() -> list[object]:
    return kiosk("lights", "status")["leases"]  # type: ignore[no-any-return]


def last_transfer() -> str:
    return str(json.loads(TRACE.read_text().splitlines()[-1])["hex"]) if TRACE.exists() else ""


class Keyboard:
    """The kernel makes it up: what it types, with `pause_s` between keys, comes from /dev/input as from a real one."""

    def __init__(self, name: str, pause_s: float) -> None:
        import evdev

        subprocess.run(["modprobe", "uinput"], check=True)
        self._codes = evdev.ecodes
        self._keyboard = evdev.UInput(name=name, vendor=0x0C2E, product=0x0B61)
        self._pause_s = pause_s
        sleep(3)  # the compositor and the kiosk get to know it

    def scan(self, text: str) -> None:
        for character in text:
            key = {"-": "MINUS"}.get(character, character.upper())
            self._press("LEFTSHIFT" if character.isupper() else None, key)
        self._press(None, "ENTER")

    def keys(self, *names: str) -> None:
        for value in (1, 0):
            for name in names:
                self._write(name.upper(), value)

    def _press(self, modifier: str | None, key: str) -> None:
        for name, value in ((modifier, 1), (key, 1), (key, 0), (modifier, 0)):
            if name:
                self._write(name, value)

    def _write(self, key: str, value: int) -> None:
        self._keyboard.write(self._codes.EV_KEY, self._codes.ecodes[f"KEY_{key}"], value)
        self._keyboard.syn()
        sleep(self._pause_s)


def picture(name: str) -> None:
    sleep(PAINTED_S)
    say(f"PICTURE {name}")
    wait_for_answer()


if __name__ == "__main__":
    run(main)
