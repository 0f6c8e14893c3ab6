"""QEMU's `virt` board with what a Pi has: spi0 with two chip selects, each a spidev, and a Pi's revision.

The bus is bit-banged by the kernel on the pins of the board's PL061: SCK 0, MOSI 1, chip selects 4 and 5; free are 2, 6
and 7, for 3 is the power key's.
"""

import re
import subprocess
from pathlib import Path

_PI_4B = "0x00c03114"
_BOARD = """\tsystem {{ linux,revision = <{revision}>; }};
\taliases {{ spi0 = "/spi"; }};
\tspi {{
\t\tcompatible = "spi-gpio"; #address-cells = <1>; #size-cells = <0>;
\t\tsck-gpios = <{chip} 0 0>; mosi-gpios = <{chip} 1 0>; cs-gpios = <{chip} 4 1>, <{chip} 5 1>; num-chipselects = <2>;
\t\tled@0 {{ compatible = "rohm,dh2228fv"; reg = <0>; spi-max-frequency = <125000000>; }};
\t\tled@1 {{ compatible = "rohm,dh2228fv"; reg = <1>; spi-max-frequency = <125000000>; }};
\t}};
"""


def device_tree(work: Path, machine: list[str]) -> Path:
    """The board's own, as QEMU tells it, with our additions."""
    dumped, made = work / "virt.dtb", work / "pi.dtb"
    told = [f"{part},dumpdtb={dumped}" if part == "virt" else part for part in machine]
    subprocess.run(told, check=True, capture_output=True)
    decompiled = ["dtc", "-q", "-I", "dtb", "-O", "dts", str(dumped)]
    board = subprocess.run(decompiled, check=True, capture_output=True, text=True).stdout
    at = board.index("\tpl061@9030000")
    chip = re.search(r"phandle = <(0x\w+)>;", board[at:])
    assert chip
    board = board[:at] + _BOARD.format(revision=_PI_4B, chip=chip[1]) + board[at:]
    subprocess.run(["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", str(made)], input=board, text=True, check=True)
    return made
