"""What the desk does and offers: `[desk]` and `[delivery]` of station.toml."""

from typing import NamedTuple

from kiosk.config.table import PATH, Table


class DeskSettings(NamedTuple):
    """`undo_min`: minutes in which a hand-over may be taken back; `lock_min`: idle ones until the desk locks itself.

    `manifests`: folders, from the station's home on, in which the desk looks for manifests; none: USB sticks.
    `batch_places`: a driver's parcels are proposed along one "walk", or "spread" over the emptiest levels.
    `theme`: the desk's ground, "dark" or "light". `partners`: places that parcels are transferred to.
    `delivery_fee_fen`: what a home delivery costs.
    """

    undo_min: int
    lock_min: int
    badge_needs_pin: bool
    batch_places: str
    theme: str
    partners: tuple[str, ...]
    manifests: tuple[str, ...]
    delivery_fee_fen: int
    delivery_is_offered: bool


def read_desk(desk: Table, delivery: Table) -> DeskSettings:
    """Raises StationFault(BAD_SETTINGS)."""
    return DeskSettings(
        undo_min=desk.whole("undo_minutes", 30, 0, 1440),
        lock_min=desk.whole("lock_minutes", 5, 0, 1440),
        badge_needs_pin=desk.flag("badge_needs_pin", False),
        batch_places=desk.choice("batch_places", "walk", ("walk", "spread")),
        theme=desk.choice("theme", "dark", ("dark", "light")),
        partners=desk.texts("partners", example='["North gate", "Village shop"]'),
        manifests=desk.texts("manifests", form=PATH, example='["/srv/manifests"]'),
        delivery_fee_fen=delivery.whole("fee_fen", 0, 0, 100_000),
        delivery_is_offered=delivery.flag("offered", True),
    )
