"""Each action of the plan as the jobs of a station, done at one terminal and timed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from time import monotonic

from kiosk.clock import Clock
from kiosk.counter.search import search
from kiosk.home import StationHome
from kiosk.jobs.handing_over.ask_delivery import request_delivery, withdraw_delivery
from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.handing_over.pick_up import Found, note_attempt
from kiosk.jobs.keeping.hold import hold, release
from kiosk.jobs.keeping.places import free_places
from kiosk.jobs.money.settle import pay
from kiosk.jobs.records.look_up import tell_parcel
from kiosk.jobs.records.undo import undo, undo_check_out
from kiosk.jobs.sheets.batch import open_batch
from kiosk.jobs.sheets.cycle_count import close_count, count_parcel, open_count
from kiosk.jobs.sheets.home_round import deliver, open_round, put_on_round
from kiosk.jobs.sheets.returns import open_return, put_on_return
from kiosk.jobs.sheets.sheet import SheetStory, close_sheet
from kiosk.jobs.station import open_station
from kiosk.jobs.taking_in.amend import amend
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import confirm_put_away, put_away
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.parcels.sheets import SheetKind
from kiosk.parcels.slots import Size
from kiosk.parcels.states import State
from kiosk.store.tables.parcels import Parcel, by_waybill
from kiosk.store.tables.sheets import open_sheets
from kiosk.store.tables.slots import in_custody_at
from scripts.busy_day.answers import Durations, P, T, Unexpected, refused, sure, timed
from scripts.busy_day.day import Action, Day


class Terminal:
    """`now` is the plan's time: the clock is passed in, as everywhere."""

    def __init__(self, home: Path, number: int, day: Day) -> None:
        self._day = day
        self.durations: Durations = []
        self._name = f"desk-{number}"
        self.now = day.before[0].at
        clock = Clock(now=lambda: self.now, monotonic=monotonic)
        self._station = open_station(
            StationHome(home), terminal=self._name, who=f"staff-{number}", clock=clock, random=Random(number),
            role=Role.CLERK,
        )  # fmt: skip
        self._customer = replace(self._station, who="customer", role=Role.CUSTOMER)

    def _time(self, job: Callable[P, T]) -> Callable[P, T]:
        return timed(self.durations, job)

    def do(self, action: Action, *, again: bool) -> None:
        """`again`: whether it was done before the power went is unknown; doing it again must be harmless."""
        self.now = action.at
        does: Callable[[Action, bool], object] = getattr(self, f"_{action.kind}")
        does(action, again)

    def _parcel(self, action: Action) -> Parcel:
        return by_waybill(self._station.conn, action.waybill)[0]

    # In

    def _check_in_now(self, action: Action, again: bool) -> None:
        sure(self._time(check_in)(self._station, recognise(action.waybill), self._said(action), shelve=True))

    def _check_in(self, action: Action, again: bool) -> None:
        said = replace(self._said(action), batch=self._sheet(SheetKind.BATCH))
        answer = self._time(check_in)(self._station, recognise(action.waybill), said)
        if not (again and isinstance(answer, Refused) and answer.problem is Problem.ALREADY_IN_CUSTODY):
            sure(answer)
        if isinstance(answer, CheckedIn) and isinstance(answer.confirmed, Refused):
            raise Unexpected(f"not put away: {answer.confirmed}")

    def _said(self, action: Action) -> Particulars:
        size, due = action.detail.split()
        phone = read_phone(f"138{int(action.waybill[-8:], 36) % 10**8:08d}")
        return Particulars(courier=action.courier, size=Size[size], phone=phone, freight_collect_fen=int(due) or None)

    def _open_batch(self, action: Action, again: bool) -> None:
        if not (again and self._my_sheets(SheetKind.BATCH)):
            sure(self._time(open_batch)(self._station, None, int(action.detail)))

    def _close_batch(self, action: Action, again: bool) -> None:
        if not again or self._my_sheets(SheetKind.BATCH):
            sure(self._time(close_sheet)(self._station, self._sheet(SheetKind.BATCH)))

    def _sheet(self, kind: SheetKind) -> int:
        return self._my_sheets(kind)[0]

    def _my_sheets(self, kind: SheetKind) -> list[int]:
        """Open sheets of this terminal; the log knows who opened them."""
        mine = self._station.conn.execute(
            "SELECT subject_id FROM events WHERE event = 'open_sheet' AND subject = 'sheet' AND terminal = ?",
            (self._name,),
        ).fetchall()
        numbers = {number for (number,) in mine}
        return [sheet.id for sheet in open_sheets(self._station.conn, kind) if sheet.id in numbers]

    def _undo(self, action: Action, again: bool) -> None:
        if not (again and self._parcel(action).state == State.VOIDED):
            sure(self._time(undo)(self._station, "wrong parcel"))

    def _amend_phone(self, action: Action, again: bool) -> None:
        sure(self._time(amend)(self._station, recognise(action.waybill), Particulars(phone=read_phone(action.detail))))

    def _rubbish(self, action: Action, again: bool) -> None:
        refused(self._time(check_in)(self._station, recognise(action.detail), Particulars()), Problem.UNREADABLE)

    def _confirm(self, action: Action, again: bool) -> None:
        if (answer := self._time(confirm_put_away)(self._station)) is not None:
            sure(answer)

    def _scan_twice(self, action: Action, again: bool) -> None:
        twice = self._time(check_in)(self._station, recognise(action.waybill), Particulars())
        refused(twice, Problem.ALREADY_IN_CUSTODY)

    # Out

    def _pick_up(self, action: Action, again: bool) -> None:
        """A customer: code, light, exit scan, as two people see it."""
        parcel = self._parcel(action)
        if again and parcel.state == State.PICKED_UP:
            return
        self._search(parcel)
        sure(self._time(check_out)(self._customer, recognise(action.waybill)))

    def _search(self, parcel: Parcel) -> Found:
        found = self._time(search)(self._customer, recognise(parcel.code or ""))
        self._time(note_attempt)(self._customer, found)
        sure(found)
        assert isinstance(found, Found)
        return found

    def _due_at_exit(self, action: Action, again: bool) -> None:
        found = self._search(self._parcel(action))
        refused(self._time(check_out)(self._customer, recognise(action.waybill)), Problem.AMOUNT_DUE)
        self._customer.leases.end(found.session)

    def _pay(self, action: Action, again: bool) -> None:
        answer = self._time(pay)(self._station, recognise(action.waybill))
        if not (again and isinstance(answer, Refused) and answer.problem is Problem.NOTHING_DUE):
            sure(answer)

    def _counter(self, action: Action, again: bool) -> None:
        if not (again and self._parcel(action).state == State.PICKED_UP):
            sure(self._time(check_out)(self._station, recognise(action.waybill), at_counter=True))

    def _undo_check_out(self, action: Action, again: bool) -> None:
        if not (again and self._parcel(action).state == State.SHELVED):
            sure(self._time(undo_check_out)(self._station, recognise(action.waybill), "wrong person"))

    def _wrong_code(self, action: Action, again: bool) -> None:
        if again and self._wrong_codes_on_record() > self.wrong_codes_done:
            return
        answer = self._time(search)(self._customer, recognise(action.detail))
        self._time(note_attempt)(self._customer, answer)
        refused(answer, Problem.NO_SUCH_CODE)

    wrong_codes_done = 0

    def _wrong_codes_on_record(self) -> int:
        counted = "SELECT count(*) FROM attempts WHERE terminal = ? AND outcome = 'no_such_code'"
        return int(self._station.conn.execute(counted, (self._name,)).fetchone()[0])

    # What happens to those that stay

    def _hold_and_release(self, action: Action, again: bool) -> None:
        if not (again and self._parcel(action).hold_reason):
            sure(self._time(hold)(self._station, recognise(action.waybill), "damaged"))
        sure(self._time(release)(self._station, recognise(action.waybill), "repacked"))

    def _relocate(self, action: Action, again: bool) -> None:
        parcel = self._parcel(action)
        free = self._time(free_places)(self._station, Size[parcel.size]).places
        elsewhere = [slot for slot, room in free if slot != parcel.slot and room > 20]  # room for ten at once
        if elsewhere:
            sure(self._time(put_away)(self._station, recognise(action.waybill), recognise(elsewhere[0])))

    def _look(self, action: Action, again: bool) -> None:
        sure(self._time(tell_parcel)(self._station, recognise(action.waybill)))

    def _ask_home(self, action: Action, again: bool) -> None:
        sure(self._time(request_delivery)(self._station, recognise(action.waybill), "Building 3"))
        sure(self._time(withdraw_delivery)(self._station, recognise(action.waybill)))

    def _deliver(self, action: Action, again: bool) -> None:
        parcel = self._parcel(action)
        if parcel.state == State.SHELVED:
            sure(self._time(request_delivery)(self._station, recognise(action.waybill), "Building 3"))
            story = self._time(open_round)(self._station, self._name)
            assert isinstance(story, SheetStory), story
            sure(self._time(put_on_round)(self._station, story.sheet, recognise(action.waybill)))
            sure(self._time(close_sheet)(self._station, story.sheet))
        if self._parcel(action).state == State.OUT_FOR_DELIVERY:
            sure(self._time(deliver)(self._station, recognise(action.waybill), parcel.code or ""))

    # In the evening

    def _count_levels(self, action: Action, again: bool) -> None:
        first, step = map(int, action.detail.split())
        levels = sorted({place.level for place in self._station.settings.places})
        for level in levels[first::step]:
            story = self._time(open_count)(self._station, level)
            assert isinstance(story, SheetStory), story
            for parcel in in_custody_at(self._station.conn, level):
                if parcel.waybill not in self._day.stolen:
                    sure(self._time(count_parcel)(self._station, story.sheet, recognise(parcel.numbered_waybill)))
            sure(self._time(close_count)(self._station, story.sheet, "searched"))

    def _open_return(self, action: Action, again: bool) -> None:
        sure(self._time(open_return)(self._station, action.courier))

    def _return(self, action: Action, again: bool) -> None:
        sure(self._time(put_on_return)(self._station, self._sheet(SheetKind.RETURN), recognise(action.waybill)))

    def _accept_return(self, action: Action, again: bool) -> None:
        sure(self._time(close_sheet)(self._station, self._sheet(SheetKind.RETURN), f"driver of {action.courier}"))
