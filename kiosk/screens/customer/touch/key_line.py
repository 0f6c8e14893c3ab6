"""Which key of the line of keys a finger is on."""

import re

from kiosk.text.line_breaks import cells

_KEYS = {"F1": "f1", "F2": "f2", "F3": "f3", "F4": "f4", "Esc": "escape", "^Q": "ctrl+q"}
_NAMED = re.compile(r"(?<!\S)(F[1-4]|Esc|\^Q)(?!\S)")


def key_at(line: str, column: int, row: int) -> str | None:
    """The key (as Textual names it) whose words stand on this cell of the line as it is shown, which may be more rows
    than one. A key begins at its name and goes on to the next one's."""
    found = None
    for number, text in enumerate(line.split("\n")):
        for named in _NAMED.finditer(text):
            if (number, cells(text[: named.start()])) <= (row, column):
                found = _KEYS[named[1]]
        if number == row:
            return found if 0 <= column < cells(text) else None
    return None
