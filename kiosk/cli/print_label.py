"""Printing a pickup label: what [printer] says, in the station's language."""

from kiosk.jobs.station import Station
from kiosk.parcels.problems import Refused


def print_label(station: Station, waybill: str) -> Refused | None:
    """None when it is printed, or nothing is to be."""
    if station.settings.printer.output == "none":
        return None
    from kiosk.labels.printing import print_pickup_label  # 3 ms: few stations have a printer
    from kiosk.text.courier_names import named_in

    return print_pickup_label(station, waybill, named_in(station.settings.screen.language))
