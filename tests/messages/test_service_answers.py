"""Services that say yes by HTTP and no in words; and texts that they take only so long."""

import json
import re

import pytest
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.lark import NotifyLark
from apprise.plugins.wecombot import NotifyWeComBot

from kiosk.clock import Clock
from kiosk.doctor.messages import MESSAGE_LINES
from kiosk.doctor.patient import Level, Patient, examine
from kiosk.doctor.said import what_of
from kiosk.home import StationHome
from kiosk.messages.letters import Letter
from kiosk.messages.sending import NotSent, fits, send
from kiosk.messages.service_answers import Answer, answers_read, judge
from kiosk.messages.turn import Turn
from kiosk.store.tables.messages import Why
from kiosk.text import Language, words
from tests.conftest import Hands
from tests.messages.conftest import Configure, one_turn
from tests.messages.servers import WebHook
from tests.messages.test_messages import shelve, states

ROBOTS = {
    "wecombot": "wecombot://KEY",
    "dingtalk": "dingtalk://TOKEN",
    "feishu": "feishu://TOKEN",
    "lark": "lark://TOKEN",
}


@pytest.fixture
def services(hook: WebHook, monkeypatch: pytest.MonkeyPatch) -> WebHook:
    """All four services are the hook."""
    monkeypatch.setattr(NotifyWeComBot, "notify_url", hook.address + "/?key={key}")
    monkeypatch.setattr(NotifyLark, "notify_url", hook.address + "/")
    for plugin in (NotifyDingTalk, NotifyFeishu):
        monkeypatch.setattr(plugin, "notify_url", hook.address + "/{token}")
    return hook


@pytest.mark.parametrize(
    ("service", "answer", "why"),
    [
        ("wecombot", '{"errcode":0,"errmsg":"ok"}', None),
        ("wecombot", '{"errcode":45009,"errmsg":"api freq out of limit, more info at https://…"}', "limited 45009"),
        ("wecombot", '{"errcode":93000,"errmsg":"invalid webhook url"}', "refused 93000"),
        ("wecombot", '{"errcode":40058,"errmsg":"text.content exceed max length 2048"}', "refused 40058"),
        ("wecombot", "<html>Please sign in to this network</html>", "failed"),
        ("wecombot", "", "failed"),
        ("dingtalk", '{"errcode":0,"errmsg":"ok"}', None),
        ("dingtalk", '{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}', "limited 130101"),
        ("dingtalk", '{"errcode":310000,"errmsg":"keywords not in content"}', "refused 310000"),
        ("dingtalk", '{"errcode":"310000"}', "refused 310000"),
        ("feishu", '{"code":0,"msg":"success","data":{}}', None),
        ("feishu", '{"StatusCode":0,"StatusMessage":"success","code":0}', None),
        ("feishu", '{"Extra":null,"StatusCode":0,"StatusMessage":"success"}', None),
        ("feishu", '{"code":9499,"msg":"Bad Request","data":{}}', "refused 9499"),
        ("feishu", '{"code":11232,"msg":"frequency limited psm"}', "limited 11232"),
        ("feishu", '{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}', "refused 19021"),
        ("lark", '{"code":11232,"msg":"frequency limited"}', "limited 11232"),
        ("lark", '{"code":0,"msg":"success"}', None),
    ],
)
def test_what_a_group_robot_answers_is_read(services: WebHook, service: str, answer: str, why: str | None) -> None:
    services.answer = answer.encode()
    failed = send(ROBOTS[service], Letter("", "Parcels have arrived"))
    assert len(services.bodies) == 1 and (None if failed is None else str(failed)) == why


@pytest.mark.parametrize(
    ("answer", "taken", "is_taken"),
    [
        ("", None, True),  # a webhook of somebody's own says nothing
        ('{"code":200,"msg":"ok"}', None, True),
        ('{"errcode":45009}', None, False),
        ('{"code": 11232}', None, False),
        ('{"Code": "OK", "Message": "OK"}', '"Code":"OK"', True),
        ('{"Code":"isv.BUSINESS_LIMIT_CONTROL"}', '"Code":"OK"', False),
        ("[1]", None, True),
        ('{"code": true}', None, True),
        ('{"errcode":0,"status":"rejected"}', '"status":"accepted"', False),  # whose gateway it is knows better
        ('{"errcode":0,"status":"accepted"}', '"status":"accepted"', True),
    ],
)
def test_what_a_gateway_answers_means_what_its_owner_says(answer: str, taken: str | None, is_taken: bool) -> None:
    assert judge("json", Answer(200, answer), taken).is_taken is is_taken


@pytest.mark.parametrize(
    ("status", "answer", "why"),
    [
        (200, b'\xef\xbb\xbf{"errcode":45009}', "limited 45009"),
        (429, b"", "limited 429"),
        (400, b'{"code":99991400,"msg":"request trigger frequency limit"}', "limited 99991400"),
        (400, b'{"code":9499,"msg":"Bad Request"}', "refused 9499"),
        (503, b"", "refused 503"),
    ],
)
def test_a_no_by_http_is_read_too(hook: WebHook, status: int, answer: bytes, why: str) -> None:
    hook.status, hook.answer = status, answer
    assert str(send(hook.url, Letter("", "text"))) == why


def test_a_service_at_its_limit_is_asked_again_in_a_minute(
    configure: Configure, services: WebHook, hands: Hands
) -> None:
    services.answer = b'{"errcode":45009,"errmsg":"api freq out of limit"}'
    station = configure("group group wecombot://KEY", messages="merge_seconds = 0\ntries = 2")
    shelve(station, "SF1000000000001")
    for _ in range(5):
        assert one_turn(station) == Turn(failed=1) and one_turn(station) == Turn()
        assert states(station) == [("group", "waiting", "limited 45009")]
        hands.pass_time(61)
    services.answer = b'{"errcode":0}'
    assert one_turn(station) == Turn(sent=1)


def test_a_refusal_is_told_with_its_number_in_words(
    configure: Configure, services: WebHook, home: StationHome, hands: Hands
) -> None:
    services.answer = b'{"errcode":93000,"errmsg":"invalid webhook url"}'
    station = configure("group group wecombot://KEY")
    shelve(station, "SF1000000000001")
    one_turn(station)
    found = {one.line: one for one in examine(Patient(home, hands.clock), MESSAGE_LINES)}["channel:group"]
    assert found.level is Level.WARN
    assert "(93000: the address of the robot is wrong)" in what_of(words(Language.ENGLISH), found)
    assert "93000" in what_of(words(Language.CHINESE), found)
    services.answer = b'{"errcode":0}'
    hands.pass_time(61)
    assert one_turn(station) == Turn(sent=1)
    assert {one.line: one.level for one in examine(Patient(home, Clock()), MESSAGE_LINES)}["channel:group"] is Level.OK


def test_three_hundred_parcels_reach_a_group_in_texts_that_it_takes(
    configure: Configure, services: WebHook, hands: Hands
) -> None:
    services.answer = b'{"errcode":0}'
    station = configure("group group wecombot://KEY", messages="merge_seconds = 60")
    for n in range(300):
        shelve(station, f"SF{1000000000000 + n}", f"1380000{n:04}")
    assert one_turn(station) == Turn()
    hands.pass_time(61)
    for _ in range(5):
        one_turn(station)
    texts = [body["text"]["content"] for body in services.bodies]
    assert len(texts) > 1 and max(len(text.encode()) for text in texts) <= 2048
    chinese = [re.findall(r"\b\d{4}\b", text.split("\n\n")[0]) for text in texts]
    assert sorted(tail for tails in chinese for tail in tails) == [f"{n:04}" for n in range(300)]
    assert {state for _, state, _ in states(station)} == {"sent"}


@pytest.mark.parametrize(("url", "most"), [("dingtalk://TOKEN", 20_000), ("feishu://TOKEN", 20_000)])
def test_a_request_of_twenty_kilobytes_is_the_most(url: str, most: int) -> None:
    longest = next(n for n in range(1, 9000) if not fits(url, Letter("", "件" * n)))
    assert most * 0.9 < len(json.dumps("件" * longest)) < most


def test_a_gateway_gets_its_registered_text(configure: Configure, hook: WebHook) -> None:
    more = 'template = "[Gate] {count}: {codes}"\ntaken = \'"ok":1\'\nlongest = 30'
    station = configure(f"sms consignee {hook.url}?:to={{phone}} {more}")
    first, second = shelve(station, "SF1000000000001"), shelve(station, "SF1000000000002")
    hook.answer = b'{ "ok": 1 }'
    assert one_turn(station) + one_turn(station) == (1, 0, 0, 1, 0, 0)  # 46 bytes: in two texts
    assert [body["message"] for body in hook.bodies] == [
        f"[Gate] 1: {one.code} ({one.slot})" for one in (first, second)
    ]
    hook.answer = b'{ "ok": 0 }'
    assert send(hook.url, Letter("", "text"), '"ok":1') == NotSent(Why.REFUSED)


def test_an_answer_without_end_fills_no_memory(hook: WebHook) -> None:
    hook.answer = b"x" * 10_000_000
    with answers_read() as answers:
        assert send(hook.url, Letter("", "text")) is None
    assert 65_536 <= len(answers[0].text) < 100_000
