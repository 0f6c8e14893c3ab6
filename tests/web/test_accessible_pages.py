"""Every page by axe-core, on a phone and on a laptop, in both languages; and at 200 % nothing runs off the side."""

from typing import Any

import pytest

from kiosk.home import StationHome
from kiosk.jobs.sheets.batch import open_batch
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.put_away import confirm_put_away
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.scans import recognise
from tests.web.chromium import LAPTOP, NEEDS_CHROMIUM, PHONE, Start, address_told, chromium, set_web, sign_in
from tests.web.conftest import WRONG

pytestmark = NEEDS_CHROMIUM
WAYBILL = "SF1000000000001"
PATHS = [
    "papers", "announced", "expected", "report", "sheets", "sheet?number=1", "overdue", "place?place=1",
    f"parcel?number={WAYBILL}",
    "parcel?number=nothing",
]  # fmt: skip
ZOOMED = {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}  # a laptop's page at 200 %
NARROWEST = {"viewport": {"width": 195, "height": 422}, "has_touch": True, "is_mobile": True}  # a phone's

# Heads of tables, each a word or two, that are broken within a word.
_BROKEN_HEADS = """[...document.querySelectorAll("thead th")].filter((head) => {
  const { lineHeight } = getComputedStyle(head), words = head.innerText.split(/\\s+/).length;
  const isCard = getComputedStyle(head.closest("thead")).position === "absolute";
  return !isCard && head.clientHeight > 1.6 * parseFloat(lineHeight) * words;
}).map((head) => head.innerText)"""


@pytest.mark.parametrize(
    ("device", "locale"), [(PHONE, "zh-CN"), (LAPTOP, "en-US"), (ZOOMED, "en-US"), (NARROWEST, "zh-CN")],
    ids=["phone", "laptop", "laptop at 200 %", "phone at 200 %"],
)  # fmt: skip
def test_axe_finds_nothing_and_nothing_runs_off_the_side(
    home: StationHome, staffed: Station, start: Start, device: dict[str, Any], locale: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    check_in(staffed, recognise(WAYBILL), Particulars())
    confirm_put_away(staffed)
    open_batch(staffed, "SF", 3)
    set_web(home)
    address = address_told(start("web"))
    found = {}
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        # What is tested is the page; axe itself is a script that its policy would not let in.
        page = browser.new_context(locale=locale, bypass_csp=True, **device).new_page()

        def look(name: str) -> None:
            found[name] = [one["id"] for one in Axe().run(page).response["violations"]]
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            found[name] += ["wider than the screen"] if wide else []
            found[name] += page.evaluate(_BROKEN_HEADS)

        page.goto(address)
        look("sign in")
        page.fill("#number", "7")
        page.fill("#pin", WRONG)
        page.click("form button")
        look("wrong PIN")
        sign_in(page, address)
        look("desk")
        page.evaluate("document.body.classList.add('lost')")
        look("line lost")
        page.evaluate("document.body.classList.replace('lost', 'other')")
        look("other window")
        page.evaluate("document.body.classList.remove('other')")
        page.click("#see")
        look("camera")
        for path in PATHS:
            page.goto(address + path)
            look(path)
        browser.close()
    assert {name: what for name, what in found.items() if what} == {}
