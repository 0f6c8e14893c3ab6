"""The lines above the answers: the station and who works, the sheet at hand, the next parcel."""

from collections.abc import Callable

from kiosk.parcels.particulars import Particulars
from kiosk.parcels.sheets import MIXED, SheetKind
from kiosk.screens.desk.of_next.next_parcel import asked_line, next_parcel_in_short, next_parcel_line
from kiosk.screens.desk.state import DeskState
from kiosk.text import Say
from kiosk.text.answers.lists import goes_to
from kiosk.text.answers.parcel import role_name
from kiosk.text.desk.modes import mode_name
from kiosk.text.sheet_names import by_courier, sheet_name


def form_lines(say: Say, state: DeskState, station_name: str, *, is_narrow: bool = False) -> str:
    """Three lines. `is_narrow`: only what is so."""
    if state.locked:
        return station_name
    who = [state.person.name, role_name(say, state.person.role)] if state.person else []
    sheet = state.hand.sheet
    if is_narrow:
        at_hand = [_sheet_line(say, state)] if sheet or state.hand.mode else []
        at_hand += _place_line(say, state)
        return "\n".join(["  ".join(who) or station_name, *at_hand, _next_line(say, state, next_parcel_in_short)])
    brought = sheet.party if sheet and sheet.kind is SheetKind.BATCH and sheet.party != MIXED else None
    next_line = _next_line(say, state, lambda say, said: next_parcel_line(say, said, brought))
    return "\n".join(["  ".join([station_name, *who]), _sheet_line(say, state), *_place_line(say, state), next_line])


def _place_line(say: Say, state: DeskState) -> list[str]:
    return [goes_to(say, state.hand.place)] if state.hand.place else []


def _next_line(say: Say, state: DeskState, of_said: Callable[[Say, Particulars], str]) -> str:
    return asked_line(say, state.whose_asked) if state.whose_asked else of_said(say, state.said)


def _sheet_line(say: Say, state: DeskState) -> str:
    sheet, mode = state.hand.sheet, state.hand.mode
    if mode is not None:
        return f"{mode_name(say, mode)}  " + say("{count} done  (Esc ends it)", count=mode.done)
    if sheet is None:
        return say("No sheet is open: parcels come in one by one")
    expected = f" / {sheet.expected}" if sheet.expected is not None else ""
    name = sheet_name(say, sheet.kind, sheet.sheet, sheet.party)
    brands = f"  {by_courier(say, sheet.by_courier)}" if sheet.by_courier else ""
    return f"{name}  {sheet.scanned}{expected}{brands}  " + say("(F7 closes it, Esc leaves it open)")
