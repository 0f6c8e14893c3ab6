"""Whatever a letter says of codes, the kiosk reads out of it: our own messages, scanned or pasted as they are."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config.messages import MessageKind
from kiosk.jobs.handing_over.passes import ProxyPass
from kiosk.messages.letters import _LANGUAGES, _LONG, _SHORT, _Facts
from kiosk.parcels.meanings import CodeScan
from kiosk.parcels.scans import recognise
from kiosk.store.tables.parcels import Parcel
from kiosk.text import words

PLACES = st.tuples(st.integers(1, 60), st.integers(1, 9), st.integers(0, 99_999), st.integers(1, 60))
NAMES = st.one_of(
    st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=40),
    st.sampled_from(
        ["取件码驿站", "12-345 Main St", "3号楼", "凭", "The Code", "5-5-5555", "电话", "【8】", "Tel. 12"]
    ),
)
AT = datetime(2026, 12, 1, 21, 0, tzinfo=UTC)


def parcel(place: tuple[int, int, int, int], due_fen: int) -> Parcel:
    shelf, level, number, slot = place
    nothing = Parcel._make([None] * len(Parcel._fields))
    return nothing._replace(code=f"{shelf}-{level}-{number:04d}", slot=f"{shelf}-{level}-{slot}", due_fen=due_fen)


@pytest.mark.parametrize("is_short", [False, True])
@pytest.mark.parametrize("kind", [kind for kind in MessageKind if kind is not MessageKind.CALL])
@pytest.mark.parametrize("language", _LANGUAGES)
@given(NAMES, st.lists(PLACES, min_size=1, max_size=20, unique_by=lambda place: place[:3]), st.sampled_from([0, 1250]))
def test_every_letter_is_read_back(
    is_short: bool, kind: MessageKind, language: str, name: str, places: list[tuple[int, int, int, int]], due_fen: int
) -> None:
    write = (_SHORT if is_short else _LONG).get(kind)
    if write is None:
        return
    parcels = [parcel(place, due_fen) for place in places]
    facts = _Facts(name, parcels, proxy=ProxyPass("", (), AT), since=AT)
    letter = "\n\n".join("\n".join(write(words(one), facts)) for one in _LANGUAGES[language])
    means = recognise(letter).means
    assert isinstance(means, CodeScan) and means.is_message
    expected = [one.code for one in parcels]
    read = [code.text for code in means.codes]
    assert read == expected or (any(c.isnumeric() for c in name) and set(read) > set(expected))
