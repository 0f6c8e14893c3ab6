"""The tests under another date: `python -m scripts.faults.far_date 2038-01-20T00:00 tests/jobs …`.

The shim moves the wall clock of pytest and of all that it starts; the monotonic clock and the files' times stay.
"""

import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from scripts.faults.shim import Control, Shim, build_shim
from scripts.faults.stations import ROOT
from tests.environment import environment


def main(date: str, *arguments: str) -> int:
    with tempfile.TemporaryDirectory(prefix="kiosk-far-date-") as folder:
        control = Control(Path(folder) / "control")
        control.shift_clock(round(datetime.fromisoformat(date).timestamp() - time.time()))
        shim = Shim(build_shim(Path(folder)))
        seen = environment(**shim.environment(Path(folder) / "nothing", control=control.path))
        try:
            command = [sys.executable, "-m", "pytest", *arguments]
            return subprocess.run(command, env=seen, cwd=ROOT, check=False).returncode
        finally:
            control.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
