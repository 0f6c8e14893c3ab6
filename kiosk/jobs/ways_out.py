"""Ways out of a transaction with nothing written."""

from kiosk.parcels.problems import Refused


class DoneBefore(Exception):
    """Leaves the transaction of a job that was done already in this operation; `answer` is what was answered."""

    def __init__(self, answer: object) -> None:
        super().__init__(answer)
        self.answer = answer


class SignedOut(Exception):
    """Leaves a transaction with nothing written: whoever has signed in here has left, or has another role, PIN or
    badge since."""


class Backout(Exception):
    """Leaves a transaction with nothing written; `refused` is the job's answer."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.problem)
        self.refused = refused
