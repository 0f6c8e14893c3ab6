"""What stands above the answers: the station and who works, the sheet at hand."""

from datetime import datetime

from textual.content import Content

from kiosk.jobs.sheets.sheet import SheetStory
from kiosk.parcels.sheets import MIXED, SheetKind
from kiosk.screens.colours import DOUBTFUL
from kiosk.screens.desk.of_next.next_strip import Coming, next_line, next_strip
from kiosk.screens.desk.parts.palette import SAID, Palette, chip
from kiosk.screens.desk.parts.pane import DeskPane
from kiosk.screens.desk.parts.tiles import cut
from kiosk.screens.desk.state import DeskState
from kiosk.screens.widgets.as_shown import as_shown
from kiosk.text import Say
from kiosk.text.answers.parcel import role_name
from kiosk.text.desk.modes import mode_name
from kiosk.text.line_breaks import cells
from kiosk.text.sheet_names import by_courier, sheet_name

_BAR, _SHORTEST_BAR = 24, 8  # cells of a bar within a line
_GAP = "  "


def head(say: Say, state: DeskState, station_name: str, *, in_short: bool) -> str:
    """`in_short`: only who works, where somebody has said it."""
    who = who_works(say, state)
    return who if who and in_short else f"{station_name}{_GAP}{who}".rstrip()


def who_works(say: Say, state: DeskState) -> str:
    person = None if state.locked else state.person
    return _GAP.join([person.name, role_name(say, person.role)]) if person else ""


def sheet_line(say: Say, state: DeskState) -> str:
    """What each scan does: the mode or the sheet at hand; nothing where there is neither."""
    if not (state.hand.mode or state.hand.sheet):
        return ""
    return Content.assemble(*_told(say, state), _GAP, _ends(say, state)).plain


def sheet_strip(say: Say, state: DeskState, width: int, rows: int, palette: Palette) -> Content:
    """The same, and a bar that fills where it is known how many come: below it, or (`rows`: 1) within the line."""
    sheet = state.hand.sheet if state.hand.mode is None else None
    told, ends = Content.assemble(*_told(say, state)), _ends(say, state)
    if rows > 1:
        line = Content.assemble(told, (_fitting(f"{_GAP}{ends}", width - told.cell_length), palette.muted))
        return Content("\n").join([line, _bar(sheet, width, palette)])
    room = min(width - told.cell_length - cells(ends) - 2 * len(_GAP), _BAR)
    bar = _bar(sheet, room, palette) if sheet and sheet.expected and room >= _SHORTEST_BAR else Content("")
    line = Content(_GAP).join([told, bar]) if bar else told
    return Content.assemble(line, (_fitting(f"{_GAP}{ends}", width - line.cell_length), palette.muted))


def _fitting(text: str, room: int) -> str:
    return cut(text, room) if room > _SHORTEST_BAR else ""


def _told(say: Say, state: DeskState) -> list[str | tuple[str, str]]:
    """`Batch 3  YTO  7 / 10`, and by how many it differs once there are too many."""
    sheet, mode = state.hand.sheet, state.hand.mode
    if mode is not None:
        return [(f" {mode_name(say, mode)} ", chip(SAID))]
    if sheet is None:
        return [say("No sheet is open: parcels come in one by one")]
    name = as_shown(sheet_name(say, sheet.kind, sheet.sheet, sheet.party))
    if sheet.expected is None:
        parts: list[str | tuple[str, str]] = [(f"{name}{_GAP}{sheet.scanned}", "bold")]
    else:
        parts = [(f"{name}{_GAP}{sheet.scanned} / {sheet.expected}", "bold")]
    if sheet.by_courier:
        parts.append(as_shown(f"{_GAP}{by_courier(say, sheet.by_courier)}"))
    if sheet.expected is not None and sheet.scanned > sheet.expected:
        parts += [_GAP, (f" {say('{number} too many', number=sheet.scanned - sheet.expected)} ", chip(DOUBTFUL))]
    return parts


def _ends(say: Say, state: DeskState) -> str:
    if state.hand.mode is not None:
        return say("{count} done  (Esc ends it)", count=state.hand.mode.done)
    return say("(F7 closes it, Esc leaves it open)") if state.hand.sheet else ""


def _bar(sheet: SheetStory | None, width: int, palette: Palette) -> Content:
    """`━━━━━───`, told apart by form too."""
    scanned, expected = (sheet.scanned, sheet.expected) if sheet and sheet.expected else (0, 0)
    full = 0 if not expected else width if scanned >= expected else scanned * width // expected
    colour = palette.levels.busy if scanned > (expected or 0) else palette.levels.fine
    return Content.assemble(("━" * full, colour), ("─" * (width - full), palette.muted))


def with_clock(text: str, clock: str, width: int) -> str:
    """The clock at the end of the line."""
    text = cut(as_shown(text), width - len(clock) - 1)
    return text + " " * max(1, width - cells(text) - len(clock)) + clock


def show_form(pane: DeskPane, say: Say, state: DeskState, station_name: str, now: datetime) -> None:
    """Who works, the sheet at hand, what goes along with the next item."""
    is_narrow, width = pane.is_narrow, pane.size.width - 2
    pane.put("head", with_clock(head(say, state, station_name, in_short=is_narrow), f"{now:%H:%M}", width))
    columns, palette = pane.work_columns, pane.palette
    if state.locked:
        pane.put("sheet", "")
        pane.put("next", "")
    elif is_narrow:
        pane.put("sheet", sheet_line(say, state))
        pane.put("next", next_line(say, coming(state)))
    else:
        pane.put("sheet", sheet_strip(say, state, columns, pane.rows_of("sheet"), palette))
        pane.put("next", next_strip(say, coming(state), columns, pane.rows_of("next"), palette.muted))


def coming(state: DeskState) -> Coming:
    sheet = state.hand.sheet
    brought = sheet.party if sheet and sheet.kind is SheetKind.BATCH and sheet.party != MIXED else None
    return Coming(state.said, state.whose_asked, brought, state.hand.place)
