"""What stays in sight, and what does not, when a moment has passed."""

from datetime import UTC, datetime

import pytest

from kiosk.jobs.handing_over.glance import LitSession
from kiosk.jobs.handing_over.pick_up import Found, FoundParcel
from kiosk.parcels.looks import SESSION_LOOKS
from kiosk.parcels.problems import Problem, Refused
from kiosk.screens.customer.fitting import fit
from kiosk.screens.customer.lines import keys_lines
from kiosk.screens.customer.moments.home_wish import HomeDelivery, HomeKey
from kiosk.screens.customer.state import CustomerState
from kiosk.text import Language, words
from kiosk.text.line_breaks import cells

NOW, SMALLEST = 1000.0, (38, 12)
FOUND = Found(
    "s", SESSION_LOOKS[0], (FoundParcel(1, "3-2-0147", "3-2-4"),), 0, NOW + 52, datetime(2026, 11, 22, tzinfo=UTC)
)


def searching(language: Language) -> CustomerState:
    state = CustomerState(language, delivery=HomeDelivery(True, 200))
    state.show_found(FOUND)
    return state


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
def test_where_a_wrong_parcel_belongs_is_read_on_the_smallest_screen_after_its_alarm(
    language: Language, large: bool
) -> None:
    """Four seconds later nothing was left of it there."""
    state = searching(language)
    state.show_passing(Refused(Problem.NOT_IN_SESSION, slot="12-10-8", waybill="SF1"), NOW)
    state.pass_time(NOW + 5)
    fitted = fit(state.face("", NOW + 5), state.keys_lines(), *SMALLEST, large=large)
    assert any("12-10-8" in part.text for part in fitted.detail)


def test_a_search_that_is_given_up_is_not_told_as_somebody_elses_light() -> None:
    state = searching(Language.ENGLISH)
    state.lit = (LitSession("s", FOUND.look, ("3-2-4",), NOW + 52),)
    assert state.cancel() == "s"
    assert state.others_line(NOW) == ""


@pytest.mark.parametrize("language", Language)
def test_no_key_is_without_its_word_at_any_width(language: Language) -> None:
    """At 48 columns "Esc" stood alone."""
    say = words(language)
    for home in HomeKey:
        for columns in range(36, 100):
            keys = keys_lines(say, language, home=home, large=True)
            shown = fit(searching(language).face("", NOW), keys, columns, 14, large=True).keys
            assert shown.endswith(say("Esc cancel")) and all(cells(row) <= columns for row in shown.split("\n"))
