"""Files that are fetched, and manifests that are brought."""

import asyncio
from dataclasses import replace

import pytest

from kiosk.jobs.sheets.transfer import open_transfer
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.scans import recognise
from kiosk.store.tables.parcels import by_waybill
from kiosk.web.papers.upload import LARGEST
from tests.jobs.asking import done
from tests.loop import in_a_loop
from tests.web.conftest import Opened

WAYBILL = "SF1000000000001"


@in_a_loop
async def test_files_are_what_the_command_line_writes(opened: Opened, staffed: Station) -> None:
    check_in(staffed, recognise(WAYBILL), Particulars())
    settings = staffed.settings
    chain = replace(staffed, settings=replace(settings, desk=settings.desk._replace(partners=("North gate",))))
    sheet = done(open_transfer(chain, "North gate")).sheet
    wanted = {
        "report.csv": ("text/csv", b"\xef\xbb\xbfday,figure,of,count"),
        f"label.png?number={WAYBILL}": ("image/png", b"\x89PNG"),
        "slot-labels.pdf?shelf=1": ("application/pdf", b"%PDF"),
        "cards.pdf": ("application/pdf", b"%PDF"),
        f"slip.txt?number={sheet}": ("text/plain", staffed.settings.name.encode()),
        f"transfer.csv?number={sheet}": ("text/csv", b"waybill"),
    }
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in("8")
        for path, (kind, begins) in wanted.items():
            status, data, headers = await browser.fetch(f"/{path}")
            assert (status, headers["Content-Type"].partition(";")[0]) == (200, kind), path
            assert data.startswith(begins) and headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Content-Disposition"].startswith('attachment; filename="')


@in_a_loop
async def test_a_manifest_is_announced_in_the_name_of_who_brings_it(opened: Opened, staffed: Station) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in("8")
        manifest = b"waybill,phone\nSF1000000000001,13812345678\nSF1000000000002,\n??,\n"
        status, page, _ = await browser.bring(manifest, courier="SF")
        assert status == 200 and "2 announced" in page and "13812345678" not in page
        assert by_waybill(staffed.conn, WAYBILL)
        told = staffed.conn.execute("SELECT DISTINCT who, terminal FROM events WHERE event = 'announce'")
        assert [*map(tuple, told)] == [("staff-8", "web-8")]
        assert (await browser.bring(b"waybill\nSF1000000000003\n", courier="1234567"))[0] == 409
        assert (await browser.bring(b""))[0] == 200  # told line by line, as any file


@in_a_loop
async def test_no_other_site_brings_a_manifest(opened: Opened, staffed: Station) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in("8")
        for origin in ("http://evil.example", "null", ""):
            assert (await browser.bring(b"waybill\nSF1000000000001\n", headers={"Origin": origin}))[0] == 403
        assert not by_waybill(staffed.conn, WAYBILL)


@in_a_loop
async def test_a_file_that_is_too_large_is_told_and_what_is_no_form_is_no_defect(
    opened: Opened, staffed: Station
) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in("8")
        status, page, _ = await browser.bring(b"waybill\n" + b"SF1000000000001\n" * (LARGEST // 16))
        assert status == 413 and "larger" in page
        assert (await browser.post("/announce", courier="SF"))[0] == 415
        for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
            assert (await browser.post("/announce", {"Content-Type": kind}, courier="rubbish"))[0] in (400, 415)
        nested = b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\na\r\n--y--\r\n--x--\r\n"
        assert await browser.send("/announce", nested, "multipart/form-data; boundary=x") == 400
        assert not by_waybill(staffed.conn, WAYBILL)


@in_a_loop
async def test_two_at_once_are_both_taken(opened: Opened, staffed: Station) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in("8")
        files = [f"waybill\nSF100000000000{n}\n".encode() for n in range(4)]
        answers = await asyncio.gather(*(browser.bring(file, courier="SF") for file in files))
        assert [status for status, _, _ in answers] == [200] * 4


@pytest.mark.parametrize(
    ("path", "where"),
    [("/announce", "/announced"), ("/sign-in", "/?language=zh"), ("/new-pin", "/?language=zh")],
)
@in_a_loop
async def test_a_form_whose_answer_is_loaded_anew_leads_to_its_page(
    opened: Opened, staffed: Station, path: str, where: str
) -> None:
    async with opened() as place:
        browser = place.browser()
        await browser.sign_in("8")
        status, _, headers = await browser.get(f"{path}?language=zh")
        assert (status, headers["Location"]) == (303, where)
