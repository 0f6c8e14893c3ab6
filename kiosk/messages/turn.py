"""One turn of sending: everything that is due, each message on record before it goes out."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from kiosk.config.messages import Channel
from kiosk.config.table import is_within
from kiosk.faults import StationFault
from kiosk.jobs.station import Station
from kiosk.messages.letters import Letter, write_letter
from kiosk.messages.recipients import addressed, url_of
from kiosk.messages.sending import NotSent, fits, is_short, send
from kiosk.store.tables.contacts import read_contact
from kiosk.store.tables.messages import Message, MessageState, Why, due_messages, mark, rest, split

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
log = logging.getLogger("kiosk.messages")


class _Ready(NamedTuple):
    """What goes out where; the URL is nobody's to see. `taken`: what an answer that means yes holds."""

    url: str
    letter: Letter
    taken: str | None


class Turn(NamedTuple):
    """How many messages went out, failed for now or for good, or had nobody to go to."""

    sent: int = 0
    failed: int = 0
    skipped: int = 0


def send_due(station: Station, keep_on: Callable[[], bool] = lambda: True) -> Turn:
    """Send what is due; `keep_on` is asked before each message. A channel that fails rests until the next turn."""
    settings = station.settings.messages
    channels = {channel.name: channel for channel in settings.channels}
    is_quiet = settings.quiet is not None and is_within(station.local(station.clock_stamp()).time(), *settings.quiet)
    done, resting = Turn(), set()
    for message in due_messages(station.conn, station.clock_stamp()):
        channel = channels.get(message.channel)
        if not keep_on():
            break
        if message.channel in resting or (is_quiet and channel is not None and channel.to != "staff"):
            continue
        state = _send_one(station, message, channel)
        done = Turn(
            done.sent + (state is MessageState.SENT),
            done.failed + (state not in (MessageState.SENT, MessageState.SKIPPED)),
            done.skipped + (state is MessageState.SKIPPED),
        )
        if state not in (MessageState.SENT, MessageState.SKIPPED):
            resting.add(message.channel)
    return done


def _send_one(station: Station, message: Message, channel: Channel | None) -> MessageState:
    ready = _prepare(station, message, channel)
    if isinstance(ready, Why):
        _mark(station, message, MessageState.SKIPPED, ready)
        return MessageState.SKIPPED
    tries = message.tries + 1
    with station.transaction():
        mark(station.conn, message.id, MessageState.SENDING, station.clock_stamp(), tries=tries)
    failed = ready if isinstance(ready, NotSent) else send(ready.url, ready.letter, ready.taken)
    if failed is None:
        _mark(station, message, MessageState.SENT, None)
        return MessageState.SENT
    log.warning("message %s by %s did not go out: %s", message.id, message.channel, failed)
    if failed.why is Why.UNSURE:
        _mark(station, message, MessageState.UNKNOWN, failed)
        return MessageState.UNKNOWN
    if failed.why is Why.LIMITED:  # it was no try: the service hears nobody now
        _mark(station, message, MessageState.WAITING, failed, FIRST_PAUSE, tries=message.tries)
        _rest(station, message.channel)
        return MessageState.WAITING
    if tries >= station.settings.messages.tries:
        _mark(station, message, MessageState.GIVEN_UP, failed)
        return MessageState.GIVEN_UP
    _mark(station, message, MessageState.WAITING, failed, pause_after(tries))
    if failed.why is Why.NOT_REACHED:
        _rest(station, message.channel)
    return MessageState.WAITING


def _rest(station: Station, channel: str) -> None:
    with station.transaction():
        rest(station.conn, channel, station.clock_stamp(), station.clock_stamp(ago=-FIRST_PAUSE))


def _prepare(station: Station, message: Message, channel: Channel | None) -> _Ready | NotSent | Why:
    if channel is None:
        return Why.NO_CHANNEL
    try:
        url: str | None = url_of(station.home, channel)
    except StationFault:
        return NotSent(Why.BAD_URL)
    is_sms = channel.to == "consignee" and is_short(url or "")
    letter = write_letter(station, message, channel, short=is_sms)
    if channel.to == "consignee":
        url = addressed(url or "", read_contact(station.conn, station.key, message.contact_id))
    if url is None:
        return letter if isinstance(letter, Why) else Why.NO_ADDRESS
    while isinstance(letter, Letter) and not fits(url, letter, channel.longest) and _split(station, message):
        letter = write_letter(station, message, channel, short=is_sms)
    return letter if isinstance(letter, Why) else _Ready(url, letter, channel.taken)


def _split(station: Station, message: Message) -> bool:
    """Before it goes out: so each part is sent once, whatever becomes of the others."""
    with station.transaction():
        return split(station.conn, message.id, station.clock_stamp())


def pause_after(tries: int, first: timedelta = FIRST_PAUSE, longest: timedelta = LONGEST_PAUSE) -> timedelta:
    """1 minute, then twice as long each time, up to 4 hours."""
    return min(first * (1 << min(max(tries - 1, 0), 20)), longest)


def _mark(
    station: Station,
    message: Message,
    state: MessageState,
    why: Why | NotSent | None,
    pause: timedelta = timedelta(),
    tries: int | None = None,
) -> None:
    due_at = station.clock_stamp(ago=-pause) if pause else None
    with station.transaction():
        reason = str(why) if why is not None else None
        mark(station.conn, message.id, state, station.clock_stamp(), reason=reason, due_at=due_at, tries=tries)
