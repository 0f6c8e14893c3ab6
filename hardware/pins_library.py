"""lgpio, which drives the Pi's pins and buses, brought in without its traces.

When it is imported it changes the process's working directory, to LG_WD or where the process stands, makes a fifo
there (`.lgd-nfyN`) and leaves it. A service stands in a folder that it may not write to, and in one that many users
share another's fifo is in the way. So it gets a private folder for that moment, and goes there alone: a thread may
have a working directory of its own. Source: lgUtil.c, lgNotify.c and lgpio.py of lg 0.2.2.
"""

import ctypes
import os
import shutil
import sys
from pathlib import Path
from threading import Thread

from hardware.devices import LIBRARY
from hardware.pins_folder import pins_folder

_FOLDER_VARIABLE = "LG_WD"
_CLONE_FS = 0x200  # linux/sched.h: unshare(2) of the working directory


def import_lgpio() -> None:
    """Raises ImportError where it is not installed, OSError where its folder cannot be made."""
    if LIBRARY in sys.modules:
        return
    folder, raised = pins_folder.make(), list[BaseException]()
    before = os.environ.get(_FOLDER_VARIABLE)
    os.environ[_FOLDER_VARIABLE] = str(folder)

    def bring_in() -> None:
        try:
            _import_in_own_directory()
        except BaseException as broken:
            raised.append(broken)

    try:
        thread = Thread(target=bring_in, name="pins")
        thread.start()
        thread.join()
    finally:
        if before is None:
            del os.environ[_FOLDER_VARIABLE]
        else:
            os.environ[_FOLDER_VARIABLE] = before
        shutil.rmtree(folder, ignore_errors=True)  # lgpio holds both ends of its fifo open
    if raised:
        raise raised[0]


def _import_in_own_directory() -> None:
    """Threads that lgpio starts share this one's directory. Where the kernel grants none, the process comes back."""
    is_own = ctypes.CDLL(None).unshare(_CLONE_FS) == 0
    here = None if is_own else Path.cwd()
    try:
        __import__(LIBRARY)
    finally:
        if here is not None:
            os.chdir(here)
