"""What follows the desk's words about manifests: `announce 2 YTO`, `withdraw 3`."""

from kiosk.counter.answers import StaffAnswer
from kiosk.counter.arguments import AtHand
from kiosk.jobs.keeping.overdue import remind
from kiosk.jobs.sheets.awaited import chase, courier_of_last_batch, list_awaited
from kiosk.jobs.sheets.manifests import withdraw_manifest
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.manifest_files import announce_file, list_files
from kiosk.parcels.brands import read_brand
from kiosk.parcels.couriers import read_courier
from kiosk.parcels.problems import Problem, Refused


def announce_at_desk(station: Station, argument: str) -> StaffAnswer:
    """Nothing lists the files; a number or a name reads one, and a courier behind it says whose it is."""
    if not argument:
        return list_files(station)
    listed = list_files(station)
    if isinstance(listed, Refused):
        return listed
    named = [one.name for one in listed.files if argument == one.name or argument.startswith(f"{one.name} ")]
    wanted = max(named, key=len, default=argument.partition(" ")[0])
    brand = argument[len(wanted) :].strip()
    courier = read_brand(brand) if brand else None
    if brand and courier is None:
        return Refused(Problem.UNKNOWN_COURIER)
    return announce_file(station, wanted, courier)


def awaited_at_desk(station: Station, argument: str) -> StaffAnswer:
    courier = read_brand(argument) if argument else None
    return Refused(Problem.UNKNOWN_COURIER) if argument and courier is None else list_awaited(station, courier)


def chase_at_desk(station: Station, at_hand: AtHand, argument: str) -> StaffAnswer:
    """Of no courier that is named, the one whose batch is open here, or was closed last."""
    courier = read_brand(argument) if argument else courier_of_last_batch(station, at_hand.sheet)
    if courier is None:
        return Refused(Problem.UNKNOWN_COURIER if argument else Problem.WHICH_COURIER)
    return chase(station, courier)


def remind_at_desk(station: Station, at_hand: AtHand, argument: str) -> StaffAnswer:
    """Whose parcels lie here too long; with a courier behind it, the courier is meant, of what has not come."""
    return chase_at_desk(station, at_hand, argument) if read_courier(argument) else remind(station)


def withdraw_at_desk(station: Station, argument: str) -> StaffAnswer:
    number = argument.removeprefix("#")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return Refused(Problem.NO_SUCH_MANIFEST)
    return withdraw_manifest(station, int(number))
