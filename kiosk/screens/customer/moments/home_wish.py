"""The wish that what was found be brought to the door: what the key for it does now, and what is said of it."""

from enum import Enum, auto
from typing import NamedTuple

from kiosk.jobs.handing_over.pick_up import Found
from kiosk.parcels.money import yuan
from kiosk.text import Say


class HomeKey(Enum):
    """NONE: nothing is offered, and the key does nothing."""

    NONE = auto()
    ASK = auto()
    CONFIRM = auto()
    TAKE_BACK = auto()


class HomeDelivery(NamedTuple):
    """Whether the station brings parcels to the door, and what each costs."""

    is_offered: bool = False
    fee_fen: int = 0


NO_DELIVERY = HomeDelivery()


def home_key(found: Found | None, delivery: HomeDelivery, *, is_asked: bool) -> HomeKey:
    """What the key would do with what was found and is in sight. A wish is taken back also where none is offered any
    more."""
    if found is None or not found.left:
        return HomeKey.NONE
    if all(one.to_door for one in found.left):
        return HomeKey.TAKE_BACK
    if not delivery.is_offered:
        return HomeKey.NONE
    return HomeKey.CONFIRM if is_asked else HomeKey.ASK


def question(say: Say, found: Found, delivery: HomeDelivery) -> str:
    """Asked once, before anything is on record: how many parcels, and what it costs together."""
    count = sum(not one.to_door for one in found.left)
    if not delivery.fee_fen:
        return say(
            "Deliver {count} parcel to your door? F3 again: yes",
            "Deliver {count} parcels to your door? F3 again: yes",
            count=count,
        )
    return say(
        "Deliver {count} parcel to your door, {amount} yuan? F3 again: yes",
        "Deliver {count} parcels to your door, {amount} yuan? F3 again: yes",
        count=count,
        amount=yuan(count * delivery.fee_fen),
    )


def wish(say: Say, found: Found) -> str:
    """What is on record of it; empty for none."""
    count = sum(one.to_door for one in found.left)
    if not count:
        return ""
    return say("✔ {count} parcel goes to your door", "✔ {count} parcels go to your door", count=count)
