"""Sending one message by Apprise, which is loaded here and nowhere else."""

import json
import logging
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from kiosk.config.messages import EMAIL, Channel
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.labels.qr_picture import qr_png
from kiosk.messages.letters import Letter
from kiosk.messages.recipients import filled, url_of
from kiosk.messages.service_answers import Verdict, answers_read, verdict_on
from kiosk.parcels.emails import read_email
from kiosk.parcels.phones import read_phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.store.tables.messages import Why
from kiosk.text import Language, words
from kiosk.text.answers.messages import why_sentence

NEEDED = "station-kiosk[notify]"
PICTURE = "pickup-qr.png"
_AGENT = "station-kiosk"  # stands in HTTP headers, which take no Chinese: so not the station's name


class NotSent(NamedTuple):
    """`detail`: the number that a server answered with. Where `why` is UNSURE it may have arrived all the same."""

    why: Why
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.why} {self.detail}".strip()


class Sent(NamedTuple):
    """The service took the message."""

    channel: str


def send(url: str, letter: Letter, taken: str | None = None) -> NotSent | None:
    """None when the service has taken it. Never raises, never logs: what a service says may hold addresses and
    passwords. `taken`: what stands in an answer that means yes."""
    try:
        import apprise
        from apprise.attachment.memory import AttachMemory
    except ImportError:
        return NotSent(Why.NOT_INSTALLED)
    log = logging.getLogger("apprise")
    log.propagate = False
    asset = apprise.AppriseAsset(app_id=_AGENT, app_desc=_AGENT, async_mode=False)
    service = apprise.Apprise(asset=asset)
    with apprise.LogCapture(level=logging.DEBUG, fmt="%(message)s") as told:  # type: ignore[no-untyped-call]
        try:
            if not service.add(url):
                return NotSent(Why.BAD_URL)
            service[0].retry = 0  # whatever its URL says: who sends again knows whether it arrived
            takes_picture = letter.qr is not None and service[0].attachment_support
            pictures = [AttachMemory(qr_png(letter.qr or ""), PICTURE, "image/png")] if takes_picture else None  # type: ignore[no-untyped-call]
            text = apprise.NotifyFormat.TEXT
            with answers_read() as answers:
                is_taken = service.notify(letter.body, letter.title, body_format=text, attach=pictures)
        except ImportError:  # of a service's own library
            return NotSent(Why.NOT_INSTALLED)
        except Exception as defect:  # of one of a hundred services' code
            return NotSent(Why.FAILED, type(defect).__name__)
        verdict = verdict_on(scheme_of(service[0]), answers, taken)
        if verdict.is_taken and is_taken:
            return None
        return _judged(verdict, taken) if is_taken or verdict.number else _why(told.getvalue())


def _judged(verdict: Verdict, taken: str | None) -> NotSent:
    """What was taken by HTTP may still be refused in the answer; and where HTTP says no, the answer says more."""
    why = Why.LIMITED if verdict.is_limited else Why.REFUSED if verdict.number or taken else Why.FAILED
    return NotSent(why, verdict.number)


def scheme_of(service: Any) -> str:
    """By which Apprise knows the service, such as wecombot; whichever of its addresses the owner wrote."""
    scheme = service.secure_protocol or service.protocol
    return str(scheme if isinstance(scheme, str) else scheme[0])


# Also an answer that broke off, cannot be read or leads in circles: the service has the message. And what stands
# between, such as 504, heard nothing of it in time.
_MAY_HAVE_ARRIVED = (
    "Read timed out", "Connection aborted", "Connection broken", "Response ended", "failed to decode",
    "Exceeded 30 redirects", "Socket Exception: (-1, ", "error=504",
)  # fmt: skip
_MAY_HAVE_ARRIVED_BY_MAIL = ("timed out", "unexpectedly closed")  # where the connection had been made
_TOO_MANY = "429"  # requests, by HTTP (RFC 6585)
_ANSWERED = re.compile(r"error=(?!504)(\d{3})\b|Socket Exception: [^\n]*?\(([45]\d\d), ")  # no errno is so large


def _why(told: str) -> NotSent:
    """What Apprise told, brought down to what may be kept."""
    has_connected = "connection error" not in told.lower()
    phrases = (*_MAY_HAVE_ARRIVED, *(_MAY_HAVE_ARRIVED_BY_MAIL if has_connected else ()))
    if answered := _ANSWERED.search(told):
        status = answered[1] or answered[2]
        return NotSent(Why.LIMITED if status == _TOO_MANY else Why.REFUSED, status)
    if any(phrase in told for phrase in phrases):
        return NotSent(Why.UNSURE)
    return NotSent(Why.FAILED if has_connected else Why.NOT_REACHED)


def fits(url: str, letter: Letter, longest: int | None = None) -> bool:
    """Whether the service takes a text of this length. `longest`: bytes, where the owner knows better."""
    import apprise

    text = f"{letter.title}\r\n{letter.body}" if letter.title else letter.body
    service = apprise.Apprise.instantiate(url, suppress_exceptions=True)
    if longest is not None or service is None:
        return longest is None or len(text.encode()) <= longest
    most, length = _MOST_BYTES.get(scheme_of(service), (service.body_maxlen, len))
    return length(text) <= most


def _as_json(text: str) -> int:
    return len(json.dumps(text))  # as Apprise writes it


# WeCom's group robots take 2,048 bytes of text; DingTalk's and Feishu's custom robots requests of 20 kB.
_MOST_BYTES: Mapping[str, tuple[int, Callable[[str], int]]] = {
    "wecombot": (2048, lambda text: len(text.encode())),
    **dict.fromkeys(("dingtalk", "feishu", "lark"), (19_000, _as_json)),
}


def send_test(
    home: StationHome, channel: Channel, station_name: str, language: Language, to: str | None = None
) -> Sent | Refused:
    """A message that says it is a test. `to`: a phone or an e-mail address, for a channel to consignees. Raises
    StationFault where Apprise, or the file with the URL, is missing."""
    url = url_of(home, channel)
    if channel.to == "consignee":
        email, phone = read_email(to or ""), read_phone(to or "")
        own = filled(url, phone.number if phone else None, email)
        if own is None:
            return Refused(Problem.NO_RECIPIENT)
        url = own
    say = words(language)
    title = say("{station}: a test message", station=station_name)
    body = say("If you can read this, the channel {channel} works.", channel=channel.name)
    failed = send(url, Letter(title, body), channel.taken)
    if failed is None:
        return Sent(channel.name)
    if failed.why is Why.NOT_INSTALLED:
        raise StationFault(Fault.NOT_INSTALLED, detail=NEEDED)
    if failed.why is Why.BAD_URL:
        return Refused(Problem.BAD_CHANNEL_URL)
    return Refused(Problem.NOT_SENT, detail=why_sentence(say, str(failed)))


def understands(url: str) -> bool:
    """Whether Apprise knows what to do with a URL; nothing is sent. Raises StationFault where Apprise is missing."""
    try:
        import apprise
    except ImportError as missing:
        raise StationFault(Fault.NOT_INSTALLED, detail=NEEDED) from missing
    logging.getLogger("apprise").propagate = False
    url_of_somebody = filled(url, "13800000000", "somebody@example.org")
    return apprise.Apprise.instantiate(url_of_somebody or "", suppress_exceptions=True) is not None


def is_short(url: str) -> bool:
    """A consignee's phone gets codes and places only."""
    return EMAIL not in url
