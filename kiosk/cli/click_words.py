"""What click itself says: it asks gettext, which finds our catalogues `click` beside those of the program."""

import gettext
import os

from kiosk.text import CATALOGUES, Language


def teach_click(language: Language) -> None:
    """From now on click speaks this language."""
    os.environ["LANGUAGE"] = language  # gettext goes by the environment alone, and has not heard of KIOSK_LANGUAGE
    gettext.bindtextdomain("click", CATALOGUES)
    gettext.textdomain("click")
