"""A customer's screen in English."""

from collections.abc import Iterator

import pytest

from kiosk.home import StationHome
from kiosk.jobs.station import open_station
from kiosk.screens.customer.app import CustomerApp
from kiosk.text import Language
from tests.conftest import Hands
from tests.screens.running import NoLights


@pytest.fixture
def app(home: StationHome, hands: Hands) -> Iterator[CustomerApp]:
    app = CustomerApp(
        open_station(home, terminal="screen", who="customer", clock=hands.clock), NoLights, language=Language.ENGLISH
    )
    yield app
    app.close()
