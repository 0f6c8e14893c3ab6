"""A corrected manifest, and one that is taken back as a whole."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.jobs.records.look_up import ParcelStory, tell_parcel
from kiosk.jobs.records.undo import undo
from kiosk.jobs.sheets.manifests import list_manifests, withdraw_manifest
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import Announcement, announce
from kiosk.jobs.taking_in.announced_anew import Difference
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.consents import Consent
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.parcels.states import Event, State
from kiosk.safety.verify import verify
from kiosk.store.events import About, read_events
from kiosk.store.tables.contacts import phone_tail
from kiosk.store.tables.parcels import amounts_of, consent_of
from tests.conftest import Hands
from tests.jobs.asking import done, row, why

HEADER = "运单号,手机号,规格,到付金额,代收货款,投递方式,快递公司\n"
A, B, C = "YT7700000000001", "YT7700000000002", "YT7700000000003"
Shelve = Callable[..., CheckedIn]


def announced(station: Station, *lines: str, courier: str | None = None) -> Announcement:
    return done(announce(station, (HEADER + "\n".join(lines) + "\n").encode(), courier))


def intact(station: Station) -> bool:
    return verify(station).violations == ()


def test_what_is_still_expected_becomes_what_the_corrected_file_says(station: Station) -> None:
    first = announced(station, f"{A},13800001111,小,,5,放驿站,圆通", f"{B},13800002222,,,,,圆通")
    assert (first.accepted, first.manifest) == (2, 1)
    again = announced(station, f"{A},13800003333,大,12,6,送货上门,圆通", f"{B},13800002222,,,,,圆通")
    assert (again.accepted, again.changed, again.unchanged, again.manifest) == (0, 1, 1, 2)
    parcel = row(station, A)
    amounts = amounts_of(station.conn, parcel.id)
    assert (parcel.size, amounts["freight_collect_fen"], amounts["cod_fen"]) == ("L", 1200, 600)
    assert phone_tail(station.conn, parcel.contact_id) == "3333"
    assert consent_of(station.conn, parcel.id) is Consent.DOOR_ONLY
    assert intact(station)


def test_what_the_corrected_file_does_not_say_stays(station: Station) -> None:
    announced(station, f"{A},13800001111,大,,5,放驿站,圆通")
    again = done(announce(station, f"运单号,手机号\n{A},138****1111\n".encode()))
    assert (again.changed, again.unchanged, again.manifest) == (0, 1, None)
    assert announced(station, f"{A},,,,,,").changed == 1  # an empty amount is none
    assert amounts_of(station.conn, row(station, A).id)["cod_fen"] == 0
    assert (row(station, A).size, phone_tail(station.conn, row(station, A).contact_id)) == ("L", "1111")


def test_a_wrong_courier_is_set_right_and_makes_no_second_parcel(station: Station) -> None:
    announced(station, f"{A},,,,,,", f"{B},,,,,,", courier="STO")
    again = announced(station, f"{A},,,,,,", f"{B},,,,,,", courier="YTO")
    assert (again.accepted, again.changed) == (0, 2)
    assert [row(station, number).courier for number in (A, B)] == ["YTO", "YTO"]
    assert intact(station)


def test_what_is_here_is_told_and_left(station: Station) -> None:
    announced(station, f"{A},13800001111,小,,5,放驿站,圆通", f"{B},,,,,,圆通")
    done(check_in(station, recognise(A), Particulars(), shelve=True))
    before = verify(station).events
    again = announced(station, f"{A},13800003333,大,,6,送货上门,圆通", f"{B},,,,,,圆通")
    assert again.different == (
        Difference(2, A, "size", "S", "L"),
        Difference(2, A, "consent", "given", "door_only"),
        Difference(2, A, "cod", "5.00", "6.00"),
        Difference(2, A, "phone", "1111", "3333"),
    )
    assert (again.changed, again.manifest, verify(station).events) == (0, None, before)


def test_a_clerk_may_not_lower_what_is_due_by_a_file(station: Station) -> None:
    announced(station, f"{A},,小,,5,,圆通")
    clerk = replace(station, role=Role.CLERK)
    again = announced(clerk, f"{A},,大,,0,,圆通")
    assert (again.changed, again.different) == (1, (Difference(2, A, "cod", "5.00", "0.00"),))
    assert (row(station, A).size, amounts_of(station.conn, row(station, A).id)["cod_fen"]) == ("L", 500)
    assert announced(station, f"{A},,大,,0,,圆通").changed == 1


def test_what_has_vanished_from_the_corrected_file_is_told_and_stays(station: Station) -> None:
    announced(station, f"{A},,,,,,圆通", f"{B},,,,,,圆通", f"{C},,,,,,圆通")
    again = announced(station, f"{A},,大,,,,圆通")
    assert again.left_out == (B, C)
    assert row(station, B).state == State.EXPECTED
    withdrawn = done(withdraw_manifest(station, 1))
    assert (withdrawn.withdrawn, withdrawn.kept) == (2, 1)
    assert [row(station, number).state for number in (A, B, C)] == [State.EXPECTED, State.VOIDED, State.VOIDED]
    assert intact(station)


def test_a_manifest_is_withdrawn_as_a_whole_and_what_has_come_stays(station: Station) -> None:
    announced(station, f"{A},13800001111,,,,,圆通", f"{B},13800002222,,,,,圆通")
    done(check_in(station, recognise(A), Particulars(), shelve=True))
    withdrawn = done(withdraw_manifest(station, 1))
    assert (withdrawn.withdrawn, withdrawn.came, withdrawn.kept) == (1, 1, 0)
    assert (row(station, A).state, row(station, B).state) == (State.SHELVED, State.VOIDED)
    assert row(station, B).contact_id is None  # nothing is kept of whose it was
    assert why(withdraw_manifest(station, 1)) is Problem.NO_SUCH_MANIFEST
    assert why(withdraw_manifest(station, 2)) is Problem.NO_SUCH_MANIFEST
    (listed,) = list_manifests(station).manifests
    assert (listed.named, listed.came, listed.missing, listed.withdrawn) == (2, 1, 0, 1)
    assert intact(station)


def test_what_was_withdrawn_may_be_announced_again_or_come_all_the_same(station: Station) -> None:
    announced(station, f"{A},13800001111,大,,5,,圆通", f"{B},,,,,,圆通")
    done(withdraw_manifest(station, 1))
    came = done(check_in(station, recognise(A), Particulars()))
    assert came.due_fen == 0 and came.earlier is None
    assert row(station, A).contact_id is None
    assert announced(station, f"{B},,,,,,圆通").accepted == 1
    assert intact(station)


def test_a_thousand_lines_take_several_transactions_and_one_manifest(station: Station) -> None:
    lines = [f"YT77000000{n:05d},,,,,,圆通" for n in range(2100)]
    assert announced(station, *lines).manifest == 1
    assert announced(station, *lines).manifest is None
    assert done(withdraw_manifest(station, 1)).withdrawn == 2100
    named = [json.loads(event.changes) for event, _ in read_events(station.conn) if event.event == "take_manifest"]
    assert [len(facts["named"]) for facts in named] == [1]  # two numbers tell of all
    assert intact(station)


@pytest.mark.parametrize("name", ["王芳 13800001111.csv", "清单.csv"])
def test_the_log_has_no_phone_of_a_files_name(station: Station, name: str) -> None:
    done(announce(station, f"{HEADER}{A},,,,,,圆通\n".encode(), file=name))
    assert "13800001111" not in "".join(event.changes for event, _ in read_events(station.conn, About()))
    assert "13800001111" not in list_manifests(station).manifests[0].file


def test_undo_says_how_a_manifest_is_taken_back(station: Station) -> None:
    announced(station, f"{A},,,,,,圆通")
    assert why(undo(station)) is Problem.TAKEN_BACK_WHOLE
    done(withdraw_manifest(station, 1))
    assert why(undo(station)) is Problem.TAKEN_BACK_WHOLE


def test_a_story_tells_that_it_was_withdrawn(station: Station, hands: Hands) -> None:
    announced(station, f"{A},,,,,,圆通")
    hands.pass_time(60)
    done(withdraw_manifest(station, 1))
    story = tell_parcel(station, recognise(A))
    assert isinstance(story, ParcelStory) and [one.event for one in story.history] == [Event.ANNOUNCE, Event.WITHDRAW]
