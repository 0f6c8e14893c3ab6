"""One desk of `kiosk web`, started by it and by nobody else: `python -m kiosk.cli.browser_desk HOME TERMINAL`.

Who has signed in stands in the first line of stdin, a pipe that only the two processes hold. Exit 0: the desk was
locked.
"""

import gc
import json
import logging
import os
import signal
import sys
from pathlib import Path

from kiosk.cli.output import EXIT_BROKEN, log_to_file
from kiosk.cli.print_label import print_label
from kiosk.faults import StationFault
from kiosk.home import StationHome
from kiosk.jobs.staff.sign_in import NOBODY, signed_in_as
from kiosk.jobs.station import open_station
from kiosk.lights.others import OthersLights
from kiosk.parcels.roles import Role
from kiosk.screens.terminal.defects import tell_defects_in_the_log, told
from kiosk.text import Language

_LONGEST_LINE = 1024


def main() -> None:
    folder, terminal = sys.argv[1:]
    gc.disable()  # nothing is garbage before the first paint
    home = StationHome(Path(folder))
    log_to_file(home)
    for number in (signal.SIGINT, signal.SIGTSTP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)
    try:
        _open(home, terminal, json.loads(_first_line()))
    except StationFault as fault:
        logging.getLogger("kiosk.screens").error("%s", fault)
        sys.exit(EXIT_BROKEN)
    except Exception as defect:
        logging.getLogger("kiosk.screens").error("a desk in a browser broke\n%s", told(defect))
        sys.exit(EXIT_BROKEN)


def _open(home: StationHome, terminal: str, signed_in: dict[str, str]) -> None:
    from kiosk.screens.desk.in_browser import BrowserDesk  # Textual: after gc.disable()

    station = open_station(home, terminal=terminal, who=NOBODY, role=Role.CUSTOMER)
    person = signed_in_as(station, signed_in["number"], signed_in["standing"])
    if person is None:
        station.close()
        return
    tell_defects_in_the_log()
    lights = OthersLights(station.settings, home.runtime())
    language = Language(signed_in["language"])
    app = BrowserDesk(station, lambda: lights, print_label, person, language)
    try:
        app.open_screen()
    finally:
        app.close()


def _first_line() -> bytes:
    """Byte by byte: what follows is the screen's."""
    line = b""
    while not line.endswith(b"\n") and len(line) < _LONGEST_LINE:
        byte = os.read(0, 1)
        if not byte:
            break
        line += byte
    return line


if __name__ == "__main__":
    main()
