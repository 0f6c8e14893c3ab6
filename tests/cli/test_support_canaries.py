"""Canaries: what was planted in settings, records and log must not be found in what leaves, whatever the spelling."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from kiosk.home import StationHome
from kiosk.jobs.handing_over.ask_delivery import request_delivery
from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.handing_over.passes import issue_pass
from kiosk.jobs.keeping.hold import hold, release
from kiosk.jobs.keeping.places import close_place
from kiosk.jobs.sheets.sheet import open_sheet
from kiosk.jobs.staff.register import add_staff
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.problems import Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.parcels.sheets import SheetKind
from tests.cli.conftest import Kiosk
from tests.cli.test_support import unpacked

# Of the settings. A gateway's URL with a port, a path, parameters and quoted signs.
SETTINGS = """
[[messages.channels]]
name = "quetzal-mail"
to = "group"
url = "mailtos://ibisuser:Tou%40can77@smtp.heronpost.cn:465/cranepath?from=finch@heronpost.cn&pass=lorikeet&x=macawparam"

[[messages.channels]]
name = "boss"
to = "staff"
url_file = "boss-url"

[[messages.channels]]
name = "sms"
to = "staff"
url = "jsons://{password}@gateway-egret"
password_file = "sms-pw"

# [[messages.channels]]
# url = "jsons://oldjay:oldrobin@oldwren.example"
"""
GATEWAY = """ibisuser IbisUser tou@can77 Tou%40can77 TOU@CAN77 toucan77 heronpost smtp.heronpost.cn HERONPOST.CN
cranepath finch lorikeet Lorikeet macawparam quetzal-mail quetzal_mail Quetzal bossbunting bosspath kiwipassword
KIWIpassword gateway-egret gatewayegret oldjay oldrobin OLDWREN aWJpc3VzZXI6VG91QGNhbjc3 partnerplover Partner_Plover
chickadee""".split()
# Of records: the first of a row is written there, the others are how it may stand elsewhere.
NAMES = ["Sandpiper Lee", "SANDPIPER LEE", "sandpiper", "lee_sandpiper", "Sandpiper%20Lee", "sandpiperlee"]
COLLECTOR = ["Nightjar Chen", "nightjar chen", "NIGHTJAR", "chen-nightjar", "nightjarchen"]
STREET = ["Ptarmigan Rise 17, block B", "ptarmigan rise", "PTARMIGAN RISE 19", "Ptarmigan", "ptarmigan_rise"]
NOTE, OTHER_NOTE = ["Mr Dunlin knows", "DUNLIN", "dunlin"], ["Ask Godwit first", "godwit", "GODWIT"]
REASON, DRIVER = ["Turnstone broke it", "turnstone"], ["Avocet Freight", "avocet freight", "AVOCET"]
MAIL = ["whimbrel.zhao@example.org", "whimbrel.zhao", "WHIMBREL.ZHAO", "whimbrel_zhao"]
RECORDS = [*NAMES, *COLLECTOR, *STREET, *NOTE, *OTHER_NOTE, *REASON, *DRIVER, *MAIL, "Bullfinch", "bullfinch"]
# What all of them can be known by, in small letters.
BIRDS = """ibis toucan tou@can tou%40can heron crane finch lorikeet macaw quetzal bunting bosspath kiwi egret jay robin
wren plover chickadee sandpiper nightjar ptarmigan dunlin godwit turnstone avocet whimbrel bullfinch awjpc""".split()
LINES = [
    "message 17 by quetzal-mail did not go out: {}",
    "SMTPAuthenticationError 535 {}: authentication failed",
    "refused ({})",
    "[{}]",
    "to={}",
    "x-{}-y",
]


@pytest.fixture
def planted(station: Station, shelved: Callable[..., CheckedIn]) -> list[str]:
    first, second = (
        shelved("SF1000000000001", phone="13912345678"),
        shelved("SF1000000000002", phone="13912345679", email=MAIL[0]),
    )
    done = [
        add_staff(station, "7", NAMES[0], Role.CLERK, "481516"),
        request_delivery(station, recognise(first.waybill), STREET[0]),
        issue_pass(station, [recognise(second.code)], 5, "Bearer Bullfinch"),
        hold(station, recognise(first.waybill), f"damaged: {NOTE[0]}"),
        release(station, recognise(first.waybill)),  # the note is in no table any more
        hold(station, recognise(second.waybill), f"other: {OTHER_NOTE[0]}"),
        release(station, recognise(second.waybill)),
        check_out(station, recognise(second.waybill), proxy=COLLECTOR[0], at_counter=True),
        close_place(station, "3-2-1", REASON[0]),
        open_sheet(station, SheetKind.BATCH, DRIVER[0], 3),
    ]
    assert not [one for one in done if isinstance(one, Refused)], done
    home = station.home
    text = home.settings.read_text("utf-8").replace("partners = []", 'partners = ["partnerplover chickadee"]')
    home.settings.write_text(text.replace("[messages] ", f"{SETTINGS}\n[messages] "), "utf-8")
    (home.folder / "boss-url").write_text("wecombot://bossbunting/bosspath\n")
    (home.folder / "sms-pw").write_text("kiwipassword\n")
    return [*GATEWAY, *RECORDS]


@pytest.mark.parametrize("is_broken", [False, True])
def test_no_canary_comes_out(
    kiosk: Kiosk, home: StationHome, station: Station, planted: list[str], tmp_path: Path, is_broken: bool
) -> None:
    """Also where the settings are no TOML any more."""
    if is_broken:
        home.settings.write_text(home.settings.read_text("utf-8") + "\nbroken [", "utf-8")
    lines = [template.format(spelt) for one in planted for spelt in {one, quote(one)} for template in LINES]
    home.log_file.write_text("".join(f"2026-11-22 08:00:00,123 ERROR kiosk.messages: {line}\n" for line in lines))
    assert kiosk("support", str(tmp_path / "bundle.tgz"))[0] == 0
    found = unpacked(tmp_path / "bundle.tgz")
    everything = "\n".join(found.values()).casefold()
    assert [bird for bird in BIRDS if bird in everything] == []
    assert len(planted) > 60 and all(any(bird in one.casefold() for bird in BIRDS) for one in planted)
    assert found["kiosk.log"].count("ERROR kiosk.messages: message 17 by … did not go out: …") >= len(planted)
