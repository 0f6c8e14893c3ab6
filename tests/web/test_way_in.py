"""Before anybody has shown who they are nothing is told, and showing it cannot be done for somebody else."""

import re

import aiohttp
import pytest
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from kiosk.home import StationHome
from kiosk.jobs.staff.register import first_manager, make_badge
from kiosk.jobs.station import Station
from kiosk.parcels.qr_texts import badge_text
from kiosk.store.tables.staff import by_number
from kiosk.web.asked import address_of
from kiosk.web.page_socket import Closed
from tests.conftest import Hands
from tests.jobs.asking import done
from tests.loop import in_a_loop
from tests.web.conftest import ALONE, PIN, WRONG, Opened

FILES_OF_THE_DESK = ["desk.js", "desk.css", "textual.js", "xterm.css", "RobotoMono.ttf"]


def events(station: Station) -> list[tuple[str, str, str]]:
    return [*map(tuple, station.conn.execute("select event, who, terminal from events order by seq"))]


@in_a_loop
async def test_without_signing_in_there_is_a_page_and_nothing_else(opened: Opened, staffed: Station) -> None:
    async with opened() as place:
        browser = place.browser()
        status, page, headers = await browser.get("/")
        assert status == 200 and "<script" not in page and "://" not in page
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "script-src" not in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store" and headers["X-Frame-Options"] == "DENY"
        assert (await browser.get("/file/page.css"))[0] == 200
        for name in [*FILES_OF_THE_DESK, "..%2fweb_desk.py", "nothing.css"]:
            assert (await browser.get(f"/file/{name}"))[0] == 404
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await browser.line()
        assert refused.value.status == 403
        assert (await browser.get("/anything"))[0] == 404


@in_a_loop
async def test_number_and_pin_open_the_desk_in_that_persons_name(opened: Opened, staffed: Station) -> None:
    async with opened() as place:
        browser = place.browser()
        status, page, _ = await browser.sign_in(pin=WRONG)
        assert status == 403 and "Number or PIN is wrong" in page
        status, _, headers = await browser.sign_in()
        assert status == 303
        cookie = headers["Set-Cookie"]
        assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie
        assert "Secure" not in cookie  # on this machine there is no TLS to ask for
        status, page, headers = await browser.get("/")
        policy = headers["Content-Security-Policy"]
        assert status == 200 and "script-src 'self';" in policy and f"ws://{browser.at.authority}" in policy
        for name in FILES_OF_THE_DESK:
            assert (await browser.get(f"/file/{name}"))[0] == 200
        line = await browser.line()
        assert '"number": "7"' in await line.shown("number")
        await line.type("SF1000000000001\r")
        await line.shown("typed SF1000000000001\r")
    signed_in = [event for event in events(staffed) if event[0] == "sign_in"]
    assert len(signed_in) == 1 and signed_in[0][1] == "staff-7" and signed_in[0][2].startswith("web-from-")


@in_a_loop
async def test_pages_of_other_sites_neither_sign_in_nor_open_the_line(opened: Opened, staffed: Station) -> None:
    async with opened() as place:
        browser = place.browser()
        for origin in ("http://evil.example", "null", ""):
            status, _, headers = await browser.post("/sign-in", {"Origin": origin}, number="7", pin=PIN)
            assert status == 403 and "Set-Cookie" not in headers
        assert not [event for event in events(staffed) if event[0] == "sign_in"]
        await browser.sign_in()
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await browser.line(Origin="http://evil.example")
        await (await browser.line()).shown("number")


@in_a_loop
async def test_guessing_waits_as_at_a_terminal(opened: Opened, staffed: Station, hands: Hands) -> None:
    async with opened(behind_proxy=True) as place:
        by = {"X_Forwarded_Proto": "https", "X_Forwarded_Host": "desk.example", "Origin": "https://desk.example"}
        guesser = place.browser(**by, X_Forwarded_For="198.51.100.7, 203.0.113.9")
        for number in ("1", "2", "3", "4", "7"):
            assert (await guesser.sign_in(number, WRONG))[0] == 403
        assert (await guesser.sign_in("8"))[0] == 403  # right, but has to wait
        colleague = place.browser(**by, X_Forwarded_For="198.51.100.7, 203.0.113.10")
        assert (await colleague.sign_in("8"))[0] == 303
        hands.pass_time(3600)
        assert (await guesser.sign_in("7"))[0] == 303
    assert not [terminal for _, _, terminal in events(staffed) if "203" in terminal]


@in_a_loop
async def test_a_pin_that_somebody_else_knows_is_changed_first(opened: Opened, station: Station) -> None:
    first = first_manager(station)
    assert first is not None
    async with opened() as place:
        browser = place.browser()
        assert (await browser.sign_in(first.number, first.pin))[0] == 303
        assert "New PIN" in (await browser.get("/"))[1]
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await browser.line()
        for pin, again, why in (
            ("515162", "616173", "not the same"), ("123123", "123123", "too simple"), (first.pin,) * 2 + ("knows",)
        ):  # fmt: skip
            status, page, _ = await browser.post("/new-pin?language=en", pin=pin, again=again)
            assert status == 403 and why in page
        assert (await browser.post("/new-pin", pin="515162", again="515162"))[0] == 303
        await (await browser.line()).shown("number")
    one = by_number(station.conn, first.number)
    assert one is not None and not one.pin_must_change


@in_a_loop
async def test_who_does_not_choose_his_pin_has_left(opened: Opened, station: Station, hands: Hands) -> None:
    first = first_manager(station)
    assert first is not None
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in(first.number, first.pin)
        hands.pass_time(61)
        assert (await browser.post("/new-pin", pin="515162", again="515162"))[0] == 303
        assert "New PIN" not in (await browser.get("/"))[1]
    one = by_number(station.conn, first.number)
    assert one is not None and one.pin_must_change


@in_a_loop
async def test_a_station_without_staff_is_not_open_to_browsers(opened: Opened, station: Station) -> None:
    async with opened() as place:
        browser = place.browser()
        for status, page, _ in (await browser.get("/"), await browser.sign_in()):
            assert status == 403 and "kiosk staff add" in page and "<form" not in page


@in_a_loop
async def test_behind_a_proxy_only_https_counts(opened: Opened, staffed: Station) -> None:
    async with opened(behind_proxy=True) as place:
        assert (await place.browser().get("/"))[0] == 403
        assert (await place.browser(X_Forwarded_Proto="http", X_Forwarded_Host="desk.example").get("/"))[0] == 403
        assert (await place.browser(X_Forwarded_Proto="https", X_Forwarded_Host="a b<script>").get("/"))[0] == 403
        browser = place.browser(
            X_Forwarded_Proto="https", X_Forwarded_Host="desk.example", Origin="https://desk.example"
        )
        status, _, headers = await browser.sign_in()
        assert status == 303 and headers["Set-Cookie"].startswith("__Host-kiosk=") and "Secure" in headers["Set-Cookie"]


@in_a_loop
async def test_pages_speak_the_browsers_language_or_the_chosen_one(opened: Opened, staffed: Station) -> None:
    async with opened() as place:
        browser = place.browser()
        assert "工号" in (await browser.get("/", **{"Accept-Language": "zh-CN,zh;q=0.9"}))[1]
        assert "工号" in (await browser.get("/?language=zh"))[1]
        assert "Your number, or scan your badge" in (await browser.get("/?language=fr"))[1]
        assert "Nobody pressed a key" in (await browser.get("/?ended=idle"))[1]
        assert "script" not in (await browser.get("/?ended=<script>"))[1]


def test_of_the_lines_that_name_the_browser_the_proxys_own_is_the_last() -> None:
    written_by_anybody, by_the_proxy = ("X-Forwarded-For", "1.1.1.1"), ("X-Forwarded-For", "2.2.2.2, 10.0.0.7")
    request = make_mocked_request("GET", "/", CIMultiDict([written_by_anybody, by_the_proxy]))
    assert address_of(request, behind_proxy=True) == "10.0.0.7"
    assert address_of(request, behind_proxy=False) != "10.0.0.7"


@pytest.mark.parametrize(
    ("first", "second", "are_one"),
    [
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8::1", "2001:db8:0:0:ffff:1:2:3", True),
        ("fe80::1:2:3:4%eth0", "fe80::4:3:2:1", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:10.0.0.7", "10.0.0.7", True),
        ("10.0.0.7", "10.0.0.8", False),
    ],
)
def test_all_addresses_of_a_line_are_one_browser(first: str, second: str, are_one: bool) -> None:
    requests = (make_mocked_request("GET", "/", CIMultiDict([("X-Forwarded-For", one)])) for one in (first, second))
    marks = {address_of(request, behind_proxy=True) for request in requests}
    assert (len(marks) == 1) is are_one


@in_a_loop
async def test_what_is_no_form_of_ours_is_no_defect(opened: Opened, staffed: Station) -> None:
    async with opened() as place:
        browser = place.browser()
        for kind in ("multipart/form-data; boundary=x", "text/plain"):
            assert (await browser.post("/sign-in", {"Content-Type": kind}, number="--x\r\nbad"))[0] == 415


@in_a_loop
async def test_a_station_that_cannot_be_opened_is_told_and_ends_no_desk(
    opened: Opened, staffed: Station, hands: Hands, home: StationHome
) -> None:
    async with opened() as place:
        browser = place.browser()
        assert (await browser.sign_in())[0] == 303
        line = await browser.line()
        home.settings.write_text("rubbish")
        status, page, _ = await place.browser().get("/", **{"Accept-Language": "en"})
        assert status == 503 and "cannot be opened" in page and str(home.folder) not in page
        hands.pass_time(ALONE.idle_min * 60)
        await place.desk.close_idle()
        assert await line.closed() == Closed.IDLE


@in_a_loop
async def test_no_form_is_read_that_is_too_long(opened: Opened, staffed: Station) -> None:
    async with opened() as place:
        assert (await place.browser().sign_in("7" * 100_000))[0] == 413
        assert (await place.browser().sign_in("7" * 1000))[0] == 403


@pytest.mark.parametrize("field", ["number", "pin"])
@in_a_loop
async def test_a_badge_opens_the_desk_from_whichever_field_it_was_scanned_into(
    opened: Opened, staffed: Station, field: str
) -> None:
    text = done(make_badge(staffed, "8")).text
    async with opened() as place:
        browser = place.browser()
        _, page, _ = await browser.get("/")
        (longest,) = {int(most) for most in re.findall(r'maxlength="(\d+)"', page)}
        assert longest >= len(text) + 10  # with what a scanner puts around it
        typed = {"number": "", "pin": "", field: f"\x02{text}\x03"}
        assert (await browser.post("/sign-in", **typed))[0] == 303
        assert '"number": "8"' in await (await browser.line()).shown("number")


@in_a_loop
async def test_a_badge_that_needs_the_pin_asks_for_it_and_is_not_shown(
    opened: Opened, staffed: Station, home: StationHome
) -> None:
    text = done(make_badge(staffed, "8")).text
    settings = home.settings.read_text("utf-8")
    home.settings.write_text(re.sub(r"#? ?badge_needs_pin = \w+", "badge_needs_pin = true", settings), "utf-8")
    async with opened() as place:
        browser = place.browser()
        status, page, headers = await browser.post("/sign-in?language=en", number=text, pin="")
        assert status == 200 and "Now type your PIN" in page and 'value="8"' in page
        assert text not in page and "Set-Cookie" not in headers
        assert (await browser.sign_in("8"))[0] == 303


@in_a_loop
async def test_badges_that_open_nothing_pause_the_browser_and_fill_no_log(opened: Opened, staffed: Station) -> None:
    wrong = badge_text("A" * 26)
    async with opened() as place:
        browser = place.browser()
        status, page, _ = await browser.post("/sign-in?language=en", number=wrong, pin="")
        assert status == 403 and "This badge opens nothing" in page
        for _ in range(10):
            assert (await browser.post("/sign-in?language=en", number=wrong, pin=""))[0] == 403
        assert len([one for one in events(staffed) if one[0] == "refuse"]) < 8
        assert (await browser.sign_in())[0] == 403


@in_a_loop
async def test_whoever_had_a_desk_is_told_once_why_it_is_closed(opened: Opened, staffed: Station) -> None:
    """Another program than the one that gave the cookie: it was started anew."""
    anew, ended = "started anew", "wieder"
    async with opened() as before:
        browser = before.browser()
        _, _, headers = await browser.sign_in()
        cookie = headers["Set-Cookie"].partition(";")[0]
    async with opened() as place:
        browser = place.browser(Cookie=cookie)
        for _ in range(2):  # a page that only asks whether we are here takes the answer from nobody
            status, headers = await browser.head("/")
            assert status == 200 and "Set-Cookie" not in headers
        _, page, headers = await browser.get("/?language=en")
        assert anew in page and 'kiosk=""' in headers["Set-Cookie"] and "Max-Age=0" in headers["Set-Cookie"]
        assert anew not in (await place.browser().get("/?language=en"))[1]
        _, page, _ = await place.browser(Cookie=cookie).get("/?language=en&ended=locked")
        assert "The desk is locked." in page and "language=zh&amp;ended=locked" in page
        _, page, _ = await place.browser().get(f"/?ended={ended}%22%3E%3Cb%3E")
        assert ended not in page
