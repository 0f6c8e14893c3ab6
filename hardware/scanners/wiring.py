"""How scanners are connected. Named tuples: a dataclass takes most of a millisecond to make, at every start."""

from typing import NamedTuple


class Frame(NamedTuple):
    """What stands round a code. CR, LF, Tab, ETX and EOT always end one; `prefix` and `suffix` come on top of that.

    A scanner that sends no end has ended when nothing came for `idle_s`. The same text again within `again_s` of the
    last time is the same scan.
    """

    prefix: str = ""
    suffix: str = ""
    idle_s: float = 0.2
    again_s: float = 0.5


class EvdevWiring(NamedTuple):
    """A keyboard of the kernel's, taken for the kiosk alone: a path, a pattern of one, or `name:` and its own name."""

    device: str


class SerialWiring(NamedTuple):
    """A serial port: a path or a pattern of one; `baud` is nothing to a USB scanner."""

    device: str
    baud: int


class CameraWiring(NamedTuple):
    """`command` writes pictures of `width` × `height` to its standard output: a byte of grey for each pixel, and then
    `colour_bytes` of colour that nobody needs."""

    command: tuple[str, ...]
    width: int
    height: int
    colour_bytes: int = 0


class WedgeWiring(NamedTuple):
    """Types into the terminal, like the keyboard beside it; what comes through the keyboard has its role."""


class NoWiring(NamedTuple):
    """No scanner: codes are typed."""


Connection = EvdevWiring | SerialWiring | CameraWiring | WedgeWiring | NoWiring
DRIVERS: dict[type, str] = {
    EvdevWiring: "evdev",
    SerialWiring: "serial",
    CameraWiring: "camera",
    WedgeWiring: "wedge",
    NoWiring: "none",
}


class ScannerWiring(NamedTuple):
    """A scanner. `role` says at which place of the station it stands; what that means is not known here."""

    name: str
    role: str
    connection: Connection
    frame: Frame = Frame()

    @property
    def driver(self) -> str:
        return DRIVERS[type(self.connection)]

    @property
    def has_device(self) -> bool:
        """Whether it is read here, and not through the terminal."""
        return isinstance(self.connection, EvdevWiring | SerialWiring | CameraWiring)
