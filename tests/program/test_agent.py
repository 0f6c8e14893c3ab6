"""The agent as its own process: from the check-in over the post to the lit slot, and killed in the middle."""

import io
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
import zxingcpp
from PIL import Image

from kiosk.home import StationHome
from tests.apa102_decoder import last_lit
from tests.children import PIPE, child
from tests.messages.conftest import write_channels
from tests.messages.servers import OK, MailServer
from tests.program.asking import ask, pixels_of
from tests.program.conftest import Open
from tests.program.terminal import kiosk
from tests.waiting import until

PIXELS = 240
WANG = "wang@example.org"


@pytest.fixture
def mail() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def posting(folder: Path, mail: MailServer) -> Path:
    """The sample station with an e-mail channel that its agent has seen."""
    write_channels(StationHome(folder), f"mail consignee {mail.url}")
    assert ask(folder, "agent", "--once")[0]["sent"] == 0
    return folder


@pytest.fixture
def agent(posting: Path) -> Iterator["subprocess.Popen[str]"]:
    with child([sys.executable, "-m", "kiosk", "--home", str(posting), "agent"], stderr=PIPE) as agent:
        yield agent


def test_the_qr_of_an_e_mail_lights_the_slot(posting: Path, mail: MailServer, open_terminal: Open, trace: Path) -> None:
    said = ("--phone", "13912345678", "--email", WANG, "--shelve")
    (parcel,) = ask(posting, "check-in", "SF1000000000077", *said)
    assert mail.mails == []  # a check-in waits for nobody
    assert ask(posting, "agent", "--once")[0]["sent"] == 1
    (letter,) = mail.mails
    assert letter.to == [WANG] and str(parcel["code"]) in letter.text
    (picture,) = letter.pictures
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))
    screen = open_terminal("run", columns=48, rows=14)
    screen.shows("Scan or type your pickup code")
    screen.type(f"{read.text}\r")
    screen.shows("Your parcel is here")
    until(lambda: set(last_lit(trace, PIXELS) or {}) == pixels_of(posting, str(parcel["slot"])))


def test_killed_in_mid_send_it_is_never_sent_twice(
    posting: Path, mail: MailServer, agent: "subprocess.Popen[str]"
) -> None:
    let_go = Event()

    def hold(_: object) -> str:
        let_go.wait(20)
        return OK

    mail.answer = hold  # the server has the letter, but the agent does not know
    ask(posting, "check-in", "SF1000000000077", "--email", WANG, "--shelve")
    until(lambda: mail.mails)
    agent.send_signal(signal.SIGKILL)
    agent.communicate(timeout=20)
    let_go.set()
    mail.answer = lambda _: OK
    for _ in range(2):
        assert ask(posting, "agent", "--once")[0]["sent"] == 0
    (status,) = ask(posting, "notify", "status")
    story: dict[str, object] = status["messages"][0]  # type: ignore[index]
    assert status["agent"] is None and (story["state"], story["reason"]) == ("unknown", "cut_short")
    assert len(mail.mails) == 1
    assert ask(posting, "notify", "retry", str(story["id"])) == [{"ok": True, "messages": 1}]
    assert ask(posting, "agent", "--once")[0]["sent"] == 1 and len(mail.mails) == 2
    (status,) = ask(posting, "notify", "status")
    assert status["messages"] == [] and status["channels"][0]["sent"] == 1  # type: ignore[index]


def test_it_ends_cleanly_and_tells_how_it_is(posting: Path, mail: MailServer, agent: "subprocess.Popen[str]") -> None:
    until(lambda: str(ask(posting, "agent", "--status")[0]["agent"]).startswith(f"{agent.pid} "))
    second = kiosk(posting, "agent", "--once")
    assert second.returncode == 3 and "Another agent is at work here" in second.stderr
    ask(posting, "check-in", "SF1000000000077", "--email", WANG, "--shelve")
    until(lambda: mail.mails)
    agent.send_signal(signal.SIGTERM)
    told = agent.communicate(timeout=20)[1]
    assert agent.returncode == 0 and "messages: 1 sent" in told and told.endswith("INFO kiosk.agent: ended\n")
    assert WANG not in told and "127.0.0.1" not in told
    (status,) = ask(posting, "agent", "--status")
    assert status["agent"] is None
    failures = {task["task"]: task["failure"] for task in status["tasks"]}  # type: ignore[attr-defined]
    assert {"purge", "backup", "checkpoint"} <= failures.keys() and not any(failures.values())


def test_a_channel_is_tried(folder: Path, mail: MailServer) -> None:
    write_channels(StationHome(folder), f"mail consignee {mail.url}")
    (refused,) = ask(folder, "notify", "test", "mail")
    assert refused["problem"] == "no_recipient"
    assert ask(folder, "notify", "test", "mail", "--to", WANG) == [{"ok": True, "channel": "mail"}]
    assert mail.mails[0].to == [WANG] and "the channel mail works" in mail.mails[0].text
    (unknown,) = ask(folder, "notify", "test", "post")
    assert unknown["problem"] == "no_such_channel" and "mail" in str(unknown["message"])
    (folder / "post-url").write_text("nonsense://SECRET@example.org/\n")
    text = (folder / "station.toml").read_text("utf-8")
    url = f'url = "{mail.url}"'
    assert url in text
    text = text.replace(url, 'url_file = "post-url"').replace('to = "consignee"\nurl_file', 'to = "staff"\nurl_file')
    (folder / "station.toml").write_text(text.replace('name = "mail"\nto', 'name = "post"\nto'), "utf-8")
    told = kiosk(folder, "notify", "test", "post", "--json")
    assert json.loads(told.stdout)["problem"] == "bad_channel_url" and "SECRET" not in told.stdout + told.stderr
