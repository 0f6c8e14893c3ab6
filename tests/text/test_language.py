"""Which language is spoken, and that Click speaks it too."""

import re
import subprocess
import sys

import pytest

from kiosk.parcels.problems import Problem, Refused
from kiosk.text import Language, language_of_environment, words
from kiosk.text.refusals import problem_sentence
from tests.environment import environment

NAMES = ("KIOSK_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("environment", "of_station", "language"),
    [
        ({}, None, "en"),
        ({"LANG": "C.UTF-8"}, None, "en"),
        ({"LANG": "POSIX"}, None, "en"),
        ({"LANG": "zh_CN.UTF-8"}, None, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, None, "zh"),  # nearer than English
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, None, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, None, "zh"),
        ({"LANG": "", "LC_ALL": ""}, None, "en"),
        ({"LANG": "en_GB.UTF-8"}, "zh", "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "en", "en"),
        ({"KIOSK_LANGUAGE": "zh", "LC_ALL": "C"}, "en", "zh"),
        ({"KIOSK_LANGUAGE": "en", "LANG": "zh_CN.UTF-8"}, None, "en"),
    ],
)
def test_who_decides(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], of_station: str | None, language: str
) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language_of_environment(of_station) == Language(language)


def test_click_speaks_chinese_in_a_chinese_locale_and_is_left_alone_in_another() -> None:
    def told(*arguments: str, **seen_by_it: str) -> str:
        seen = environment(**seen_by_it)
        command = [sys.executable, "-m", "kiosk", *arguments]
        return subprocess.run(command, check=False, capture_output=True, encoding="utf-8", env=seen).stderr

    assert "错误：缺少参数 WAYBILL" in told("check-in", LC_ALL="zh_CN.UTF-8")
    assert "错误：缺少参数 WAYBILL" in told("check-in", LC_ALL="zh_TW.UTF-8", LANGUAGE="de")
    assert "错误：多出的参数（B）" in told("check-in", "A", "B", KIOSK_LANGUAGE="zh")  # one for one thing or several
    assert "Error: Missing argument WAYBILL" in told("check-in", LC_ALL="C.UTF-8")
    assert "Error: Missing argument WAYBILL" in told("check-in", LC_ALL="zh_CN.UTF-8", KIOSK_LANGUAGE="en")
    script = "import sys, kiosk.cli; print('kiosk.cli.click_words' in sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment(), check=True
    )
    assert loaded.stdout.strip() == "False"


def test_no_refusal_on_the_command_line_names_a_key_of_the_desk() -> None:
    for problem in Problem:
        sentence = problem_sentence(words(Language.ENGLISH), Refused(problem))
        assert not re.search(r"\bF\d|Esc|PgDn", sentence), sentence


@pytest.mark.parametrize(
    ("counted", "english", "chinese"),
    [("118 / 120", "done 2 missing, driver signs", "完成 少2件，快递员签字"),
     ("125 / 120", "done 5 too many, driver signs", "完成 多5件，快递员签字")],
)  # fmt: skip
def test_counts_that_differ_say_what_to_type_for_this_very_difference(counted: str, english: str, chinese: str) -> None:
    refused = Refused(Problem.COUNTS_DIFFER, detail=counted)
    assert english in problem_sentence(words(Language.ENGLISH), refused)
    assert chinese in problem_sentence(words(Language.CHINESE), refused)
