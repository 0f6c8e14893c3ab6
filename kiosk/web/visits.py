"""Who has a desk open in a browser, until when. Knows no HTTP."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_urlsafe

from kiosk.jobs.staff.sign_in import SignedIn
from kiosk.text import Language
from kiosk.web.desk_process import DeskProcess

HALF_IN_S = 60  # somebody who has not chosen a PIN by then has left
_TOKEN_BYTES = 32


@dataclass(eq=False)
class Visit:
    """One person at one browser. `touched_at`: the last key, in monotonic seconds. `desk`: the process that shows it,
    from the first page until the visit ends, so that a page that is opened again finds all as it was. `sought`: what
    was typed last at the head of the lists; it may be a phone, and belongs into no address."""

    person: SignedIn
    language: Language
    touched_at: float
    desk: DeskProcess | None = None
    sought: str = ""

    @property
    def is_half_in(self) -> bool:
        """A PIN of their own is to be chosen first."""
        return self.person.pin_must_change


class Visits:
    """At most `most` of them, one a person: whoever signs in again goes on at the new browser.

    Browsers hold a random token; here its hash is kept.
    """

    def __init__(self, most: int, idle_s: float, monotonic: Callable[[], float]) -> None:
        self._most, self._idle_s, self._monotonic = most, idle_s, monotonic
        self._by_token: dict[bytes, Visit] = {}

    def open(self, person: SignedIn, language: Language) -> tuple[str, Visit] | None:
        """The browser's token; None where there is no room. What they had open before is `of(number)`: end it first."""
        if len(self._by_token) >= self._most:
            return None
        token = token_urlsafe(_TOKEN_BYTES)
        visit = self._by_token[_hashed(token)] = Visit(person, language, self._monotonic())
        return token, visit

    def find(self, token: str) -> Visit | None:
        visit = self._by_token.get(_hashed(token))
        return None if visit is None or self._is_over(visit) else visit

    def of(self, number: str) -> Visit | None:
        """What this colleague has open."""
        return next((visit for visit in self._by_token.values() if visit.person.number == number), None)

    def touch(self, visit: Visit) -> None:
        visit.touched_at = self._monotonic()

    def forget(self, visit: Visit) -> bool:
        """Whether it was there; a visit ends once, for whatever reason comes first."""
        tokens = [token for token, one in self._by_token.items() if one is visit]
        for token in tokens:
            del self._by_token[token]
        return bool(tokens)

    def overdue(self) -> list[Visit]:
        """Without a key for too long."""
        return [visit for visit in self._by_token.values() if self._is_over(visit)]

    def all(self) -> list[Visit]:
        return [*self._by_token.values()]

    def _is_over(self, visit: Visit) -> bool:
        idle_s = min(HALF_IN_S, self._idle_s) if visit.is_half_in else self._idle_s
        return self._monotonic() - visit.touched_at >= idle_s


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
