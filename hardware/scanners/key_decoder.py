"""The kernel's stream of key events as characters, for a scanner that is set to a US keyboard."""

import struct

from hardware.scanners.framing import GS, LOST

# linux/input.h: struct input_event has two longs of time, type, code, value. A long is as long as the kernel's here.
EVENT = struct.Struct("@llHHi")
_EV_SYN, _EV_KEY = 0, 1
_SYN_REPORT, _SYN_DROPPED = 0, 3
_UP, _DOWN = 0, 1  # 2 is a key that repeats because it is held: no scanner means that

_SHIFTS, _CTRLS, _ALTS = {42, 54}, {29, 97}, {56, 100}
_CAPS_LOCK, _SILENT = 58, {69, 70, 125, 126}  # num lock, scroll lock, the two with a window on them
_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (15, "\tqwertyuiop[]\r", "\tQWERTYUIOP{}\r"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
    (86, "<", ">"),
)
_KEYS = {
    first + place: (plain, shifted)
    for first, row, shifted_row in _ROWS
    for place, (plain, shifted) in enumerate(zip(row, shifted_row, strict=True))
}
# The keypad, as if num lock were on: a scanner that uses it means digits.
_KEYPAD = {55: "*", 71: "7", 72: "8", 73: "9", 74: "-", 75: "4", 76: "5", 77: "6", 78: "+", 79: "1", 80: "2", 81: "3",
           82: "0", 83: ".", 96: "\r", 98: "/", 117: "=", 121: ","}  # fmt: skip
_F8 = 66  # as which some scanners type GS
_UNKNOWN = "\x1b"  # a key that is no character spoils its code, and must not vanish from it


class KeyDecoder:
    """Feed it what was read from the device, in any pieces."""

    def __init__(self, event: struct.Struct = EVENT) -> None:
        self._event = event
        self._rest = b""
        self._held: set[int] = set()
        self._caps = False
        self._by_number = ""  # Alt and digits of the keypad: a character by its number
        self._is_dropping = False

    def feed(self, data: bytes) -> str:
        """The characters; LOST where the kernel says that it could not keep up."""
        data = self._rest + data
        whole = len(data) - len(data) % self._event.size
        self._rest = data[whole:]
        return "".join(self._read(*event[2:]) for event in self._event.iter_unpack(data[:whole]))

    def _read(self, kind: int, code: int, value: int) -> str:
        if self._is_dropping:  # until the next report the events are of no use, says the kernel's documentation
            self._is_dropping = (kind, code) != (_EV_SYN, _SYN_REPORT)
            return ""
        if (kind, code) == (_EV_SYN, _SYN_DROPPED):
            self._is_dropping = True
            self._held.clear()
            self._by_number = ""
            return LOST
        if kind != _EV_KEY:
            return ""
        if code in _SHIFTS | _CTRLS | _ALTS:
            return self._hold(code, value)
        return self._press(code) if value == _DOWN else ""

    def _hold(self, code: int, value: int) -> str:
        if value != _UP:
            self._held.add(code)
            return ""
        self._held.discard(code)
        number, self._by_number = (self._by_number, "") if code in _ALTS else ("", self._by_number)
        if not number:
            return ""
        return chr(int(number)) if int(number) < 0x80 else _UNKNOWN

    def _press(self, code: int) -> str:
        if code == _CAPS_LOCK:
            self._caps = not self._caps
            return ""
        if code in _SILENT:
            return ""
        if code == _F8:
            return GS
        if code in _KEYPAD:
            key = _KEYPAD[code]
            if not (self._held & _ALTS and key.isdecimal()):
                return key
            self._by_number = (self._by_number + key)[-4:]
            return ""
        if code not in _KEYS or self._held & _ALTS:
            return _UNKNOWN
        plain, shifted = _KEYS[code]
        if self._held & _CTRLS:
            upper = plain.upper()
            return chr(ord(upper) & 0x1F) if "@" <= upper <= "_" else _UNKNOWN
        is_shifted = bool(self._held & _SHIFTS) != (self._caps and plain.isalpha())
        return shifted if is_shifted else plain
