"""Text as it may go to a terminal. What is stored was cleaned when it came; what an older version stored, who knows."""

import unicodedata


def as_shown(text: str) -> str:
    """`text` with a ? for what a terminal takes for an order, what turns the direction of writing, what has no form."""
    if text.replace("\n", "").isprintable():
        return text
    return "".join(c if c == "\n" or c.isprintable() or unicodedata.category(c) == "Zs" else "?" for c in text)
