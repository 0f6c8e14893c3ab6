"""The colours of the desk's two themes. What came of something has the same colour in both, with black on it."""

from typing import NamedTuple

from kiosk.screens.widgets.shelf_picture import Paper


class Levels(NamedTuple):
    """Of how full a slot is, as the map draws it."""

    fine: str
    busy: str
    full: str
    closed: str


class Palette(NamedTuple):
    """#RRGGBB each. `muted` is text that tells what the text beside it is."""

    ground: str
    panel: str
    text: str
    muted: str
    map: Paper
    levels: Levels

    def variables(self) -> dict[str, str]:
        """As the style sheet names them."""
        return {f"desk-{name}": value for name, value in self._asdict().items() if isinstance(value, str)}


DARK = Palette(
    ground="#0D1117",
    panel="#21262D",
    text="#F0F3F6",
    muted="#A7B0BA",
    map=Paper("#0D1117", "#2A313A", "#232A32", "#A7B0BA", "#F0F3F6"),
    levels=Levels("#00B386", "#F0E442", "#FF7A33", "#A7B0BA"),
)
LIGHT = Palette(
    ground="#FFFFFF",
    panel="#E4E8ED",
    text="#14181D",
    muted="#4D5661",
    map=Paper("#FFFFFF", "#E1E5EA", "#E9ECF0", "#4D5661", "#14181D"),
    levels=Levels("#00805F", "#8F6A00", "#C24400", "#6F7985"),
)
THEMES = {"dark": DARK, "light": LIGHT}
SAID = "#56B4E9"  # behind what was said of the next ones
INK = "#000000"  # on every colour


def chip(colour: str) -> str:
    """The style of a few words that stand out in either theme."""
    return f"bold {INK} on {colour}"
