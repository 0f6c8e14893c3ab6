"""What the keys go through that say something of the next items."""

from kiosk.parcels.consents import Consent
from kiosk.parcels.slots import Size

NEXT_SIZE = {None: Size.S, Size.S: Size.M, Size.M: Size.L, Size.L: Size.XL, Size.XL: None}
NEXT_CONSENT = {None: Consent.GIVEN, Consent.GIVEN: Consent.NOT_ASKED, Consent.NOT_ASKED: Consent.DOOR_ONLY}
