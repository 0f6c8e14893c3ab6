"""Opening the station's database, its log of writes mended first where a bit of it was lost."""

from time import monotonic, sleep

from kiosk.clock import Clock
from kiosk.config import Settings
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.store.file.database import open_database
from kiosk.store.file.keys import StationKey
from kiosk.store.file.sqlite import sqlite3

_OTHERS_MEND_S, _ASK_AGAIN_S = 10.0, 0.02


def open_mended(
    home: StationHome, key: StationKey, settings: Settings, clock: Clock, *, looking: bool = False
) -> sqlite3.Connection:
    """After a crash the log of writes may have to be mended first, by whichever program comes first."""
    deadline = monotonic() + _OTHERS_MEND_S
    while True:
        try:
            return open_database(home.database, key, looking=looking)
        except StationFault as fault:
            may_be_mended = fault.fault is Fault.RESTORING and home.write_ahead_log.exists()
            if monotonic() > deadline or not (may_be_mended or fault.fault is Fault.DAMAGED_LOG):
                raise
            if fault.fault is Fault.DAMAGED_LOG:
                from kiosk.safety.mend_log import mend_log  # one start in a thousand

                if not mend_log(home, key, settings, clock.now()):
                    return open_database(home.database, key)
            sleep(_ASK_AGAIN_S)
