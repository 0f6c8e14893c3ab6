"""Looking for bytes in files, to prove that what was erased is gone."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# In a process of its own: closing a file that this one has open through SQLite would drop SQLite's locks on it.
_LOOK = """
import mmap, sys
traces = [bytes.fromhex(line) for line in sys.stdin.read().split()]
for path in sys.argv[1:]:
    try:
        with open(path, "rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            if any(data.find(trace) >= 0 for trace in traces):
                print(path)
    except (FileNotFoundError, ValueError):  # gone, or empty: then nothing is in it
        pass
"""


def files_with(traces: Sequence[bytes], files: Sequence[Path]) -> list[str]:
    """Which of the files hold any of the traces. A file that cannot be read raises CalledProcessError."""
    if not traces:
        return []
    told = "\n".join(trace.hex() for trace in traces)
    looked = subprocess.run(
        [sys.executable, "-I", "-c", _LOOK, *map(str, files)], input=told, capture_output=True, text=True, check=True
    )
    return looked.stdout.splitlines()
