"""Opening a strip by the name of its driver; each driver is loaded when it is used."""

from hardware.strips import StripDriver, StripError, StripWiring


def open_driver(wiring: StripWiring) -> StripDriver:
    """The driver that `wiring.driver` names. Raises StripError."""
    if wiring.driver == "apa102":
        from hardware.apa102 import Apa102

        return Apa102(wiring)
    raise StripError(f"no driver called {wiring.driver}")
