"""A desk in a browser, from its first page until it is locked, left alone, or opened elsewhere."""

import asyncio
import re

import pytest

from kiosk.jobs.station import Station
from kiosk.web.page_socket import Closed
from tests.conftest import Hands
from tests.loop import in_a_loop
from tests.web.conftest import Opened


def signed_out(station: Station) -> list[tuple[str, str]]:
    told = station.conn.execute("select who, terminal from events where event = 'sign_out'")
    return [*map(tuple, told)]


def process(shown: str) -> str:
    found = re.search(r"(\d+)$", shown)
    assert found
    return found[1]


@in_a_loop
async def test_without_a_key_the_desk_closes_and_with_one_it_does_not(
    opened: Opened, staffed: Station, hands: Hands
) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in()
        line = await browser.line()
        await line.shown("number")
        hands.pass_time(599)
        await line.type("a")
        await line.shown("typed a")
        hands.pass_time(599)
        await place.desk.close_idle()
        await line.type("b")
        await line.shown("typed b")
        hands.pass_time(601)
        assert "<form method" in (await browser.get("/"))[1]  # nobody has looked yet, and still it is over
        await place.desk.close_idle()
        assert await line.closed() == Closed.IDLE
    assert signed_out(staffed) == [("staff-7", "web-7")]


@in_a_loop
async def test_a_page_that_comes_back_finds_its_desk_and_the_older_page_closes(
    opened: Opened, staffed: Station
) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in()
        first = await browser.line()
        number = process(await first.shown("number"))
        await first.close()
        second = await browser.line()
        assert process(await second.shown("size 44 30")) == number
        third = await browser.line()
        assert await second.closed() == Closed.OTHER_PAGE
        assert process(await third.shown("size 44 30")) == number


@in_a_loop
async def test_a_locked_desk_is_closed_and_a_broken_one_comes_back(opened: Opened, staffed: Station) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in()
        line = await browser.line()
        broken = process(await line.shown("number"))
        await line.type("x")
        assert await line.closed() == Closed.BROKEN
        line = await browser.line()
        assert process(await line.shown("number")) != broken
        await line.type("q")
        assert await line.closed() == Closed.LOCKED
        assert "<form method" in (await browser.get("/"))[1]


@in_a_loop
async def test_whoever_signs_in_again_goes_on_at_the_new_browser(opened: Opened, staffed: Station) -> None:
    async with opened(sessions=1) as place:
        phone, laptop = place.browser(), place.browser()
        await phone.sign_in()
        line = await phone.line()
        await line.shown("number")
        assert (await laptop.sign_in())[0] == 303
        assert await line.closed() == Closed.ELSEWHERE
        await (await laptop.line()).shown("number")
        assert "<form method" in (await phone.get("/"))[1]


@in_a_loop
async def test_there_are_only_so_many_desks(opened: Opened, staffed: Station) -> None:
    async with opened(sessions=1) as place:
        one, other = place.browser(), place.browser()
        await one.sign_in("7")
        status, page, headers = await other.sign_in("8")
        assert status == 503 and "The one desk in a browser is in use" in page and "Set-Cookie" not in headers
        await (await one.line()).shown("number")
    assert ("staff-8", "web-8") in signed_out(staffed)


@pytest.mark.parametrize(
    "rubbish",
    ["", "{", "[]", '["stdin"]', '["stdin", 7]', '["resize", {"width": "x", "height": 1}]', "[" * 9000, '["quit"]'],
)
@in_a_loop
async def test_what_no_page_of_ours_sends_does_no_harm(opened: Opened, staffed: Station, rubbish: str) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in()
        line = await browser.line()
        await line.shown("number")
        await line.send(rubbish)
        again = await browser.line()
        await again.send('["resize", {"width": -5, "height": 99999999}]')
        await again.shown("size 1 150")
        await again.type("a")
        await again.shown("typed a")


@in_a_loop
async def test_two_pages_at_once_start_one_desk(opened: Opened, staffed: Station) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in()
        lines = await asyncio.gather(*(browser.line() for _ in range(5)))
        ends = await asyncio.gather(*(line.closed() for line in lines[:-1]), return_exceptions=True)
        assert len(ends) == 4
        assert len([visit for visit in place.desk._visits.all() if visit.desk]) == 1


@in_a_loop
async def test_a_scan_that_broke_off_in_the_middle_is_not_put_before_the_next_one(
    opened: Opened, staffed: Station
) -> None:
    """Over a line that broke came its beginning; what the next page types first takes it back."""
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in()
        line = await browser.line()
        await line.shown("number")
        await line.type("SF1")
        await line.type("00")
        await line.shown("typed 00")
        await line.close()
        line = await browser.line()
        assert "\x7f" * 5 in await line.shown("typed \x7f+")
        await line.type("SF2\r")
        await line.shown("typed SF2\r")
        await line.close()
        line = await browser.line()
        assert "\x7f" not in await line.shown("typed|size")
