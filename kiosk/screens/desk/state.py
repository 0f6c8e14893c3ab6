"""What the staff desk is at: who works, the next parcel's particulars, the last answers.

Knows nothing of Textual.
"""

from collections import deque
from collections.abc import Sequence

from kiosk.counter.answers import Said, StaffAnswer, WhoseAsked
from kiosk.counter.words import read_desk_word
from kiosk.jobs.keeping.picture import PictureBy, StationPicture
from kiosk.jobs.staff.sign_in import SignedIn
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.screens.desk.hand import Hand
from kiosk.store.tables.staff import Colleague
from kiosk.text import Language
from kiosk.text.desk_words import in_english

LAST = 12
LONGEST_NUMBER = 5  # of staff, as it is shown while it is typed
_HALF_IN_S = 60  # somebody who has not chosen or typed a PIN by then has left
_SHOWN = 2  # characters of what is typed at a locked desk: it may be a PIN alone
_OF_SIGN_IN = (
    Problem.WRONG_BADGE, Problem.WRONG_PIN, Problem.PIN_MUST_CHANGE, Problem.PIN_NEEDED, Problem.PINS_DIFFER,
    Problem.BAD_PIN, Problem.SIGN_IN_AGAIN,
)  # fmt: skip


class DeskState:
    """What the screen shows. `locked`: nothing is done or shown before somebody signs in."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.hand = Hand()
        self.last: deque[StaffAnswer] = deque(maxlen=LAST + 1)
        self.person: SignedIn | None = None
        self.locked = False
        self.chooses_pin: SignedIn | None = None  # whoever has to, before the desk opens
        self.awaits_pin: str | None = None  # the number of whoever has shown a badge
        self.touched_at = 0.0

    @property
    def role(self) -> Role:
        return self.person.role if self.person else Role.MANAGER

    @property
    def said(self) -> Particulars:
        """What is said of the next item; for the screen to look at."""
        return self.hand.of_next.said

    @property
    def whose_asked(self) -> WhoseAsked | None:
        """Whether what was said is the next item's or another's, as long as that is open."""
        return self.hand.of_next.asked

    def take(self, answer: StaffAnswer) -> None:
        """An answer came."""
        self.awaits_pin = None
        if isinstance(answer, Refused) and answer.problem is Problem.PIN_NEEDED and not answer.consent:
            self.awaits_pin = answer.who
        if self.last and all(isinstance(one, Said | WhoseAsked) for one in (answer, self.last[0])):
            self.last.popleft()  # several in a row are one
        self.last.appendleft(answer)
        if isinstance(answer, SignedIn) and answer.pin_must_change:
            self.chooses_pin = answer
        elif isinstance(answer, Refused) and answer.problem is Problem.WRONG_PIN:
            self.chooses_pin = None  # somebody has chosen it elsewhere
        elif isinstance(answer, SignedIn):
            self.person, self.locked, self.chooses_pin = answer, False, None
            self.last.clear()
            self.last.appendleft(answer)

    def may_show(self, answer: StaffAnswer) -> bool:
        """At a locked desk nothing is shown of what was asked for before, only whether it opens."""
        signs_in = isinstance(answer, Refused) and answer.problem in _OF_SIGN_IN
        return not self.locked or signs_in or isinstance(answer, SignedIn)

    def is_known_to(self, staff: Sequence[Colleague]) -> bool:
        """Whether what they have shown still opens the desk. Where nobody is registered, anybody may."""
        person = self.person
        if person is None:
            return not staff
        return any((one.number, one.standing) == (person.number, person.standing) for one in staff)

    def lock(self) -> None:
        """Whoever comes next sees nothing of what was done before."""
        self.person, self.chooses_pin, self.awaits_pin = None, None, None
        self.last.clear()
        self.locked = True

    def masked(self, typed: str) -> str:
        """A PIN is not for the eyes of the next in the queue, at an open desk neither."""
        number, space, pin = typed.partition(" ")
        if self.chooses_pin or self.awaits_pin or self.hand.awaits_pin:
            return "*" * len(typed)
        if self.locked and not space:
            return typed[:_SHOWN] + "*" * (len(typed) - _SHOWN)
        is_word = read_desk_word(in_english(number)) is not None
        is_pin = self.locked or (pin.isdecimal() and len(number) <= LONGEST_NUMBER and not is_word)
        return number + space + "*" * len(pin) if is_pin else typed

    def is_left_alone(self, now: float, lock_s: float) -> bool:
        """`lock_s`: seconds after which a desk is locked that nobody touches, 0 for never."""
        is_half_in = bool(self.chooses_pin or self.awaits_pin)
        after_s = _HALF_IN_S if is_half_in else lock_s
        return bool(self.person or is_half_in) and after_s > 0 and now - self.touched_at >= after_s

    def next_picture(self) -> PictureBy:
        """The one after the picture that stands on top."""
        newest = self.last[0] if self.last else None
        order = list(PictureBy)
        return order[(order.index(newest.by) + 1) % len(order)] if isinstance(newest, StationPicture) else order[0]
