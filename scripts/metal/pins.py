"""scripts/hardware-test pins: the program on Debian's stock arm64 kernel, with none of our code in it.

The emulator sees every change of a pin from outside, and its finger presses a button from outside. What is on the wires
is read from data sheets; what happens inside is pins_guest.py.
"""

import argparse
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

from scripts.metal.device_tree import device_tree
from scripts.metal.pins_guest import CALL_PIN
from scripts.metal.pins_root import machine_root, packages, wheels
from scripts.metal.wires import Lit, Strip, Transfer, WrongWire, traced
from scripts.vm.debian import ROOT

STRIPS = {0: Strip("apa102", 120), 1: Strip("ws2812", 80)}
ASKED_HZ = {0: 4_000_000, 1: 3_050_000}  # a bit-banged bus is slower: the code on it is read at the rate asked for
MACHINE = ["qemu-system-aarch64", "-M", "virt", "-accel", "tcg,thread=multi", "-cpu", "cortex-a72", "-smp", "2",
           "-m", "1536"]  # fmt: skip
PATIENCE_S, PRESS_S = 400.0, 0.4
start = monotonic()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scripts/hardware-test pins")
    parser.add_argument("--work", type=Path, default=Path("/var/tmp/station-kiosk-vm"))
    parser.add_argument("--wheels", type=Path, help="not used: the other machine's come from the lock")
    options = parser.parse_args(arguments)
    work: Path = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    kernel, root = machine_root(
        work, packages(work, tell), wheels(work, ROOT / "scripts/environment/run.lock", tell), tell
    )
    outside = Outside(work)
    command = [
        *MACHINE, "-display", "none", "-nic", "none", "-no-reboot",
        "-kernel", str(kernel), "-initrd", str(root), "-dtb", str(device_tree(work, [*MACHINE, "-display", "none"])),
        "-append", "console=ttyAMA0 quiet loglevel=3 rdinit=/init", "-serial", f"file:{outside.console}",
        "-qtest", f"unix:{outside.finger},server=on,wait=off", "-qtest-log", "/dev/null",
        "-trace", f"pl061_set_output,file={outside.wires}",
    ]  # fmt: skip
    version = subprocess.run([MACHINE[0], "--version"], capture_output=True, text=True, check=True).stdout
    tell(f"TOLD {version.splitlines()[0]}")
    tell("boot")
    with subprocess.Popen(command) as machine:
        try:
            failed = outside.watch(machine)
        finally:
            machine.kill()
    tell("failed" if failed else "all is well")
    return int(bool(failed))


class Outside:
    """Eyes on the wires, a finger, and an ear on the console."""

    def __init__(self, work: Path) -> None:
        self.console, self.wires, self.finger = work / "arm64.console", work / "arm64.wires", work / "arm64.finger"
        for path in (self.console, self.wires, self.finger):
            path.unlink(missing_ok=True)
        self.failed = 0
        self._lit: dict[int, Lit] = {}
        self._sizes: Counter[tuple[int, int]] = Counter()

    def watch(self, machine: "subprocess.Popen[bytes]") -> int:
        """Until the guest ends; returns how much failed."""
        for line in self._heard(machine):
            word, _, rest = line.partition(" ")
            match word:
                case "OK" | "FAILED":
                    self._check(rest, holds=word == "OK")
                case "TOLD":
                    tell(line)
                case "LOOK":
                    self._look(rest.split())
                case "LAMP":
                    self._check(f"the lamp at GPIO {rest} is on", holds=self._level(int(rest)) == 1)
                case "PRESS":
                    self._press()
                case "DARK":
                    self._see()
                    self._check("all is dark at the end", holds=not any(self._lit.values()) and not self._level(2))
                case "END":
                    self._table()
                    return self.failed
        self._check("the machine answered to the end", holds=False)
        return self.failed

    def _heard(self, machine: "subprocess.Popen[bytes]") -> Iterator[str]:
        done, is_let_go = 0, False
        while machine.poll() is None and monotonic() - start < PATIENCE_S:
            if self.finger.exists() and not is_let_go:
                self._move(1)  # a button that nobody presses
                is_let_go = True
            text = self.console.read_text(errors="replace") if self.console.exists() else ""
            lines = [line[3:] for line in text.splitlines() if line.startswith("HW ")] if text.endswith("\n") else []
            yield from lines[done:]
            done = max(done, len(lines))
            sleep(0.1)

    def _look(self, slots: list[str]) -> None:
        self._see()
        for slot in slots:
            select = int(slot[0] in "45")
            lit = self._lit.get(select, {})
            self._check(f"slot {slot} is lit on the {STRIPS[select].chips} strip: {dict(lit)}",
                        holds=set(lit) == pixels(slot))  # fmt: skip
        self._check("a slot on each strip was lit", holds=len(slots) == 2)

    def _see(self) -> None:
        """The last whole frame of each strip; every frame has to be one that its chips understand."""
        wrong = []
        self._sizes.clear()
        for transfer in self._transfers():
            self._sizes[transfer.select, len(transfer.mosi)] += 1
            try:
                self._lit[transfer.select] = STRIPS[transfer.select].lit(transfer, ASKED_HZ[transfer.select])
            except WrongWire as told:
                wrong.append(str(told))
        self._check(f"every frame is one that the chips understand {wrong[:3]}", holds=not wrong)

    def _transfers(self) -> Iterator[Transfer]:
        with self.wires.open() as lines:
            yield from traced(lines)

    def _level(self, pin: int) -> int:
        with self.wires.open() as lines:
            levels = [line.rsplit(" to ", 1)[1] for line in lines if f"output {pin} to" in line]
        return int(levels[-1]) if levels else 0

    def _press(self) -> None:
        self._move(0)
        sleep(PRESS_S)
        self._move(1)

    def _move(self, level: int) -> None:
        with socket.socket(socket.AF_UNIX) as finger:
            finger.connect(str(self.finger))
            finger.sendall(f"set_irq_in /machine/unattached/device[7] unnamed-gpio-in {CALL_PIN} {level}\n".encode())
            finger.recv(99)

    def _table(self) -> None:
        for (select, length), count in sorted(self._sizes.items()):
            what = f"{STRIPS[select].chips:7} | cs{select} {ASKED_HZ[select]:>9,} Hz asked"
            tell(f"TOLD {what} | {length:>5} B on the wires | {count:>4} frames")

    def _check(self, what: str, *, holds: bool) -> None:
        self.failed += not holds
        tell(f"{'OK' if holds else 'FAILED'} {what}")


def pixels(slot: str) -> set[int]:
    """As station.toml lays them: level 1 first, 4 slots a level, 2 pixels a slot, shelves 40 apart."""
    shelf, level, place = map(int, slot.split("-"))
    first = (shelf - (4 if shelf >= 4 else 1)) * 40 + (level - 1) * 8 + (place - 1) * 2
    return {first, first + 1}


def tell(what: str) -> None:
    print(f"[{monotonic() - start:5.0f} s] {what}", flush=True)  # noqa: T201 - the script's voice


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
