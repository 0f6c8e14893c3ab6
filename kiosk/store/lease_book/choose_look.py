"""Which look a session gets: one that nobody else wears in its zones."""

from collections.abc import Sequence

from kiosk.parcels.looks import Colour, Look, Pattern, WornLook, choose_look, may_be_confused
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.lease_book.sessions import Wanted


def look_for(conn: sqlite3.Connection, session_id: str | None, wanted: Sequence[Wanted], now: float) -> Look | None:
    """The session's own look while it is free of others, else a new one that all its lamps can show; None when every
    look is taken."""
    rows = conn.execute(
        "SELECT s.id, colour, pattern, zone FROM sessions s JOIN leases ON s.id = session_id"
        " WHERE handed_over = 0 AND purpose <> 'alarm' AND (lit_until > ? OR s.id = ?)",
        (now, session_id),
    ).fetchall()
    own = next((Look(Colour(c), Pattern(p)) for i, c, p, _ in rows if i == session_id), None)
    has_colours = all(want.has_colours for want in wanted) and not (own and own.colour is Colour.PLAIN)
    zones = {want.zone for want in wanted} | {zone for i, _, _, zone in rows if i == session_id}
    others: dict[str, WornLook] = {}
    for i, colour, pattern, zone in rows:
        if i != session_id:
            worn = others.get(i, WornLook(Look(Colour(colour), Pattern(pattern)), frozenset()))
            others[i] = WornLook(worn.look, worn.zones | {zone})
    if (
        own
        and not any(may_be_confused(worn.look, own) and worn.zones & zones for worn in others.values())
        and (has_colours or own.colour is Colour.PLAIN)
    ):
        return own
    return choose_look(others.values(), zones, has_colours=has_colours)
