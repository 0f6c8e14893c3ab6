"""Whatever a letter says of codes, the kiosk reads out of it: our own messages, scanned or pasted as they are."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import Settings, settings_of
from kiosk.config.message_kinds import MessageKind
from kiosk.config.message_texts import unread_codes, wrong_in
from kiosk.config.station import of_station as station_texts
from kiosk.jobs.handing_over.passes import ProxyPass
from kiosk.messages.composing import _LANGUAGES, compose
from kiosk.messages.facts import Facts, values_of
from kiosk.parcels.meanings import CodeScan
from kiosk.parcels.message_templates import fill
from kiosk.parcels.scans import recognise
from kiosk.store.tables.parcels import Parcel

PLACES = st.tuples(st.integers(1, 60), st.integers(1, 9), st.integers(0, 99_999), st.integers(1, 60))
NAMES = st.one_of(
    st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=40),
    st.sampled_from(
        ["取件码驿站", "12-345 Main St", "3号楼", "凭", "The Code", "5-5-5555", "电话", "【8】", "Tel. 12"]
    ),
)
AT = datetime(2026, 12, 1, 21, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def settings() -> Settings:
    path = files("kiosk").joinpath("station.toml")
    return settings_of(Path("station.toml"), path.read_text("utf-8"))


def parcel(place: tuple[int, int, int, int], due_fen: int) -> Parcel:
    shelf, level, number, slot = place
    nothing = Parcel._make([None] * len(Parcel._fields))
    return nothing._replace(code=f"{shelf}-{level}-{number:04d}", slot=f"{shelf}-{level}-{slot}", due_fen=due_fen)


ADDRESSES = st.sampled_from(
    ["", "12 Market Street", "东门路3号楼5-5-5555室", "3-2-1501", "幸福小区南门，菜鸟旁边", "Bldg 7, 4-6-7601"]
)
HOURS = st.sampled_from(["", "08:00-22:00", "8-22", "周一至周日 8点-22点", "Mon-Sat 9-21, Sun 10-18"])
TELEPHONES = st.sampled_from(["", "400-880-1234", "6214-5678", "13800001234", "010 6214-5678", "8-6214-5678"])
FACTS = st.builds(station_texts, NAMES, ADDRESSES, HOURS, TELEPHONES)


def is_read_back(letter: str, codes: list[str | None], of_station: Mapping[str, str]) -> bool:
    """All codes and nothing else, unless name or address hold numbers that may be codes as well."""
    means = recognise(letter).means
    assert isinstance(means, CodeScan) and means.is_message
    read = [code.text for code in means.codes]
    has_numbers = any(c.isnumeric() for c in of_station["station"] + of_station["address"])
    return read == codes or (has_numbers and set(read) > set(codes))


@pytest.mark.parametrize("medium", ["sms", "mail"])
@pytest.mark.parametrize("kind", [kind for kind in MessageKind if kind is not MessageKind.CALL])
@pytest.mark.parametrize("language", _LANGUAGES)
@given(FACTS, st.lists(PLACES, min_size=1, max_size=20, unique_by=lambda place: place[:3]), st.sampled_from([0, 1250]))
def test_every_letter_is_read_back(
    settings: Settings, medium: str, kind: MessageKind, language: str, of_station: Mapping[str, str],
    places: list[tuple[int, int, int, int]], due_fen: int,
) -> None:  # fmt: skip
    if medium == "sms" and kind is MessageKind.PASS:
        return
    facts = Facts(of_station, [parcel(place, due_fen) for place in places], proxy=ProxyPass("", (), AT), since=AT)
    letter = compose(settings, kind, medium, _LANGUAGES[language], facts).body
    assert is_read_back(letter, [one.code for one in facts.parcels], of_station), letter


WORDS = st.lists(
    st.sampled_from(
        [
            "取件码{codes}", "{codes}", "凭{codes}取件", "pickup code {codes}", "您有{count}件包裹", "{count} parcels",
            "【{station}】", "[{station}]", "{station}",
            "地址：{address}", "at {address}", "（{hours}）", "open {hours}", "尽快来取", "Thanks",
            "营业时间{hours}", "电话{telephone}", "call {telephone}", "到付{to_pay}元", "自{since}起",
        ]
    ),
    min_size=1, max_size=7, unique=True,
)  # fmt: skip


@given(
    FACTS,
    WORDS,
    st.sampled_from(["，", ", ", "。", ". ", "；", "! "]),
    st.lists(PLACES, min_size=1, max_size=5, unique_by=lambda p: p[:3]),
)
def test_a_text_of_ones_own_that_is_taken_is_read_back(
    of_station: Mapping[str, str], clauses: list[str], mark: str, places: list[tuple[int, int, int, int]]
) -> None:
    text = mark.join(clauses)
    if wrong_in(text, "sms", MessageKind.REMINDER, of_station) or unread_codes(text, of_station):
        return
    facts = Facts(of_station, [parcel(place, 0) for place in places], since=AT)
    letter = fill(text, values_of(facts))
    assert is_read_back(letter, [one.code for one in facts.parcels], of_station), letter
    for label in ("地址", "at ", "（）", "open", "营业时间", "电话", "call ", "到付", "元"):
        is_named_so = label.strip() in of_station["station"] + of_station["address"]
        assert is_named_so or not re.search(rf"{label}：? *(?:$|[，,。.；!])", letter), letter
