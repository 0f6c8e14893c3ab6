"""The page speaks as its desk does, however that was switched, and goes on so when it is opened again."""

from typing import Any

import pytest

from kiosk.home import StationHome
from kiosk.jobs.station import Station
from tests.loop import in_a_loop
from tests.web.chromium import LAPTOP, NEEDS_CHROMIUM, PHONE, Start, address_told, chromium, say, set_web, sign_in
from tests.web.conftest import Opened


@in_a_loop
async def test_what_the_desk_says_holds_for_every_page(opened: Opened, staffed: Station) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in()
        line = await browser.line()
        await line.shown("number")
        await line.type("z")
        await line.type("a")
        await line.shown("typed a")
        assert '<body class="zh">' in (await browser.get("/"))[1]
        assert "列表与文件" in (await browser.get("/papers"))[1]
        await browser.get("/papers?language=en")  # read in English: the desk itself is still Chinese
        assert "Lists and files" in (await browser.get("/papers"))[1]
        assert '<body class="zh">' in (await browser.get("/"))[1]


@NEEDS_CHROMIUM
@pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_keys_on_the_glass_follow_the_desk(
    home: StationHome, staffed: Station, start: Start, device: dict[str, Any]
) -> None:
    from playwright.sync_api import sync_playwright

    set_web(home)
    address = address_told(start("web"))
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        page = browser.new_context(locale="en-US", **device).new_page()
        sign_in(page, address)
        page.click("#keys button:has-text('F2')")
        page.wait_for_selector("body.zh")
        page.reload()
        page.wait_for_selector("body.zh.-first-byte:not(.wait)")
        assert page.get_by_text("锁定").first.is_visible()
        say(page, "LANGUAGE")  # as the card says it
        page.wait_for_selector("body.en")
        browser.close()
