"""The wizard's pages in their order."""

from random import Random

from kiosk.screens.setup.language import LanguagePage
from kiosk.screens.setup.manager import ManagerPage
from kiosk.screens.setup.messages import MessagesPage
from kiosk.screens.setup.name import NamePage
from kiosk.screens.setup.page import Page, Work
from kiosk.screens.setup.recovery import ConfirmPage, PhrasePage
from kiosk.screens.setup.scanner import ScannerPage
from kiosk.screens.setup.shelves import ShelvesPage
from kiosk.screens.setup.strip import StripPage


def setup_pages(work: Work, random: Random) -> list[Page]:
    """All that ask. `random` makes the recovery phrase, so it has to be the system's."""
    pages: list[Page] = [LanguagePage(work), NamePage(work), ShelvesPage(work), StripPage(work), ScannerPage(work)]
    pages += [ManagerPage(work), MessagesPage(work)]
    if work.set_up.needs_phrase:
        shown = PhrasePage(work, random)
        pages += [shown, ConfirmPage(work, shown)]
    return pages
