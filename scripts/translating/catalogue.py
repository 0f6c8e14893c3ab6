"""Brings the catalogues of each language up to date with the texts in the source, and compiles them.

Run it after adding a text or a language:  .venv/bin/python scripts/translating/catalogue.py
It prints what is still to be translated in kiosk/text/locale/zh/LC_MESSAGES/kiosk.po, in click.po beside it, which is
what click itself says to users, and in their like.
"""

import ast
import io
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from kiosk.text import Language  # noqa: E402 - found by the line above, wherever this is run from

TRANSLATED = tuple(language for language in Language if language is not Language.ENGLISH)
Text = str | tuple[str, ...]
_SAYING = {"say", "N_", "english", "chinese", "words", "expected", "told", "DeviceError"}
# With other words than people see: how these of click's sentences begin.
_TO_PROGRAMMERS = (
    "DeprecationWarning", "deprecated", "Could not determine", "No options defined", "Name '{name}' defined",
    "Arguments take exactly", "Boolean option", "Invalid start character", "Value must be", "Unknown color",
    "Choice(", "(dynamic)", "Unknown standard stream",
)  # fmt: skip


def texts(source: str) -> Iterator[Text]:
    """Every text given to say(…), say()(…), N_(…), expected(…), told(…) or DeviceError(…): one, or a pair of what is
    said of one thing and what of several."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.func if isinstance(node.func, ast.Call) else node.func
        if isinstance(called, ast.Name) and called.id in _SAYING:
            given = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if given and len(given) == len(node.args):
                yield given[0] if len(given) == 1 else tuple(given)


def source_texts() -> set[Text]:
    rooms = (ROOT / "kiosk", ROOT / "hardware")
    files = sorted(file for room in rooms for file in room.rglob("*.py"))
    return {text for path in files for text in texts(path.read_text("utf-8"))}


def click_texts() -> set[Text]:
    """What click hands to gettext, as one text or as one for one thing and one for several; not what only programmers
    see."""
    said: set[Text] = set()
    for path in Path(click.__file__).parent.glob("[a-z]*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                told = tuple(str(arg.value) for arg in node.args if isinstance(arg, ast.Constant))
                if told and not told[0].startswith(_TO_PROGRAMMERS):
                    said.add(told if node.func.id == "ngettext" else told[0])
    return said


TEXTS = {"kiosk": source_texts, "click": click_texts}  # by domain, which is the name of its catalogues


def po_file(language: Language, domain: str) -> Path:
    return ROOT / f"kiosk/text/locale/{language}/LC_MESSAGES/{domain}.po"


def mo_file(language: Language, domain: str) -> Path:
    return po_file(language, domain).with_suffix(".mo")


def read_catalogue(language: Language = Language.CHINESE, domain: str = "kiosk") -> Catalog:
    with po_file(language, domain).open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def renewed(language: Language, domain: str) -> Catalog:
    """The catalogue as it should be, with what is translated already."""
    if not po_file(language, domain).exists():
        catalogue = Catalog(locale=language, project="station-kiosk", fuzzy=False)
    else:
        catalogue = read_catalogue(language, domain)
    wanted = TEXTS[domain]()
    for gone in [message.id for message in catalogue if message.id and message.id not in wanted]:
        catalogue.delete(gone)
    for text in wanted:
        if text not in catalogue:
            catalogue.add(text)
    return catalogue


def is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def main() -> int:
    missing = []
    for language, domain in product(TRANSLATED, TEXTS):
        catalogue = renewed(language, domain)
        po_file(language, domain).parent.mkdir(parents=True, exist_ok=True)
        with po_file(language, domain).open("wb") as file:
            write_po(file, catalogue, omit_header=False, sort_output=True, width=100)
        mo_file(language, domain).write_bytes(compiled(catalogue))
        missing += [f"{language}: {message.id}" for message in catalogue if message.id and not is_translated(message)]
    sys.stdout.writelines(f"not translated: {text}\n" for text in missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
