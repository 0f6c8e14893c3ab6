"""What a person sees when the line to the desk is not there: never a black page, and no scan lost without a word."""

import signal
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.home import StationHome
from kiosk.jobs.station import Station
from kiosk.store.tables.parcels import by_waybill
from tests.waiting import until
from tests.web.chromium import (
    LAPTOP,
    NEEDS_CHROMIUM,
    PHONE,
    Start,
    address_told,
    chromium,
    is_painted,
    say,
    set_web,
    sign_in,
)
from tests.web.conftest import PIN

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM
ORANGE, YELLOW = (0xD5, 0x5E, 0x00), (0xF0, 0xE4, 0x42)
SENT, UNSENT = "SF1000000000011", "SF1000000000022"
DEVICES = pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["phone", "laptop"])
Open = Callable[..., "Page"]


@pytest.fixture
def opened_page() -> Iterator[Open]:
    """`opened_page(address, device)`: signed in."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = chromium(playwright)

        def open_page(address: str, device: dict[str, Any], locale: str = "en-US") -> "Page":
            page = browser.new_context(locale=locale, **device).new_page()
            sign_in(page, address)
            return page

        yield open_page
        browser.close()


@DEVICES
def test_a_second_window_says_that_the_desk_is_there_and_gives_it_back(
    home: StationHome, staffed: Station, start: Start, opened_page: Open, device: dict[str, Any]
) -> None:
    set_web(home)
    address = address_told(start("web"))
    first = opened_page(address, device)
    second = first.context.new_page()
    second.goto(address)
    second.wait_for_selector("body.-first-byte:not(.wait)")
    first.wait_for_selector("body.other")
    assert first.get_by_text("This desk is open in another window.").is_visible()
    until(lambda: is_painted(first.screenshot(), YELLOW) or device is LAPTOP)
    first.click("#veil a.button")
    first.wait_for_selector("body.-first-byte:not(.wait)")
    second.wait_for_selector("body.other")
    assert second.get_by_text("Go on here").is_visible()


@pytest.mark.parametrize(
    ("device", "locale", "lost", "again"),
    [
        (LAPTOP, "en-US", "nothing that you scan now is taken", "Scan again:"),
        (PHONE, "zh-CN", "现在扫描的都不会录入", "请重新扫描："),
    ],
    ids=["laptop", "phone"],
)
def test_a_line_that_is_dead_is_told_and_so_is_each_scan_that_was_made(
    home: StationHome,
    staffed: Station,
    start: Start,
    opened_page: Open,
    device: dict[str, Any],
    locale: str,
    lost: str,
    again: str,
) -> None:
    """The server holds still: the socket stays open, and nothing says so. Then it goes on."""
    set_web(home)
    served = start("web")
    page = opened_page(address_told(served), device, locale)
    served.send_signal(signal.SIGSTOP)
    say(page, SENT)
    page.wait_for_selector("body.lost")
    assert page.get_by_text(lost).is_visible()
    say(page, UNSENT)
    say(page, f"7 {PIN}")
    until(lambda: is_painted(page.screenshot(), ORANGE))
    told = page.locator("#missed .certain:visible b").inner_text()
    assert told == "2: …0022 …" and page.get_by_text(again).first.is_visible()  # no PIN, not even its end
    assert page.locator("#missed .doubtful:visible b").inner_text() == "1: …0011"
    served.send_signal(signal.SIGCONT)
    page.wait_for_selector("body:not(.lost)")
    assert page.locator("#missed").is_visible()  # until somebody has seen it
    until(lambda: by_waybill(staffed.conn, SENT))  # it was on its way
    assert not by_waybill(staffed.conn, UNSENT)  # and this one is done when it is scanned again, not before
    page.click("#missed button")
    assert not page.locator("#missed").is_visible()
    say(page, UNSENT)
    until(lambda: by_waybill(staffed.conn, UNSENT))


def test_after_a_restart_the_page_says_why_it_asks_for_the_pin_and_what_was_missed_is_still_told(
    home: StationHome, staffed: Station, start: Start, opened_page: Open
) -> None:
    set_web(home)
    served = start("web")
    address = address_told(served)
    page = opened_page(address, PHONE)
    served.send_signal(signal.SIGTERM)
    served.wait(10)
    page.wait_for_selector("body.lost")
    assert page.get_by_text("The line is interrupted").is_visible()
    say(page, UNSENT)
    text = home.settings.read_text("utf-8")
    home.settings.write_text(
        text.replace("port = 0\n", f"port = {address.rstrip('/').rpartition(':')[2]}\n", 1), "utf-8"
    )
    address_told(start("web"))
    page.wait_for_selector("#number")
    assert page.get_by_text("the station's program was started anew").is_visible()
    page.reload()
    assert not page.get_by_text("started anew").is_visible()  # told once
    sign_in(page, address)
    assert page.locator("#missed .certain:visible b").inner_text() == "1: …0022"


def test_who_signs_in_elsewhere_is_told_here(
    home: StationHome, staffed: Station, start: Start, opened_page: Open
) -> None:
    set_web(home)
    address = address_told(start("web"))
    here = opened_page(address, PHONE)
    opened_page(address, LAPTOP)
    here.wait_for_selector("#number")
    assert here.get_by_text("You have signed in at another browser").is_visible()


def test_a_scan_that_is_made_while_the_page_opens_is_told_and_so_is_one_that_the_opening_line_cuts(
    home: StationHome, staffed: Station, start: Start, opened_page: Open
) -> None:
    set_web(home)
    page = opened_page(address_told(start("web")), LAPTOP)
    page.goto(page.url, wait_until="commit")
    page.wait_for_function("window.earlyKeys")
    page.keyboard.type(f"{UNSENT}\n")
    page.wait_for_selector("body.-first-byte:not(.wait)")
    until(lambda: by_waybill(staffed.conn, UNSENT) or page.locator("#missed .certain:visible b").all_inner_texts())
    assert by_waybill(staffed.conn, UNSENT) or page.locator("#missed .certain b").inner_text() == "1: …0022"
    page.context.set_offline(True)
    page.evaluate("Object.defineProperty(WebSocket.current, 'isOpen', { get: () => false, configurable: true })")
    page.keyboard.type(SENT[:9])
    page.evaluate("delete WebSocket.current.isOpen")
    page.context.set_offline(False)
    page.keyboard.type(f"{SENT[9:]}\n")
    page.locator("#missed .certain:visible b", has_text="…0011").wait_for()
    say(page, SENT)
    until(lambda: by_waybill(staffed.conn, SENT))
    assert not by_waybill(staffed.conn, SENT[9:])
