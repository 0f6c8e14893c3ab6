from collections.abc import Callable

import pytest

from kiosk.counter.customer import serve_customer
from kiosk.counter.search import search
from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.handing_over.pick_up import Found, cancel, extend, note_attempt
from kiosk.jobs.keeping.hold import hold, release, start_return
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import PutAway, put_away
from kiosk.parcels.looks import ALARM_LOOK
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.qr_texts import station_qr
from kiosk.parcels.scans import recognise
from kiosk.safety.verify import verify
from kiosk.screens.customer.found_face import found_face
from kiosk.text import Language, words
from tests.conftest import Hands

A, B, C = "SF1000000000001", "YT1000000000001", "73100000000001"
Shelve = Callable[..., CheckedIn]


def found(answer: object) -> Found:
    assert isinstance(answer, Found), answer
    return answer


def test_from_a_code_to_a_lit_slot_to_a_hand_over(station: Station, shelved: Shelve) -> None:
    parcel = shelved(A)
    search_ = found(search(station, recognise(parcel.code)))
    assert [(p.code, p.slot) for p in search_.parcels] == [(parcel.code, parcel.slot)]
    assert [one.slot for one in station.leases.lit_slots()] == [parcel.slot]
    done = check_out(station, recognise(A))
    assert done == HandedOver(A, parcel.code, parcel.slot, None, (), more=0)
    assert station.leases.lit_slots() == ()
    assert verify(station).violations == ()


def test_typed_without_separators_it_is_found_too(station: Station, shelved: Shelve) -> None:
    parcel = shelved(A)
    assert found(search(station, recognise(parcel.code.replace("-", "")))).parcels[0].code == parcel.code
    wrong = parcel.code.replace("-", "", 1)
    assert search(station, recognise(wrong)) == Refused(Problem.NO_SUCH_CODE)


def test_a_plain_code_shows_its_own_parcel_and_a_phone_tail_all(station: Station, shelved: Shelve) -> None:
    mine = [shelved(waybill, phone="13800001234") for waybill in (A, B, C)]
    shelved("SF1000000000009", phone="13800009999")
    plain = found(search(station, recognise(mine[0].code)))
    assert (len(plain.parcels), plain.more) == (1, 2)
    assert search(station, recognise(mine[0].code), "9999") == Refused(Problem.WRONG_PHONE_TAIL)
    everything = found(search(station, recognise(mine[0].code), "1234"))
    assert {p.code for p in everything.parcels} == {parcel.code for parcel in mine}
    assert (everything.session, everything.more) == (plain.session, 0)


def test_four_digits_at_the_screen_are_the_phones_end_only_where_more_wait(station: Station, shelved: Shelve) -> None:
    mine = [shelved(waybill, phone="13800001234") for waybill in (A, B)]
    first = found(serve_customer(station, recognise(mine[0].code), None))
    assert len(found(serve_customer(station, recognise("1234"), first.session)).parcels) == 2
    assert serve_customer(station, recognise("9999"), first.session) == Refused(Problem.WRONG_PHONE_TAIL)
    assert len(found(serve_customer(station, recognise("1234"), first.session)).parcels) == 2
    assert serve_customer(station, recognise("1234"), None) == Refused(Problem.NO_SUCH_CODE)


def test_a_plain_code_opens_nobody_elses_session(station: Station, other_terminal: Station, shelved: Shelve) -> None:
    mine = [shelved(waybill, phone="13800001234") for waybill in (A, B, C)]
    everything = found(search(station, recognise(mine[0].code), "1234"))
    stranger = found(search(other_terminal, recognise(mine[1].code)))
    assert [p.code for p in stranger.parcels] == [mine[1].code]
    assert stranger.session != everything.session
    check_out(station, recognise(B))
    assert sorted(one.slot for one in station.leases.lit_slots()) == sorted([mine[0].slot, mine[2].slot])


def test_one_parcel_is_never_in_two_sessions(station: Station, shelved: Shelve) -> None:
    a, b = (shelved(waybill, phone="13800001234") for waybill in (A, B))
    found(search(station, recognise(a.code)))
    found(search(station, recognise(b.code)))
    both = found(search(station, recognise(f"{a.code},{a.code.replace('-', '')},{b.code}")))
    assert len(both.parcels) == 2
    for waybill in (A, B):
        check_out(station, recognise(waybill))
    assert station.leases.lit_slots() == ()


def test_a_relocation_moves_the_light_with_the_next_scan(station: Station, shelved: Shelve) -> None:
    first = shelved(A)
    found(search(station, recognise(first.code)))
    moved = put_away(station, recognise(A), recognise("6-1-1" if not first.slot.startswith("6") else "5-1-1"))
    assert isinstance(moved, PutAway)
    assert station.leases.lit_slots() == ()
    again = found(search(station, recognise(moved.code)))
    assert [p.slot for p in again.parcels] == [one.slot for one in station.leases.lit_slots()] == [moved.slot]


def test_after_a_hold_and_its_release_all_is_as_before(station: Station, shelved: Shelve) -> None:
    mine = [shelved(waybill, phone="13800001234") for waybill in (A, B)]
    found(search(station, recognise(mine[0].code), "1234"))
    hold(station, recognise(B), "wet")
    release(station, recognise(B))
    again = found(search(station, recognise(mine[0].code), "1234"))
    assert len(again.left) == 2
    assert isinstance(check_out(station, recognise(B)), HandedOver)


def test_an_odd_short_number_finds_its_way_out(station: Station, shelved: Shelve) -> None:
    parcel = shelved("123456789")
    found(serve_customer(station, recognise(parcel.code), None))
    assert isinstance(serve_customer(station, recognise("123456789"), None), HandedOver)


def test_lights_in_trouble_do_not_make_a_hand_over_look_undone(station: Station, shelved: Shelve) -> None:
    found(search(station, recognise(shelved(A).code)))
    station.leases._conn.execute("CREATE TRIGGER full BEFORE UPDATE ON leases BEGIN SELECT RAISE(ABORT, 'full'); END")
    assert isinstance(check_out(station, recognise(A)), HandedOver)
    assert verify(station).violations == ()


def test_several_parcels_are_ticked_off_one_by_one(station: Station, shelved: Shelve) -> None:
    mine = [shelved(waybill, phone="13800001234") for waybill in (A, B)]
    everything = found(search(station, recognise(mine[0].code), "1234"))
    first = check_out(station, recognise(A))
    assert isinstance(first, HandedOver)
    assert (first.session, [p.code for p in first.left]) == (everything.session, [mine[1].code])
    last = check_out(station, recognise(B))
    assert isinstance(last, HandedOver) and last.left == ()


def test_what_lies_in_one_slot_is_taken_together(station: Station, shelved: Shelve) -> None:
    for number, slot in enumerate(("2-1-1", "3-1-1", "2-1-1")):
        shelved(f"SF100000000000{number}", phone="13800001234")
        put_away(station, recognise(f"SF100000000000{number}"), recognise(slot))
    code = station.conn.execute("SELECT code FROM parcels WHERE waybill = 'SF1000000000000'").fetchone()[0]
    theirs = found(search(station, recognise(code), "1234"))
    assert [parcel.slot for parcel in theirs.parcels] == ["2-1-1", "2-1-1", "3-1-1"]


def test_the_exit_scan_finds_its_session_at_another_terminal(
    station: Station, other_terminal: Station, shelved: Shelve
) -> None:
    a, b = shelved(A), shelved(B)
    found(search(station, recognise(a.code)))
    found(search(station, recognise(b.code)))
    assert isinstance(check_out(other_terminal, recognise(A)), HandedOver)
    assert [one.slot for one in station.leases.lit_slots()] == [b.slot]


def test_anothers_parcel_raises_the_alarm_at_its_home(station: Station, shelved: Shelve) -> None:
    a, b = shelved(A), shelved(B)
    found(search(station, recognise(a.code)))
    assert check_out(station, recognise(B)) == Refused(Problem.NOT_IN_SESSION, slot=b.slot, waybill=B)
    assert {(one.slot, one.look == ALARM_LOOK) for one in station.leases.lit_slots()} == {
        (a.slot, False),
        (b.slot, True),
    }
    found(search(station, recognise(b.code)))  # who searches it after all sees their own colour there, not the alarm
    assert all(one.look != ALARM_LOOK for one in station.leases.lit_slots())
    check_out(station, recognise(B))
    assert [one.slot for one in station.leases.lit_slots()] == [a.slot]


def test_the_exit_scan_is_good_for_a_while_after_the_light(station: Station, shelved: Shelve, hands: Hands) -> None:
    found(search(station, recognise(shelved(A).code)))
    hands.pass_time(61 + 200)
    assert isinstance(check_out(station, recognise(A)), HandedOver)
    found(search(station, recognise(shelved(B).code)))
    hands.pass_time(61 + 300)
    refused = check_out(station, recognise(B))
    assert isinstance(refused, Refused) and refused.problem is Problem.NOT_IN_SESSION


def test_at_the_counter_staff_vouch_for_the_person(station: Station, shelved: Shelve) -> None:
    shelved(A)
    assert isinstance(check_out(station, recognise(A), at_counter=True), HandedOver)


def test_cancel_and_extend_touch_only_their_own_session(station: Station, shelved: Shelve, hands: Hands) -> None:
    a = found(search(station, recognise(shelved(A).code)))
    b = found(search(station, recognise(shelved(B).code)))
    hands.pass_time(50)
    assert found(extend(station, a.session)).lit_until == hands.seconds + 60
    hands.pass_time(20)
    assert [one.slot for one in station.leases.lit_slots()] == [a.parcels[0].slot]
    cancel(station, a.session)
    cancel(station, a.session)
    assert station.leases.lit_slots() == ()
    assert station.leases.session(b.session) is not None


def test_every_reason_why_a_parcel_cannot_be_had(station: Station, shelved: Shelve) -> None:
    gone, held, back = shelved(A), shelved(B), shelved(C)
    found(search(station, recognise(gone.code)))
    check_out(station, recognise(A))
    hold(station, recognise(B), "damaged")
    start_return(station, recognise(C), "refused")
    waiting = check_in(station, recognise("SF1000000000002"), Particulars())
    assert isinstance(waiting, CheckedIn)
    assert search(station, recognise(gone.code)) == Refused(Problem.ALREADY_COLLECTED)
    assert search(station, recognise(held.code)) == Refused(Problem.ON_HOLD)
    assert search(station, recognise(back.code)) == Refused(Problem.IN_RETURN)
    assert search(station, recognise(waiting.code)) == Refused(Problem.NOT_SHELVED)
    assert search(station, recognise("1-1-9999")) == Refused(Problem.NO_SUCH_CODE)
    assert check_out(station, recognise(A)) == Refused(Problem.ALREADY_COLLECTED, waybill=A)
    assert check_out(station, recognise(B)) == Refused(Problem.ON_HOLD, slot=held.slot, waybill=B)
    release(station, recognise(B))
    found(search(station, recognise(held.code)))
    assert verify(station).violations == ()


def test_of_several_codes_the_good_ones_open_and_the_others_are_named(station: Station, shelved: Shelve) -> None:
    a, b = shelved(A), shelved(B)
    hold(station, recognise(B), "wet")
    answer = found(search(station, recognise(f"{a.code}, {b.code}")))
    assert ([p.code for p in answer.parcels], answer.refused) == ([a.code], (Problem.ON_HOLD,))
    say = words(Language.ENGLISH)
    assert "Another code: The parcel is being held" in [line.text for line in found_face(say, answer, 60).detail]


def test_a_hold_turns_the_light_off(station: Station, shelved: Shelve) -> None:
    found(search(station, recognise(shelved(A).code)))
    hold(station, recognise(A), "wrong address")
    assert station.leases.lit_slots() == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem.EMPTY_SCAN),
        ("SF1000000000001", Problem.WAYBILL_NOT_CODE),
        ("13812345678", Problem.PHONE_SCANNED),
        ("SLOT:1-1-1", Problem.SLOT_LABEL_SCANNED),
        ("UNDO", Problem.COMMAND_SCANNED),
        ("9" * 10_000, Problem.TOO_LONG),
        ("\x1b[2J", Problem.UNREADABLE),
        ("[red]1-1-0001[/red]", Problem.UNKNOWN_FORM),
        (station_qr("S999", ()), Problem.UNKNOWN_QR),
        ("PK1:S999:1-1-0001", Problem.OTHER_STATION),
        ("https://x.example", Problem.UNKNOWN_QR),
        ("%", Problem.UNKNOWN_QR),
        ("-", Problem.UNKNOWN_FORM),
    ],
)
def test_bad_input_has_its_own_word_and_disturbs_nobody(
    station: Station, shelved: Shelve, text: str, problem: Problem
) -> None:
    mine = found(search(station, recognise(shelved(A).code)))
    before = station.leases.lit_slots()
    assert search(station, recognise(text)) == Refused(problem)
    assert station.leases.lit_slots() == before
    assert station.leases.session(mine.session) is not None


def test_attempts_are_on_record_without_the_code(station: Station) -> None:
    note_attempt(station, search(station, recognise("1-1-0001")))
    rows = station.conn.execute("SELECT terminal, outcome FROM attempts").fetchall()
    assert rows == [("t1", "no_such_code")]


def test_two_people_with_parcels_in_one_slot_have_two_looks(station: Station, shelved: Shelve) -> None:
    a, b = shelved(A, phone="13800001234"), shelved(B, phone="13800001234")
    assert a.slot == b.slot
    first, second = found(search(station, recognise(a.code))), found(search(station, recognise(b.code)))
    assert first.session != second.session and first.look != second.look


def test_staff_see_what_else_lies_there_for_this_person_and_it_is_lit(station: Station, shelved: Shelve) -> None:
    numbers = [f"SF100000000000{n}" for n in range(3)]
    parcels = [shelved(number, "13800001234") for number in numbers]
    hold(station, recognise(numbers[2]), "damaged")
    done = check_out(station, recognise(numbers[0]), at_counter=True)
    assert isinstance(done, HandedOver) and [one.slot for one in done.others] == [parcels[1].slot]
    assert [lit.slot for lit in station.leases.lit_slots()] == [parcels[1].slot]


def test_customers_are_told_of_others_only_how_many(station: Station, shelved: Shelve) -> None:
    code = shelved("SF1000000000001", "13800001234").code
    shelved("SF1000000000002", "13800001234")
    assert isinstance(search(station, recognise(code)), Found)
    done = check_out(station, recognise("SF1000000000001"))
    assert isinstance(done, HandedOver) and (done.more, done.others) == (1, ())
