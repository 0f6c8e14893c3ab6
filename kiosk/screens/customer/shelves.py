"""Which slots shine on the drawing of the shelves, and how much of a screen the drawing may have."""

from collections.abc import Collection, Mapping

from textual.geometry import Size

from kiosk.screens.colours import CALM, ON_CALM
from kiosk.screens.customer.faces import Face
from kiosk.screens.customer.state import CustomerState
from kiosk.screens.widgets.shelf_picture import Lit, ShelfPicture

WIDE = 100  # columns from which on there is room for it
_SHARE = 0.36  # of the columns; the rest is for the number and the sentences
_ANOTHERS = "✖"


def lit_slots(face: Face, state: CustomerState, known: Collection[str]) -> Mapping[str, Lit]:
    """That of the number on screen first, then where the others of the same search lie; none where nothing is to be
    fetched or put back. `known`: the slots of this station."""
    if state.idle or face.big not in known:
        return {}
    mine = [parcel.slot for parcel in state.found.left] if state.found else []
    colour = face.paint if face.paint != CALM else ON_CALM
    if face.big not in mine:
        return {face.big: Lit((colour,), _ANOTHERS)}
    symbol = state.found.look.colour.symbol if state.found else ""
    return {slot: Lit((colour,), symbol) for slot in dict.fromkeys([face.big, *mine]) if slot in known}


def draw_shelves(picture: ShelfPicture, face: Face, state: CustomerState, screen: Size) -> None:
    """It is there where something lies on a shelf for whoever looks, and where the screen is wide."""
    lit = lit_slots(face, state, picture.slots)
    columns, rows = (int(screen.width * _SHARE), screen.height - 2) if screen.width >= WIDE else (0, 0)
    picture.display = bool(lit) and picture.lay_out(columns, rows, lit) > 0
    picture.light(lit)
