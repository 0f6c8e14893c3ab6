"""The line of what is typed, with what it may become behind it."""

from textual.content import Content

from kiosk.screens.desk.parts.tiles import cut
from kiosk.screens.widgets.as_shown import as_shown
from kiosk.screens.widgets.narrow import tail
from kiosk.text.desk.completing import Completion

_GAP = "   "


def typed_line(typed: str, completion: Completion | None, width: int, muted: str) -> Content:
    """`> mov` and dim behind it `e SLOT`; what else it may become after that, where there is room."""
    shown = tail(as_shown(f"> {typed}"), width)
    if completion is None:
        return Content(shown)
    needs = f" {completion.needs}" if completion.needs else ""
    others = _GAP + "  ".join(completion.others) if completion.others else ""
    behind = f"{completion.rest}{needs}{others}" if not typed.endswith(" ") else f"{needs.lstrip()}{others}".lstrip()
    return Content.assemble(shown, (cut(behind, width - Content(shown).cell_length), f"not bold {muted}"))
