"""What is kept: parcels, and other things with the same slot, code and light."""

from enum import StrEnum
from random import Random


class Kind(StrEnum):
    PARCEL = "parcel"
    REWARD = "reward"
    ORDER = "order"
    LAUNDRY = "laundry"


_PREFIX = {Kind.REWARD: "RW", Kind.ORDER: "OR", Kind.LAUNDRY: "LD"}


def own_number(kind: Kind, random: Random) -> str:
    """A number for a thing that came without one: it is printed on its label and scanned at the exit."""
    return f"{_PREFIX[kind]}{random.randrange(10**10):010d}"
