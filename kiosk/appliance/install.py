"""`scripts/install-pi`: packages, user, devices, a version of the program, services. Done again it changes nothing.

It runs under the system's Python from the folder of the program, with the standard library alone.
"""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk.appliance.installation import Installer, Wish
from kiosk.appliance.target import Target
from kiosk.faults import StationFault
from kiosk.text import language_of_environment, words
from kiosk.text.sentences import fault_sentence

SOURCE = Path(__file__).parent.parent.parent
EXIT_REFUSED, EXIT_BROKEN = 1, 3
say = words(language_of_environment())


def main(arguments: Sequence[str]) -> int:
    options = _parser().parse_args(arguments)
    target = Target(options.root.resolve(), options.dry_run, lambda line: print(line, flush=True))  # noqa: T201 - it is its voice
    if os.geteuid() != 0 and not options.dry_run and target.root == Path("/"):
        sys.stderr.write(say("This changes the system: sudo {command}", command="scripts/install-pi") + "\n")
        return EXIT_REFUSED
    if options.dry_run:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # a pager that is left early
    os.umask(0o022)
    wish = Wish(SOURCE, options.wheels, options.font_size, options.language, options.web, not options.no_start)
    installer = Installer(target, wish, say)
    try:
        notes = installer.uninstall(purge=options.purge) if options.uninstall else installer.install()
    except StationFault as fault:
        sys.stderr.write(fault_sentence(say, fault) + "\n")
        return EXIT_BROKEN
    if target.is_dry:
        notes = [say("Nothing was changed: this was a dry run."), *notes]
    elif not target.changes:
        notes = [say("All is in place already; nothing was changed."), *notes]
    for note in notes:
        target.tell(note)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/install-pi", description=say("Makes a parcel station of this machine.")
    )
    parser.add_argument("--dry-run", action="store_true", help=say("Tell each step and do none; needs no root."))
    parser.add_argument("--uninstall", action="store_true", help=say("Take it away; the station's data stays."))
    parser.add_argument("--purge", action="store_true", help=say("With --uninstall: the station's data goes too."))
    parser.add_argument("--web", action="store_true", help=say("Also start the staff desk for browsers."))
    parser.add_argument("--language", choices=("en", "zh"), default=None, help=say("What the screen speaks at first."))
    parser.add_argument(
        "--font-size", type=_points, default=None, help=say("Points, or auto: 40 columns by 12 rows fit.")
    )
    parser.add_argument(
        "--wheels", type=Path, default=None, help=say("Packages lie in this folder; no network is needed.")
    )
    parser.add_argument("--root", type=Path, default=Path("/"), help=say("Another machine's file system."))
    parser.add_argument("--no-start", action="store_true", help=say("Services start at the next boot."))
    return parser


def _points(text: str) -> str:
    if text != "auto" and not 6 <= int(text) <= 200:
        raise ValueError
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
