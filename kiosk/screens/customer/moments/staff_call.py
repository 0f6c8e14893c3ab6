"""A call for staff as the person who called sees it: known, taken back, answered, or too long without an answer."""

from kiosk.screens.customer.moments.passing import CALLED_S
from kiosk.text import Say

PHONE_AFTER_S = 180.0  # without an answer the station's telephone is shown
_LEFT_S = 600.0  # nobody has touched the screen for so long: who called is not here any more
_TOLD_S = 10.0


class StaffCall:
    """Of one screen; times are seconds. Whoever comes next sees nothing of it, though staff still do."""

    def __init__(self, phone: str = "") -> None:
        """`phone`: the station's."""
        self.waits = False  # as the station's book says
        self._pending = 0  # calls and withdrawals that the book has not taken yet
        self._phone = phone
        self._at = 0.0
        self._session: str | None = None
        self._is_asked, self._is_seen = False, True
        self._taken_back_until = self._coming_until = 0.0

    def ask(self, session: str | None, now: float) -> None:
        """`session`: the search that the screen shows, which tells its person from the next one."""
        self._at, self._session = now, session
        self._is_asked = self._is_seen = True
        self._taken_back_until = self._coming_until = 0.0
        self._pending += 1

    def may_be_taken_back(self, now: float) -> bool:
        return self._is_asked and self._is_seen and now < self._at + CALLED_S

    def take_back(self, now: float) -> None:
        self._is_asked = self._is_seen = False
        self._taken_back_until = now + _TOLD_S
        self._pending += 1

    def booked(self, waits: bool) -> None:
        """The book has taken a call or a withdrawal."""
        self._pending = max(self._pending - 1, 0)
        self.waits = waits

    def forget_pending(self) -> None:
        """A job broke, and nobody knows which: the book is believed again."""
        self._pending = 0

    def hear(self, waits: bool, now: float) -> bool:
        """How the book stands. True where staff have just answered the person who is here."""
        if self._pending:
            return False
        is_answered = self.waits and not waits and self._is_seen
        self.waits = waits
        if is_answered:
            self._is_asked, self._coming_until = False, now + CALLED_S
        return is_answered

    def found(self, session: str, now: float) -> None:
        """A search began or went on: it is the caller's own, or the next person's."""
        if session == self._session:
            return
        if self._session is None and self._is_asked and now < self._at + CALLED_S:
            self._session = session
        else:
            self._is_asked = self._is_seen = False
            self._taken_back_until = self._coming_until = 0.0

    def pass_time(self, touched_at: float, now: float) -> None:
        """`touched_at`: when somebody was last at the screen."""
        if now >= touched_at + _LEFT_S:
            self._is_asked = self._is_seen = False

    def phone(self, now: float) -> str:
        """The station's, once nobody has come for minutes."""
        return self._phone if now >= self._at + PHONE_AFTER_S else ""

    def hint(self, say: Say, now: float) -> str:
        """How it is taken back, while it can be."""
        return say("F1 or Esc takes the call back.") if self.may_be_taken_back(now) else ""

    def notice(self, say: Say, now: float) -> str:
        """In one line, beside whatever the screen shows."""
        if now < self._taken_back_until:
            return say("The call is taken back")
        if now < self._coming_until:
            return "✔ " + say("Staff are on their way")
        if not (self._is_seen and (self.waits or self._is_asked)):
            return ""
        if self.phone(now):
            return "✔ " + say("Nobody came? Phone {phone}", phone=self._phone)
        return "✔ " + (say("Staff are called. F1: not any more") if self.hint(say, now) else say("Staff are called"))
