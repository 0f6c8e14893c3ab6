"""The doctor's line about scanners: configured, plugged in, permitted. None is opened, for a screen may be using it."""

from collections.abc import Iterator

from hardware.scanners.devices import trouble_with
from kiosk.config import Settings
from kiosk.doctor.patient import Finding, Level, Line, Patient
from kiosk.faults import Detail, told
from kiosk.text.answers.scans import TROUBLES


def scanners_line(patient: Patient) -> Iterator[Finding]:
    settings = patient.settings
    if not isinstance(settings, Settings):
        return
    if not settings.scanners:
        yield Finding("scanners", Level.OK, told("The scanner types like a keyboard: no device is needed"))
    for scanner in settings.scanners:
        line, values = f"scanner:{scanner.name}", {"name": scanner.name, "driver": scanner.driver, "role": scanner.role}
        error = trouble_with(scanner)
        if not scanner.has_device:
            yield Finding(line, Level.OK, told("Scanner {name} ({driver}, {role}) needs no device", **values))
        elif error is None:
            yield Finding(line, Level.OK, told("Scanner {name} ({driver}, {role}) may be used", **values))
        else:
            what, remedy = TROUBLES[error.trouble]
            about = {"device": error.device, "detail": error.detail}
            yield Finding(line, Level.BAD, Detail(what, about), Detail(remedy, about))


SCANNER_LINES: tuple[Line, ...] = (scanners_line,)
