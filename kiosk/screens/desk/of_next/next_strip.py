"""What is said of the next items, as long as it is not used: always in sight. A phone is whole for who typed it."""

from typing import NamedTuple

from textual.content import Content

from kiosk.counter.answers import WhoseAsked
from kiosk.parcels.particulars import Particulars
from kiosk.screens.colours import DOUBTFUL
from kiosk.screens.desk.parts.palette import SAID, chip
from kiosk.screens.desk.parts.tiles import Tile, cut, in_a_line, tiled
from kiosk.screens.widgets.as_shown import as_shown
from kiosk.text import Say
from kiosk.text.answers.lists import goes_to
from kiosk.text.answers.said import CONSENTS, somebody, whole
from kiosk.text.courier_names import courier_name
from kiosk.text.line_breaks import cells


class Coming(NamedTuple):
    """What is said of the next items. `asked`: as long as it is open whose it is; `brought`: the courier whose driver
    stands there; `place`: where all of them go."""

    said: Particulars
    asked: WhoseAsked | None = None
    brought: str | None = None
    place: str | None = None


def next_line(say: Say, coming: Coming) -> str:
    """What goes along with the next item, and nothing else."""
    if coming.asked:
        return asked_line(say, coming.asked)
    said = [f"{one.label} {one.value}" for one in next_tiles(say, coming._replace(place=None)) if one.colour]
    place = f"{goes_to(say, coming.place)}\n" if coming.place else ""
    return place + say("Next: {said}", said=say(", ").join(said) if said else say("as announced"))


def next_strip(say: Say, coming: Coming, width: int, rows: int, muted: str) -> Content:
    """The same where there is more room: what is said stands out, and stays until it is used. `rows`: 2 or 1."""
    if coming.asked:
        asked = cut(as_shown(asked_line(say, coming.asked)), width - 2)
        return Content.styled(f" {asked} ", chip(DOUBTFUL))
    tiles = next_tiles(say, coming)
    if rows > 1:
        first, *others = tiles
        label = first.label if coming.place else say("Next: courier")
        return tiled([first._replace(label=label), *others], width, muted)
    if any(one.colour for one in tiles):
        label = say("Next one")
        said = in_a_line([one for one in tiles if one.colour], width - cells(label) - 2, muted)
        return Content.assemble((label, muted), "  ", said)
    return Content.styled(cut(next_line(say, coming), width), muted)


def next_tiles(say: Say, coming: Coming) -> list[Tile]:
    """What was said is in colour."""
    said = coming.said
    announced, whose = say("as announced"), said.courier or coming.brought
    phone = "" if said.phone is None else whole(said.phone) or say("virtual number")
    tiles = [
        Tile(say("courier"), courier_name(say, whose) if whose else say("by number"), _seen(said.courier)),
        Tile(say("size"), said.size.name if said.size else announced, _seen(said.size)),
        Tile(say("consent"), say(CONSENTS[said.consent]) if said.consent else announced, _seen(said.consent)),
        Tile(say("phone"), phone or announced, _seen(phone)),
    ]
    tiles = [Tile(say("all go to"), coming.place, SAID), *tiles] if coming.place else tiles
    return [*tiles, Tile(say("e-mail"), said.email, SAID)] if said.email else tiles


def _seen(said: object) -> str:
    return SAID if said else ""


def asked_line(say: Say, asked: WhoseAsked) -> str:
    """As long as it is open whose it is."""
    whose = somebody(say, asked.said)
    if asked.waybill is None:
        return say("{phone}: for the next one? 2 and Enter; if not, Esc", phone=whose)
    return say("{phone}: 1 = {waybill}, 2 = the next one; then Enter", phone=whose, waybill=asked.waybill)
