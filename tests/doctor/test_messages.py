"""What the doctor says of message channels, scanners and the agent; never a URL."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.agent_lock import agent_lock
from kiosk.doctor.messages import MESSAGE_LINES
from kiosk.doctor.patient import Finding, Patient, examine
from kiosk.doctor.said import finding_line
from kiosk.doctor.scanners import SCANNER_LINES
from kiosk.home import StationHome
from kiosk.text import Language, words

Look = Callable[[], dict[str, Finding]]
SECRET = "s3cret-pass"


@pytest.fixture
def look(home: StationHome) -> Look:
    lines = (*MESSAGE_LINES, *SCANNER_LINES)
    return lambda: {found.line: found for found in examine(Patient(home), lines)}


def add(home: StationHome, text: str) -> None:
    with home.settings.open("a", encoding="utf-8") as file:
        file.write("\n" + text)


def said(finding: Finding) -> str:
    assert SECRET not in finding_line(words(Language.CHINESE), finding)
    return finding_line(words(Language.ENGLISH), finding)


def test_without_any_nothing_is_missed_but_the_agent(look: Look) -> None:
    assert {name: found.level.value for name, found in look().items()} == {
        "messages": "ok", "scanners": "ok", "agent": "warn",
    }  # fmt: skip


def test_channels_are_looked_at_and_their_urls_not_shown(home: StationHome, look: Look) -> None:
    add(home, f'[[messages.channels]]\nname = "good"\nto = "group"\nurl = "json://me:{SECRET}@host/path"\n')
    add(home, f'[[messages.channels]]\nname = "bad"\nto = "group"\nurl = "nosuch://me:{SECRET}@host/path"\n')
    add(home, '[[messages.channels]]\nname = "gone"\nto = "staff"\nurl_file = "nowhere-url"\n')
    found = look()
    levels = {name.partition(":")[2]: found[name].level.value for name in found if name.startswith("channel:")}
    assert levels == {"good": "ok", "bad": "bad", "gone": "bad"}
    assert "none that Apprise knows" in said(found["channel:bad"]) and "nowhere-url" in said(found["channel:gone"])
    assert SECRET not in "".join(map(said, found.values()))


def test_a_damaged_database_hides_no_channel(home: StationHome, look: Look) -> None:
    """Of the database its own line tells."""
    add(home, '[[messages.channels]]\nname = "good"\nto = "group"\nurl = "json://host/path"\n')
    home.database.write_bytes(b"no database at all")
    assert look()["channel:good"].level == "ok"


def test_the_agent_at_work(home: StationHome, look: Look) -> None:
    lock = agent_lock(home.runtime())
    assert lock.try_lock("kiosk agent") and look()["agent"].level == "ok"
    lock.release()
    assert look()["agent"].level == "warn"


def test_scanners_that_are_there_and_not(home: StationHome, look: Look, tmp_path: Path) -> None:
    device = tmp_path / "ttyACM0"
    device.touch()
    add(home, f'[[scanners]]\nname = "entry"\ndriver = "serial"\ndevice = "{device}"\n')
    add(home, '[[scanners]]\nname = "exit"\nrole = "exit"\ndriver = "evdev"\ndevice = "/nowhere/event-kbd"\n')
    found = look()
    assert found["scanner:entry"].level == "ok" and found["scanner:exit"].level == "bad"
    assert "/nowhere/event-kbd is not there" in said(found["scanner:exit"])


def test_a_text_that_costs_a_second_sms_and_one_that_nobody_can_scan(home: StationHome, look: Look) -> None:
    """Of one that is long only with what stands for its placeholders, too."""
    with_phone = 'to = "consignee"\nurl = "json://host/path?:to={phone}"\nlanguage = "zh"'
    add(home, f'[[messages.channels]]\nname = "long"\n{with_phone}\ntemplate = "{"取" * 60}{{codes}}"\n')
    add(home, f'[[messages.channels]]\nname = "short"\n{with_phone}\ntemplate = "取件码{{codes}}"\n')
    add(home, f'[[messages.channels]]\nname = "odd"\n{with_phone}\ntemplate = "电话{{codes}}"\n')
    found = look()
    assert [name for name in found if name.startswith("text:")] == ["text:long:arrival", "text:odd"]
    assert "paid for as 2 SMS (76 of 70 letters)" in said(found["text:long:arrival"])
    assert "cannot scan or paste" in said(found["text:odd"])
