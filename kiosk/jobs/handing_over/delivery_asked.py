"""The answer to a wish for home delivery; apart, because the customer screen knows it from its start."""

from typing import NamedTuple


class DeliveryAsked(NamedTuple):
    """These parcels are to be brought home; `fee_fen` is due on each."""

    waybills: tuple[str, ...]
    fee_fen: int
