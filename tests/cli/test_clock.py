"""A clock that cannot be right, told on the command line; and the word of a person that it is."""

from datetime import UTC, datetime

from tests.cli.conftest import Kiosk
from tests.conftest import Hands


def test_a_check_in_in_1970_says_that_the_clock_is_behind(kiosk: Kiosk, hands: Hands) -> None:
    code, _, err = kiosk("check-in", "SF1000000000001", "--shelve")
    assert code == 0 and "clock" not in err
    hands.wall = datetime(1970, 1, 1, 0, 5, tzinfo=UTC)
    code, (answer,), err = kiosk("check-in", "SF1000000000002", "--shelve")
    assert code == 0 and answer["state"] == "SHELVED"
    assert "The clock is behind: it was 2026-11-22 16:00 already." in err


def test_a_clock_that_is_right_is_called_so(kiosk: Kiosk, hands: Hands) -> None:
    kiosk("check-in", "SF1000000000001", "--shelve")
    hands.wall = datetime(2035, 1, 1, tzinfo=UTC)
    code, (answer,), err = kiosk("purge")
    assert code == 1 and answer["problem"] == "clock_doubted" and "kiosk clock --right" in answer["message"]
    _, (answer,), _ = kiosk("clock")
    assert answer["doubted_until"].startswith("2035-01-02T08:00:00")
    code, (answer,), _ = kiosk("clock", "--right")
    assert code == 0 and answer["doubted_until"] is None
    code, (answer,), err = kiosk("purge")
    assert code == 0 and "behind" not in err
