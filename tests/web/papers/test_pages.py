"""Lists and reports as pages: for who is signed in, with their rights, and as the desk says the same."""

import re

import pytest

from kiosk.home import StationHome
from kiosk.jobs.records.undo import undo
from kiosk.jobs.staff.register import add_staff, change_staff
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.put_away import confirm_put_away
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.store.tables.parcels import by_waybill
from kiosk.web.papers.asking import ANSWERS, FILES
from kiosk.web.papers.desk import FILES as FILES_SERVED
from kiosk.web.papers.desk import PAGES
from tests.loop import in_a_loop
from tests.web.conftest import PIN, Opened

WAYBILL, PHONE = "SF1000000000001", "13812345678"
ASKED = [
    "/papers",
    "/announced",
    "/expected",
    "/overdue",
    f"/parcel?number={WAYBILL}",
    "/place?place=1",
    "/report",
    "/report?day=week",
    "/sheets",
    "/sheets?which=all",
]


@pytest.fixture
def parcel(staffed: Station) -> str:
    check_in(staffed, recognise(WAYBILL), Particulars(phone=read_phone(PHONE)))
    confirm_put_away(staffed)
    return WAYBILL


def test_what_is_served_is_what_is_asked() -> None:
    assert set(PAGES) == set(ANSWERS) and set(FILES_SERVED) == set(FILES)


@in_a_loop
async def test_who_has_not_signed_in_reads_fetches_and_brings_nothing(opened: Opened, parcel: str) -> None:
    async with opened() as place:
        browser = place.browser()
        for path in ["/papers", "/found", *(f"/{name}" for name in (*PAGES, *FILES_SERVED))]:
            status, text, headers = await browser.get(f"{path}?number={parcel}&place=1")
            assert (status, headers["Location"]) == (303, "/") and parcel not in text
        assert (await browser.bring(b"waybill\nSF2000000000001\n"))[0] == 303


@pytest.mark.parametrize("path", ASKED)
@pytest.mark.parametrize("language", ["en", "zh"])
@in_a_loop
async def test_pages_are_read_in_both_languages_and_show_no_whole_phone(
    opened: Opened, parcel: str, path: str, language: str
) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in("8")
        status, page, headers = await browser.get(f"{path}{'&' if '?' in path else '?'}language={language}")
        assert status == 200 and PHONE not in page and "<script" not in page
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert ("工作台" in page) is (language == "zh")
        assert page.count("<h1") == 1


@in_a_loop
async def test_a_list_is_a_table_with_heads_and_each_parcel_leads_to_its_story(
    opened: Opened, parcel: str, staffed: Station
) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in("8")
        shelf = (by_waybill(staffed.conn, parcel)[0].slot or "").partition("-")[0]
        _, page, _ = await browser.get(f"/place?place={shelf}")
        (row,) = re.findall(r'<tr><th scope="row">.*?</tr>', page)
        assert f'href="/parcel?number={parcel}"' in row and 'data-head="Slot">' in row and "*5678" in row
        _, story, _ = await browser.get(f"/parcel?number={parcel}")
        assert "F5" not in story
        assert "checked in" in story and "staff@" in story and f"/label.png?number={parcel}" in story


@in_a_loop
async def test_what_is_asked_for_wrongly_is_told_and_is_text(opened: Opened, staffed: Station) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in("8")
        for path in (
            "/parcel", "/parcel?number=%3Cscript%3Ealert(1)%3C/script%3E", "/place?place=99-99",
            "/report?day=someday", "/report?day=9999-12-31", "/sheet?number=0", "/sheet?number=%C2%B2",
            f"/sheet?number={'9' * 400}",
            "/slip.txt?number=x", "/transfer.csv?number=1", "/label.png?number=nothing", "/report.csv?day=x",
            "/slot-labels.pdf?shelf=99", "/parcel?number=%00%1b[31m",
        ):  # fmt: skip
            status, page, _ = await browser.get(path)
            assert status == 404 and "<script" not in page and 'class="bad"' in page, path


@in_a_loop
async def test_whoever_has_left_reads_nothing_more(opened: Opened, parcel: str, staffed: Station) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in("8")
        assert (await browser.get("/report"))[0] == 200
        change_staff(staffed, "8", left=True)
        for path in (*ASKED, "/report.csv"):
            status, page, headers = await browser.get(path)
            assert status == 303 and headers["Location"].startswith("/?") and parcel not in page


@in_a_loop
async def test_reading_keeps_the_desk_open_and_its_desk_is_as_it_was(
    opened: Opened, staffed: Station, home: StationHome
) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in()
        line = await browser.line()
        await line.shown("number")
        for _ in range(3):
            place.hands.pass_time(400)
            assert (await browser.get("/papers"))[0] == 200
            await place.desk.close_idle()
        await line.type("a")
        await line.shown("typed a")


@pytest.mark.parametrize("typed", [PHONE, "138 1234 5678", PHONE[-4:], f"{PHONE[-4:]} SF"])
@in_a_loop
async def test_a_phone_in_the_head_of_a_page_finds_its_parcels_and_stands_in_no_address(
    opened: Opened, parcel: str, staffed: Station, typed: str
) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in("8")
        assert 'action="/parcel" method="post"' in (await browser.get("/overdue"))[1]
        status, _, headers = await browser.post("/parcel", number=typed)
        assert (status, headers["Location"]) == (303, "/found")
        status, page, _ = await browser.get("/found")
        assert status == 200 and f'href="/parcel?number={parcel}"' in page and PHONE not in page
    told = staffed.conn.execute("SELECT who, terminal FROM events WHERE event = 'find_person'").fetchall()
    assert [*map(tuple, told)] == [("staff-8", "web-8")]


@in_a_loop
async def test_what_is_scanned_into_the_head_of_a_page_is_in_an_address_only_when_it_is_a_parcel(
    opened: Opened, parcel: str
) -> None:
    async with opened() as place:
        browser = place.browser()
        assert (await browser.post("/parcel", number=parcel))[0] == 303  # to the page of signing in
        await browser.sign_in("8")
        status, _, headers = await browser.post("/parcel", number=parcel)
        assert (status, headers["Location"]) == (303, f"/parcel?number={parcel}")
        for typed in ("13900009999", "9999", "a badge", "\r\nX: y", "", "x" * 3000):
            status, _, headers = await browser.post("/parcel", number=typed)
            assert (status, headers["Location"]) == (303, "/found")
            status, page, _ = await browser.get("/found")
            assert status == 404 and 'class="bad"' in page
        status, _, _ = await browser.post("/parcel", {"Origin": "https://elsewhere"}, number=PHONE)
        assert status == 403


@in_a_loop
async def test_what_was_taken_back_is_told_so_once(opened: Opened, parcel: str, staffed: Station) -> None:
    undo(staffed)
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in("8")
        _, page, _ = await browser.get(f"/parcel?number={parcel}")
        assert page.count("(taken back)") == 1 and len(re.findall(r"\d  put away", page)) == 1


@in_a_loop
async def test_a_page_that_is_not_there_says_so_in_words(opened: Opened, staffed: Station) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in("8")
        status, page, _ = await browser.get("/nothing?language=zh")
        assert status == 404 and "没有这个页面" in page


@in_a_loop
async def test_who_has_yet_to_choose_a_pin_reads_nothing_and_does_not_stay_by_asking(
    opened: Opened, station: Station
) -> None:
    add_staff(station, "9", "Bo", Role.CLERK, PIN)
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in("9")
        for _ in range(3):
            assert "new-pin" in (await browser.get("/"))[1]
            place.hands.pass_time(25)
            assert (await browser.get("/papers"))[0] == 303
        assert "new-pin" not in (await browser.get("/"))[1]
