"""[web] of station.toml: no PIN goes through a network in the open."""

from pathlib import Path

import pytest

from kiosk.config.web import WebSettings
from kiosk.faults import StationFault
from tests.config.test_settings import SHELF, STRIP, read

TLS = "certificate = 'c.pem'\nprivate_key = 'k.pem'\n"


def read_web(tmp_path: Path, text: str) -> WebSettings:
    return read(tmp_path, "[station]\n[web]\n" + text + STRIP + SHELF).web


def test_left_out_it_is_this_machine_only(tmp_path: Path) -> None:
    assert read_web(tmp_path, "") == WebSettings("127.0.0.1", 8080, None, None, 4, 10, False)


@pytest.mark.parametrize("text", ["", TLS, "behind_proxy = true\n"])
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "kiosk.local", "127.0.0.1", "::1", "localhost"])
def test_other_addresses_need_tls_or_a_proxy(tmp_path: Path, host: str, text: str) -> None:
    if text or host in ("127.0.0.1", "::1", "localhost"):
        assert read_web(tmp_path, f"host = '{host}'\n{text}").host == host
    else:
        with pytest.raises(StationFault) as raised:
            read_web(tmp_path, f"host = '{host}'\n{text}")
        assert raised.value.key == "web.host"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("certificate = 'c.pem'\n", "certificate"),
        ("private_key = 'k.pem'\n", "private_key"),
        ("port = 65536\n", "port"),
        ("sessions = 0\n", "sessions"),
        ("idle_minutes = 0\n", "idle_minutes"),
        ("host = 'a b'\n", "host"),
        ("secret = 1\n", "secret"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(StationFault) as raised:
        read_web(tmp_path, text)
    assert raised.value.key == f"web.{key}"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("host = '127.0.0.1'\n", ()),
        (f"host = 'Kiosk.local'\n{TLS}", ("kiosk.local",)),
        (f"host = 'kiosk.local'\nnames = ['Desk.example.']\n{TLS}", ("desk.example", "kiosk.local")),
        ("host = 'localhost'\nbehind_proxy = true\n", ()),  # the proxy's own names are served
        ("host = 'fd00::5'\nbehind_proxy = true\nnames = ['desk.example']\n", ("desk.example",)),
    ],
)
def test_the_names_that_browsers_may_call_it(tmp_path: Path, text: str, names: tuple[str, ...]) -> None:
    assert read_web(tmp_path, text).names == names
