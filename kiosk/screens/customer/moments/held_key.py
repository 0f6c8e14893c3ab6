"""A key that is held down: the keyboard repeats it, and all of that is one press."""

REPEATS_S = 0.11  # a keyboard repeats a key faster (a Linux console's every 92 ms), and nobody presses so fast
_AGAIN_S = 1.0  # by then a keyboard has begun to repeat what is held


class HeldKey:
    """Of keys that switch something to and fro. Times are seconds."""

    def __init__(self) -> None:
        self._key = ""
        self._at = float("-inf")
        self._number = 0
        self._is_again = False

    def pressed(self, key: str, now: float) -> int | None:
        """None where it counts at once; else its number, by which `is_meant` is to be asked after REPEATS_S."""
        gap = now - self._at if key == self._key else _AGAIN_S
        was_again, self._is_again = self._is_again, gap < _AGAIN_S
        self._key, self._at = key, now
        self._number += 1
        if not self._is_again:
            return None
        # no keyboard begins to repeat as soon as that, so only what follows a repeat can be one
        return -1 if was_again and gap < REPEATS_S else self._number

    def forget(self) -> None:
        """Something else came between: what still waits is meant no more."""
        self._key = ""
        self._number += 1

    def is_meant(self, number: int) -> bool:
        """A person's second press, which no other one followed at once."""
        return number == self._number
