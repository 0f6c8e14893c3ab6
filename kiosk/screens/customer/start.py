"""The customer's screen as the station's owner wants it at first."""

from kiosk.config import Settings
from kiosk.screens.customer.moments.home_wish import HomeDelivery
from kiosk.screens.customer.state import CustomerState
from kiosk.text import Language


def state_at_start(settings: Settings, language: Language) -> CustomerState:
    return CustomerState(
        language,
        large=settings.screen.large_text,
        delivery=HomeDelivery(settings.desk.delivery_is_offered, settings.desk.delivery_fee_fen),
        phone=settings.phone,
        alarm_s=settings.alarm_light_s,
    )
