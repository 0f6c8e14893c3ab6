"""A key held down is one press; pressed again by a person it is another one."""

from collections.abc import Callable, Iterator

import pytest

from kiosk.home import StationHome
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.screens.customer.app import CustomerApp
from kiosk.screens.customer.moments.held_key import HeldKey
from kiosk.store.tables.parcels import by_waybill
from kiosk.text import Language
from tests.conftest import Hands
from tests.loop import in_a_loop
from tests.screens.running import NoLights, settled, shown

SF = "SF1000000000001"


@pytest.mark.parametrize(("begins", "every"), [(0.25, 0.092), (0.5, 0.03), (0.66, 0.04)], ids=["console", "X", "foot"])
def test_what_a_keyboard_repeats_counts_once(begins: float, every: float) -> None:
    held = HeldKey()
    assert held.pressed("f3", 10.0) is None
    numbers = [held.pressed("f3", 10.0 + begins + every * n) for n in range(20)]
    assert None not in numbers and not any(held.is_meant(number) for number in numbers if number is not None)


def test_a_person_may_press_twice_however_fast() -> None:
    for gap in (0.02, 0.15, 0.6, 1.5):
        held = HeldKey()
        assert held.pressed("f3", 10.0) is None
        number = held.pressed("f3", 10.0 + gap)
        assert number is None or held.is_meant(number)


def test_another_key_or_a_scan_between_makes_it_new() -> None:
    held = HeldKey()
    for key in ("f3", "f1", "f3"):
        assert held.pressed(key, 10.0) is None
    waiting = held.pressed("f3", 10.2)
    held.forget()
    assert waiting is not None and not held.is_meant(waiting)
    assert held.pressed("f3", 10.3) is None


@pytest.fixture
def app(home: StationHome, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> Iterator[CustomerApp]:
    app = CustomerApp(
        open_station(home, terminal="screen", who="customer", clock=hands.clock), NoLights, language=Language.ENGLISH
    )
    yield app
    app.close()


@in_a_loop
async def test_a_held_key_asks_for_home_delivery_and_neither_wishes_nor_takes_back(
    app: CustomerApp, station: Station, shelved: Callable[..., CheckedIn], monkeypatch: pytest.MonkeyPatch
) -> None:
    parcel, times = shelved(SF), iter([0.0, *(0.5 + n * 0.03 for n in range(12))])
    async with app.run_test(size=(80, 24)) as pilot:
        app.scanned(parcel.code)
        await settled(pilot, lambda: "F3 to my door" in shown(app))
        monkeypatch.setattr("kiosk.screens.customer.keys.monotonic", lambda: next(times))
        waiting: list[Callable[[], None]] = []
        monkeypatch.setattr(app, "set_timer", lambda _, then: waiting.append(then))
        for _ in range(13):
            app.command_key("f3")
        for then in waiting:
            then()
        assert "F3 yes, to my door" in shown(app)
        assert by_waybill(station.conn, SF)[0].delivery_requested_at is None
