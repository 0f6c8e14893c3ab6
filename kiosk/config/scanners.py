"""[[scanners]] → how the scanners are connected, and at which place each of them stands."""

from collections.abc import Callable, Sequence

from hardware.scanners.wiring import (
    CameraWiring,
    Connection,
    EvdevWiring,
    Frame,
    NoWiring,
    ScannerWiring,
    SerialWiring,
    WedgeWiring,
)
from kiosk.config.table import PATH, PRINTABLE, Table, refuse_doubles
from kiosk.faults import expected
from kiosk.parcels.scan_places import FOR_CUSTOMERS, ScanPlace

_NAME = r"[a-z0-9_-]{1,20}"
_MARK = PRINTABLE + r"{0,8}"
_BAUDS = (1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200)
_BY_NAME = {"STX": "\x02", "ETX": "\x03", "EOT": "\x04", "TAB": "\t", "LF": "\n", "CR": "\r", "CR LF": "\r\n"}
_FFMPEG = (
    "ffmpeg", "-nostdin", "-loglevel", "error", "-fflags", "nobuffer", "-f", "v4l2", "-video_size", "{width}x{height}",
    "-i", "{device}", "-vf", "fps=10,scale={width}:{height}", "-pix_fmt", "gray", "-f", "rawvideo", "-",
)  # fmt: skip
# A Pi's own camera; its yuv420 is a plane of grey and then two of colour, half as large together.
_RPICAM = (
    "rpicam-vid", "-t", "0", "-n", "-v", "0", "--codec", "yuv420", "--width", "{width}", "--height", "{height}",
    "--framerate", "10", "-o", "-",
)  # fmt: skip
_OUT_OF_PICTURE_MS = 1500  # a hand that trembles, a picture that is blurred: it is still the same code


def read_scanners(tables: Sequence[Table]) -> tuple[ScannerWiring, ...]:
    """Raises StationFault(BAD_SETTINGS)."""
    scanners = tuple(_read_scanner(table) for table in tables)
    refuse_doubles(tables, "name", lambda index: scanners[index].name)
    refuse_doubles(tables, "device", lambda index: _device(scanners[index]))
    refuse_doubles(tables, "driver", lambda index: _keyboard_of(scanners[index]))
    return scanners


def _read_scanner(table: Table) -> ScannerWiring:
    driver = table.choice("driver", "wedge", tuple(_READERS))
    scanner = ScannerWiring(
        name=table.text("name", driver, form=_NAME, example="entry"),
        role=table.choice("role", ScanPlace.ANY, tuple(ScanPlace)),
        connection=_READERS[driver](table),
        frame=Frame(
            prefix=_read_mark(table, "prefix"),
            suffix=_read_mark(table, "suffix"),
            idle_s=table.whole("idle_ms", 200, 20, 5000) / 1000,
            again_s=table.whole("same_again_ms", _OUT_OF_PICTURE_MS if driver == "camera" else 500, 0, 10_000) / 1000,
        ),
    )
    table.refuse_unknown_keys()
    return scanner


def _read_mark(table: Table, key: str) -> str:
    mark = table.text(key, "", form=_MARK, example="STX")
    return _BY_NAME.get(mark, mark)


def _read_evdev(table: Table) -> Connection:
    return EvdevWiring(table.text("device", "", form=PATH, example="/dev/input/by-id/usb-*-event-kbd"))


def _read_serial(table: Table) -> Connection:
    device = table.text("device", "/dev/ttyACM0", form=PATH, example="/dev/serial/by-id/usb-*")
    baud = table.whole("baud", 9600, _BAUDS[0], _BAUDS[-1])
    if baud not in _BAUDS:
        raise table.wrong("baud", expected("one of {choices}", choices=", ".join(map(str, _BAUDS))))
    return SerialWiring(device, baud)


def _read_camera(table: Table) -> Connection:
    width, height = table.whole("width", 1280, 64, 4096), table.whole("height", 720, 64, 4096)
    device = table.text("device", "/dev/video0", form=PATH, example="/dev/video0")
    usual = _RPICAM if device == "rpicam" else _FFMPEG
    command = table.texts("command", form=PATH, example='["rpicam-vid", "-o", "-"]') or usual
    pixels = table.choice("pixels", "yuv420" if command is _RPICAM else "grey", ("grey", "yuv420"))
    values = {"{device}": device, "{width}": str(width), "{height}": str(height)}
    for place, value in values.items():
        command = tuple(word.replace(place, value) for word in command)
    return CameraWiring(command, width, height, width * height // 2 if pixels == "yuv420" else 0)


_READERS: dict[str, Callable[[Table], Connection]] = {
    "evdev": _read_evdev,
    "serial": _read_serial,
    "wedge": lambda table: WedgeWiring(),
    "camera": _read_camera,
    "none": lambda table: NoWiring(),
}


def _device(scanner: ScannerWiring) -> object:
    match scanner.connection:
        case EvdevWiring(device) | SerialWiring(device):
            return device
        case CameraWiring(command):
            return command
    return None


def _keyboard_of(scanner: ScannerWiring) -> str | None:
    """Two at one keyboard could not be told apart."""
    if not isinstance(scanner.connection, WedgeWiring):
        return None
    return "customers" if scanner.role in FOR_CUSTOMERS else "desk"
