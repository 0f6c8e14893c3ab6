"""The wizard's page of messages: a channel, if there is to be one, and a message on trial."""

from kiosk.config.writing.draft import ChannelDraft
from kiosk.faults import Detail
from kiosk.screens.setup.fields import ChoiceField, Field, Said
from kiosk.screens.setup.page import Page, Work, wrong_sentence
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
        self._try = Field(lambda say: say("Try it with"))
        self._said: Said | None = None
        self._arrange()

    def title(self, say: Say) -> str:
        return say("Messages")

    def intro(self, say: Say) -> str:
        return say("A channel for arrival notices, such as mailtos://user:password@host?to={email}. Empty: none.")

    def more(self, say: Say) -> list[str]:
        return [self._said(say)] if self._said else []

    def _arrange(self) -> None:
        """A consignee's address or phone goes into the URL: one's own is tried."""
        self.fields = [self._to, self._url, *([self._try] if self._to.value == "consignee" else [])]

    def keys(self, say: Say) -> str:
        return say("F5 send one")

    def key(self, key: str, character: str | None, t: float) -> bool:
        del t
        if self.here is self._to and self._to.key(key, character):
            self._arrange()
            return True
        if key == "f5":
            self._send()
        return key == "f5"

    def _send(self) -> None:
        problem = self.take()
        if problem is not None:
            self._said = lambda say: wrong_sentence(say, problem)
        elif self.work.draft.channel is not None:
            settings, to = self.work.set_up.settings(self.work.draft), self._try.value.strip()
            self._said = lambda say: say("Sending …")
            language = self.work.language
            self.work.ask(lambda: self.work.send_test(settings, to, language), self._sent)

    def _sent(self, said: Said) -> None:
        self._said = said
        self.work.repaint()

    def take(self) -> Detail | None:
        url = self._url.value.strip()
        to = self._to.value
        channel = ChannelDraft(self.work.set_up.channel_name(to), to, url) if url else None
        fresh = self.work.draft._replace(channel=channel)
        return self.keep(fresh, self._url)
