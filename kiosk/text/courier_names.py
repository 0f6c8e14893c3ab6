"""What couriers are called in each language. Records and programs have one name for each: parcels.couriers."""

from collections.abc import Callable, Iterable

from kiosk.parcels.couriers import UNKNOWN_COURIER
from kiosk.text import N_, Say, language_of_environment, words

_NAMES = {
    name: name
    for name in (
        N_("SF"), N_("ZTO"), N_("YTO"), N_("STO"), N_("Yunda"), N_("J&T"), N_("JD"), N_("EMS"), N_("Deppon"),
        N_("Cainiao"), N_("YunExpress"), N_("S10 International Standard"), N_("United States Postal Service"),
        N_("Canada Post"), N_("Amazon"),
    )
} | {UNKNOWN_COURIER: N_("courier unknown")}  # fmt: skip


def courier_name(say: Say, courier: str) -> str:
    """A brand that is not in the list, or a shop, as it was written."""
    named = _NAMES.get(courier)
    return say(named) if named else courier


def courier_names(say: Say, couriers: Iterable[str]) -> str:
    """Each once."""
    return say(", ").join(courier_name(say, courier) for courier in dict.fromkeys(couriers))


def named_in(language: str | None) -> Callable[[str], str]:
    """What is printed names couriers in the station's language, whoever prints it."""
    say = words(language_of_environment(language))
    return lambda courier: courier_name(say, courier)
