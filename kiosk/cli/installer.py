"""Commands for installers and engineers."""

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import emit, json_option, opened_station, say
from kiosk.faults import told
from kiosk.jobs.staff.register import first_manager
from kiosk.jobs.upkeep.found_station import found_station
from kiosk.jobs.upkeep.private_files import Wide
from kiosk.jobs.upkeep.sample import add_sample_parcels
from kiosk.new_settings import new_settings
from kiosk.text import language_of_environment
from kiosk.text.sentences import detail_words


@click.command()
@click.option("--sample", is_flag=True, help=say()("Add the demo's 60 parcels; no staff, so the desk is open."))
@json_option
@click.pass_obj
def init(invocation: Invocation, sample: bool, as_json: bool) -> None:
    wide = found_station(invocation.home, new_settings(language_of_environment()))
    with opened_station(invocation) as station:
        added = add_sample_parcels(station) if sample else 0
        first = None if sample else first_manager(station, name=say()("Manager"))
    fields: dict[str, object] = {"home": str(invocation.home.folder), "sample_parcels": added}
    fields["narrowed"] = [{"path": str(one.path), "mode": f"{one.wanted:o}"} for one in wide if one.is_narrowed]
    fields["too_wide"] = [{"path": str(one.path), "mode": f"{one.mode:o}"} for one in wide if not one.is_narrowed]
    text = "\n".join([*map(wide_words, wide), say()("The station is ready in {home}.", home=invocation.home.folder)])
    if first is not None:
        fields |= {"manager": first.number, "pin": first.pin}
        text += "\n" + say()("At the desk sign in with: {number} {pin}  A PIN of your own is asked for then.",
                             number=first.number, pin=first.pin)  # fmt: skip
    emit(fields, text, as_json=as_json)


def wide_words(wide: Wide) -> str:
    """Who could touch what, and what was done or is to be done about it."""
    before, now = f"{wide.mode:o}", f"{wide.wanted:o}"
    if wide.is_narrowed:
        return say()("{path} was open to other users ({mode}); it is closed to them now ({now}).", path=wide.path,
                     mode=before, now=now)  # fmt: skip
    still_open = told("{path} is open to other users ({mode})", path=wide.path, mode=before)
    remedy = told("Run: chmod {now} {path}", path=wide.path, now=now)
    return f"{detail_words(say(), still_open)}. {detail_words(say(), remedy)}"
