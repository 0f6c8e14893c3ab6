"""What arrives from the terminal, as keys and pastes. Textual's own parser trusts its terminal; here any scanned label
may write to it, so whatever is no key of the table is one rubbish key, and nothing that is begun outlives a silence."""

import re
from codecs import getincrementaldecoder
from dataclasses import dataclass
from functools import lru_cache

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

QUIET_S = 0.1  # a sequence that goes on no more by then has ended
PASTE_SILENCES = 3  # so many times as long for a paste, which a slow line may cut in pieces
LONGEST_SEQUENCE = 32
LONGEST_PASTE = 4096  # characters kept; it is told as too long, and its rest is dropped

RUBBISH = "rubbish"  # the name of no key: it spoils a scan that it is part of, and does nothing else
_ESC = "\x1b"
_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
_WHOLE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-Z\\-~]")
_ALT = re.compile(r"\x1b[^\x00-\x1f\x7f\[O]|\x1bO[0-9]")  # Esc and a character that begins no sequence
_BEGUN = re.compile(r"\x1b(?:O|\[(?:\[|[0-?]*[ -/]*))?")
# What a terminal tells on its own or when asked: focus, place of the cursor, size, modes, mouse.
_REPORT = re.compile(r"\x1b\[(?:[<-?].*|[0-9;:]*[IORMmntcxy]|[0-9;:]*\$y)", re.DOTALL)
_PRESS = re.compile(r"\x1b\[<0;(\d{1,4});(\d{1,4})([Mm])")  # of the left button, which fingers are too
_DRAWS_WHOLE_PICTURES = re.compile(r"\x1b\[\?2026;[1-4]\$y")


@dataclass
class Pressed(Message):
    """A finger or a mouse button came down on this cell of the terminal, or was lifted off it."""

    column: int
    row: int
    is_lifted: bool


class TerminalKeys:
    """`feed` it bytes as they are read, tell it of each silence of QUIET_S; both return what Textual is to be told."""

    def __init__(self, *, tells_presses: bool = False) -> None:
        self._tells_presses = tells_presses
        self._decoder = getincrementaldecoder("utf-8")(errors="replace")
        self._sequence = ""
        self._pasted: list[str] | None = None
        self._paste_end = ""
        self._silences = 0
        self._told: list[Message] = []

    def feed(self, data: bytes) -> list[Message]:
        self._silences = 0
        for character in self._decoder.decode(data):
            self._take(character)
        return self._tell()

    def silence(self) -> list[Message]:
        """Nothing came for QUIET_S: half a character, half a sequence or an open paste ends here."""
        self._silences += 1
        for character in self._decoder.decode(b"", final=True):
            self._take(character)
        self._decoder.reset()
        if self._pasted is not None:
            if self._silences >= PASTE_SILENCES:
                self._end_paste()
        elif self._sequence:
            self._give_up()
        return self._tell()

    def _tell(self) -> list[Message]:
        told, self._told = self._told, []
        return told

    def _take(self, character: str) -> None:
        if self._pasted is not None:
            self._take_pasted(self._pasted, character)
        elif character == _ESC:
            if self._sequence:
                self._give_up()
            self._sequence = _ESC
        elif self._sequence:
            self._take_in_sequence(self._sequence + character)
        else:
            self._press(character)

    def _take_in_sequence(self, sequence: str) -> None:
        self._sequence = ""
        if sequence == _PASTE:
            self._pasted, self._paste_end = [], ""
        elif _ALT.match(sequence):
            self._take_after_alt(sequence)
        elif sequence in ANSI_SEQUENCES_KEYS:
            self._press(sequence)
        elif _WHOLE.fullmatch(sequence):
            self._take_report(sequence)
        elif _BEGUN.fullmatch(sequence) and len(sequence) < LONGEST_SEQUENCE:
            self._sequence = sequence
        else:  # it breaks off: what stopped it counts by itself, above all the Enter of a scan
            self._sequence = sequence[:-1]
            self._give_up()
            self._take(sequence[-1])

    def _take_after_alt(self, sequence: str) -> None:
        """Alt with a key and nothing after it is a person's; what goes on is Esc and a scan that followed at once."""
        if len(sequence) == 2:
            self._sequence = sequence
            return
        self._told.append(_escape())
        for character in sequence[1:]:
            self._take(character)

    def _take_report(self, sequence: str) -> None:
        if _DRAWS_WHOLE_PICTURES.fullmatch(sequence):
            self._told.append(TerminalSupportsSynchronizedOutput())
        elif self._tells_presses and (press := _PRESS.fullmatch(sequence)):
            self._told.append(Pressed(int(press[1]) - 1, int(press[2]) - 1, press[3] == "m"))
        elif sequence != _PASTED and not _REPORT.fullmatch(sequence):
            self._told.append(_rubbish())

    def _take_pasted(self, pasted: list[str], character: str) -> None:
        self._paste_end = (self._paste_end + character)[-len(_PASTED) :]
        if len(pasted) < LONGEST_PASTE:
            pasted.append(character)
        if self._paste_end == _PASTED:
            self._end_paste()

    def _end_paste(self) -> None:
        text = "".join(self._pasted or ()).removesuffix(_PASTED)
        self._pasted = None
        if text:
            self._told.append(events.Paste(text))

    def _give_up(self) -> None:
        """A lone Esc is the key, and so is Alt with another one; all else that was begun is rubbish."""
        sequence, self._sequence = self._sequence, ""
        if sequence == _ESC:
            self._told.append(_escape())
        elif _ALT.match(sequence):
            self._told.append(events.Key(f"alt+{sequence[1]}", None))
        else:
            self._told.append(_rubbish())

    def _press(self, sequence: str) -> None:
        self._told.extend(events.Key(key, character) for key, character in _keys(sequence))


def _escape() -> events.Key:
    return events.Key("escape", _ESC)


def _rubbish() -> events.Key:
    return events.Key(RUBBISH, _ESC)


@lru_cache(maxsize=1024)
def _keys(sequence: str) -> tuple[tuple[str, str | None], ...]:
    """Keys as Textual names them. Its look-up alone is used, and not that of the kitty protocol, which nobody asked
    for: numbers in it have ended the thread that reads."""
    try:
        pressed = tuple(_TEXTUAL._sequence_to_key_events(sequence))
    except (ValueError, OverflowError):
        return ((RUBBISH, _ESC),)
    return tuple((key.key, key.character) for key in pressed if key.key != Keys.Ignore)


_TEXTUAL = XTermParser()
