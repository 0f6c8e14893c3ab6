"""What a service answers. Many say yes by HTTP and no in what they write: that is read here, and nothing of it kept but
a number.

Sources: WeCom's "global error codes" and group robots (errcode; 45009 is the limit of 20 a minute), DingTalk's custom
robots (errcode; 130101 is theirs), Feishu's and Lark's custom bots (code, of old StatusCode; 11232 is theirs).
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

_MOST_READ = 65_536  # bytes of an answer: nothing that we ask says more
_LIMITED = frozenset({45009, 45033, 130101, 410100, 11232, 99991400})
_GROUP_ROBOTS = {"wecombot": ("errcode",), "dingtalk": ("errcode",), "feishu": ("code", "StatusCode"),
                 "lark": ("code", "StatusCode")}  # fmt: skip
_ANY_SERVICE = ("errcode",)  # whoever answers so means by it what WeCom does
_FEISHU = frozenset({9499, 11232, 19001, 19002, 19021, 19022, 19024, 99991400})


class Answer(NamedTuple):
    """An HTTP answer: its status, and the beginning of what it says."""

    status: int
    text: str


class Verdict(NamedTuple):
    """`is_limited`: it may be sent again in a minute. `number`: the service's own, empty where it gave none."""

    is_taken: bool
    is_limited: bool = False
    number: str = ""


def verdict_on(scheme: str, answers: Iterable[Answer], taken: str | None = None) -> Verdict:
    """On all that was answered to one message: the first no, else yes."""
    verdicts = [judge(scheme, answer, taken) for answer in answers]
    return next((one for one in verdicts if not one.is_taken), Verdict(True))


@contextmanager
def answers_read() -> Iterator[list[Answer]]:
    """What services answer in the meantime, for Apprise looks at the status alone. Never more of it than a few pages:
    a service that answers without end fills no memory."""
    from requests import Session  # came with Apprise

    answers: list[Answer] = []
    usual: Callable[..., Any] = Session.send

    def send(session: Session, request: Any, **options: Any) -> Any:
        response = usual(session, request, **{**options, "stream": True})
        read = b""
        for piece in response.iter_content(4096):
            read += piece
            if len(read) >= _MOST_READ:
                break
        response.close()
        response._content, response._content_consumed = read, True  # as requests itself keeps it
        answers.append(Answer(response.status_code, read.decode("utf-8-sig", "replace")))
        return response

    Session.send = send  # type: ignore[method-assign, assignment]
    try:
        yield answers
    finally:
        Session.send = usual  # type: ignore[method-assign]


def judge(scheme: str, answer: Answer, taken: str | None = None) -> Verdict:
    """What an answer with a good status means. `scheme`: of the channel's URL, which names the service; `taken`: what
    stands in every answer that means yes, if the owner says so."""
    said = _object(answer.text)
    for key in (*_GROUP_ROBOTS.get(scheme, ()), *_ANY_SERVICE):
        number = _whole(said.get(key))
        if number:
            return Verdict(False, number in _LIMITED, str(number))
        if number == 0 and taken is None:
            return Verdict(True)
    if _whole(said.get("code")) in _FEISHU:
        return Verdict(False, said["code"] in _LIMITED, str(said["code"]))
    if taken is not None:
        return Verdict(_closely(taken) in _closely(answer.text))
    return Verdict(scheme not in _GROUP_ROBOTS)  # a page of somebody between us and them is no yes


def _object(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _whole(value: object) -> int | None:
    if isinstance(value, str) and value.lstrip("-").isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _closely(text: str) -> str:
    return "".join(text.split())
