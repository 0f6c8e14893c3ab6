"""CSV cells that no spreadsheet takes for a formula."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def safe_cell(text: str) -> str:
    """A cell that would begin a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA) else text
