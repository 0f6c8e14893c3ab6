"""A parcel that is put elsewhere gets another code: the one on its label is good while it is here, and cools after."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from kiosk.counter.customer import serve_customer
from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.handing_over.pick_up import Found
from kiosk.jobs.keeping.hold import found_again, mark_missing
from kiosk.jobs.records.history import History, tell_history
from kiosk.jobs.records.look_up import tell_parcel
from kiosk.jobs.records.undo import undo
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.amend import amend
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import put_away, put_away_pending
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem
from kiosk.parcels.qr_texts import station_qr
from kiosk.parcels.scans import recognise
from kiosk.parcels.slots import Size
from kiosk.parcels.states import Event
from kiosk.safety.verify import verify
from kiosk.store.tables.codes import by_code, code_in_custody, code_is_taken, earlier_codes
from tests.conftest import Hands
from tests.jobs.asking import done, row, why

SF, YTO = "SF1000000000001", "YT1000000000001"


def _put_elsewhere(station: Station) -> None:
    done(put_away_pending(station, recognise("6-1-1")))


def _moved(station: Station) -> None:
    done(put_away(station, recognise(SF), recognise("1-1-1")))
    done(put_away(station, recognise(SF), recognise("6-1-1")))


def _made_larger(station: Station) -> None:
    done(amend(station, recognise(SF), Particulars(size=Size.L)))
    done(put_away(station, recognise(SF), recognise("6-1-1")))


def _found_elsewhere(station: Station) -> None:
    done(mark_missing(station, recognise(SF)))
    done(found_again(station, recognise(SF), recognise("6-1-1")))


def _move_undone(station: Station) -> None:
    _moved(station)
    done(undo(station))
    done(put_away(station, recognise(SF), recognise("6-1-1")))


@pytest.mark.parametrize("change", [_put_elsewhere, _moved, _made_larger, _found_elsewhere, _move_undone])
def test_the_label_opens_it_wherever_it_lies(
    station: Station, other_terminal: Station, change: Callable[[Station], None]
) -> None:
    label = done(check_in(station, recognise(SF), Particulars(size=Size.S))).code
    assert not label.startswith("6-1-")
    change(station)
    now = row(station, SF)
    assert now.code != label and now.slot == "6-1-1"
    qr = station_qr(station.settings.number, (PickupCode(label),))
    for text in (label, label.replace("-", ""), label.replace("-", " "), qr, now.code or ""):
        found = serve_customer(other_terminal, recognise(text), None)
        assert isinstance(found, Found) and [parcel.slot for parcel in found.parcels] == ["6-1-1"], text
        assert [(parcel.code, parcel.first_code) for parcel in found.parcels] == [(now.code, label)]
        assert done(tell_parcel(station, recognise(text))).waybill == SF
    history = tell_history(station, recognise(label))
    assert isinstance(history, History) and {event.waybill for event in history.events} == {SF}
    assert verify(station).violations == ()
    assert isinstance(check_out(station, recognise(label), at_counter=True), HandedOver)
    assert why(serve_customer(other_terminal, recognise(label), None)) is Problem.ALREADY_COLLECTED


def test_it_is_not_issued_while_the_parcel_is_here_and_cools_when_it_has_left(station: Station, hands: Hands) -> None:
    label = PickupCode(done(check_in(station, recognise(SF), Particulars())).code)
    _put_elsewhere(station)
    hands.pass_time(30 * 86400)  # longer than codes cool
    after = "2026-12-20"
    assert code_is_taken(station.conn, label, after)
    check_out(station, recognise(SF), at_counter=True)
    assert code_is_taken(station.conn, label, after)
    assert not code_is_taken(station.conn, label, "2026-12-31")


class SmallChance(Random):
    """Chance that knows three numbers only, so that codes collide at once."""

    def randrange(self, start: int, stop: int | None = None, step: int = 1) -> int:
        return super().randrange(3)


@pytest.mark.parametrize("cooling", ["0", "7"])
def test_labels_never_mean_two_parcels(reset: Callable[[str, str], Station], hands: Hands, cooling: str) -> None:
    station = replace(reset("cooling_days = 7 ", f"cooling_days = {cooling} "), random=SmallChance(1))
    labels: dict[str, set[str]] = {}
    for number in range(5):
        waybill = f"SF3{number:012d}"
        done(check_in(station, recognise(waybill), Particulars(size=Size.S), shelve=True))
        for slot in ("1-1-1", "1-2-1", "1-1-2"):
            labels.setdefault(waybill, set()).add(row(station, waybill).code or "")
            done(put_away(station, recognise(waybill), recognise(slot)))
        labels[waybill].add(row(station, waybill).code or "")
        hands.pass_time(86400)
    assert sum(map(len, labels.values())) == len(set.union(*labels.values()))
    for waybill, codes in labels.items():
        assert {done(tell_parcel(station, recognise(code))).waybill for code in codes} == {waybill}
    assert verify(station).violations == ()


def test_back_on_its_level_it_has_its_first_code_again(station: Station, shelved: Callable[..., CheckedIn]) -> None:
    first = shelved(SF)
    level = first.slot.rpartition("-")[0]
    done(put_away(station, recognise(SF), recognise("6-1-1" if level != "6-1" else "5-1-1")))
    assert done(put_away(station, recognise(SF), recognise(f"{level}-3"))).code == first.code
    assert verify(station).violations == ()


def test_the_check_sees_an_old_label_issued_anew(station: Station, shelved: Callable[..., CheckedIn]) -> None:
    label = PickupCode(shelved(SF).code)
    done(put_away(station, recognise(SF), recognise("6-1-1")))
    with station.transaction():
        changes = {"courier": "YTO", "waybill": YTO, "code": label.text, "code_compact": label.compact}
        station.record(Event.CHECK_IN, None, changes)
    assert {one.rule for one in verify(station).violations} == {"code_unique_and_cooled"}


@pytest.mark.parametrize("code", ["9-9-9999", "6-1-0000"])
def test_a_scan_asks_indexes_alone(station: Station, code: str) -> None:
    """Hundreds of thousands of events stand behind a scan of any code, a wrong one, too."""
    done(check_in(station, recognise(SF), Particulars()))
    _put_elsewhere(station)
    asked: list[str] = []
    station.conn.set_trace_callback(asked.append)
    try:
        by_code(station.conn, PickupCode(code))
        code_is_taken(station.conn, PickupCode(code), "2026-12-20")
        code_in_custody(station.conn, PickupCode(code), but=1)
        earlier_codes(station.conn, 1)
    finally:
        station.conn.set_trace_callback(None)
    plans = [row[3] for query in asked for row in station.conn.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert len(asked) >= 6
    assert [step for step in plans if step.startswith("SCAN")] == []
