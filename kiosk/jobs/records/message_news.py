"""How messages stand: for the desk, the command line and the doctor; and trying those again that did not go out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.store.tables.agent_tasks import AgentTask, all_tasks
from kiosk.store.tables.messages import (
    Message,
    MessageState,
    codes_of,
    counts_by_channel,
    failing,
    last_sent_at,
    mark,
    message_by_id,
    open_messages,
)
from kiosk.store.tables.parcels import by_id

_LATELY = timedelta(days=3)  # what failed longer ago is no news
_DAY = timedelta(days=1)
AGAIN = frozenset({MessageState.UNKNOWN, MessageState.GIVEN_UP, MessageState.WAITING})


class Trouble(NamedTuple):
    """What somebody has to see to: messages tried again and again, messages that did not go out or may not have, and
    what the agent failed on last night."""

    again: int
    lost: int
    tasks: tuple[AgentTask, ...]


@dataclass(frozen=True, slots=True)
class ChannelStatus:
    """`sent`, `skipped` of the last day; all others as they are now. `last_sent_at` is None before the first one."""

    name: str
    to: str
    sent: int
    skipped: int
    waiting: int
    unknown: int
    given_up: int
    last_sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class MessageStory:
    """A message that is not over. `waybills`: what it is about."""

    id: int
    channel: str
    kind: str
    state: str
    reason: str | None
    tries: int
    queued_at: datetime
    next_try_at: datetime | None
    waybills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MessageStatus:
    """Every channel, and every message that is not over."""

    channels: tuple[ChannelStatus, ...]
    messages: tuple[MessageStory, ...]


def trouble(station: Station) -> Trouble:
    """Cheap enough for every tick of a desk."""
    again, lost = failing(station.conn, station.clock_stamp(ago=_LATELY))
    return Trouble(again, lost, tuple(task for task in all_tasks(station.conn) if task.failure is not None))


def message_status(station: Station) -> MessageStatus:
    counts = counts_by_channel(station.conn, station.clock_stamp(ago=_DAY))

    def status(name: str, to: str) -> ChannelStatus:
        sent_at = last_sent_at(station.conn, name)
        of = {state: counts.get((name, state), 0) for state in MessageState}
        waiting = of[MessageState.WAITING] + of[MessageState.SENDING]
        return ChannelStatus(
            name, to, of[MessageState.SENT], of[MessageState.SKIPPED], waiting, of[MessageState.UNKNOWN],
            of[MessageState.GIVEN_UP], station.local(sent_at) if sent_at else None,
        )  # fmt: skip

    channels = tuple(status(channel.name, channel.to) for channel in station.settings.messages.channels)
    return MessageStatus(channels, tuple(_story(station, one) for one in open_messages(station.conn)))


def _story(station: Station, message: Message) -> MessageStory:
    parcels = [by_id(station.conn, number) for number in codes_of(station.conn, message.id)]
    next_try = station.local(message.due_at) if message.state == MessageState.WAITING else None
    return MessageStory(
        message.id, message.channel, message.kind, message.state, message.reason, message.tries,
        station.local(message.queued_at), next_try, tuple(parcel.numbered_waybill for parcel in parcels),
    )  # fmt: skip


def _is_fresh(message: Message) -> bool:
    """It waits for its first try."""
    return message.state == MessageState.WAITING and message.tries == 0


def retry_messages(station: Station, number: int | None = None) -> int | Refused:
    """Let a message that did not go out, or all of them (None), be tried again at once; returns how many. One that may
    have arrived goes twice then: so only a person asks for it."""
    with station.transaction():
        if number is None:
            chosen = [one for one in open_messages(station.conn) if one.state in AGAIN and not _is_fresh(one)]
        else:
            one = message_by_id(station.conn, number)
            if one is None or one.state not in AGAIN:
                return Refused(Problem.NO_SUCH_MESSAGE)
            chosen = [one]
        now = station.clock_stamp()
        for one in chosen:
            mark(station.conn, one.id, MessageState.WAITING, now, reason=one.reason, due_at=now, tries=0)
    return len(chosen)
