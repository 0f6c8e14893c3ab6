"""What tests, and the programs they start, see of the developer's environment: a short list, and nothing else.

The machine's own date, zone and preloaded libraries come along: whatever they are, the tests hold.
"""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import MutableMapping
from pathlib import Path

# Where programs and folders are; the machine's zone and date (a library that shifts it is preloaded).
_OF_THE_MACHINE = ("PATH", "TMPDIR", "TZ", "LD_PRELOAD")
# What whoever runs the tests asks of the tests themselves.
_OF_THE_TESTS = ("CI", "KIOSK_DESK_DAYS", "KIOSK_PICTURES", "KIOSK_WRITE_GOLDEN")
_PREFIXES = ("FAKETIME", "FAULTS_", "PYTEST_")
_MEMORY, _ENOUGH = Path("/dev/shm"), 1 << 30  # bytes; all folders of all tests take a fifth of it
_FIXED = {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}


def environment(**more: str) -> dict[str, str]:
    """For a child: the short list, and `more`; a library that it preloads of its own takes the place of another."""
    kept = {name: value for name, value in os.environ.items() if _is_kept(name)}
    if "LD_PRELOAD" in more:
        kept = {name: value for name, value in kept.items() if not name.startswith("FAULTS_")}
    return {**kept, **_FIXED, "HOME": os.environ["HOME"], **more}


def stand_alone(own: MutableMapping[str, str] = os.environ) -> Path:
    """Before anything is imported that looks around: only the short list, a home that is empty, a common umask, and
    signals that come through though the caller (nohup, a shell's &) ignores them. Returns the home."""
    for name in [name for name in own if not _is_kept(name)]:
        del own[name]
    home = Path(tempfile.mkdtemp(prefix="kiosk-tests-home-"))
    own.update(_FIXED, HOME=str(home))
    if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ENOUGH:
        own.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))  # a flush of a real disk takes longer than many a test
    time.tzset()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    return home


def _is_kept(name: str) -> bool:
    return name in (*_OF_THE_MACHINE, *_OF_THE_TESTS) or name.startswith(_PREFIXES)
