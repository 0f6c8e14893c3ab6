"""lgpio on an installed station: from the lock, else from the distribution, else one sentence and how to build it."""

from pathlib import Path

from kiosk.appliance.target import Target
from kiosk.text import Say

APT_INSTALL = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")
PACKAGE = "python3-lgpio"  # of Raspberry Pi OS
# Into the system's own place, where every version of the program finds it.
BUILD_LGPIO = (
    "sudo apt install gcc python3-dev python3-pip swig && "
    "sudo PYPI=1 pip install --break-system-packages lgpio==0.2.2.0"
)
_FINDS = "import importlib.util, sys; sys.exit(not importlib.util.find_spec('lgpio'))"


def has_pins_library(target: Target, python: Path) -> bool:
    """Whether this Python finds lgpio; where the lock has none for it, the distribution's is installed."""
    if target.is_dry:
        target.making(f"$ apt-get install {PACKAGE}  # unless lgpio came with the lock")
        return True
    if not _finds(target, python) and target.run(("apt-cache", "show", PACKAGE)).code == 0:
        target.command(*APT_INSTALL, PACKAGE)
    return _finds(target, python)


def without_pins_library(say: Say) -> list[str]:
    return [
        say(
            "lgpio is neither in the package index nor among this system's packages for its Python: strips on"
            " the bus, lamps on pins, buttons and buzzer do not work; WLED does. To build it:"
        ),
        BUILD_LGPIO,
    ]


def _finds(target: Target, python: Path) -> bool:
    return target.run((str(python), "-P", "-c", _FINDS)).code == 0
