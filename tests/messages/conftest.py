"""A station with channels to servers of the test's own."""

from collections.abc import Callable, Iterator
from random import Random

import pytest

from kiosk.home import StationHome
from kiosk.jobs.station import Station, open_station
from kiosk.messages.queueing import begin, queue_news
from kiosk.messages.turn import Turn, send_due
from tests.conftest import Hands
from tests.messages.servers import MailServer, WebHook

Configure = Callable[..., Station]


@pytest.fixture
def mail() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    yield server
    if server.server is not None:
        server.stop()


@pytest.fixture
def hook() -> Iterator[WebHook]:
    hook = WebHook()
    yield hook
    hook.close()


def write_channels(home: StationHome, *channels: str, messages: str = "merge_seconds = 0") -> None:
    """`name to url [more]` each."""
    text = home.settings.read_text("utf-8")
    before, _, rest = text.partition("[messages]")
    tables = []
    for channel in channels:
        name, to, url, *more = channel.split(" ", 3)
        tables.append("\n".join([f'[[messages.channels]]\nname = "{name}"\nto = "{to}"\nurl = "{url}"', *more]))
    rest = rest[rest.index("[[supplies]]") :] if "[[supplies]]" in rest else rest
    home.settings.write_text("\n".join([before + "[messages]", messages, *tables, rest]), "utf-8")


@pytest.fixture
def configure(home: StationHome, hands: Hands) -> Iterator[Configure]:
    """configure("mail consignee mailto://…", messages="merge_seconds = 60"): the station, its channels begun."""
    opened: list[Station] = []

    def open_with(*channels: str, messages: str = "merge_seconds = 0") -> Station:
        write_channels(home, *channels, messages=messages)
        station = open_station(home, terminal="t1", who="staff", clock=hands.clock, random=Random(7))
        opened.append(station)
        begin(station)
        queue_news(station)
        return station

    yield open_with
    for station in opened:
        station.close()


def one_turn(station: Station) -> Turn:
    """What the agent does with messages."""
    while queue_news(station):
        pass
    return send_due(station)
