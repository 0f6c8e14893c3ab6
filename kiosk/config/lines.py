"""Where in a TOML file a key stands, so that a refusal can name the line."""

import re

_HEADER = re.compile(r"\s*\[(\[?)\s*([^\[\]#]+?)\s*\]")
_KEY = re.compile(r"""\s*["']?([A-Za-z0-9_-]+)["']?\s*=""")


def line_of(text: str, table: str, number: int, key: str) -> int | None:
    """The line (from 1) of `key` in the number-th `[[table]]`, or in `[table]`; a key that is left out: its table's.

    `table` is empty for keys before the first header.
    """
    found, inside, seen = None, table == "", 0
    for line, content in enumerate(text.splitlines(), 1):
        header = _HEADER.match(content)
        if header:
            seen += header[2] == table
            inside = header[2] == table and seen == number
            if inside:
                found = line
            elif table == "" and header[2] == key:
                return line
        elif inside and (name := _KEY.match(content)) and name[1] == key:
            return line
    return found
