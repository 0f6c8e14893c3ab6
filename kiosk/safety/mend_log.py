"""A log of writes with a lost bit: read with sums that fit, it is taken only if every rule holds and every link fits.

Mostly nothing is wrong then: pages stand in it many times, and only the last one counts.
"""

import logging
from contextlib import closing
from datetime import datetime

from kiosk.config import Settings
from kiosk.durable import naming_files
from kiosk.home import StationHome
from kiosk.safety.aside import aside_name
from kiosk.safety.backup_files import Site, known_heads
from kiosk.safety.verify import Candidate, violations_of
from kiosk.store.file.database import open_database, truncate_wal
from kiosk.store.file.database_lock import locked_alone
from kiosk.store.file.keys import StationKey
from kiosk.store.file.swap import clear_work, swap, work_folder
from kiosk.store.rescue.damaged import copy_damaged

log = logging.getLogger("kiosk.safety")


def mend_log(home: StationHome, key: StationKey, settings: Settings, now: datetime) -> bool:
    """Mend it if that loses nothing; the damaged files are put aside. True where nothing was tried, because somebody
    else has the station just now.

    Raises StationFault where the disk does not let it; until the last step nothing is changed.
    """
    with locked_alone(home.database) as others, naming_files(home.folder):
        if others is not None:
            return True
        work = work_folder(home.database)
        try:
            with closing(open_database(copy_damaged(home.database, work), key)) as conn:
                if violations_of(Candidate(conn, key, settings), known_heads(Site(home, settings))):
                    return False
                truncate_wal(conn)
            home.aside.mkdir(mode=0o700, exist_ok=True)
            aside = swap(home.database, aside_name(now))
        finally:
            clear_work(home.database)
    log.warning("the log of writes was damaged; every rule and every link holds, the damaged files are in %s", aside)
    return False
