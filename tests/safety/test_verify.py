"""`kiosk verify` must find what somebody with the card in their hands has changed."""

from collections.abc import Callable

import pytest

from kiosk.counter.search import search
from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.scans import recognise
from kiosk.parcels.states import Event
from kiosk.safety.verify import verify


@pytest.fixture
def busy(station: Station, shelved: Callable[..., CheckedIn]) -> Station:
    for number in range(5):
        parcel = shelved(f"SF1{number:012d}")
        if number < 2:
            search(station, recognise(parcel.code))
            check_out(station, recognise(parcel.waybill))
    return station


def test_a_station_at_work_holds_every_rule(busy: Station) -> None:
    verdict = verify(busy)
    assert (verdict.events, verdict.parcels, verdict.violations) == (12, 5, ())


@pytest.mark.parametrize(
    ("tampering", "rule"),
    [
        ("UPDATE parcels SET slot = '6-1-1' WHERE id = 3", "table_replays"),
        ("UPDATE parcels SET hold_reason = 'x' WHERE id = 3", "table_replays"),
        ("UPDATE parcels SET state = 'RETURN_PENDING' WHERE id = 3", "table_replays"),
        ("UPDATE parcels SET canonical = 'SF1' WHERE id = 3", "number_canonical"),
        ("UPDATE parcels SET second_canonical = 'SF1' WHERE id = 3", "number_canonical"),
        ("INSERT INTO parcels (courier, waybill, state) VALUES ('SF', 'new', 'EXPECTED')", "table_replays"),
        ("DELETE FROM events WHERE seq = 4", "events_without_gaps"),
        ("UPDATE events SET who = 'nobody' WHERE seq = 4", "chain_unbroken"),
        ("UPDATE events SET event = 'deliver' WHERE seq = 4", "transition_allowed"),
        ("UPDATE events SET changes = 'rubbish' WHERE seq = 4", "transition_allowed"),
        ("UPDATE events SET changes = '[]' WHERE seq = 4", "transition_allowed"),
        ("DROP INDEX one_code_in_custody", "schema_as_shipped"),
        ("CREATE TRIGGER theirs AFTER INSERT ON attempts BEGIN DELETE FROM attempts; END", "schema_as_shipped"),
    ],
)
def test_what_was_changed_behind_our_back_is_found(busy: Station, tampering: str, rule: str) -> None:
    for trigger in ("events_never_change", "events_never_go"):
        busy.conn.execute(f"DROP TRIGGER {trigger}")
    busy.conn.execute(tampering)
    assert rule in {violation.rule for violation in verify(busy).violations}


def test_a_code_issued_too_early_or_a_second_episode_is_found(busy: Station) -> None:
    busy.conn.execute("DROP INDEX one_code_in_custody")
    busy.conn.execute("DROP INDEX one_episode_at_a_time")
    with busy.transaction():
        for (code,) in busy.conn.execute("SELECT code FROM parcels WHERE id IN (1, 5)").fetchall():
            came = {"courier": "SF", "waybill": "SF1000000000004", "code": code, "code_compact": code.replace("-", "")}
            busy.record(Event.CHECK_IN, None, came)
    broken = [violation for violation in verify(busy).violations if violation.rule != "schema_as_shipped"]
    rules = [violation.rule for violation in broken]
    assert rules.count("code_unique_and_cooled") == 2  # one is still cooling, one is still on the shelf
    assert rules.count("one_episode_at_a_time") == 2


def test_an_overfull_slot_is_found(busy: Station) -> None:
    capacity = {name: slot.place.capacity for name, slot in busy.settings.slots_by_name.items()}
    assert set(capacity.values()) == {20}
    busy.conn.execute("DROP INDEX one_code_in_custody")
    busy.conn.execute(
        "UPDATE parcels SET slot = '1-1-1', code = '1-1-0001', code_compact = '110001' WHERE state = 'SHELVED'"
    )
    for _ in range(20):
        busy.conn.execute(
            "INSERT INTO parcels (courier, waybill, state, slot, code, code_compact)"
            " VALUES ('SF', hex(randomblob(6)), 'SHELVED', '1-1-1', '1-1-0001', '110001')"
        )
    assert {"slot_within_capacity", "table_replays"} <= {violation.rule for violation in verify(busy).violations}


def test_a_row_that_lacks_a_value_is_told_and_the_others_are_checked(busy: Station) -> None:
    for trigger in ("events_never_change", "events_never_go"):
        busy.conn.execute(f"DROP TRIGGER {trigger}")
    loose = (
        busy.conn.execute("SELECT sql FROM sqlite_master WHERE name = 'events'").fetchone()[0].replace(" NOT NULL", "")
    )
    busy.conn.execute("PRAGMA writable_schema = ON")
    busy.conn.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'events'", (loose,))
    busy.conn.execute("PRAGMA writable_schema = RESET")
    busy.conn.execute("UPDATE events SET who = NULL WHERE seq = 3")
    busy.conn.execute("UPDATE events SET who = 'nobody' WHERE seq = 6")
    told = [violation.detail for violation in verify(busy).violations if violation.rule == "chain_unbroken"]
    assert told[0].startswith("event 3 cannot be read") and "event 6" in told


def test_a_row_that_cannot_be_read_is_told_with_all_else(busy: Station) -> None:
    for trigger in ("events_never_change", "events_never_go"):
        busy.conn.execute(f"DROP TRIGGER {trigger}")
    busy.conn.execute("UPDATE events SET who = CAST(X'FFFE' AS TEXT) WHERE seq = 4")
    busy.conn.execute("UPDATE events SET terminal = 'nowhere' WHERE seq = 2")
    told = {(violation.rule, violation.detail.split(":")[0]) for violation in verify(busy).violations}
    assert {("file_intact", "events cannot be read"), ("chain_unbroken", "event 2")} <= told


def test_contact_data_that_was_changed_is_found(busy: Station, shelved: Callable[..., CheckedIn]) -> None:
    shelved("SF1000000000009", phone="13800001234")
    shelved("SF1000000000010", phone="13900005678")
    assert verify(busy).violations == ()
    busy.conn.execute("UPDATE contacts SET phone_tail = '0000' WHERE id = 1")
    busy.conn.execute("UPDATE contacts SET phone_sealed = randomblob(51) WHERE id = 2")
    assert [one.rule for one in verify(busy).violations] == ["contacts_intact"] * 2
