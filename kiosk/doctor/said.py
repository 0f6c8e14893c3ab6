"""The doctor's findings in words."""

from collections.abc import Mapping

from kiosk.doctor.patient import Finding, Level
from kiosk.faults import StationFault
from kiosk.text import N_, Say
from kiosk.text.line_breaks import cells
from kiosk.text.sentences import detail_words, fault_sentence

_LEVELS: Mapping[Level, str] = {Level.OK: N_("ok"), Level.WARN: N_("WARN"), Level.BAD: N_("BAD")}

_NAMES = 14  # the longest name of a line that every station has


def what_of(say: Say, finding: Finding) -> str:
    """What was found; a fault brings its own remedy along."""
    what = finding.what
    return fault_sentence(say, what) if isinstance(what, StationFault) else detail_words(say, what)


def remedy_of(say: Say, finding: Finding) -> str | None:
    """What to do, where it is not said with what was found."""
    return detail_words(say, finding.remedy) if finding.remedy else None


def finding_line(say: Say, finding: Finding) -> str:
    """The level as a word, the name of the line, what was found, below it what to do."""
    level = say(_LEVELS[finding.level])
    line = f"{level}{' ' * (5 - cells(level))} {finding.line:{_NAMES}} {what_of(say, finding)}"
    remedy = remedy_of(say, finding)
    return f"{line}\n{' ' * (7 + _NAMES)}{remedy}" if remedy else line
