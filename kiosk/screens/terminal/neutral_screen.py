"""What a customer sees while a broken screen comes back: plain text, for whatever draws better is what broke."""

from kiosk.text import N_, Language, words
from kiosk.text.line_breaks import cells

AS_IT_WAS = "\x1b[?1049l\x1b[?25h\x1b[?7h"
_OWN_SCREEN = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[0;97;40m\x1b[2J"
_TEXTS = (N_("One moment please"), N_("If this stays, please call staff."))


def neutral_screen(columns: int, rows: int) -> str:
    """What is sent to the terminal: both languages in the middle of a black screen."""
    texts = [words(language)(text) for text in _TEXTS for language in Language]
    top = max(rows // 2 - 1, 1)
    lines = [
        f"\x1b[{top + number};{max((columns - cells(text)) // 2 + 1, 1)}H{text}"
        for number, text in enumerate(texts)
        if top + number <= max(rows, 1)
    ]
    return _OWN_SCREEN + "".join(lines)
