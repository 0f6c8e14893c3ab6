"""The `kiosk` command. Each command is loaded when it is called, so that a look-up does not wait for Textual."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from hardware.pins_folder import pins_folder
from kiosk import __version__
from kiosk.cli.invocation import Invocation
from kiosk.cli.output import EXIT_BROKEN, report_fault, say
from kiosk.cli.plain_output import plain_output
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome, default_home
from kiosk.parcels.scans import clean
from kiosk.text import N_, Language, language_of_environment

if (_language := language_of_environment()) is not Language.ENGLISH:
    from kiosk.cli.click_words import teach_click  # before the first option is declared: their texts are taken then

    teach_click(_language)

EXIT_USAGE = 2


# Who uses it → command → where it lives and what it does.
_SECTIONS: dict[str, dict[str, tuple[str, str]]] = {
    N_("Try it"): {
        "demo": ("kiosk.cli.screens:demo", N_("Open a ready station with sample parcels and drawn shelves.")),
    },
    N_("Read about it"): {
        "help": ("kiosk.cli.help:help_command", N_("Pages for owners, staff, installers and engineers.")),
    },
    N_("Customers"): {
        "run": ("kiosk.cli.screens:run", N_("Open the customer screen.")),
        "pick-up": ("kiosk.cli.counter:pick_up", N_("Light the slots of a pickup code.")),
        "check-out": ("kiosk.cli.counter:check_out", N_("Hand a parcel over: the exit scan of its waybill.")),
        "extend": ("kiosk.cli.sessions:extend", N_("More light for a search.")),
        "cancel": ("kiosk.cli.sessions:cancel", N_("End a search; its lights go off.")),
        "call-staff": ("kiosk.cli.sessions:call_staff", N_("Call a person to this terminal.")),
    },
    N_("Staff"): {
        "desk": ("kiosk.cli.screens:desk", N_("Open the staff screen for checking in.")),
        "web": ("kiosk.cli.web:web", N_("Serve the staff screen to browsers.")),
        "staff": ("kiosk.cli.staff:staff", N_("Who works here, their PINs and badges.")),
        "announce": ("kiosk.cli.announcing:announce", N_("Read a courier's manifest.")),
        "announced": ("kiosk.cli.announcing:announced", N_("The manifests that were read; what has not come of them.")),
        "check-in": ("kiosk.cli.taking_in:check_in", N_("Take a parcel in and light its slot.")),
        "put-away": ("kiosk.cli.taking_in:put_away", N_("Record where a parcel lies, or move it.")),
        "answer-calls": ("kiosk.cli.sessions:answer_calls", N_("Tell who called, and that somebody comes.")),
        "hold": ("kiosk.cli.exceptions:hold", N_("Hold a parcel back, with a reason.")),
        "release": ("kiosk.cli.exceptions:release", N_("End a hold.")),
        "start-return": ("kiosk.cli.exceptions:start_return", N_("Send a parcel back to its courier.")),
        "write": ("kiosk.cli.sheets:write", N_("Write parcels on a sheet, or count them.")),
        "slip": ("kiosk.cli.sheets:slip", N_("Print a sheet: slip to sign, CSV or QR for a partner.")),
        "report": ("kiosk.cli.report:report", N_("The figures of a day or of several, as text, JSON or CSV.")),
        "parcel": ("kiosk.cli.records:parcel", N_("Tell everything about one parcel.")),
        "slots": ("kiosk.cli.records:slots", N_("List the slots, their pixels and what they hold.")),
    },
    N_("Installers and engineers"): {
        "purge": ("kiosk.cli.person:purge", N_("Erase what is kept of people and due to be forgotten.")),
        "person": ("kiosk.cli.person:person", N_("Tell a person what is kept of them, or erase it.")),
        "setup": ("kiosk.cli.setup:setup", N_("Set the station up, page by page; later change it.")),
        "init": ("kiosk.cli.installer:init", N_("Make a station: settings, key and database.")),
        "lights": ("kiosk.cli.lights:lights", N_("Drive, test, measure and blank the strips.")),
        "scanner": ("kiosk.cli.scanner:scanner", N_("What scanners are there, and a try of them.")),
        "labels": ("kiosk.cli.labels:labels", N_("Print slot and pickup labels, command cards, badges.")),
        "events": ("kiosk.cli.records:events", N_("Print the event log.")),
        "agent": ("kiosk.cli.agent:agent", N_("Send messages, and forget and back up every night.")),
        "notify": ("kiosk.cli.notify:notify", N_("Try message channels, see and repeat messages.")),
        "clock": ("kiosk.cli.clock:clock", N_("Whether the clock is believed, and your word that it is right.")),
        "doctor": ("kiosk.cli.doctor:doctor", N_("What is wrong with this machine, and what to do.")),
        "support": ("kiosk.cli.support:support", N_("Pack a file for whoever helps, without personal data.")),
        "backup": ("kiosk.cli.backups:backup", N_("Back the station up, while others work on.")),
        "backups": ("kiosk.cli.backups:backups", N_("List the backups in all places.")),
        "restore": ("kiosk.cli.backups:restore", N_("Bring the station back from a backup.")),
        "salvage": ("kiosk.cli.backups:salvage", N_("Save what can be read of a damaged database.")),
        "update": ("kiosk.cli.update:update", N_("Another version of this program, or the one before.")),
        "verify": ("kiosk.cli.records:verify", N_("Check every rule of custody and the event chain.")),
    },
}
_COMMANDS = {name: entry for section in _SECTIONS.values() for name, entry in section.items()}
# Words of the staff desk that have a command of their own above.
_ELSEWHERE = frozenset(
    {
        "announce",
        "announced",
        "out",
        "in",
        "move",
        "hold",
        "release",
        "return",
        "report",
        "mode",
        "quit",
        "label",
        "lock",
        "help",
    }
)


class _KioskGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        from kiosk.counter.words import DESK_WORDS  # 60 ms, with all jobs: for completion and near names

        return [*_COMMANDS, *(name for name in DESK_WORDS if name not in _ELSEWHERE)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            from kiosk.cli.desk_words import desk_command  # 60 ms, with all jobs

            return None if cmd_name in _ELSEWHERE else desk_command(cmd_name)
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        command.help = say()(_COMMANDS[cmd_name][1])
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """What is nearly a command's name is asked about."""
        if self.get_command(ctx, args[0]) is None:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), 1)
            if near:
                ctx.fail(say()("There is no command {name}. Did you mean: kiosk {near}?", name=args[0], near=near[0]))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        for section, commands in _SECTIONS.items():
            with formatter.section(say()(section)):
                formatter.write_dl([(name, say()(help_text)) for name, (_, help_text) in commands.items()])
        from kiosk.text.desk_help import HELP  # 60 ms, with all jobs: for the help alone

        for section, words in HELP.items():
            with formatter.section(say()("Staff") + ": " + say()(section)):
                shown = [(name, say()(what)) for name, (_, what) in words.items() if name not in _ELSEWHERE]
                formatter.write_dl(shown)


@click.group(cls=_KioskGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    envvar="KIOSK_HOME",
    type=click.Path(file_okay=False, path_type=Path),
    help=say()("Station folder."),
)
@click.option("--terminal", envvar="KIOSK_TERMINAL", help=say()("Name of this terminal in the event log."))
@click.option("--staff", envvar="KIOSK_STAFF", help=say()("Number of the colleague who does it; else a manager."))
@click.option(
    "--operation", envvar="KIOSK_OPERATION", help=say()("Done once under this id; again it answers the same.")
)
@click.version_option(__version__, prog_name="kiosk")
@click.pass_context
def kiosk(
    ctx: click.Context, home: Path | None, terminal: str | None, staff: str | None, operation: str | None
) -> None:
    """A parcel station's pickup kiosk 驿站取件机."""
    for option, named in (("--terminal", terminal), ("--operation", operation)):
        if named is not None and (clean(named, 40) != named or not named):
            raise click.BadParameter(say()("up to 40 printable characters"), param_hint=option)
    ctx.obj = Invocation(
        StationHome(_expanded(home) if home else default_home()), terminal, home is not None, staff, operation
    )
    pins_folder.inside = lambda: _place_for_pins(ctx.obj.home)


def _expanded(home: Path) -> Path:
    """`--home=~/station`, and KIOSK_HOME in a file of variables, come with their tilde: no shell has read it."""
    return home.expanduser() if home.parts[:1] == ("~",) else home


def _place_for_pins(home: StationHome) -> Path | None:
    """In memory, beside the leases; before there is a station, where the system keeps what passes."""
    return home.runtime() if home.folder.exists() else None


def main(args: Sequence[str] | None = None) -> None:
    """Exit 0 done, 1 refused, 2 wrong usage, 3 something is broken."""
    with plain_output():
        _main(list(sys.argv[1:] if args is None else args))


def _main(arguments: list[str]) -> None:
    try:
        kiosk.main(arguments, prog_name="kiosk")
    except StationFault as fault:
        report_fault(fault, as_json="--json" in arguments)
        sys.exit(EXIT_BROKEN)
    except BrokenPipeError:
        # The reader of our output has gone; let the interpreter's last flush go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_BROKEN)
    except Exception as defect:
        if isinstance(defect, UnicodeEncodeError) and not all(map(_is_text, arguments)):
            click.echo(say()("An argument is not written in UTF-8."), err=True)
            sys.exit(EXIT_USAGE)
        if os.environ.get("KIOSK_TRACEBACK"):
            raise
        detail = f"{type(defect).__name__}: {clean(str(defect), 200)}"
        report_fault(StationFault(Fault.DEFECT, detail=detail), as_json="--json" in arguments)
        sys.exit(EXIT_BROKEN)


def _is_text(argument: str) -> bool:
    """Bytes that are no UTF-8 come as surrogates; a file's name may have them, a database takes none."""
    return not any("\ud800" <= character <= "\udfff" for character in argument)
