from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.keeping.hold import mark_missing, start_return
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import announce
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import PutAway, put_away, put_away_pending
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.consents import Consent
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import recognise
from kiosk.parcels.slots import Size
from kiosk.parcels.states import Event, ForbiddenTransition, State
from kiosk.safety.verify import verify
from kiosk.store.tables.codes import code_is_taken
from kiosk.store.tables.parcels import by_waybill
from kiosk.store.tables.slots import held_by_slot
from tests.conftest import Hands
from tests.jobs.asking import why

SF, YTO, ZTO = "SF1000000000001", "YT1000000000001", "73100000000001"


def taken_in(answer: CheckedIn | Refused) -> CheckedIn:
    assert isinstance(answer, CheckedIn), answer
    return answer


def test_a_parcel_gets_a_slot_a_code_and_a_light(station: Station) -> None:
    answer = taken_in(check_in(station, recognise(SF), Particulars()))
    assert (answer.courier, answer.candidates, answer.state) == ("SF", ("SF",), State.CHECKED_IN)
    shelf, level, _ = answer.slot.split("-")
    assert answer.code.startswith(f"{shelf}-{level}-")
    assert [one.slot for one in station.leases.lit_slots()] == [answer.slot]
    assert answer.look is not None


def test_the_next_parcel_confirms_the_one_before(station: Station) -> None:
    first = taken_in(check_in(station, recognise(SF), Particulars()))
    second = taken_in(check_in(station, recognise(YTO), Particulars()))
    assert second.confirmed == PutAway(SF, first.code, first.slot, State.SHELVED)
    assert by_waybill(station.conn, SF)[0].state == State.SHELVED
    assert [one.slot for one in station.leases.lit_slots()] == [second.slot]


def test_scanning_the_same_parcel_again_lights_it_again(station: Station) -> None:
    first = taken_in(check_in(station, recognise(SF), Particulars()))
    again = taken_in(check_in(station, recognise(SF), Particulars()))
    assert (again.slot, again.code, again.state) == (first.slot, first.code, State.CHECKED_IN)
    shelved = taken_in(check_in(station, recognise(SF), Particulars(), shelve=True))
    assert (shelved.slot, shelved.state) == (first.slot, State.SHELVED)


def test_ansecond_desks_parcel_is_not_confirmed(station: Station, second_desk: Station) -> None:
    check_in(station, recognise(SF), Particulars())
    second = taken_in(check_in(second_desk, recognise(YTO), Particulars()))
    assert second.confirmed is None
    assert by_waybill(station.conn, SF)[0].state == State.CHECKED_IN


def test_a_slot_scan_confirms_and_may_choose_another_slot(station: Station) -> None:
    first = taken_in(check_in(station, recognise(SF), Particulars()))
    put = put_away_pending(station, recognise("SLOT:6-1-1"))
    assert isinstance(put, PutAway)
    assert put.slot == "6-1-1" and put.code.startswith("6-1-")
    assert put.code != first.code
    assert station.leases.lit_slots() == ()
    assert put_away_pending(station, recognise("6-1-1")) == Refused(Problem.SLOT_LABEL_SCANNED)


def test_put_away_twice_changes_nothing_and_elsewhere_relocates(station: Station) -> None:
    taken_in(check_in(station, recognise(SF), Particulars()))
    first = put_away(station, recognise(SF), recognise("2-3-1"))
    assert put_away(station, recognise(SF), recognise("2-3-1")) == first
    beside = put_away(station, recognise(SF), recognise("2-3-2"))
    assert isinstance(first, PutAway) and isinstance(beside, PutAway)
    assert beside.code == first.code  # the code names shelf and level, which stayed
    moved = put_away(station, recognise(SF), recognise("4-1-1"))
    assert isinstance(moved, PutAway) and moved.code.startswith("4-1-")
    assert verify(station).violations == ()


@pytest.mark.parametrize(
    ("slot", "size", "problem"),
    [
        ("9-9-9", Size.S, Problem.NO_SUCH_SLOT),
        ("1-5-1", Size.L, Problem.SLOT_TOO_SMALL),
        ("x", Size.S, Problem.NO_SUCH_SLOT),
    ],
)
def test_a_slot_that_will_not_do(station: Station, slot: str, size: Size, problem: Problem) -> None:
    check_in(station, recognise(SF), Particulars(size=size))
    answer = put_away(station, recognise(SF), recognise(slot))
    assert isinstance(answer, Refused) and answer.problem is problem


def test_a_full_slot_takes_no_more(station: Station, shelved: Callable[..., CheckedIn]) -> None:
    for number in range(20):
        waybill = f"SF2{number:012d}"
        shelved(waybill)
        put_away(station, recognise(waybill), recognise("1-1-1"))
    shelved(SF)
    answer = put_away(station, recognise(SF), recognise("1-1-1"))
    assert isinstance(answer, Refused) and answer.problem is Problem.SLOT_FULL


def test_one_custody_episode_at_a_time(station: Station, shelved: Callable[..., CheckedIn]) -> None:
    first = shelved(SF, courier="SF")
    assert check_in(station, recognise(SF), Particulars()) == Refused(Problem.ALREADY_IN_CUSTODY, first.slot, SF)
    other_brand = check_in(station, recognise(SF), Particulars(courier="ZTO"))
    assert taken_in(other_brand).looks_like_another_courier


def test_an_unknown_number_is_accepted_and_flagged(station: Station) -> None:
    answer = taken_in(check_in(station, recognise("ABC12345X"), Particulars()))
    assert (answer.courier, answer.candidates) == ("unknown", ())


def test_pieces_of_one_waybill_are_parcels_of_their_own(station: Station) -> None:
    one = taken_in(check_in(station, recognise("JDX012345678901-1-2-"), Particulars(), shelve=True))
    two = taken_in(check_in(station, recognise("JDX012345678901-2-2-"), Particulars(), shelve=True))
    assert (one.waybill, two.waybill) == ("JDX012345678901-1-2", "JDX012345678901-2-2")
    assert one.code != two.code


def test_door_only_is_refused_whoever_said_it(station: Station) -> None:
    said = Particulars(consent=Consent.DOOR_ONLY)
    assert check_in(station, recognise(SF), said) == Refused(Problem.DOOR_ONLY, waybill=SF)
    announce(station, f"waybill,consent\n{YTO},door_only\n".encode())
    assert check_in(station, recognise(YTO), Particulars()) == Refused(Problem.DOOR_ONLY, waybill=YTO)
    assert taken_in(check_in(station, recognise(YTO), Particulars(consent=Consent.GIVEN))).state == State.CHECKED_IN


def test_the_manifest_fills_in_what_the_clerk_does_not_say(station: Station) -> None:
    announce(station, f"waybill,courier,phone,size\n{SF},STO,13800001234,L\n".encode())
    answer = taken_in(check_in(station, recognise(SF), Particulars()))
    assert answer.courier == "STO"  # the manifest's word wins over the number's form
    assert answer.slot.split("-")[1] == "1"  # only the lowest level takes L
    neighbour = Particulars(phone=read_phone("13800001234"), size=Size.L)
    assert (
        taken_in(check_in(station, recognise(ZTO), neighbour)).slot == answer.slot
    )  # one consignee's parcels together


def test_no_slot_for_a_size_and_nothing_at_all_is_changed(station: Station) -> None:
    check_in(station, recognise(YTO), Particulars())
    said = Particulars(size=Size.XL, phone=read_phone("13800001234"))
    assert check_in(station, recognise(SF), said) == Refused(Problem.NO_SLOT_OF_SIZE, waybill=SF, detail="L")
    at_hand = AtHand(parcel=YTO)
    assert why(serve_staff(station, recognise("size XL"), at_hand)) is Problem.NO_SLOT_OF_SIZE
    assert why(serve_staff(station, recognise("free XL"), at_hand)) is Problem.NO_SLOT_OF_SIZE
    assert verify(station).events == 1
    assert station.conn.execute("SELECT count(*) FROM contacts").fetchone() == (0,)
    assert by_waybill(station.conn, YTO)[0].state == State.CHECKED_IN


def test_a_parcel_left_lying_is_not_confirmed_an_hour_later(station: Station, hands: Hands) -> None:
    check_in(station, recognise(SF), Particulars())
    hands.pass_time(3600)
    assert taken_in(check_in(station, recognise(YTO), Particulars())).confirmed is None


def test_the_put_away_is_confirmed_even_where_no_light_was_free(station: Station) -> None:
    first = taken_in(check_in(station, recognise(SF), Particulars()))
    station.leases.drop_parcel(first.parcel_id)
    assert isinstance(taken_in(check_in(station, recognise(YTO), Particulars())).confirmed, PutAway)


def test_a_guess_is_no_decision(station: Station) -> None:
    announce(station, b"waybill,consent,phone\n9812345678901,door_only,13800001234\n")  # looks like EMS
    assert check_in(station, recognise("9812345678901"), Particulars(courier="SF")) == Refused(
        Problem.DOOR_ONLY, waybill="9812345678901"
    )
    given = Particulars(consent=Consent.GIVEN)
    taken_in(check_in(station, recognise("9812345678901"), given, shelve=True))
    (row,) = by_waybill(station.conn, "9812345678901")
    assert (row.courier, row.courier_decided, row.contact_id is not None) == ("EMS", 0, True)
    again = check_in(station, recognise("9812345678901"), Particulars(courier="SF"))
    assert isinstance(again, Refused) and again.problem is Problem.ALREADY_IN_CUSTODY


def test_a_phone_forgotten_at_the_first_scan_is_added_by_the_second(station: Station) -> None:
    check_in(station, recognise(SF), Particulars())
    check_in(station, recognise(SF), Particulars(phone=read_phone("13800001234")))
    assert by_waybill(station.conn, SF)[0].contact_id is not None
    assert check_in(station, recognise(SF), Particulars(consent=Consent.DOOR_ONLY)) == Refused(
        Problem.DOOR_ONLY, waybill=SF
    )


def test_a_second_scan_sets_right_what_the_first_one_got_wrong(station: Station) -> None:
    first = taken_in(check_in(station, recognise(SF), Particulars(size=Size.S)))
    again = taken_in(check_in(station, recognise(SF), Particulars(courier="ZTO", size=Size.L, consent=Consent.GIVEN)))
    assert (again.parcel_id, again.courier) == (first.parcel_id, "ZTO")
    assert station.settings.slots_by_name[again.slot].place.size is Size.L and again.slot != first.slot
    assert again.code != first.code
    assert [lit.slot for lit in station.leases.lit_slots()] == [again.slot]
    assert verify(station).violations == ()


def test_pieces_announced_with_one_number_come_in_one_after_the_other(station: Station) -> None:
    announce(station, f"waybill,courier,piece,pieces\n{SF},SF,1,2\n{SF},SF,2,2\n".encode())
    first = taken_in(check_in(station, recognise(SF), Particulars(), shelve=True))
    second = taken_in(check_in(station, recognise(SF), Particulars(), shelve=True))
    assert (first.waybill, second.waybill) == (f"{SF}-1-2", f"{SF}-2-2")
    assert isinstance(check_in(station, recognise(SF), Particulars()), Refused)


def test_two_terminals_share_the_shelves_by_the_database_not_by_memory(station: Station, second_desk: Station) -> None:
    for number in range(10):
        taken_in(check_in(station, recognise(f"SF4{number:012d}"), Particulars(), shelve=True))
        taken_in(check_in(second_desk, recognise(f"SF5{number:012d}"), Particulars(), shelve=True))
    assert max(held_by_slot(station.conn).values()) == 1
    with pytest.raises(ZeroDivisionError), station.transaction():
        station.occupancy.held()
        station.occupancy.changed(1, {"slot": "1-2-1"})
        raise ZeroDivisionError
    with station.transaction():
        assert sum(station.occupancy.held().values()) == 20
    check_out(second_desk, recognise("SF4000000000000"), at_counter=True)
    start_return(second_desk, recognise("SF5000000000000"), "refused")
    mark_missing(second_desk, recognise("SF5000000000001"))
    with station.transaction():  # followed by the log, and the same as counted anew
        followed = {slot: count for slot, count in station.occupancy.held().items() if count}
    assert followed == held_by_slot(station.conn) and sum(followed.values()) == 18


def test_an_old_state_is_never_written_over_a_new_one(station: Station, second_desk: Station) -> None:
    taken_in(check_in(station, recognise(SF), Particulars(), shelve=True))
    seen = by_waybill(station.conn, SF)[0]
    check_out(second_desk, recognise(SF), at_counter=True)
    with pytest.raises(ForbiddenTransition), station.transaction():
        station.record(Event.RELOCATE, seen, {"slot": "6-1-1"})
    assert verify(station).violations == ()


def test_a_relocated_parcels_old_code_cools_too(station: Station) -> None:
    first = taken_in(check_in(station, recognise(SF), Particulars(size=Size.L), shelve=True))
    put_away(station, recognise(SF), recognise("6-1-1" if not first.slot.startswith("6") else "5-1-1"))
    assert code_is_taken(station.conn, PickupCode(first.code), "2000")


class SmallChance(Random):
    """Chance that knows three numbers only, so that codes collide at once."""

    def randrange(self, start: int, stop: int | None = None, step: int = 1) -> int:
        return super().randrange(3)


def test_codes_never_collide_and_cool_before_they_are_issued_again(station: Station, hands: Hands) -> None:
    crowded = replace(station, random=SmallChance(1))

    def one_more(number: int) -> str:
        waybill = f"SF3{number:012d}"
        code = taken_in(check_in(crowded, recognise(waybill), Particulars(size=Size.L), shelve=True)).code
        check_out(crowded, recognise(waybill), at_counter=True)
        return code

    codes = [one_more(number) for number in range(6)]
    assert len(set(codes)) == 6
    assert {len(code.split("-")[2]) for code in codes} == {4, 5}  # a fifth digit when four are used up
    hands.pass_time(8 * 86400)
    assert one_more(7) in codes
    assert verify(crowded).violations == ()
