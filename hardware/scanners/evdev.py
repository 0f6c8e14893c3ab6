"""A scanner that is a keyboard to the kernel, read past the terminal and taken for the kiosk alone."""

import fcntl
import os

from hardware.scanners.key_decoder import KeyDecoder
from hardware.scanners.source import CharacterSource, find_device, naming_trouble
from hardware.scanners.wiring import EvdevWiring, Frame

EVIOCGRAB = 0x40044590  # linux/input.h: _IOW('E', 0x90, int); nobody else hears it from then on


class EvdevScanner(CharacterSource):
    """Raises ScannerError."""

    def __init__(self, wiring: EvdevWiring, frame: Frame) -> None:
        device = find_device(wiring.device)
        with naming_trouble(device):
            fd = os.open(device, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                fcntl.ioctl(fd, EVIOCGRAB, 1)
            except OSError:
                os.close(fd)
                raise
        super().__init__(device, fd, frame)
        self._keys = KeyDecoder()

    def characters(self, data: bytes) -> str:
        return self._keys.feed(data)
