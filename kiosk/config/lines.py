"""Where in a TOML file a key stands, so that a refusal can name the line."""

import re

_HEADER = re.compile(r"""\s*\[(\[?)\s*([^\[\]#,"']+?)\s*\]\]?\s*(#.*)?""")
_KEY = re.compile(r"""\s*["']?([A-Za-z0-9_-]+)["']?\s*=(.*)""")
_NO_BRACKETS = re.compile(r"""\"(?:[^"\\]|\\.)*\"|'[^']*'|#.*""")  # strings and comments


def line_of(text: str, table: str, number: int, key: str) -> int | None:
    """The line (from 1) of `key` in the number-th `[[table]]`, or in `[table]`; a key that is left out: its table's.

    `table` is empty for keys before the first header.
    """
    found, inside, seen, depth = None, table == "", 0, 0
    for line, content in enumerate(text.split("\n"), 1):
        if depth > 0:  # in the middle of a value
            depth += _deeper(content)
        elif header := _HEADER.fullmatch(content.rstrip()):
            if table == "" and header[2] == key:
                return line
            seen += header[2] == table
            inside = header[2] == table and seen == number
            found = line if inside else found
        elif pair := _KEY.fullmatch(content.rstrip("\r")):
            if inside and pair[1] == key:
                return line
            depth = _deeper(pair[2])
    return found


def _deeper(code: str) -> int:
    """By how many brackets."""
    bare = _NO_BRACKETS.sub("", code)
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
