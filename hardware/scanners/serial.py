"""A scanner on a serial port, through pyserial (extra `serial`)."""

import errno
import termios
from codecs import getincrementaldecoder

from hardware.scanners.source import CharacterSource, ScannerError, find_device, scanner_error
from hardware.scanners.wiring import Frame, SerialWiring
from hardware.trouble import Trouble


class SerialScanner(CharacterSource):
    """Raises ScannerError."""

    def __init__(self, wiring: SerialWiring, frame: Frame) -> None:
        device = find_device(wiring.device)
        try:
            from serial import Serial, SerialException
        except ImportError as missing:
            raise ScannerError(Trouble.NOT_INSTALLED, device, "pyserial") from missing
        try:
            self._port = Serial(device, wiring.baud, timeout=0, exclusive=True)
        except SerialException as broken:
            if broken.errno == errno.EAGAIN:  # somebody else has it locked
                raise ScannerError(Trouble.IN_USE, device) from broken
            if isinstance(broken.__context__, termios.error):  # pulled out meanwhile: told without errno
                raise ScannerError(Trouble.NOT_FOUND, device) from broken
            raise scanner_error(broken, device) from broken
        except termios.error as gone:  # the same, where pyserial lets it through
            raise ScannerError(Trouble.NOT_FOUND, device) from gone
        super().__init__(device, self._port.fileno(), frame)
        self._decoder = getincrementaldecoder("utf-8")(errors="replace")

    def characters(self, data: bytes) -> str:
        return self._decoder.decode(data)

    def close(self) -> None:
        self._port.close()
