"""Plain text on paper: by the receipt printer of [printer], else by the printer that the machine itself prints with."""

import logging
import shutil
import subprocess

from kiosk.config.printer import PrinterSettings
from kiosk.labels.printing import send
from kiosk.labels.receipt import text_escpos

_PATIENCE_S = 10.0
log = logging.getLogger("kiosk.labels")


def print_sheet(printer: PrinterSettings, text: str) -> bool:
    """Whether a printer took it. `lp` is that of CUPS, which POSIX has as well."""
    lp = shutil.which("lp")
    try:
        if printer.output == "escpos":
            send(printer.device, text_escpos(text))
        elif lp is not None:
            subprocess.run([lp], input=text.encode(), capture_output=True, timeout=_PATIENCE_S, check=True)
        else:
            return False
    except (OSError, subprocess.SubprocessError) as broken:
        log.error("a sheet is not printed: %s", broken)
        return False
    return True
