"""Every face of the customer screen in both languages at every size, read off the screen's own cells."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import pytest

from kiosk.home import StationHome
from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.jobs.handing_over.glance import LitSession
from kiosk.jobs.handing_over.pick_up import Found, FoundParcel
from kiosk.jobs.station import open_station
from kiosk.parcels.looks import SESSION_LOOKS, Look
from kiosk.parcels.problems import Problem, Refused
from kiosk.screens.customer.app import CustomerApp
from kiosk.screens.customer.cuts import cells_of
from kiosk.screens.customer.letters import drawn
from kiosk.screens.customer.lines import Line, Matters
from kiosk.screens.customer.moments.home_wish import HomeDelivery
from kiosk.screens.customer.moments.passing import Broken, Passing, StaffCalled, StaffComing
from kiosk.screens.customer.pane import CustomerPane
from kiosk.screens.customer.state import CustomerState
from kiosk.text import Language
from kiosk.text.line_breaks import CLOSING
from tests.conftest import Hands
from tests.loop import in_a_loop
from tests.screens.rendered import QUARTERS, Row, painted_cells, rendered, squeezed, stands_in
from tests.screens.running import NoLights

SIZES = [(40, 12), (48, 14), (80, 24), (240, 67)]
SMALLEST, DESIGNED_FOR = SIZES[:2]
WHEN = datetime(2026, 11, 22, tzinfo=UTC)
ONE = (FoundParcel(1, "3-2-0147", "3-2-4"),)
MANY = tuple(FoundParcel(n, f"12-10-00{n:02}", f"12-10-{n}", n == 3) for n in range(1, 13))
TAKEN = (FoundParcel(1, "3-2-0147", "3-2-4", True),)
# What a Chinese sentence may have of Latin letters: keys, the other language's name, and what is written so in China.
LATIN = {"English", "Esc", "QR", "SF", "kiosk", "Pickup", "Station"}
OF_CUSTOMERS = {
    Problem.EMPTY_SCAN, Problem.TOO_LONG, Problem.UNREADABLE, Problem.UNKNOWN_FORM, Problem.UNKNOWN_QR,
    Problem.OTHER_STATION, Problem.PHONE_SCANNED, Problem.WAYBILL_NOT_CODE, Problem.CODE_NOT_WAYBILL,
    Problem.NOT_A_WAYBILL, Problem.NO_SUCH_SESSION, Problem.SLOT_LABEL_SCANNED, Problem.COMMAND_SCANNED,
    Problem.NO_SUCH_CODE, Problem.WRONG_PHONE_TAIL, Problem.NOT_ARRIVED, Problem.NOT_SHELVED, Problem.ON_HOLD,
    Problem.ALREADY_COLLECTED, Problem.IN_RETURN, Problem.MISSING, Problem.NOT_HERE, Problem.ALL_LOOKS_TAKEN,
    Problem.NO_SUCH_WAYBILL, Problem.NOT_IN_SESSION, Problem.BADGE_SCANNED, Problem.AMOUNT_DUE,
    Problem.OUT_FOR_DELIVERY, Problem.NOT_OFFERED, Problem.PASS_EXPIRED, Problem.AMBIGUOUS, Problem.NO_SUCH_SLOT,
}  # fmt: skip


def found(
    parcels: tuple[FoundParcel, ...] = ONE,
    seconds: float = 52.0,
    *,
    more: int = 0,
    refused: tuple[Problem, ...] = (),
    due_fen: int = 0,
    look: Look = SESSION_LOOKS[10],  # the longest words
) -> Found:
    return Found("s1", look, parcels, more, 1000 + seconds, WHEN, refused, due_fen)


FULLEST = found(MANY, 9.5, more=12, refused=(Problem.ON_HOLD, Problem.ALREADY_COLLECTED), due_fen=129900)
SEARCHES = {
    "one": found(),
    "warned": found(seconds=9.5),
    "off": found(seconds=-1),
    "taken": found(TAKEN),
    "moved": found((FoundParcel(1, "12-10-0147", "12-10-8", first_code="12-11-00147"),)),
    "many": found(MANY),
    "due": found(due_fen=2990),
    "more": found(more=12),
    "other code": found(refused=(Problem.NO_SUCH_CODE,)),
    "fullest": FULLEST,
}
PASSING: dict[str, Passing] = {
    "done": HandedOver("SF1", "12-10-0002", "12-10-8", None, ()),
    "done, left": HandedOver("SF1", "12-10-0002", "12-10-8", "s1", MANY),
    "done, more": HandedOver("SF1", "12-10-0002", "12-10-8", "s1", (), 12),
    "called": StaffCalled(),
    "coming": StaffComing(),
    "broken": Broken(),
}
REFUSALS = {problem: Refused(problem, slot="12-10-8", waybill="SF1") for problem in Problem}
REFUSALS[Problem.AMOUNT_DUE] = Refused(Problem.AMOUNT_DUE, slot="12-10-8", waybill="SF1", due_fen=129900)
REFUSALS[Problem.ALREADY_COLLECTED] = Refused(Problem.ALREADY_COLLECTED, waybill="SF1", at=WHEN, who="staff-1@desk")


class Case:
    """A state of the customer screen to be looked at."""

    def __init__(self, name: str, language: Language, *, large: bool) -> None:
        self.name, self.now = name, 1000.0
        self.state = CustomerState(language, large=large, delivery=HomeDelivery(True, 200), phone="400-880-1234")
        self.typed = ""


def cases(language: Language, problems: Iterable[Problem], *, large: bool) -> Iterator[Case]:
    for typed in ("", "12-10-0147", "[bold]sf 12*"):
        case = Case(f"idle {typed}", language, large=large)
        case.typed = typed
        yield case
    case = Case("typed and left", language, large=large)
    case.typed, case.now = "3-2-01", 1025.0
    case.state.touch(1000)
    yield case
    for name, searched in SEARCHES.items():
        case = Case(name, language, large=large)
        case.state.show_found(searched)
        case.state.lit = (LitSession("s2", SESSION_LOOKS[0], ("1-1-1",), 2000.0),)
        yield case
    for seconds in (52.0, 9.5):
        case = Case("dark slot", language, large=large)
        case.state.show_found(found(seconds=seconds))
        case.state.dark = frozenset({"3-2-4"})
        yield case
    case = Case("typing the phone's end", language, large=large)
    case.state.show_found(found(more=2))
    case.typed = "12"
    yield case
    told: dict[str, Passing] = PASSING | {str(problem): REFUSALS[problem] for problem in problems}
    for name, passing in told.items():
        case = Case(name, language, large=large)
        case.state.show_passing(passing, 1000.0)
        case.now = 1015.0
        yield case
    case = Case("wrong parcel while the light ends", language, large=large)
    case.state.show_found(found(seconds=12))
    case.state.show_passing(REFUSALS[Problem.NOT_IN_SESSION], 1000.0)
    case.state.call.waits = True
    yield case


@pytest.fixture
def app(home: StationHome, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> Iterator[CustomerApp]:
    monkeypatch.setattr(CustomerApp, "_tick", lambda self: None)  # the state is ours
    app = CustomerApp(open_station(home, terminal="screen", who="customer", clock=hands.clock), NoLights)
    yield app
    app.close()


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@in_a_loop
async def test_every_face_says_all_it_has_to_and_breaks_its_lines_well(
    app: CustomerApp, hands: Hands, size: tuple[int, int], language: Language, large: bool
) -> None:
    async with app.run_test(size=size) as pilot:
        # What only staff can meet fits as well, where it is tried.
        problems = Problem if size == DESIGNED_FOR and not large else OF_CUSTOMERS
        for case in cases(language, problems, large=large):
            app.state, hands.seconds = case.state, case.now
            app.refresh_face(case.typed)
            await pilot.pause()  # a drawing that comes or goes gives the pane another width
            rows = rendered(app)
            shown = "\n".join(row.text for row in rows)
            try:
                check_texts(case, rows, shown + said(case, rows, app.pane), size)
                check_digits(case, rows, app.pane)
                check_form(rows)
                if language is Language.CHINESE and not case.state.idle and is_for_customers(case):
                    strange = set(re.findall("[A-Za-z]{2,}", shown)) - LATIN
                    assert not strange, "not translated"
            except AssertionError as wrong:
                raise AssertionError(f"{case.name}\n{shown}\n{wrong}") from wrong


def is_for_customers(case: Case) -> bool:
    return case.name not in {str(problem) for problem in set(Problem) - OF_CUSTOMERS}


def said(case: Case, rows: list[Row], pane: CustomerPane) -> str:
    """All sentences, each of them read off the screen: as letters of the terminal, or painted."""
    assert pane.fitted
    face = case.state.face(case.typed, case.now)
    written = squeezed("".join(row.text for row in rows))
    for parts, ink in ((pane.fitted.headline, face.ink), (pane.fitted.detail, "#FFFFFF")):
        cells = painted_cells(rows, ink)
        for part in parts:
            for line in part.lines:
                assert stands_in(cells_of(line, part.cut), cells) if part.cut else squeezed(line) in written, line
    return "".join(part.text for part in (*pane.fitted.headline, *pane.fitted.detail))


def check_texts(case: Case, rows: list[Row], shown: str, size: tuple[int, int]) -> None:
    """All of it is there; what is not has gone because something that matters more needed the room."""
    face = case.state.face(case.typed, case.now)
    shown = squeezed(shown)
    assert squeezed(face.headline) in shown
    there = [line for line in face.detail if is_said(line, shown)]
    gone = [line for line in face.detail if line not in there]
    assert all(line.matters > Matters.COUNTDOWN for line in gone), gone
    if gone:
        assert max(line.matters for line in there) <= min(line.matters for line in gone), gone
    if size[0] >= DESIGNED_FOR[0] and case.name != "fullest":
        assert not gone
    keys, last = case.state.keys_lines(), squeezed("".join(row.text for row in rows[-2:]))
    assert any(last.endswith(squeezed(line)) for line in keys) and "F4" in last, "the keys"
    if case.state.call.waits:
        assert squeezed(case.state.notice(case.now)) in squeezed("".join(row.text for row in rows))


def is_said(line: Line, shown: str) -> bool:
    return squeezed(line.text) in shown or (bool(line.short) and squeezed(line.short) in shown)


def check_digits(case: Case, rows: list[Row], pane: CustomerPane) -> None:
    """They stand there whole: as they were drawn, none of it cut or covered."""
    face = case.state.face(case.typed, case.now)
    if pane.digits is None:
        assert squeezed(face.big) in squeezed("".join(row.text for row in rows))
    else:
        assert stands_in(drawn(face.big, pane.digits), painted_cells(rows, face.ink))


def check_form(rows: list[Row]) -> None:
    for row in rows:
        text = row.text.strip()
        assert not text.startswith(tuple(CLOSING + ",.;:!?)")), f"begins with {text[:1]}"
        assert not text.endswith(tuple("（【《(「")), f"ends with {text[-1:]}"
        strange = [c for c in text if unicodedata.east_asian_width(c) == "A" and c not in QUARTERS]
        assert not strange, "a width that terminals disagree about"
