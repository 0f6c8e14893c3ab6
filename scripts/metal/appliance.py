"""scripts/hardware-test appliance: the installed station, without any mock, on a kernel whose buses and pins are read.

A virtual machine (amd64) with systemd and the real units; spidev over spi-capture, pins over gpio-sim. What happens
inside is appliance_guest.py; decoders that know data sheets and nothing of the product read the bytes.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from time import monotonic

from scripts.metal.kernel_modules import modules
from scripts.metal.station import settings_with
from scripts.vm.debian import ROOT, add_guest, disk, enable, installed, must, plain_debian
from scripts.vm.machine import Machine, display, told_checks

LAMPS = ((5,), (6,), (13, 19, 26))
CALL_PIN, BUZZER_PIN = 17, 18
_PINS = """[Unit]
Description=Pins and buses as a Pi has them
DefaultDependencies=no
After=systemd-modules-load.service sys-kernel-config.mount systemd-udevd.service
Wants=sys-kernel-config.mount
Before=sysinit.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/bin/python3 -P /src/scripts/metal/pins_up.py
[Install]
WantedBy=multi-user.target
"""
_FAULTS = {"workdir": "the services' working directory again", "char-spidev": "the old name of the SPI major again"}
start = monotonic()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scripts/hardware-test appliance")
    parser.add_argument("--work", type=Path, default=Path("/var/tmp/station-kiosk-vm"))
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--with-fault", choices=tuple(_FAULTS), default=None,
                        help="put a mended fault back: the test has to fail")  # fmt: skip
    options = parser.parse_args(arguments)
    work: Path = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    base = plain_debian(work, tell)
    built = modules(base, work, tell)
    root = installed(base, work, options.wheels, "en", tell)
    _wire(root, built)
    if options.with_fault:
        _put_back(root, options.with_fault)
    image = disk(root, work)
    versions = subprocess.run(["qemu-system-x86_64", "--version"], capture_output=True, text=True, check=True).stdout
    tell(f"TOLD {versions.splitlines()[0]}")
    is_well = _boot(root, image, work, "")
    if not options.with_fault:  # the same disk, and a kernel that takes longer transfers
        is_well &= _boot(root, image, work, "spidev.bufsiz=65536")
    tell("all is well" if is_well else "failed")
    return int(not is_well)


def _boot(root: Path, image: Path, work: Path, append: str) -> bool:
    tell(f"boot {append}".rstrip())
    machine = Machine(root, image, work, display("800x480"), append)
    return told_checks(machine, tell, lambda word, rest: None)


def _wire(root: Path, built: Path) -> None:
    (version,) = (path.name for path in (root / "lib/modules").iterdir())
    extra = root / "lib/modules" / version / "extra"
    extra.mkdir()
    for module in built.glob("*.ko"):
        shutil.copy(module, extra)
    must("depmod", "-b", str(root), version)
    (root / "etc/modules-load.d/metal.conf").write_text("pi-identity\nspi-capture\ngpio-sim\n")
    enable(root, "metal-pins.service", _PINS)
    add_guest(root, "scripts.metal.appliance_guest")
    settings = root / "etc/kiosk/station.toml"
    shipped = (ROOT / "kiosk/station.toml").read_text("utf-8")
    settings.write_text(settings_with(shipped, "ws2812", LAMPS, CALL_PIN, BUZZER_PIN), "utf-8")


def _put_back(root: Path, fault: str) -> None:
    tell(f"TOLD put back: {_FAULTS[fault]}")
    if fault == "char-spidev":
        for unit in (root / "opt/kiosk/versions").glob("*/pi/*.service"):
            unit.write_text(unit.read_text().replace("DeviceAllow=char-spi rw", "DeviceAllow=char-spidev rw"))
        return
    (library,) = (root / "opt/kiosk/versions").glob("*/venv/lib/python3*/site-packages/hardware/pins_library.py")
    library.write_text("def import_lgpio() -> None:\n    import lgpio\n")


def tell(what: str) -> None:
    print(f"[{monotonic() - start:5.0f} s] {what}", flush=True)  # noqa: T201 - the script's voice


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
