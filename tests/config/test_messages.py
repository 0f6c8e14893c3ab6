"""[messages] of station.toml: what is understood, and what is refused without showing a password."""

from datetime import time
from pathlib import Path

import pytest

from kiosk.config import read_settings
from kiosk.config.message_kinds import MessageKind
from kiosk.config.messages import MessageSettings
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome

MAIL = 'name = "mail"\nto = "consignee"\nurl = "mailtos://u:SECRET@h?to={email}"'


def written(home: StationHome, *channels: str, messages: str = "") -> Path:
    text = home.settings.read_text("utf-8")
    tables = "".join(f"[[messages.channels]]\n{channel}\n" for channel in channels)
    home.settings.write_text(text.replace("[messages] ", f"{tables}[messages] ").replace(
        "tries = 12", f"tries = 12\n{messages}"), "utf-8")  # fmt: skip
    return home.settings


def test_a_new_station_sends_nothing(home: StationHome) -> None:
    settings = read_settings(home.settings)
    assert settings.messages == MessageSettings((), None, 120, 12, time(10))
    assert settings.agent.nightly_at == time(2, 30)
    assert not settings.messages.sends(MessageKind.ARRIVAL)


def test_channels(home: StationHome) -> None:
    staff = 'name = "staff"\nto = "staff"\nurl_file = "staff-url"\nlanguage = "zh"'
    few = MAIL.replace("mail", "post", 1) + '\nabout = ["reminder"]'
    settings = read_settings(written(home, MAIL, few, staff, messages='quiet = "21:30-08:00"')).messages
    mail, post, staff_channel = settings.channels
    assert mail.kinds == set(MessageKind) - {MessageKind.CALL} and post.kinds == {MessageKind.REMINDER}
    assert (staff_channel.url, staff_channel.url_file, staff_channel.language) == (None, "staff-url", "zh")
    assert staff_channel.kinds == {MessageKind.CALL} and mail.language == "both"
    assert settings.quiet == (time(21, 30), time(8)) and settings.sends(MessageKind.CALL)


@pytest.mark.parametrize(
    ("channel", "key"),
    [
        (MAIL.replace("{email}", "wang"), "url"),
        (MAIL.replace("mailtos://", "mailtos:/"), "url"),
        (MAIL.replace("consignee", "group"), "url"),
        (MAIL.replace("consignee", "everybody"), "to"),
        (MAIL.replace('name = "mail"', 'name = "my mail"'), "name"),
        (MAIL.replace("url =", "link ="), "url"),
        (MAIL.replace("?to", f"?x={'x' * 250}&to"), "url"),
        (MAIL + '\nabout = ["call"]', "about"),
        (MAIL + '\npassword_file = "pw"', "url"),
        (MAIL.replace("SECRET", "{password}"), "url"),
        (MAIL + '\nlanguage = "fr"', "language"),
        (MAIL + "\nport = 25", "port"),
    ],
)
def test_what_is_wrong_is_named_by_its_line_and_without_the_password(home: StationHome, channel: str, key: str) -> None:
    path = written(home, 'name = "first"\nto = "staff"\nurl = "json://h/x"', channel)
    with pytest.raises(StationFault) as raised:
        read_settings(path)
    assert raised.value.fault is Fault.BAD_SETTINGS and raised.value.key == f"messages.channels[2].{key}"
    line = int(raised.value.path.rpartition(":")[2])
    assert path.read_text("utf-8").split("\n")[line - 1].startswith((key, "[[messages.channels]]"))
    assert "SECRET" not in str(raised.value)


def test_two_channels_of_one_name(home: StationHome) -> None:
    with pytest.raises(StationFault) as raised:
        read_settings(written(home, MAIL, MAIL))
    assert raised.value.key == "messages.channels[2].name"
