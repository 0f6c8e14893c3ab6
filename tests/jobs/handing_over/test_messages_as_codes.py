"""A message at the kiosk: its right codes open, and what we misread of it is nobody's fault."""

from collections.abc import Callable

import pytest

from kiosk.counter.customer import serve_customer
from kiosk.counter.search import search
from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.handing_over.pick_up import Found
from kiosk.jobs.keeping.hold import hold
from kiosk.jobs.staff.pauses import list_pauses
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.problems import Problem
from kiosk.parcels.scans import recognise
from tests.conftest import Hands
from tests.jobs.asking import why

Shelve = Callable[..., CheckedIn]
SF, YTO, ZTO = "SF1000000000001", "YT1000000000001", "73100000000001"
CAINIAO = "【菜鸟驿站】您的圆通包裹已到阳光花园店，请凭{}于11-30 21:00前取件，营业时间9:00-21:00，电话400-880-1234"


def opened(station: Station, text: str) -> list[str]:
    found = serve_customer(station, recognise(text), None)
    assert isinstance(found, Found) and found.refused == (), found
    return [parcel.code for parcel in found.parcels]


def wrong_tries(station: Station) -> int:
    (count,) = station.conn.execute("SELECT count(*) FROM attempts WHERE outcome = 'no_such_code'").fetchone()
    return int(count)


@pytest.mark.parametrize(
    "message",
    [
        CAINIAO,
        "取件码 {}，货位 1-2-1",
        "【Station】取件码 {} (1-2-1)",
        "Your pickup code is {}",
        "North gate: pickup code {} (4-6-1)",
        "code {} and also 9-9-9999, 8-8-8888",
        "取件码9-9-9999、{}，凭9-8-0001",
        "【驿站】{} 9-9-9999 已到",
    ],
)
def test_a_message_with_a_right_code_is_no_try_however_often(
    other_terminal: Station, shelved: Shelve, message: str
) -> None:
    code = shelved(SF).code
    for _ in range(6):
        assert opened(other_terminal, message.format(code)) == [code]
    assert list_pauses(other_terminal).pauses == () and wrong_tries(other_terminal) == 0


def test_all_codes_of_a_message_open_more_than_a_list_may_have(other_terminal: Station, shelved: Shelve) -> None:
    codes = [shelved(f"SF10000000000{n:02d}").code for n in range(12)]
    assert opened(other_terminal, "取件码" + "、".join(codes) + "，请取") == codes


def test_a_message_without_a_right_code_is_one_try(other_terminal: Station, shelved: Shelve) -> None:
    code = shelved(SF).code
    for tries in range(1, 5):
        message = "取件码 9-9-9999、9-9-9998、9-9-9997，凭9-9-9996"
        assert why(serve_customer(other_terminal, recognise(message), None)) is Problem.NO_SUCH_CODE
        assert wrong_tries(other_terminal) == tries and list_pauses(other_terminal).pauses == ()
    why(serve_customer(other_terminal, recognise("取件码 9-9-9999"), None))  # the fifth
    assert [pause.scope for pause in list_pauses(other_terminal).pauses] == ["code t2"]
    assert why(serve_customer(other_terminal, recognise(f"取件码 {code}"), None)) is Problem.NO_SUCH_CODE


def test_ones_own_code_in_a_message_is_no_way_to_guess_without_end(
    other_terminal: Station, shelved: Shelve, hands: Hands
) -> None:
    own, another = shelved(SF).code, shelved(YTO).code
    for scan in range(5):
        guesses = "、".join(f"9-9-{scan}{n:03d}" for n in range(5))
        assert opened(other_terminal, f"取件码{own}、{guesses}") == [own]
    assert opened(other_terminal, f"取件码{own}、{another}") == [own, another]  # no wrong one: nothing is guessed
    assert [pause.scope for pause in list_pauses(other_terminal).pauses] == ["message t2"]
    guess = f"取件码{own}、9-9-0000、{another}"
    assert opened(other_terminal, guess) == [own]
    assert wrong_tries(other_terminal) == 0  # and whoever has a right code hears nothing of it
    hands.pass_time(1000)
    assert opened(other_terminal, guess) == [own, another]


def test_what_has_gone_is_not_told_and_what_is_held_is(
    station: Station, other_terminal: Station, shelved: Shelve
) -> None:
    gone, held, here = shelved(SF).code, shelved(YTO).code, shelved(ZTO).code
    check_out(station, recognise(SF), at_counter=True)
    assert opened(other_terminal, f"取件码{gone}、{here}") == [here]
    assert why(search(other_terminal, recognise(f"取件码{gone}"))) is Problem.ALREADY_COLLECTED
    hold(station, recognise(YTO), "other")
    found = search(other_terminal, recognise(f"取件码{held}、{here}"))
    assert isinstance(found, Found) and found.refused == (Problem.ON_HOLD,)
    assert why(search(other_terminal, recognise(f"取件码{held}、9-9-9999"))) is Problem.ON_HOLD
    assert list_pauses(other_terminal).pauses == () and wrong_tries(other_terminal) == 0
