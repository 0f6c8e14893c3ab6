"""A camera that reads codes, through zxing-cpp (extra `camera`). A command brings the pictures, so that every camera
does for which there is one: ffmpeg for those with a /dev/video, rpicam-vid for a Pi's own."""

import fcntl
import os
import signal
import subprocess
from contextlib import suppress
from tempfile import TemporaryFile

from hardware.scanners.framing import Reading, Repeats, split_aim
from hardware.scanners.source import ScannerError, ScannerSource
from hardware.scanners.wiring import CameraWiring, Frame
from hardware.trouble import Trouble, in_one_line

STALLED_S = 10.0  # without a picture for so long the command is started again
_PIPE_BYTES = 1 << 20  # a picture at a time; the kernel's usual 64 KiB wake the reader fifteen times for one


class CameraScanner(ScannerSource):
    """Raises ScannerError. A code is told once, until it was out of the picture for `frame.again_s`."""

    is_ready = False
    patience_s = STALLED_S

    def __init__(self, wiring: CameraWiring, frame: Frame) -> None:
        self._device = wiring.command[0]
        try:
            import zxingcpp
        except ImportError as missing:
            raise ScannerError(Trouble.NOT_INSTALLED, self._device, "zxing-cpp") from missing
        self._zxing = zxingcpp
        self._shape = (wiring.height, wiring.width)
        self._grey = wiring.height * wiring.width
        self._picture = bytearray(self._grey + wiring.colour_bytes)
        self._filled = 0
        self._repeats = Repeats(frame.again_s)
        self._complaints = TemporaryFile()  # noqa: SIM115 - closed with the scanner; a pipe would fill up
        try:
            self._process = subprocess.Popen(
                wiring.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._complaints,
                process_group=0,
            )  # fmt: skip
        except OSError as broken:
            self._complaints.close()
            raise ScannerError(Trouble.FAILED, self._device, broken.strerror or "") from broken
        assert self._process.stdout is not None
        self._fd = self._process.stdout.fileno()
        with suppress(OSError, AttributeError):
            fcntl.fcntl(self._fd, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)

    def fileno(self) -> int:
        return self._fd

    def read(self, t: float) -> list[Reading]:
        data = os.read(self._fd, len(self._picture) - self._filled)
        if not data:
            raise ScannerError(Trouble.FAILED, self._device, self._last_words())
        self._picture[self._filled : self._filled + len(data)] = data
        self._filled += len(data)
        if self._filled < len(self._picture):
            return []
        self._filled = 0
        self.is_ready = True
        return self._look(t)

    def _look(self, t: float) -> list[Reading]:
        picture = memoryview(self._picture)[: self._grey].cast("B", self._shape)
        found = self._zxing.read_barcodes(picture, text_mode=self._zxing.TextMode.Plain)
        readings = []
        for one in found:
            raw = f"{one.symbology_identifier}{one.text}"
            text, symbology = split_aim(raw)
            if text and not self._repeats.is_again(text, t):
                readings.append(Reading(text, symbology, raw))
        return readings

    def quiet(self, t: float) -> list[Reading]:
        raise ScannerError(Trouble.FAILED, self._device, self._last_words() or "no picture")

    def _last_words(self) -> str:
        """What the command complained of last."""
        self._complaints.seek(0)
        lines = self._complaints.read()[-2000:].decode("utf-8", "replace").strip().splitlines()
        return in_one_line(lines[-1]) if lines else ""

    def close(self) -> None:
        """The command has nothing to save, and a polite one would first want to get rid of its picture."""
        assert self._process.stdout is not None
        self._process.stdout.close()
        with suppress(ProcessLookupError):  # the whole group: what a script has started would keep the camera
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._complaints.close()
