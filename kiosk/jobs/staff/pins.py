"""PINs of staff: what is a good one, how it is kept, and whether one fits."""

from kiosk.jobs.staff.weak_pins import is_weak
from kiosk.jobs.station import Station

SHORTEST_PIN, LONGEST_PIN = 6, 12  # digits


def is_pin(text: str) -> bool:
    """6 to 12 digits: whether anybody may have it as a PIN."""
    return text.isascii() and text.isdigit() and SHORTEST_PIN <= len(text) <= LONGEST_PIN


def is_good_pin(pin: str, number: str) -> bool:
    """Whether `number` may choose it: not one that is tried first."""
    return is_pin(pin) and not is_weak(pin) and pin.lstrip("0") != number.lstrip("0")


# argon2id with 19 MiB and two passes (OWASP's choice for small machines). The PIN is keyed first, so that the database
# alone does not let anybody try all million PINs. The library is loaded when somebody signs in.
_PASSES, _MEMORY = 2, 19 * 1024 * 1024  # bytes


def hashed_pin(station: Station, pin: str) -> str:
    """argon2id in its usual text form; takes some 20 ms on purpose."""
    from nacl.pwhash import argon2id  # 4 ms and 1 MB: when somebody signs in

    keyed = station.key.secret_hash("pin", pin)
    return argon2id.str(keyed, opslimit=_PASSES, memlimit=_MEMORY).decode()


def pin_fits(station: Station, pin: str, known: str | None) -> bool:
    """`known`: as it is kept; None (nobody) takes the same time."""
    from nacl.exceptions import CryptoError
    from nacl.pwhash import argon2id

    if known is None:
        hashed_pin(station, pin)
        return False
    try:
        return argon2id.verify(known.encode(), station.key.secret_hash("pin", pin))
    except CryptoError:
        return False
