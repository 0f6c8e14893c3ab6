"""The log read by a cursor for each channel: what has to be told becomes a message that waits."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from kiosk.config.message_kinds import MessageKind
from kiosk.config.messages import Channel
from kiosk.jobs.station import Station
from kiosk.messages.recipients import goes_by_email
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.states import Event, State
from kiosk.store.actions import values_before
from kiosk.store.events import About, EventRow, last_seq, read_events
from kiosk.store.tables.messages import (
    MessageState,
    Wanted,
    Why,
    cursor_of,
    drop_cursors,
    mark_all,
    queue,
    set_cursor,
    was_told,
)
from kiosk.store.tables.parcels import by_id

TOO_OLD = timedelta(days=3)  # an agent that was off for longer tells no stale news
_AT_ONCE = 100  # events in one transaction: a check-in never waits long
_KINDS: dict[str, MessageKind] = {
    Event.REMIND: MessageKind.REMINDER,
    Event.REQUEST_DELIVERY: MessageKind.DELIVERY_NOTED,
    Event.DISPATCH_HOME: MessageKind.DELIVERY_OUT,
    StationEvent.ISSUE_PASS: MessageKind.PASS,
    StationEvent.CALL_STAFF: MessageKind.CALL,
}
_AT_ONCE_KINDS = frozenset({MessageKind.PASS, MessageKind.CALL})  # nothing is merged with these


class _News(NamedTuple):
    """What an event has to tell: of which parcels (id → code), by whom (contact). `again`: even if it was told.
    `courier`: whom it tells of what has not come."""

    kind: MessageKind
    parcels: dict[int, str]
    contact_id: int | None = None
    pass_id: int | None = None
    terminal: str | None = None
    again: bool = False
    courier: str | None = None


def begin(station: Station) -> int:
    """When an agent starts: what was being sent when the last one died may be out or not, so it is not sent
    again unasked. Channels that are no more are forgotten. Returns how many messages are unknown now."""
    with station.transaction():
        drop_cursors(station.conn, frozenset(channel.name for channel in station.settings.messages.channels))
        return mark_all(
            station.conn, (MessageState.SENDING,), MessageState.UNKNOWN, station.clock_stamp(), Why.CUT_SHORT
        )


def queue_news(station: Station) -> int:
    """Read what has happened since the last time, in one transaction with the cursors; returns how many events.

    A channel that is new hears of nothing before it.
    """
    channels = station.settings.messages.channels
    head = last_seq(station.conn)
    cursors = {channel.name: cursor_of(station.conn, channel.name) for channel in channels}
    if all(seq == head for seq in cursors.values()):
        return 0
    with station.transaction():
        head = last_seq(station.conn)
        after = {name: min(head if seq is None else seq, head) for name, seq in cursors.items()}
        events = list(islice(read_events(station.conn, About(after=min(after.values()))), _AT_ONCE))
        for event, _ in events:
            if event.event == StationEvent.RESTORE:
                _hold_back(station, event)
                continue
            hearing = [channel for channel in channels if after[channel.name] < event.seq]
            for news in _told_by(station, event):
                _queue(station, event, news, hearing)
        read = events[-1][0].seq if events else head
        for name, seq in after.items():
            set_cursor(station.conn, name, max(seq, read))
    return len(events)


def _hold_back(station: Station, restored: EventRow) -> None:
    """After a restore that lost something, what waits may be out already: it is for a person to decide."""
    if json.loads(restored.changes).get("lost") != 0:
        waiting = (MessageState.WAITING, MessageState.SENDING)
        mark_all(station.conn, waiting, MessageState.UNKNOWN, station.clock_stamp(), Why.RESTORED)


def _told_by(station: Station, event: EventRow) -> Iterator[_News]:
    """Of most events, nothing."""
    if datetime.fromisoformat(event.recorded_at) < station.clock.now() - TOO_OLD:
        return
    kind = _KINDS.get(event.event)
    if kind is MessageKind.CALL:
        yield _News(kind, {}, terminal=event.terminal)
    elif kind is MessageKind.PASS:
        yield from _of_pass(station, event)
    elif event.event == StationEvent.CHASE:
        yield _of_chase(event)
    elif event.subject == Subject.PARCEL and (kind is not None or _may_be_news(station, event)):
        parcel = by_id(station.conn, event.subject_id)
        is_here = parcel.state == State.SHELVED and parcel.hold_reason is None
        if parcel.contact_id is not None and parcel.code is not None and (kind or is_here):
            again = json.loads(event.changes).get("email") is not None
            kind = kind or MessageKind.ARRIVAL
            yield _News(kind, {parcel.id: parcel.code}, parcel.contact_id, again=again)


def _may_be_news(station: Station, event: EventRow) -> bool:
    """A parcel has come to its slot, got another code or another consignee, or is free again."""
    if event.event in (Event.SHELVE, Event.RELEASE):
        return True
    changes = json.loads(event.changes)
    if changes.get("code") is not None:
        return bool(values_before(station.conn, event.subject_id, event.seq)["code"] != changes["code"])
    return "phone" in changes or "email" in changes


def _of_pass(station: Station, event: EventRow) -> Iterator[_News]:
    """To the consignee, who hands it on; not where it is for parcels of several people."""
    parcels = [by_id(station.conn, number) for number in json.loads(json.loads(event.changes)["parcels"])]
    people = {parcel.contact_id for parcel in parcels}
    if len(people) == 1 and None not in people:
        yield _News(MessageKind.PASS, {p.id: p.code or "" for p in parcels}, people.pop(), event.subject_id)


def _of_chase(event: EventRow) -> _News:
    """To the courier, by waybills alone."""
    facts = json.loads(event.changes)
    parcels = {number: "" for first, last in facts["parcels"] for number in range(first, last + 1)}
    return _News(MessageKind.REMINDER, parcels, courier=facts["courier"])


def _queue(station: Station, event: EventRow, news: _News, hearing: list[Channel]) -> None:
    settings, now = station.settings.messages, station.clock_stamp()
    wait = 0 if news.kind in _AT_ONCE_KINDS else settings.merge_s
    since_it_happened = max(timedelta(), station.clock.now() - datetime.fromisoformat(event.recorded_at))
    due_at = station.clock_stamp(ago=since_it_happened - timedelta(seconds=wait))
    for channel in hearing:
        if news.kind not in channel.kinds or news.courier != channel.courier:
            continue
        is_group = channel.to == "group"
        if is_group and news.kind is MessageKind.ARRIVAL and event.event not in (Event.SHELVE, Event.RELEASE):
            continue  # another code is no news to a group
        contact_id = None if is_group else news.contact_id
        wanted = Wanted(channel.name, news.kind, contact_id, news.pass_id, news.terminal)
        again = news.again and goes_by_email(station, channel)
        if news.kind is MessageKind.ARRIVAL and not again:
            told = [was_told(station.conn, wanted, parcel, code) for parcel, code in news.parcels.items()]
            if all(told):
                continue
        queue(station.conn, wanted, news.parcels, due_at, now)
