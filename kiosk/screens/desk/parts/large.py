"""A place to walk to, or a phone, in letters of five points, as large as there is room for."""

_POINTS = {
    "0": "### #.# #.# #.# ###", "1": "##. .#. .#. .#. ###", "2": "### ..# ### #.. ###", "3": "### ..# .## ..# ###",
    "4": "#.# #.# ### ..# ..#", "5": "### #.. ### ..# ###", "6": "### #.. ### #.# ###", "7": "### ..# ..# ..# ..#",
    "8": "### #.# ### #.# ###", "9": "### #.# ### ..# ###", "-": ".. .. ## .. ..", " ": ". . . . .",
}  # fmt: skip
_HALVES = {("#", "#"): "█", ("#", "."): "▀", (".", "#"): "▄", (".", "."): " "}
LARGE, SMALL = 5, 3  # rows


def large(text: str, columns: int, rows: int) -> tuple[str, ...]:
    """So many rows, the text in the middle of them. Each point is a square of two cells, or half a cell where these
    are too many; where those are, the text is as small as any. A letter without a form of its own stands small."""
    squares = _drawn(text, [{"#": "██", ".": "  "}] * LARGE)
    drawn = squares if rows >= LARGE and len(squares[0]) <= columns else _halved(text)
    if len(drawn[0]) > columns:
        drawn = (text,)
    above = (rows - len(drawn)) // 2
    return (*[""] * above, *drawn, *[""] * (rows - len(drawn) - above))


def _drawn(text: str, points: list[dict[str, str]]) -> tuple[str, ...]:
    letters = [_POINTS[one].split() if one in _POINTS else [".", ".", one, ".", "."] for one in text]
    rows = zip(*letters, strict=True)
    gap = points[0]["."]
    return tuple(
        gap.join("".join(point.get(one, one) for one in row) for row in line)
        for point, line in zip(points, rows, strict=True)
    )


def _halved(text: str) -> tuple[str, ...]:
    points = _drawn(text, [{"#": "#", ".": "."}] * LARGE)
    pairs = zip(points[::2], [*points[1::2], "." * len(points[0])], strict=True)
    return tuple("".join(map(_half, upper, lower)) for upper, lower in pairs)


def _half(upper: str, lower: str) -> str:
    return _HALVES.get((upper, lower)) or (lower if upper in "#." else upper)
