"""Commands of ours as a person may type them here and now: by the name that this program was started with."""

import os
import shlex
import shutil
import sys
from pathlib import Path

from kiosk.home import StationHome

STARTED_AS = "KIOSK_COMMAND"  # what a script that starts this program is called by


def own_command(home: StationHome | None, *words: object) -> str:
    """`kiosk --home '/srv/a b' restore FILE`, quoted for a shell. `home`: None for the usual one."""
    named = ["--home", home.folder.absolute()] if home else []
    return " ".join([_started_as(), *(shlex.quote(str(word)) for word in (*named, *words))])


def quoted(path: Path) -> str:
    """As a shell takes it; plain where nothing in it needs quoting."""
    return shlex.quote(str(path))


def _started_as() -> str:
    """`kiosk` where that is this very program; else the path of it, or of the script that started it."""
    program = os.environ.get(STARTED_AS) or sys.argv[0]
    if Path(program).name == "__main__.py":
        return f"{shlex.quote(sys.executable)} -m kiosk"
    found = shutil.which("kiosk")
    if not Path(program).exists() or (Path(program).name != "kiosk" and STARTED_AS not in os.environ):
        return "kiosk"  # a worker of a test, a service's own program
    if found is not None and Path(found).samefile(program):
        return "kiosk"
    return shlex.quote(program)
