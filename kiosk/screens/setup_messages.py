"""The wizard's page of messages: a channel, if there is to be one, and a message on trial."""

from collections.abc import Callable

from kiosk.config.draft import ChannelDraft
from kiosk.faults import Detail
from kiosk.screens.setup_fields import ChoiceField, Field
from kiosk.screens.setup_page import Page, Work
from kiosk.text import Say

_LONGEST_URL = 1000


class MessagesPage(Page):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        tos = [
            ("consignee", lambda say: say("who gets parcels")),
            ("group", lambda say: say("a group")),
            ("staff", lambda say: say("staff")),
        ]
        self._to = ChoiceField(lambda say: say("Goes to"), "consignee", tos)
        self._url = Field(lambda say: say("URL"), longest=_LONGEST_URL)
        self._said: Callable[[Say], str] | None = None
        self.fields = [self._to, self._url] if work.send_test else []

    def title(self, say: Say) -> str:
        return say("Messages")

    def intro(self, say: Say) -> str:
        return say("A channel for arrival notices, such as mailtos://user:password@host?to={email}. Empty: none.")

    def more(self, say: Say) -> list[str]:
        return [self._said(say)] if self._said else []

    def keys(self, say: Say) -> str:
        return say("F5 send one")

    def key(self, key: str, character: str | None, t: float) -> bool:
        del character, t
        send, url, to = self.work.send_test, self._url.value.strip(), self._to.value
        if key != "f5" or send is None:
            return False
        if url:
            self._said = lambda say: say("Sending …")
            self.work.ask(lambda: send(url, to), self._sent)
        return True

    def _sent(self, said: Callable[[Say], str]) -> None:
        self._said = said
        self.work.repaint()

    def take(self) -> Detail | None:
        url = self._url.value.strip()
        channel = ChannelDraft(f"{self._to.value}-1", self._to.value, url) if url else None
        fresh = self.work.draft._replace(channel=channel)
        problem = self.work.set_up.problem(fresh)
        if problem is None:
            self.work.draft = fresh
        return problem
