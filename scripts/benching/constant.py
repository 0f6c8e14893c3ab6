"""The customer screen painting a constant: the same widgets and faces, without a station behind them.

Its scan → paint time is what Textual itself needs; the bench holds the real screen against it.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from kiosk.home import StationHome
from kiosk.jobs.handing_over.pick_up import Found, FoundParcel
from kiosk.jobs.station import Station, open_station
from kiosk.lights.owner import LightOwner
from kiosk.parcels.looks import Colour, Look, Pattern
from kiosk.parcels.scan_places import ScanPlace
from kiosk.screens.customer.app import CustomerApp


class ConstantApp(CustomerApp):
    def scanned(self, text: str, at: ScanPlace = ScanPlace.ANY) -> None:
        look = Look(Colour.YELLOW, Pattern.SOLID)
        parcel = FoundParcel(1, text, "3-2-4")
        lit_until = self._monotonic() + 60
        self.state.show_found(Found("s", look, (parcel,), 0, lit_until, datetime.now(UTC)))
        self.refresh_face()

    def _cancel(self) -> None:
        self.state.cancel()
        self.refresh_face()

    def _tick(self) -> None:
        self.state.pass_time(self._monotonic())
        self.refresh_face()


def main(folder: str) -> None:
    station: Station = open_station(StationHome(Path(folder)), terminal="constant", who="customer")
    app = ConstantApp(station, lambda: LightOwner(station.settings, station.home.runtime(), "constant"))
    app.run(mouse=False)
    app.close()


if __name__ == "__main__":
    main(sys.argv[1])
