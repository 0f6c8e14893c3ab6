"""`kiosk web`: the staff desk in a browser."""

import logging
import os
import sys
from collections.abc import Sequence

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import opened_station, say
from kiosk.faults import Fault, StationFault
from kiosk.jobs.staff.register import list_staff
from kiosk.jobs.upkeep.private_files import wide_files
from kiosk.watchdog import Watchdog


@click.command()
@click.pass_obj
def web(invocation: Invocation) -> None:
    """Serve it until SIGTERM or Ctrl-C."""
    try:
        import textual_serve  # noqa: F401 - it brings aiohttp and jinja2
    except ImportError as missing:
        raise StationFault(Fault.NOT_INSTALLED, detail="station-kiosk[web]") from missing
    # aiohttp and jinja2, which the extra brings
    import asyncio

    from kiosk.web.connections import ask_for_files
    from kiosk.web.front_door import FrontDoor
    from kiosk.web.papers.desk import Papers
    from kiosk.web.serving import read_tls, serve
    from kiosk.web.visits import Visits
    from kiosk.web.web_desk import WebDesk

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    with opened_station(invocation) as station:
        settings, clock, is_staffed = station.settings, station.clock, bool(list_staff(station))
    tls = read_tls(settings.web, invocation.home.folder)
    for wide in wide_files(invocation.home, settings):
        from kiosk.cli.installer import wide_words  # with all that a new station needs

        click.echo(wide_words(wide), err=True)
    if tls and not settings.web.names and settings.web.host == "0.0.0.0":
        click.echo(say()("Browsers reach this desk by its address only: a name belongs into names in [web]."), err=True)
    if not is_staffed:
        click.echo(say()("No staff is registered: pages say so until somebody is (kiosk staff add)."), err=True)
    folder = str(invocation.home.folder.absolute())

    def command(terminal: str) -> Sequence[str]:
        return (sys.executable, "-P", "-m", "kiosk.cli.browser_desk", folder, terminal)

    def tell(address: str) -> None:
        click.echo(say()("The staff desk is at {address}  Stop with Ctrl-C.", address=address), err=True)

    async def run() -> None:
        door = FrontDoor(invocation.home, clock)
        visits = Visits(settings.web.sessions, settings.web.idle_min * 60, clock.monotonic)
        desk = WebDesk(settings.web, f"{settings.name}  {settings.number}", door, visits, command)
        papers = Papers(door, desk.pages, desk.reading_visit)
        try:
            await serve(
                desk.application(papers.routes()), settings.web, tls, tell, desk.close_idle, Watchdog(os.environ)
            )
        finally:
            door.close()

    ask_for_files()
    asyncio.run(run())
