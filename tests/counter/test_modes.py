"""Modes: each scan of a parcel is the same job, its reason said once."""

from collections.abc import Callable

import pytest

from kiosk.counter.answers import Mode, ModeSet, StaffAnswer
from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.counter.modes import mode_after
from kiosk.counter.words import name_of_word
from kiosk.jobs.changed import Changed
from kiosk.jobs.handing_over.ask_delivery import request_delivery
from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.jobs.records.look_up import ParcelStory, list_events
from kiosk.jobs.sheets.home_round import open_round, put_on_round
from kiosk.jobs.sheets.returns import open_return
from kiosk.jobs.sheets.sheet import Written, close_sheet
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.problems import Problem
from kiosk.parcels.scans import recognise
from kiosk.parcels.sheets import SheetKind
from kiosk.parcels.states import State
from tests.jobs.asking import done, row, why

SF, SF2, YTO = "SF1000000000001", "SF1000000000002", "YT1000000000001"
Shelved = Callable[..., CheckedIn]


class Clerk:
    """Scans and words one after the other, each finding the mode that the one before left."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.mode: Mode | None = None

    def says(self, text: str, at_hand: AtHand = AtHand()) -> StaffAnswer:  # noqa: B008
        answer = serve_staff(self.station, recognise(text), at_hand._replace(mode=self.mode))
        self.mode = mode_after(self.mode, name_of_word(text), answer)
        return answer


def why_back(clerk: Clerk, waybill: str) -> object:
    told = [event.changes.get("return_reason") for event in list_events(clerk.station) if event.waybill == waybill]
    return next(filter(None, told), None)


@pytest.fixture
def clerk(station: Station) -> Clerk:
    return Clerk(station)


def test_each_scan_is_handed_over_until_done(clerk: Clerk, shelved: Shelved) -> None:
    for waybill in (SF, SF2, YTO):
        shelved(waybill)
    assert clerk.says("mode out") == ModeSet(Mode("out"))
    assert isinstance(clerk.says(SF), HandedOver) and isinstance(clerk.says(SF2), HandedOver)
    assert why(clerk.says(SF)) is Problem.ALREADY_COLLECTED
    assert clerk.mode == Mode("out", done=2)
    assert clerk.says("done") == ModeSet(None, Mode("out", done=2))
    assert isinstance(clerk.says(YTO), ParcelStory)
    assert row(clerk.station, YTO).state == State.SHELVED


def test_a_customers_code_is_looked_up_in_every_mode(clerk: Clerk, shelved: Shelved) -> None:
    code = shelved(SF).code
    for mode in ("mode out", "mode hold damaged", "mode return refused"):
        clerk.says(mode)
        assert isinstance(clerk.says(code), ParcelStory)
    assert row(clerk.station, SF).state == State.SHELVED and clerk.mode == Mode("return", "refused")


@pytest.mark.parametrize("begin", ["return refused", "mode return refused", "return 拒收"])
def test_two_scans_send_a_parcel_back_that_is_not_overdue(clerk: Clerk, shelved: Shelved, begin: str) -> None:
    shelved(SF)
    clerk.says(begin)
    changed = clerk.says(SF)
    assert isinstance(changed, Changed) and changed.state is State.RETURN_PENDING
    assert why_back(clerk, SF) == "refused"


def test_the_reason_is_asked_once(clerk: Clerk, shelved: Shelved) -> None:
    shelved(SF), shelved(SF2)
    clerk.says("return")
    assert why(clerk.says(SF)) is Problem.NEEDS_REASON
    clerk.says("nobody knows them")
    assert isinstance(clerk.says(SF), Changed) and isinstance(clerk.says(SF2), Changed)
    assert why_back(clerk, SF2) == "nobody knows them"
    clerk.says("mode return")
    clerk.says("done")  # a word is no reason
    assert clerk.mode is None
    clerk.says("mode return")
    assert why(clerk.says("SF 1000 0000 00001")) is Problem.NEEDS_REASON, "nor is a parcel"
    clerk.says("no such house 12")
    assert clerk.mode == Mode("return", "no such house 12")
    clerk.says("mode hold")
    clerk.says("lost")  # a reason here, though it is a word elsewhere
    assert clerk.mode == Mode("hold", "lost")
    assert why(clerk.says("release")) is Problem.NO_PARCEL_AT_HAND


def test_with_the_couriers_manifest_open_it_is_on_it_at_once(clerk: Clerk, shelved: Shelved) -> None:
    shelved(SF), shelved(SF2), shelved(YTO)
    sheet = done(open_return(clerk.station, "SF"))
    at_hand = AtHand(sheet=sheet.sheet, kind=SheetKind.RETURN)
    assert why(clerk.says(SF, at_hand)) is Problem.NOT_DUE_BACK
    assert isinstance(clerk.says("return refused", at_hand._replace(parcel=SF)), Written)
    clerk.says("mode return damaged", at_hand)
    assert isinstance(clerk.says(SF2, at_hand), Written)
    assert why(clerk.says(YTO, at_hand)) is Problem.OTHER_COURIER
    assert [(row(clerk.station, one).state, why_back(clerk, one)) for one in (SF, SF2, YTO)] == [
        (State.RETURN_PENDING, "refused"), (State.RETURN_PENDING, "damaged"), (State.SHELVED, None),
    ]  # fmt: skip


def test_delivered_by_who_took_it_or_by_the_code_told_at_the_door(clerk: Clerk, shelved: Shelved) -> None:
    codes = {waybill: shelved(waybill).code for waybill in (SF, SF2)}
    sheet = done(open_round(clerk.station, "Li"))
    for waybill in codes:
        done(request_delivery(clerk.station, recognise(waybill), "2-501"))
        done(put_on_round(clerk.station, sheet.sheet, recognise(waybill)))
    done(close_sheet(clerk.station, sheet.sheet))
    clerk.says("mode delivered")
    assert why(clerk.says(SF)) is Problem.NEEDS_PROOF
    assert isinstance(clerk.says(codes[SF]), Changed)
    clerk.says("mode delivered doorman")
    assert isinstance(clerk.says(SF2), Changed)
    assert {row(clerk.station, one).state for one in codes} == {State.DELIVERED}


def test_what_ends_a_mode_and_what_does_not(clerk: Clerk, shelved: Shelved) -> None:
    shelved(SF)
    for word, stays in (("report", False), ("pay", True), ("undo", True), ("batch SF", False), ("in", False)):
        clerk.says("mode hold damaged")
        clerk.says(word)
        assert (clerk.mode is not None) == stays, word
    assert why(clerk.says("mode swimming")) is Problem.NO_SUCH_MODE


def test_a_word_with_a_parcel_at_hand_is_about_that_one(clerk: Clerk, shelved: Shelved) -> None:
    shelved(SF), shelved(SF2)
    assert isinstance(clerk.says("hold damaged", AtHand(parcel=SF)), Changed)
    assert clerk.mode is None and row(clerk.station, SF2).hold_reason is None


def test_the_parcel_that_is_named_is_handed_over_and_no_other(clerk: Clerk, shelved: Shelved) -> None:
    code = shelved(SF).code
    shelved(SF2)
    assert isinstance(clerk.says(f"out {code}", AtHand(parcel=SF2)), HandedOver)
    assert (row(clerk.station, SF).state, row(clerk.station, SF2).state) == (State.PICKED_UP, State.SHELVED)


def test_in_a_mode_its_own_word_is_about_the_parcel_that_was_looked_up(clerk: Clerk, shelved: Shelved) -> None:
    """A customer's code, then F5."""
    shelved(SF), shelved(SF2)
    clerk.says("mode out")
    assert isinstance(clerk.says("out", AtHand(parcel=SF)), HandedOver)
    assert isinstance(clerk.says(SF2), HandedOver) and clerk.mode == Mode("out", done=2)


def test_a_code_that_only_names_the_parcel_is_no_proof(clerk: Clerk, shelved: Shelved) -> None:
    """As on the command line: `kiosk delivered CODE`."""
    code = shelved(SF).code
    sheet = done(open_round(clerk.station, "Li"))
    done(request_delivery(clerk.station, recognise(SF), "2-501"))
    done(put_on_round(clerk.station, sheet.sheet, recognise(SF)))
    done(close_sheet(clerk.station, sheet.sheet))
    assert why(clerk.says("delivered", AtHand(parcel=code))) is Problem.NEEDS_PROOF


@pytest.mark.parametrize(
    ("reason", "kept"),
    [("拒收", "refused"), ("破损，角湿了", "damaged: 角湿了"), ("Damaged: wet", "damaged: wet"), ("不要了", "不要了")],
)
def test_a_reason_is_kept_by_its_name_in_every_language(clerk: Clerk, shelved: Shelved, reason: str, kept: str) -> None:
    shelved(SF)
    clerk.says(f"return {reason}", AtHand(parcel=SF))
    assert why_back(clerk, SF) == kept


def test_a_parcel_that_is_named_is_handed_over_with_none_at_hand_and_is_nobody_who_collects(
    clerk: Clerk, shelved: Shelved
) -> None:
    code = shelved(SF).code
    shelved(SF2)
    assert why(clerk.says("out 9-9-9999")) is Problem.NO_SUCH_CODE
    assert isinstance(clerk.says(f"out {code}"), HandedOver)
    clerk.says("mode out")
    assert isinstance(clerk.says(f"out {SF2}"), HandedOver)
    assert clerk.mode is not None and clerk.mode.argument == ""


def test_a_word_about_a_parcel_that_is_named_is_about_that_one(clerk: Clerk, shelved: Shelved) -> None:
    shelved(SF)
    shelved(SF2)
    clerk.says(f"missing {SF2}", AtHand(parcel=SF))
    assert [row(clerk.station, number).state for number in (SF, SF2)] == [State.SHELVED, State.MISSING]


def test_reminding_a_courier_is_about_what_it_has_announced(clerk: Clerk) -> None:
    assert why(clerk.says("remind SF")) is Problem.NOTHING_MISSING
