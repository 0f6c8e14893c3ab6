"""What a desk looks up now and then: who calls, what is dark, who has to wait, whether the clock can be right."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from hardware.trouble import DeviceFault
from kiosk.agent_lock import agent_lock
from kiosk.button_status import read_buttons
from kiosk.jobs.clock_watch import doubted_until, recorded_after
from kiosk.jobs.records.message_news import Trouble, trouble
from kiosk.jobs.staff.call_staff import callers
from kiosk.jobs.staff.pauses import Pauses, list_pauses
from kiosk.jobs.staff.register import list_staff
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.last_parcel import Waiting, not_put_away
from kiosk.parcels.slots import shelves_of
from kiosk.store.tables.staff import Colleague
from kiosk.text import Say
from kiosk.text.answers.messages import task_name
from kiosk.text.answers.people import scope_name
from kiosk.text.clock_words import clock_is_behind, clock_is_doubted
from kiosk.text.device_answers import device_fault

_NAMED = 3  # parcels in a line of the banner


class News(NamedTuple):
    """`callers` are terminals, `dark` slots; `behind`: what the clock has been already, if it says that this is still
    to come; `doubted`: until when nothing is erased by it; `unsent`: there are channels for messages and no agent to
    send them; `strips` (by name) and `buttons` (by pin) do not work; `waiting`: parcels that nobody put away."""

    callers: tuple[str, ...]
    dark: Collection[str]
    pauses: Pauses
    staff: list[Colleague]
    behind: datetime | None
    doubted: datetime | None
    trouble: Trouble
    unsent: bool
    strips: Mapping[str, DeviceFault]
    buttons: Mapping[int, DeviceFault]
    waiting: tuple[Waiting, ...] = ()

    @property
    def to_see_to(self) -> frozenset[object]:
        """What has a tone when it is new."""
        return frozenset({*self.callers, *(one.parcel_id for one in self.waiting)})


def look_around(
    station: Station, dark: Collection[str], strips: Mapping[str, DeviceFault] = MappingProxyType({})
) -> News:
    behind, doubted = recorded_after(station.conn, station.clock.now()), doubted_until(station.conn, station.clock)
    zone = station.settings.time_zone
    unsent = bool(station.settings.messages.channels) and agent_lock(station.home.runtime()).locked_by() is None
    return News(
        callers(station), dark, list_pauses(station), list_staff(station),
        behind and behind.astimezone(zone), doubted and doubted.astimezone(zone), trouble(station), unsent, strips,
        read_buttons(station.home.runtime()).faults, not_put_away(station),
    )  # fmt: skip


def banner_lines(say: Say, news: News) -> list[str]:
    """What somebody has to see to."""
    lines = []
    if news.callers:
        lines.append(say("A customer calls at: {terminals}  (F1: on my way)", terminals=", ".join(news.callers)))
    lines += _waiting(say, news.waiting)
    if news.dark:
        dark = shelves_of(news.dark)
        lines.append(
            say("No light on shelf {shelves}: go by the slot's number",
                "No light on shelves {shelves}: go by the slot's number",
                count=len(dark), shelves=", ".join(dark))
        )  # fmt: skip
    lines += _devices(say, news)
    if news.pauses.pauses:
        what = ", ".join(scope_name(say, pause.scope) for pause in news.pauses.pauses)
        lines.append(say("Tries have to wait: {what}  (word: lift)", what=what))
    if news.behind:
        lines.append(clock_is_behind(say, news.behind))
    if news.doubted:
        lines.append(clock_is_doubted(say, news.doubted))
    return [*lines, *_messages(say, news)]


def _waiting(say: Say, waiting: Sequence[Waiting]) -> list[str]:
    """Parcels that lie anywhere but on record."""
    if not waiting:
        return []
    named = ", ".join(f"{one.waybill} ({one.slot})" for one in waiting[:_NAMED])
    left = len(waiting) - _NAMED
    more = say("and {count} more", count=left) if left > 0 else ""
    told = " ".join(part for part in (named, more) if part)
    return [say("Not put away: {parcels}  (scan it, then the slot where it lies)", parcels=told)]


def _devices(say: Say, news: News) -> list[str]:
    """Words of broken devices are loaded where something is broken."""
    if not (news.strips or news.buttons):
        return []
    lines = [
        say("Strip {strip}: {fault}", strip=name, fault=device_fault(say, one)) for name, one in news.strips.items()
    ]
    told = news.buttons.items()
    return lines + [say("Button on GPIO {pin}: {fault}", pin=pin, fault=device_fault(say, one)) for pin, one in told]


def _messages(say: Say, news: News) -> list[str]:
    lines = []
    if news.unsent:
        lines.append(say("Messages are not sent: the agent does not run  (start it: kiosk agent)"))
    bad = news.trouble.again + news.trouble.lost
    if bad:
        lines.append(say("Messages that did not go out: {count}  (which: kiosk notify status)", count=bad))
    if news.trouble.tasks:
        what = ", ".join(task_name(say, task.task) for task in news.trouble.tasks)
        lines.append(say("The agent failed at: {what}  (why: kiosk agent --status)", what=what))
    return lines


def scanner_lines(say: Say, silent: Collection[str]) -> list[str]:
    """Scanners of this desk that do not work."""
    names = ", ".join(sorted(silent))
    return [say("The scanner does not work: {names}  (see: kiosk scanner test)", names=names)] if silent else []
