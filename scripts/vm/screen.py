"""Builds the virtual machine of scripts/vm-test, installs the station by scripts/install-pi, boots it, and looks on.

What happens inside is screen_guest.py; it tells each check on the serial line and asks for pictures. The lights are a
mock's: what goes over real buses and pins is looked at by scripts/hardware-test.
"""

import argparse
import sys
from pathlib import Path

from scripts.vm.debian import add_guest, disk, installed, plain_debian
from scripts.vm.machine import Machine, display, told_checks

MOCKED = """[Service]
Environment=GPIOZERO_PIN_FACTORY=lightmock KIOSK_LIGHT_TRACE=/var/lib/kiosk/trace
"""
SCANNER = """
[[scanners]]
name = "vm"
driver = "evdev"
device = "name:Vm Scanner"
role = "any"
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/vm-test")
    parser.add_argument("--work", type=Path, default=Path("/var/tmp/station-kiosk-vm"))
    parser.add_argument("--pictures", type=Path, default=None, help="where the screen's pictures go (default: --work)")
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--screen", default="1280x800")
    parser.add_argument("--language", default="zh", choices=("en", "zh"))
    options = parser.parse_args()
    work: Path = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    root = installed(plain_debian(work, tell), work, options.wheels, options.language, tell)
    add_guest(root, "scripts.vm.screen_guest")
    for unit in ("kiosk-lights", "kiosk-screen"):
        drop_in = root / f"etc/systemd/system/{unit}.service.d"
        drop_in.mkdir()
        (drop_in / "mock.conf").write_text(MOCKED)
    settings = root / "etc/kiosk/station.toml"
    text = settings.read_text().replace("# touch = true ", "touch = true ")
    settings.write_text(text + SCANNER)
    machine = Machine(root, disk(root, work), work, display(options.screen))
    return looked_at(machine, options.pictures or work)


def looked_at(machine: Machine, pictures: Path) -> int:
    tell("boot")
    pictures.mkdir(parents=True, exist_ok=True)
    seen: list[bytes] = []

    def on(word: str, rest: str) -> None:
        if word == "PICTURE":
            machine.screendump(pictures / f"{rest}.png")
            tell(f"picture: {pictures / rest}.png")
            seen.append((pictures / f"{rest}.png").read_bytes())
            machine.answer()

    is_well = told_checks(machine, tell, on)
    is_frozen = len(set(seen)) < len(seen)  # lights may go on and off under a picture that stands still
    tell("FAILED the screen stands still" if is_frozen else "OK no two pictures are alike")
    tell("all is well" if is_well and not is_frozen else "failed")
    return int(is_frozen or not is_well)


def tell(what: str) -> None:
    print(f"vm-test: {what}", flush=True)  # noqa: T201 - the script's voice


if __name__ == "__main__":
    sys.exit(main())
