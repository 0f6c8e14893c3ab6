"""What the kernel's event device gives for a scanner that types: written down as evtest shows it, key by key."""

import struct
from collections.abc import Iterable

from hardware.scanners.key_decoder import EVENT

SYN, KEY, MSC = 0, 1, 4
REPORT, DROPPED, SCAN = 0, 3, 4
SHIFT, CTRL, ALT, CAPS = 42, 29, 56, 58
ENTER = 28
_DIGITS = {str(digit): code for digit, code in zip([*range(1, 10), 0], range(2, 12), strict=True)}
_LETTERS = dict(zip("QWERTYUIOP", range(16, 26), strict=True)) | dict(zip("ASDFGHJKL", range(30, 39), strict=True))
_LETTERS |= dict(zip("ZXCVBNM", range(44, 51), strict=True))
_OTHERS = {"-": 12, "=": 13, "[": 26, "]": 27, ";": 39, "'": 40, "`": 41, "\\": 43, ",": 51, ".": 52, "/": 53, " ": 57}
_SHIFTED = dict(zip('!@#$%^&*()_+{}:"~|<>?', "1234567890-=[];'`\\,./", strict=True))


class Stream:
    """Bytes as read from the device. Time stands still at a real moment: nobody looks at it."""

    def __init__(self, event: struct.Struct = EVENT) -> None:
        self._event = event
        self.data = b""

    def put(self, kind: int, code: int, value: int) -> None:
        self.data += self._event.pack(1_700_000_000, 123_456, kind, code, value)

    def key(self, code: int, value: int) -> None:
        """As a USB keyboard reports it: the scancode, the key, the end of the report."""
        self.put(MSC, SCAN, 0x70000 + code)
        self.put(KEY, code, value)
        self.put(SYN, REPORT, 0)

    def press(self, code: int, *held: int) -> "Stream":
        for one in held:
            self.key(one, 1)
        self.key(code, 1)
        self.key(code, 0)
        for one in reversed(held):
            self.key(one, 0)
        return self

    def type(self, text: str) -> "Stream":
        for character in text:
            if character in _SHIFTED:
                self.press(code_of(_SHIFTED[character]), SHIFT)
            elif character.isupper():
                self.press(code_of(character), SHIFT)
            else:
                self.press(code_of(character.upper()))
        return self

    def lose(self, events: Iterable[tuple[int, int, int]] = ()) -> "Stream":
        """The kernel's buffer ran over; what stands before the next report is a rest of something."""
        self.put(SYN, DROPPED, 0)
        for event in events:
            self.put(*event)
        self.put(SYN, REPORT, 0)
        return self


def code_of(character: str) -> int:
    return {**_DIGITS, **_LETTERS, **_OTHERS, "\r": ENTER, "\t": 15}[character]
