"""The bundle for whoever helps: useful, and nothing of a person in it, however broken the station."""

import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.doctor.masks import Masks
from kiosk.home import StationHome
from kiosk.jobs.handing_over.ask_delivery import request_delivery
from kiosk.jobs.keeping.hold import hold
from kiosk.jobs.staff.register import add_staff, make_badge
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.problems import Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from tests.cli.conftest import Kiosk
from tests.safety import disaster

PHONE, WAYBILL, ADDRESS, NOTE = "13912345678", "SF9876543210987", "Rose Lane 17, door B", "Mrs Tulip comes on Sunday"
URL, PASSWORD, PIN, STAFF = "mailtos://kiosk:Pa55-w0rd@mail.example.org", "Pa55-w0rd", "481516", "Zhang Sanfeng"


def unpacked(path: Path) -> dict[str, str]:
    with tarfile.open(path) as tar:
        assert all(member.uname == "" and member.uid == 0 for member in tar.getmembers())
        return {one.name.partition("/")[2]: tar.extractfile(one).read().decode() for one in tar}  # type: ignore[union-attr]


@pytest.fixture
def secrets(station: Station, shelved: Callable[..., CheckedIn]) -> list[str]:
    """A station full of persons, and all that must not be told of them."""
    parcel = shelved(WAYBILL, phone=PHONE)
    assert not isinstance(request_delivery(station, recognise(WAYBILL), ADDRESS), Refused)
    assert not isinstance(hold(station, recognise(WAYBILL), f"damaged: {NOTE}"), Refused)
    assert not isinstance(add_staff(station, "7", STAFF, Role.MANAGER, PIN), Refused)
    badge = make_badge(station, "7")
    assert not isinstance(badge, Refused)
    (pin_hash,) = station.conn.execute("SELECT pin_hash FROM staff").fetchone()
    text = station.home.settings.read_text("utf-8")
    text = text.replace("partners = []", f'partners = ["Old Wang 老王"]  # his phone: {PHONE}')
    text = text.replace('name = "Pickup Station 驿站"', 'name = "Chrysanthemum 菊花"')
    station.home.settings.write_text(
        f'zhang_sanfeng = "{URL}"\n' + text + f'\n[lamp]\nurl = "{URL}"\npin = {PIN}2345\n'
    )
    station.home.log_file.write_text(
        f"2026-11-22 08:00:00,123 ERROR kiosk.labels: the label of {WAYBILL} is not printed: [Errno 28]\n"
        f"KeyError: '{NOTE}'\n{ADDRESS} called from 139 1234-5678, code {parcel.code}, {STAFF} 张三丰 菊花\n"
        f"  /home/{STAFF.lower().replace(' ', '')}/lib/python3.11/site-packages/textual/app.py:33 in f: x\n"
        f"sent to {URL} {badge.text} {station.home.key.read_text()} {pin_hash} tulip@example.org\n"
    )
    hidden = [PHONE, "139 1234", "5678", WAYBILL, WAYBILL[2:], ADDRESS, "Rose Lane", NOTE, "Tulip", "tulip", URL]
    hidden += [
        PASSWORD,
        "mail.example.org",
        PIN,
        STAFF,
        "Sanfeng",
        "sanfeng",
        "张三丰",
        "菊花",
        "Chrysanthemum",
        "老王",
    ]
    hidden += [parcel.code, badge.text, badge.text[5:20], station.home.key.read_text().strip()[:16], pin_hash[-20:]]
    return [*hidden, pin_hash.split("$")[-1][:12], str(station.home.folder), "$argon2"]


@pytest.mark.parametrize("is_damaged", [False, True])
def test_nothing_of_a_person_is_in_it(
    kiosk: Kiosk, home: StationHome, station: Station, secrets: list[str], tmp_path: Path, is_damaged: bool
) -> None:
    if is_damaged:
        station.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        station.close()
        disaster.zero_header(home.database)
    code, _, err = kiosk("support", str(tmp_path / "bundle.tgz"))
    assert (code, err) == (0, "")
    found = unpacked(tmp_path / "bundle.tgz")
    everything = "\n".join([*found, *found.values()])
    told = [secret for secret in secrets if secret in everything]
    if is_damaged:  # free words are known from the database only; what has a shape is masked all the same
        told = [secret for secret in told if secret not in (ADDRESS, "Rose Lane", STAFF, "Sanfeng")]
    assert told == []
    raw = (tmp_path / "bundle.tgz").read_bytes()
    assert b"bundle" not in raw and (tmp_path / "bundle.tgz").stat().st_mode & 0o777 == 0o600


def test_and_it_helps(kiosk: Kiosk, home: StationHome, secrets: list[str], tmp_path: Path) -> None:
    kiosk("support", str(tmp_path / "bundle.tgz"))
    found = unpacked(tmp_path / "bundle.tgz")
    assert json.loads(found["database.json"])["parcels"] == {"SHELVED": 1}
    assert [json.loads(line)["event"] for line in found["events.jsonl"].splitlines()][:2] == ["check_in", "shelve"]
    assert "2026-11-22 08:00:00,123 ERROR kiosk.labels: the label of …" in found["kiosk.log"]
    assert "site-packages/textual/app.py:33 in f" in found["kiosk.log"]
    assert 'driver = "apa102"' in found["station.toml"] and '= "mailtos:…"' in found["station.toml"]
    lines = {json.loads(line)["line"]: json.loads(line) for line in found["doctor.jsonl"].splitlines()}
    assert lines["settings"]["fault"] == "bad_settings" and lines["database"]["level"] == "ok"
    assert set(found) == {name.split()[0] for name in found["README.txt"].splitlines()[2:]} | {"README.txt"}


def test_nothing_is_overwritten_and_no_station_is_needed(kiosk: Kiosk, home: StationHome, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    assert kiosk("support", str(tmp_path / "mine"))[0] == 3 and (tmp_path / "mine").read_text() == "mine"
    for file in (home.settings, home.key, home.database):
        file.unlink()
    assert kiosk("support", str(tmp_path / "bundle.tgz"))[0] == 0
    assert json.loads(unpacked(tmp_path / "bundle.tgz")["database.json"])["trouble"] == "no_database"


def test_shapes_are_masked_and_figures_are_not() -> None:
    masks = Masks(Path("/srv/kiosk"), ["Li", "老王"])
    for text in (
        "138 0000 1234",
        "3-2-0147",
        "A88123",
        "１３８００００１２３４",
        "me@home.cn",
        "'Li'",
        "PK1:S001:3-2-0147",
    ):
        assert masks.text(text) == "…", text
    for text in ("SQLite 3.40.1", "SPI 0.0", "Limit", "2026-11-23 10:59", "slot 3-2-4", "/dev/spidev0.0"):
        assert masks.text(text) == text
    assert masks.text("/srv/kiosk/key of Li") == "STATION/key of …"
