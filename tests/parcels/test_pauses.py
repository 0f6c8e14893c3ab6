"""Pauses after wrong tries: they grow, they end, and no clock and no restart shortens them."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.parcels.pauses import CODE_AT_STATION, CODE_AT_TERMINAL, PIN, TAIL_OF_PARCEL, Limit, WrongTries

DAY_S = 86_400.0


def wrong(limit: Limit, times: int, start: WrongTries = WrongTries(), now: float = 1000.0) -> WrongTries:  # noqa: B008
    for _ in range(times):
        start = start.one_more(limit, "boot", now)
    return start


def test_one_try_too_few_pauses_nobody_and_one_more_does() -> None:
    assert wrong(PIN, 4).left_s("boot", 1000.0) == 0
    assert wrong(PIN, 5).left_s("boot", 1000.0) == 30


def test_each_pause_is_longer_up_to_the_longest() -> None:
    counted, lengths, now = WrongTries(), [], 1000.0
    for _ in range(8):
        while counted.left_s("boot", now) == 0:
            counted = counted.one_more(PIN, "boot", now)
        lengths.append(counted.left_s("boot", now))
        now += lengths[-1]
    assert lengths == [30, 60, 120, 240, 480, 900, 900, 900]


def test_who_mistypes_once_a_minute_never_waits() -> None:
    counted, now = WrongTries(), 0.0
    for _ in range(1000):
        counted = counted.one_more(CODE_AT_TERMINAL, "boot", now)
        assert counted.left_s("boot", now) == 0
        now += 60


def test_a_restart_of_the_machine_ends_no_pause_early() -> None:
    counted = wrong(PIN, 5, now=500_000.0)
    assert counted.left_s("next boot", 3.0) == 27
    assert counted.left_s("boot", 499_999.0) == 0  # only a clock that starts again runs backwards: a day has passed
    assert counted.left_s("next boot", 31.0) == 0


def test_ten_codes_in_one_scan_are_ten_guesses() -> None:
    assert WrongTries().one_more(CODE_AT_TERMINAL, "boot", 0.0, weight=10).left_s("boot", 0.0) == 30


def guesses_in_a_day(limit: Limit) -> int:
    """What somebody gets who tries again the moment they may."""
    counted, now, guesses = WrongTries(), 0.0, 0
    while now < DAY_S:
        left = counted.left_s("boot", now)
        if left:
            now += left
        else:
            counted, guesses, now = counted.one_more(limit, "boot", now), guesses + 1, now + 1
    return guesses


def test_guesses_that_a_day_leaves() -> None:
    assert guesses_in_a_day(CODE_AT_TERMINAL) < 1600
    assert guesses_in_a_day(CODE_AT_STATION) < 5000
    assert guesses_in_a_day(PIN) < 600  # of a million PINs: a hit in four years
    assert guesses_in_a_day(TAIL_OF_PARCEL) < 60  # of 10,000, for whoever has that person's own code


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.floats(0, 1e6)), max_size=30))
def test_a_pause_is_never_negative_nor_longer_than_the_longest(steps: list[tuple[str, float]]) -> None:
    counted = WrongTries()
    for boot, now in steps:
        counted = counted.one_more(CODE_AT_TERMINAL, boot, now)
        assert 0 <= counted.left_s(boot, now) <= CODE_AT_TERMINAL.longest_pause_s
