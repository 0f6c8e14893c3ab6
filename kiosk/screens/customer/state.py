"""What the customer screen is showing, and until when. Knows nothing of Textual; time is passed in (seconds).

Whatever ends by itself says so before, and any key holds it (WCAG 2.2.1); a scan is taken at any time. What covers a
search in progress is short instead, and its gist stays beside the slot.
"""

from dataclasses import replace

from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.jobs.handing_over.glance import LitSession
from kiosk.jobs.handing_over.pick_up import Found
from kiosk.jobs.upkeep.offer import Offer
from kiosk.screens.customer import faces, lines
from kiosk.screens.customer.cover import Cover
from kiosk.screens.customer.faces import Face
from kiosk.screens.customer.found_face import Beside, found_face
from kiosk.screens.customer.moments.home_wish import NO_DELIVERY, HomeDelivery, HomeKey, home_key, question
from kiosk.screens.customer.moments.news import News
from kiosk.screens.customer.moments.passing import Passing, StaffCalled, StaffComing
from kiosk.screens.customer.moments.staff_call import StaffCall
from kiosk.text import Language, words

DARK_S = 10.0  # "scan again to relight" stays so long after the light is off
LANGUAGE_S = 60.0  # then the next person chooses language and size
TYPED_S = 30.0  # as long as the reader keeps what was typed and left
STILL_HERE_S = 5.0  # a key pressed to extend a time is forgotten then, unless somebody types on


class CustomerState:
    """IDLE, FOUND, PROBLEM or DONE. A problem or a hand-over passes, then what was found comes back."""

    def __init__(
        self,
        language: Language,
        *,
        large: bool = False,
        delivery: HomeDelivery = NO_DELIVERY,
        phone: str = "",
        alarm_s: float = 10.0,
    ) -> None:
        """`large`: the station's own choice of text; `phone`: the station's; `alarm_s`: how long an alarm's light
        shines."""
        self.offers: tuple[Offer, ...] = ()  # of the demo
        self.found: Found | None = None
        self.lit: tuple[LitSession, ...] = ()
        self.dark: frozenset[str] = frozenset()  # slots whose light is out of order
        self.a_scanner_is_silent = False
        self.forgetful_on: str | None = None  # the name of a file system that keeps nothing
        self.language = self._own_language = language
        self.large = self._own_large = large
        self.call = StaffCall(phone)
        self._cover = Cover(alarm_s)
        self._delivery = delivery
        self._asks_home = False
        self._news = News()
        self._earlier: set[str] = set()  # sessions that this screen showed before
        self._touched_at = 0.0

    @property
    def session(self) -> str | None:
        return self.found.session if self.found else None

    @property
    def idle(self) -> bool:
        return self.found is None and self._cover.passing is None

    @property
    def takes_digits(self) -> bool:
        """A code or the end of a phone number may be typed next."""
        return self._cover.is_problem if self._cover.passing else self.found is None or self.found.more > 0

    # What happens

    def show_found(self, found: Found) -> None:
        """A search was answered; one that was shown a moment ago keeps its number."""
        before = self.found
        if before is not None and before.session != found.session:
            self._earlier.add(before.session)
            if before.session not in {one.session for one in self.lit}:
                slots = tuple(dict.fromkeys(parcel.slot for parcel in before.left))
                self.lit += (LitSession(before.session, before.look, slots, before.lit_until),)
        self.found, self._cover.passing, self._asks_home = found, None, False
        self._news.forget()
        self.call.found(found.session, self._touched_at)

    def update_found(self, session: str | None, found: Found | None) -> None:
        """How `session` stands now (None: it has ended). Old news of a search no longer on screen is ignored."""
        if session == self.session:
            self.found = replace(found, refused=self.found.refused) if found and self.found else found

    def show_passing(self, passing: Passing, now: float) -> bool:
        """False where it is no news."""
        if self._cover.repeats_hand_over(passing):
            return False
        if isinstance(passing, HandedOver) and self._ends_search(passing):
            self.found = None
        is_over_search = self.found is not None
        is_searched = is_over_search or any(one.lit_until > now for one in self.lit)
        self._cover.show(passing, now, over_search=is_over_search, is_searched=is_searched)
        self._asks_home = False
        self._news.tell(passing, now)
        return True

    def _ends_search(self, done: HandedOver) -> bool:
        """It was the last one of the search on screen."""
        return self.found is not None and not done.left and {one.code for one in self.found.left} == {done.code}

    def touch(self, now: float) -> None:
        """A person is here: a message stays for as long again, unless it covers a search."""
        self._touched_at = now
        if self.found is None:
            self._cover.touch(now)

    def has_left(self, now: float) -> bool:
        """Nobody goes on typing after the one key that extended the light."""
        return now >= self._touched_at + STILL_HERE_S

    def switch_language(self, now: float) -> None:
        self.language = self.language.other
        self.touch(now)

    def switch_size(self, now: float) -> None:
        self.large = not self.large
        self.touch(now)

    def ask_for_staff(self, now: float) -> None:
        """The slot of a search stays in sight."""
        self.call.ask(self.session, now)
        if self.found is None:
            self.show_passing(StaffCalled(), now)
        else:
            self._cover.passing = None

    def take_call_back(self, now: float) -> None:
        self.call.take_back(now)
        if isinstance(self._cover.passing, StaffCalled):
            self._cover.passing = None

    def look_for_staff(self, calls: bool, now: float) -> None:
        """Whether a call from here still waits for an answer."""
        if self.call.hear(calls, now) and self.found is None:
            self.show_passing(StaffComing(), now)

    def home_key(self) -> HomeKey:
        """What the key for home delivery does now: nothing while what was found is out of sight."""
        found = None if self._cover.passing is not None else self.found
        return home_key(found, self._delivery, is_asked=self._asks_home)

    def press_home_key(self) -> HomeKey:
        """The first press asks, the second one means it."""
        key = self.home_key()
        self._asks_home = key is HomeKey.ASK
        return key

    def leave_question(self) -> bool:
        """Something else was pressed than its answer. False where nothing was asked."""
        asked, self._asks_home = self._asks_home, False
        return asked

    def tell_wish(self, wished: bool, now: float) -> None:
        """The wish for home delivery is on record, or is taken back."""
        self._news.tell_wish(wished, now)

    def cancel(self) -> str | None:
        """Take the problem off the screen, else give up the search: its session is returned, to be ended."""
        if self._cover.passing is not None:
            self._cover.passing = None
            return None
        session, self.found = self.session, None
        self.lit = tuple(one for one in self.lit if one.session != session)
        return session

    def wants_more_light(self, now: float) -> bool:
        """A key now extends the light: its end was announced."""
        return self.found is not None and 0 < self.found.lit_until - now <= lines.WARN_S

    def pass_time(self, now: float) -> None:
        self._cover.pass_time(now)
        if self.found is not None and now >= self.found.lit_until + DARK_S:
            self.found = None
        if self.idle and now >= self._touched_at + LANGUAGE_S:
            self.language, self.large = self._own_language, self._own_large
        self.call.pass_time(self._touched_at, now)

    # What is seen

    def face(self, typed: str, now: float) -> Face:
        typed = typed.strip()
        say = words(self.language)
        cover = self._cover.face(say, self.call, self.dark, now)
        if cover is not None:
            return faces.with_hints(cover, typed, self._hints(typed, now))
        if self.found is None:
            return faces.idle_face(typed, self.offers, self._typing_warning(now, *Language) if typed else ())
        waybills = {offer.code: offer.waybill for offer in self.offers}
        earlier = self._earlier_lit(now)
        beside = Beside(
            said=[lines.Line(f"> {typed}"), *self._typing_warning(now, self.language)] if typed else [],
            question=question(say, self.found, self._delivery) if self._asks_home else "",
            earlier=lines.earlier_line(say, [(one.look, one.slots) for one in earlier]) if earlier else None,
            news=self._news.line(say, now),
            news_short=self._news.short(say, now),
            waybills=[waybills[parcel.code] for parcel in self.found.left if parcel.code in waybills],
        )
        return found_face(say, self.found, self.found.lit_until - now, beside, self.dark)

    def _hints(self, typed: str, now: float) -> list[lines.Line]:
        """What is about to end: what was typed, the light behind the message, else the message. An alarm speaks of
        its own light alone."""
        say = words(self.language)
        told = self._typing_warning(now, self.language) if typed else []
        if self.found is not None:
            if self.wants_more_light(now) and self.found.left and not self._cover.is_alarm:
                told.append(lines.light_behind(say, self.found.left[0].slot, self.found.lit_until - now))
        elif self._cover.seconds_left(now) <= lines.WARN_S and not told:
            told.append(lines.passing_line(say, self._cover.seconds_left(now)))
        return told

    def _typing_warning(self, now: float, *languages: Language) -> list[lines.Line]:
        seconds = self._touched_at + TYPED_S - now
        is_soon = 0 < seconds <= lines.WARN_S
        texts = [lines.typing_line(words(language), seconds) for language in languages] if is_soon else []
        return [lines.Line(text, lines.Matters.WARNING) for text in texts]

    def _earlier_lit(self, now: float) -> list[LitSession]:
        """Searches that this screen showed before, while their lights are on."""
        return [one for one in self.lit if one.session in self._earlier - {self.session} and one.lit_until > now]

    def others_line(self, now: float, width: int = 40) -> str:
        """Everybody's lights but those on screen; to somebody who comes, that a scanner is out of order."""
        say = words(self.language)
        if self.a_scanner_is_silent and self.idle:
            return say("The scanner is broken: please type")
        if self._cover.is_alarm:
            return ""
        told = {self.session} | ({one.session for one in self._earlier_lit(now)} if self.found else set())
        theirs = [one for one in self.lit if one.lit_until > now and one.session not in told]
        lit = [(one.look, [slot for slot in one.slots if slot not in self.dark]) for one in theirs]
        return lines.others_line(say, [(look, slots) for look, slots in lit if slots], width)

    def notice(self, now: float) -> str:
        """Somebody who called sees that it is known; while nobody is at it, staff see that a restart erases all."""
        if isinstance(self._cover.passing, StaffCalled | StaffComing):
            return ""
        say = words(self.language)
        return self.call.notice(say, now) or (lines.erased_line(say, self.forgetful_on) if self.idle else "")

    def keys_lines(self) -> tuple[str, ...]:
        return lines.keys_lines(words(self.language), self.language, home=self.home_key(), large=self.large)
