"""What hands do at the desk's page: select, copy, paste, hold a finger on it, and hold a parcel before the camera."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import qrcode
from PIL import Image

from kiosk.home import StationHome
from kiosk.jobs.station import Station
from kiosk.store.tables.parcels import by_waybill
from tests.waiting import until
from tests.web.chromium import LAPTOP, NEEDS_CHROMIUM, PHONE, Start, address_told, chromium, say, set_web, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM
WAYBILLS = [f"SF100000000000{n}" for n in range(1, 6)]
FIRST = WAYBILLS[0]


@pytest.fixture
def browser(tmp_path: Path) -> Iterator["Browser"]:
    """Its camera sees nothing, two codes at once, one that would press keys and enter two lines, and a plain one."""
    from playwright.sync_api import sync_playwright

    seen = [
        (),
        (WAYBILLS[0], WAYBILLS[1]),
        (),
        (f"{WAYBILLS[3]}\r{WAYBILLS[4]}\x1b[24~",),
        (),
        (f"{WAYBILLS[2]}\r\n",),
        (),
    ]
    film = tmp_path / "seen.mjpeg"
    film.write_bytes(b"".join(_jpeg(*codes) * 25 for codes in seen))
    with sync_playwright() as playwright:
        started = chromium(
            playwright, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        )  # fmt: skip
        yield started
        started.close()


def _jpeg(*codes: str) -> bytes:
    picture, file = Image.new("RGB", (640, 480), "#777777"), io.BytesIO()
    for place, code in enumerate(codes):
        drawn = qrcode.make(code, box_size=5).get_image().convert("RGB")
        picture.paste(drawn, (100 + place * 240 if len(codes) > 1 else 230, 150))
    picture.save(file, "JPEG", quality=90)
    return file.getvalue()


def desk(browser: "Browser", address: str, device: dict[str, Any]) -> "Page":
    page = browser.new_context(locale="en-US", **device).new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, address)
    return page


def pasted(page: "Page", text: str, where: str) -> None:
    """As Ctrl-V or a held finger does it: the browser's own event."""
    page.evaluate(
        """([text, where]) => {
          const carried = new DataTransfer();
          carried.setData("text/plain", text);
          const event = new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true });
          document.querySelector(where).dispatchEvent(event);
        }""",
        [text, where],
    )


def test_pasted_text_waits_for_enter_and_lines_are_entered_one_by_one(
    home: StationHome, staffed: Station, start: Start, browser: "Browser"
) -> None:
    set_web(home)
    page = desk(browser, address_told(start("web")), LAPTOP)
    pasted(page, f"\x1b{FIRST}", "#terminal textarea")
    say(page, "")
    until(lambda: by_waybill(staffed.conn, FIRST))
    pasted(page, "\r\n".join(WAYBILLS[1:3]) + "\t\n" + WAYBILLS[3], "#terminal textarea")
    until(lambda: all(by_waybill(staffed.conn, waybill) for waybill in WAYBILLS[:4]))


def test_on_the_glass_two_pasted_lines_are_two_scans(
    home: StationHome, staffed: Station, start: Start, browser: "Browser"
) -> None:
    """A field of one line would join them to one number."""
    set_web(home)
    page = desk(browser, address_told(start("web")), PHONE)
    pasted(page, f"{WAYBILLS[0]}\n{WAYBILLS[1]}\n", "#typed")
    until(lambda: all(by_waybill(staffed.conn, waybill) for waybill in WAYBILLS[:2]))


def test_a_word_under_the_mouse_and_under_a_held_finger_is_copied(
    home: StationHome, staffed: Station, start: Start, browser: "Browser"
) -> None:
    set_web(home)
    address = address_told(start("web"))
    page = desk(browser, address, LAPTOP)
    say(page, FIRST)
    until(lambda: by_waybill(staffed.conn, FIRST))
    until(lambda: _found_by_double_click(page) == FIRST)
    page.context.close()
    page = desk(browser, address, PHONE)
    glass = page.context.new_cdp_session(page)
    say(page, f"history {FIRST}")

    def held(y: int) -> str:
        at = {"type": "touchStart", "touchPoints": [{"x": 100, "y": y}]}
        glass.send("Input.dispatchTouchEvent", at)
        page.wait_for_selector("#terminal.selecting")
        glass.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        if not page.locator("#copied").is_visible():
            return ""
        held = page.locator("#copied b").inner_text()
        page.click("#copied .close")
        return held

    assert any(FIRST in held(y) for y in range(60, 300, 14))


_KEEP_COPIED = """
  const keep = (event) => { window.kept = event.clipboardData.getData("text/plain"); };
  addEventListener("copy", (event) => setTimeout(keep, 0, event), { capture: true, once: true });
"""


def _found_by_double_click(page: "Page") -> str:
    screen = page.locator(".xterm-screen").bounding_box()
    assert screen
    for y in range(100, 420, 12):
        page.mouse.dblclick(screen["x"] + 260, screen["y"] + y)
        page.evaluate("window.kept = ''")
        page.evaluate(_KEEP_COPIED)
        page.keyboard.press("Control+c")
        if FIRST in str(page.evaluate("new Promise((tell) => setTimeout(() => tell(window.kept), 30))")):
            return FIRST
    return ""


def test_the_camera_reads_one_code_once_and_of_two_none(
    home: StationHome, staffed: Station, start: Start, browser: "Browser"
) -> None:
    set_web(home)
    page = desk(browser, address_told(start("web")), PHONE)
    policy = page.evaluate("fetch('/').then((page) => page.headers.get('content-security-policy'))")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    assert "wasm" not in policy
    page.click("#see")
    page.locator("#camera p", has_text="Several codes are seen").wait_for()
    until(lambda: by_waybill(staffed.conn, WAYBILLS[2]))
    page.click("#camera button")
    assert not page.locator("#camera").is_visible()
    assert {"reading.js", "zxing.js", "zxing_reader.wasm"} <= set(asked)
    assert not any(by_waybill(staffed.conn, WAYBILLS[n]) for n in (0, 1, 3, 4))
    (scans,) = staffed.conn.execute("SELECT count(*) FROM events WHERE event = 'check_in'").fetchone()
    assert scans == 1
