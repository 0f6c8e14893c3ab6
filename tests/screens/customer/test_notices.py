"""What stands in the place of the station's name: to a customer who called, and to staff."""

import pytest

from kiosk.parcels.problems import Problem, Refused
from kiosk.screens.customer.state import CustomerState
from kiosk.text import Language
from kiosk.text.line_breaks import cells


@pytest.mark.parametrize("language", list(Language))
def test_staff_see_that_a_restart_erases_the_station_while_nobody_is_at_it(language: Language) -> None:
    state = CustomerState(language)
    assert state.notice(100.0) == ""
    state.forgetful_on = "overlay"
    assert "overlay" in state.notice(100.0) and cells(state.notice(100.0)) <= 45
    state.show_passing(Refused(Problem.NO_SUCH_CODE), 100.0)
    assert state.notice(101.0) == ""
