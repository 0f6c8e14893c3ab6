"""How often somebody may be wrong, and the growing pauses after that. Counted on a clock that nobody can set."""

from typing import NamedTuple

ROUNDING = 0.5  # tries a moment ago count whole, though time has forgiven a little of them


class Limit(NamedTuple):
    """So many wrong `tries` begin a pause, each longer than the one before. All times are seconds.

    One wrong try is forgiven every `forgiven_s`; after `quiet_s` without one the pauses are short again.
    """

    tries: int
    forgiven_s: float
    first_pause_s: float
    longest_pause_s: float

    @property
    def quiet_s(self) -> float:
        return 2 * self.longest_pause_s


# With 2,000 parcels in custody a guess of a position code hits with about 0.7 %. A day of trying without end is some
# 600 guesses at one terminal, 4 hits, and the exit still asks for each parcel's own waybill; 60 guesses at the digits
# of a phone, of 10,000, by somebody who has the person's own code; 600 at a PIN of a million. Who mistypes once a
# minute meets no pause. A hand-over forgives its terminal everything, and the station a little. Of a message one wrong
# code counts, and none beside a right one; the others have a limit of their own, after which only the first code of a
# message is looked up for a while.
CODE_AT_TERMINAL = Limit(5, forgiven_s=60, first_pause_s=30, longest_pause_s=900)
CODE_AT_STATION = Limit(20, forgiven_s=20, first_pause_s=60, longest_pause_s=900)
IN_MESSAGES = Limit(20, forgiven_s=60, first_pause_s=60, longest_pause_s=900)
TAIL_OF_PARCEL = Limit(5, forgiven_s=86_400, first_pause_s=60, longest_pause_s=7200)
PIN = Limit(5, forgiven_s=300, first_pause_s=30, longest_pause_s=900)
# Of one colleague in all browsers together: one of them alone never gets so far, so that nobody closes it to them.
PIN_IN_BROWSERS = Limit(30, forgiven_s=60, first_pause_s=30, longest_pause_s=900)


class WrongTries(NamedTuple):
    """What is known of wrong tries, as of `counted_at`: seconds of a clock that starts with each `boot` of the machine.

    `pause_s`: a pause of so long began then; `pauses`: how many there were.
    """

    tries: float = 0.0
    pauses: int = 0
    boot: str = ""
    counted_at: float = 0.0
    pause_s: float = 0.0

    def left_s(self, boot: str, now: float) -> float:
        """Seconds of the pause still to wait."""
        return max(0.0, self.pause_s - self._passed(boot, now))

    def one_more(self, limit: Limit, boot: str, now: float, weight: int = 1) -> "WrongTries":
        """After `weight` more wrong tries."""
        pauses = 0 if self._passed(boot, now) > limit.quiet_s else self.pauses
        tries = self.still_counted(limit, boot, now) + weight
        if tries < limit.tries - ROUNDING:
            return WrongTries(tries, pauses, boot, now, self.left_s(boot, now))
        pause = min(limit.first_pause_s * 2.0**pauses, limit.longest_pause_s)
        return WrongTries(limit.tries / 2, pauses + 1, boot, now, pause)

    def still_counted(self, limit: Limit, boot: str, now: float) -> float:
        """Wrong tries that time has not forgiven yet."""
        return max(0.0, self.tries - self._passed(boot, now) / limit.forgiven_s)

    def forgiven(self, limit: Limit, tries: float, boot: str, now: float) -> "WrongTries":
        """So many more of them are forgotten; a pause goes on."""
        left = max(0.0, self.still_counted(limit, boot, now) - tries)
        return WrongTries(left, self.pauses, boot, now, self.left_s(boot, now))

    def _passed(self, boot: str, now: float) -> float:
        """Since a restart of the machine at least so much time has passed as its clock shows."""
        return now - self.counted_at if boot == self.boot and now >= self.counted_at else now
