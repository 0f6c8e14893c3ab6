"""The programs themselves, and a real browser: a clerk signs in, checks a parcel in and finds its slot lit."""

import json
import os
import signal
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.jobs.staff.register import list_staff
from kiosk.jobs.station import Station
from kiosk.parcels.states import State
from kiosk.store.tables.parcels import by_waybill
from kiosk.web.serving import read_tls
from tests.apa102_decoder import last_lit
from tests.environment import environment
from tests.waiting import until
from tests.web.chromium import (
    LAPTOP,
    NEEDS_CHROMIUM,
    PHONE,
    Start,
    address_told,
    children,
    chromium,
    is_painted,
    set_web,
)
from tests.web.conftest import ALONE, PIN, WRONG

PIXELS = 240
WAYBILL = "SF1000000000001"
GREEN = (0x00, 0x9E, 0x80)


@NEEDS_CHROMIUM
@pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_clerk_checks_a_parcel_in(
    home: StationHome, staffed: Station, start: Start, tmp_path: Path, device: dict[str, object]
) -> None:
    from playwright.sync_api import sync_playwright

    set_web(home)
    start("lights")
    served = start("web")
    address = address_told(served)
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        page = browser.new_context(locale="en-US", **device).new_page()  # type: ignore[arg-type]
        asked, broken = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: broken.append(error.message))
        page.goto(address)
        for pin in (WRONG, PIN):
            page.fill("#number", "7")
            page.fill("#pin", pin)
            page.click("form button")
        page.wait_for_selector("body.-first-byte:not(.wait)")
        assert not is_painted(page.screenshot(), GREEN)
        if device is PHONE:
            page.fill("#typed", WAYBILL)
            page.press("#typed", "Enter")
        else:
            page.keyboard.type(f"{WAYBILL}\n")
        until(lambda: by_waybill(staffed.conn, WAYBILL))
        (parcel,) = by_waybill(staffed.conn, WAYBILL)
        assert parcel.state == State.CHECKED_IN
        slot = staffed.settings.slots_by_name[parcel.proposed_slot or parcel.slot or ""]
        expected = set(range(slot.first_pixel, slot.first_pixel + slot.pixels))
        until(lambda: set(last_lit(tmp_path / "trace", PIXELS) or ()) == expected)
        until(lambda: is_painted(page.screenshot(), GREEN))
        if folder := os.environ.get("KIOSK_PICTURES"):
            page.screenshot(path=f"{folder}/web-{'phone' if device is PHONE else 'desk'}.png")
        page.click("#keys button:has-text('F12')")
        page.wait_for_selector("#number")
        browser.close()
    assert broken == []
    assert {url.split("/")[2] for url in asked if not url.startswith("data:")} == {address.split("/")[2]}
    told = staffed.conn.execute("select event, who, terminal from events where event in ('check_in', 'sign_out')")
    assert [*map(tuple, told)] == [("check_in", "staff-7", "web-7"), ("sign_out", "staff-7", "web-7")]
    served.send_signal(signal.SIGTERM)
    assert served.wait(10) == 0


def test_tls_of_its_own_and_sigterm_ends_the_desks(
    home: StationHome, staffed: Station, start: Start, certificate: Path
) -> None:
    set_web(home, 'certificate = "certificate.pem"', 'private_key = "key.pem"')
    served = start("web")
    address = address_told(served)
    assert address.startswith("https://")
    trusted = ssl.create_default_context(cafile=str(certificate))
    post = urllib.request.Request(
        f"{address}sign-in", f"number=7&pin={PIN}".encode(), {"Origin": address.removesuffix("/")}
    )
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=trusted), NoRedirect)
    with pytest.raises(urllib.error.HTTPError) as moved:
        opener.open(post)
    cookie = moved.value.headers["Set-Cookie"]
    assert moved.value.code == 303 and cookie.startswith("__Host-kiosk=") and "Secure" in cookie
    moved.value.close()
    with pytest.raises(OSError):
        urllib.request.urlopen(address.replace("https", "http"))
    line = open_line(address, trusted, cookie.split(";")[0])
    until(lambda: children(served.pid))
    desks = children(served.pid)
    served.send_signal(signal.SIGTERM)
    assert served.wait(10) == 0
    assert not [pid for pid in desks if Path(f"/proc/{pid}").exists()]
    line.close()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def open_line(address: str, trusted: ssl.SSLContext, cookie: str) -> ssl.SSLSocket:
    """A websocket, by hand."""
    import socket

    host, port = address.split("/")[2].split(":")
    line = trusted.wrap_socket(socket.create_connection((host, int(port))), server_hostname=host)
    line.sendall(
        f"GET /ws HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {address.removesuffix('/')}\r\nCookie: {cookie}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
    )
    assert line.recv(12) == b"HTTP/1.1 101"
    return line


def test_what_is_no_certificate_is_told(home: StationHome, certificate: Path) -> None:
    (home.folder / "rubbish.pem").write_text("rubbish")
    for files in (("certificate.pem", "rubbish.pem"), ("nothing.pem", "key.pem")):
        with pytest.raises(StationFault) as fault:
            read_tls(ALONE._replace(certificate=files[0], private_key=files[1]), home.folder)
        assert fault.value.fault is Fault.UNREADABLE_FILE
    assert read_tls(ALONE, home.folder) is None


def test_a_port_that_is_taken_is_told(home: StationHome, staffed: Station, start: Start) -> None:
    set_web(home)
    port = address_told(start("web")).rstrip("/").rpartition(":")[2]
    home.settings.write_text(home.settings.read_text("utf-8").replace("port = 0\n", f"port = {port}\n", 1), "utf-8")
    second = start("web")
    assert second.stderr is not None
    assert "cannot be listened at" in second.stderr.read() and second.wait(10) == 3


def test_a_desk_opens_for_nobody_who_does_not_work_here(home: StationHome, staffed: Station) -> None:
    """Whoever starts it without the pipe's first line, or with a colleague who has left, gets nothing."""
    for told, code in ((b"", 3), (b"rubbish\n", 3), (b'{"number": "99", "standing": "", "language": "en"}\n', 0)):
        done = subprocess.run(
            [sys.executable, "-m", "kiosk.cli.browser_desk", str(home.folder), "web-99"],
            input=told, env=environment(), capture_output=True, timeout=20, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (code, b"")


def test_a_desk_that_is_to_end_while_it_opens_and_changes_its_size_ends(home: StationHome, staffed: Station) -> None:
    """Two sizes on the way at once would chase each other through Textual, with all memory there is."""
    desk = subprocess.Popen(
        [sys.executable, "-m", "kiosk.cli.browser_desk", str(home.folder), "web-7"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment(COLUMNS="80", ROWS="24"),
    )  # fmt: skip
    assert desk.stdin is not None
    (standing,) = [one.standing for one in list_staff(staffed) if one.number == "7"]
    told = [b'{"type": "resize", "width": 40, "height": 20}', b'{"type": "quit"}']
    packets = b"".join(b"M" + len(meta).to_bytes(4, "big") + meta for meta in told)
    desk.stdin.write(json.dumps({"number": "7", "standing": standing, "language": "en"}).encode() + b"\n" + packets)
    desk.stdin.flush()
    try:
        assert desk.wait(20) == 0
    finally:
        desk.kill()
        desk.stdin.close()
