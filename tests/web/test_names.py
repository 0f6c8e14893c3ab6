"""A name that somebody else has pointed at us opens nothing (DNS rebinding)."""

import pytest

from kiosk.jobs.station import Station
from kiosk.web.asked import goes_by
from tests.loop import in_a_loop
from tests.web.conftest import Opened

NAMES = ("kiosk.local", "10.0.0.7")


@pytest.mark.parametrize(
    ("host", "reached_at"),
    [
        ("127.0.0.1:8080", "127.0.0.1"), ("127.0.0.1", "127.0.0.1"), ("localhost:8080", "127.0.0.1"),
        ("localhost", "::1"), ("[::1]:8080", "::1"), ("192.168.1.5:8443", "192.168.1.5"),
        ("192.168.1.5", "::ffff:192.168.1.5"), ("[fe80::1]", "fe80::1%eth0"), ("kiosk.local:8443", "192.168.1.5"),
        ("kiosk.local.", "192.168.1.5"), ("10.0.0.7:8443", "172.17.0.2"),
    ],
)  # fmt: skip
def test_our_addresses_and_names_are_ours(host: str, reached_at: str) -> None:
    assert goes_by(host, reached_at, NAMES)


@pytest.mark.parametrize(
    ("host", "reached_at"),
    [
        ("evil.example:8080", "127.0.0.1"), ("127.0.0.1.evil.example", "127.0.0.1"), ("0.0.0.0:8080", "127.0.0.1"),
        ("[::]:8080", "::1"), ("127.0.0.2", "127.0.0.1"), ("192.168.1.6", "192.168.1.5"), ("", "127.0.0.1"),
        ("localhost", "192.168.1.5"), ("localhost.evil.example", "127.0.0.1"), ("kiosk.local.evil", "127.0.0.1"),
        ("evil-kiosk.local", "127.0.0.1"), (":8080", "127.0.0.1"), ("[", "::1"), ("2130706433", "127.0.0.1"),
        ("127.1", "127.0.0.1"), ("x.localhost", "127.0.0.1"), ("kiosk", ""),
        ("127.0.0.1:8080.evil.example", "127.0.0.1"), ("127.0.0.1:evil.example", "127.0.0.1"),
        ("[127.0.0.1]evil.example", "127.0.0.1"), ("[::1", "::1"),
    ],
)  # fmt: skip
def test_others_are_not(host: str, reached_at: str) -> None:
    assert not goes_by(host, reached_at, NAMES)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "0.0.0.0:8080", "localhost.evil.example"])
@in_a_loop
async def test_another_name_gets_no_page_and_no_session_with_the_right_pin(
    opened: Opened, staffed: Station, host: str
) -> None:
    async with opened() as place:
        browser = place.browser(Host=host, Origin=f"http://{host}")
        assert (await browser.get("/file/page.css"))[0] == 403
        status, page, headers = await browser.sign_in()
        assert status == 403 and "Set-Cookie" not in headers and "<form" not in page and host not in page
    assert not [*staffed.conn.execute("SELECT 1 FROM events WHERE event = 'sign_in'")]


@in_a_loop
async def test_a_name_of_the_settings_is_ours_and_behind_a_proxy_no_other(opened: Opened, staffed: Station) -> None:
    by = {"X_Forwarded_Proto": "https", "Origin": "https://desk.example"}
    async with opened(names=("desk.example",), behind_proxy=True) as place:
        status, _, headers = await place.browser(**by, X_Forwarded_Host="desk.example").sign_in()
        assert status == 303 and headers["Strict-Transport-Security"].startswith("max-age=")
        by["Origin"] = "https://evil.example"
        assert (await place.browser(**by, X_Forwarded_Host="evil.example").sign_in())[0] == 403
    async with opened(names=("desk.example",)) as place:
        _, _, headers = await place.browser(Host="desk.example", Origin="http://desk.example").get("/")
        assert "Strict-Transport-Security" not in headers
