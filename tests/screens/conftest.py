import pytest

from kiosk.home import StationHome


@pytest.fixture
def with_buttons(home: StationHome) -> None:
    """Ask for it before the screen: the station has a button on GPIO 17 to call and one on 27 to confirm."""
    text = home.settings.read_text("utf-8")
    text = text.replace("# call_staff_pin", "call_staff_pin").replace("# confirm_pin", "confirm_pin")
    home.settings.write_text(text, encoding="utf-8")
