"""What a program sent to its terminal, read strictly: sequences that Textual is known to send, and text."""

import re

MODES = "7|25|1000|1006|1049|2004|2026"  # line wrap, cursor, presses, own screen, bracketed paste, pictures at once
_KNOWN = re.compile(
    rf"\x1b\[\?(?:{MODES})[hl]"  # switching them
    r"|\x1b\[\?2026\$p"  # asking for one
    r"|\x1b\[[0-9;]*m"  # colours
    r"|\x1b\[[0-9;]*H"  # going to a place
    r"|\x1b\[2J"  # clearing
    r"|\x1b\]22;default\x07"  # the shape of a pointer
)
DIRECTIONS = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NO_TEXT = re.compile(rf"[\x00-\x09\x0b-\x1f\x7f-\x9f{DIRECTIONS}\ud800-\udfff]")
_TONE = "\x07"


def wrong_in(sent: bytes) -> list[str]:
    """Every sequence and character that should not have been sent, with what stood before it. Tones and line ends of
    the terminal's own making are none; the last sequence may not have arrived whole and is left out."""
    known = _KNOWN.sub("", sent[: sent.rfind(b"\x1b")].decode("utf-8", "surrogateescape"))
    text = known.replace(_TONE, "").replace("\r\n", "\n")
    return [repr(text[max(found.start() - 30, 0) : found.end() + 10]) for found in _NO_TEXT.finditer(text)]
