"""The e-mail address of a consignee: given, sealed, shown, exported, forgotten, like the phone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.jobs.changed import Changed
from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.people.person import PersonFile, erase_person, export_person
from kiosk.jobs.people.purge import Purged, purge
from kiosk.jobs.people.reveal import Revealed, reveal
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.amend import amend
from kiosk.jobs.taking_in.announce import announce
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.upkeep.back_up import BackedUp, back_up
from kiosk.parcels.emails import mask_email, read_email
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import Phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.rejected_lines import Reason
from kiosk.parcels.scans import recognise
from kiosk.safety.verify import verify
from kiosk.store.file.traces import files_with
from kiosk.text import Language, words
from kiosk.text.answers.any_answer import words_of
from tests.conftest import Hands

WANG, NUMBER, SF = "Wang.Fang+parcels@example.org", "13800001234", "SF1000000000001"
Shelve = Callable[..., CheckedIn]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("wang@example.org", "wang@example.org"),
        (" Wang.F+x@EXAMPLE.Org ", "Wang.F+x@example.org"),
        ("138@qq.com", "138@qq.com"),
        ("wang%2Cli%40example.org@example.org", None),
        ("wang@localhost", None),
        ("wang@example..org", None),
        (".wang@example.org", None),
        ("wang@example.org,li@example.org", None),
        ("wang fang@example.org", None),
        ("王@example.org", None),
        (f"{'w' * 250}@example.org", None),
        ("@example.org", None),
        ("13800001234", None),
    ],
)
def test_what_is_an_address(text: str, address: str | None) -> None:
    assert read_email(text) == address


def test_masks() -> None:
    assert (mask_email(WANG), mask_email(None)) == ("W***@example.org", None)


def test_it_comes_with_the_manifest(station: Station) -> None:
    lines = f"运单号,手机号,邮箱\n{SF},{NUMBER},{WANG}\nYT1234567890123,,li@example.org\nJT1234567890123,,li\n"
    answer = announce(station, lines.encode(), "SF")
    (unread,) = answer.unread  # type: ignore[union-attr]
    assert (unread.line, unread.column, unread.reason) == (4, "邮箱", Reason.BAD_EMAIL)
    check_in(station, recognise(SF), Particulars(), shelve=True)
    shown = reveal(station, recognise(SF))
    assert isinstance(shown, Revealed) and (shown.phone, shown.email) == (NUMBER, WANG)
    assert f"e-mail {WANG}" in words_of(words(Language.ENGLISH), shown).lines


def test_it_is_set_right_at_the_desk_and_no_event_tells_it(station: Station, shelved: Shelve) -> None:
    shelved(SF)
    at_hand = AtHand(parcel=SF)
    assert serve_staff(station, recognise("email nonsense"), at_hand) == Refused(Problem.BAD_EMAIL)
    changed = serve_staff(station, recognise(f"email {WANG}"), at_hand)
    assert isinstance(changed, Changed) and changed.said == {"email": "W***@example.org"}
    before = station.conn.execute("SELECT count(*) FROM events").fetchone()
    assert isinstance(amend(station, recognise(SF), Particulars(email=WANG)), Changed)  # nothing differs
    assert station.conn.execute("SELECT count(*) FROM events").fetchone() == before
    told = str(station.conn.execute("SELECT * FROM events").fetchall())
    assert "Wang" not in told and "example.org" not in told
    assert verify(station).violations == ()


def test_a_person_reads_it_and_has_it_forgotten(station: Station, shelved: Shelve) -> None:
    shelved(SF, phone=NUMBER, email=WANG)
    shelved("SF1000000000002", email=WANG)  # without a phone it is somebody else, as far as we know
    shelved("SF1000000000003", email=WANG)
    known = export_person(station, Phone(NUMBER, "1234"))
    assert isinstance(known, PersonFile) and (known.email, len(known.parcels)) == (WANG, 1)
    for written in (WANG, WANG.upper()):
        by_address = export_person(station, written)
        assert isinstance(by_address, PersonFile)
        assert (by_address.phone, by_address.email, len(by_address.parcels)) == (NUMBER, WANG, 3)
    assert erase_person(station, WANG) == Refused(Problem.STILL_IN_CUSTODY)
    for waybill in (SF, "SF1000000000002", "SF1000000000003"):
        check_out(station, recognise(waybill), at_counter=True)
    erased = erase_person(station, WANG)
    assert isinstance(erased, Purged) and (erased.contacts, erased.proven) == (3, True)
    for who in (WANG, Phone(NUMBER, "1234")):
        assert export_person(station, who) == Refused(Problem.NOBODY_KNOWN)


def test_by_the_phone_alone_a_person_with_an_address_is_forgotten_whole(station: Station, shelved: Shelve) -> None:
    shelved(SF, phone=NUMBER, email=WANG)
    check_out(station, recognise(SF), at_counter=True)
    assert isinstance(erase_person(station, Phone(NUMBER, "1234")), Purged)
    for who in (WANG, Phone(NUMBER, "1234")):
        assert export_person(station, who) == Refused(Problem.NOBODY_KNOWN)


def test_it_is_forgotten_in_the_database_and_in_backups(station: Station, shelved: Shelve, hands: Hands) -> None:
    shelved(SF, email=WANG)
    check_out(station, recognise(SF), at_counter=True)
    (sealed,) = station.conn.execute("SELECT email_sealed FROM contacts").fetchone()
    made = back_up(station)
    assert isinstance(made, BackedUp)
    files = [station.home.database, station.home.write_ahead_log, Path(made.path)]
    assert str(made.path) in files_with([sealed], files)
    hands.pass_time(91 * 86_400)
    purged = purge(station)
    assert isinstance(purged, Purged) and (purged.contacts, purged.proven) == (1, True)
    assert files_with([sealed], files) == []
    assert reveal(station, recognise(SF)) == Refused(Problem.NOBODY_KNOWN, waybill=SF)
    assert verify(station).violations == ()
