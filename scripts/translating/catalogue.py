"""Brings the catalogue of each language up to date with the texts in the source, and compiles it.

Run it after adding a text or a language:  .venv/bin/python scripts/translating/catalogue.py
It prints what is still to be translated in kiosk/text/locale/zh/LC_MESSAGES/kiosk.po and its like.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from kiosk.text import Language  # noqa: E402 - found by the line above, wherever this is run from

TRANSLATED = tuple(language for language in Language if language is not Language.ENGLISH)
_SAYING = {"say", "N_", "english", "chinese", "words", "expected", "told", "DeviceError"}


def texts(source: str) -> Iterator[str]:
    """Every text given to say(…), say()(…), N_(…), expected(…), told(…) or DeviceError(…)."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
            continue
        called = node.func.func if isinstance(node.func, ast.Call) else node.func
        text = node.args[0].value
        if isinstance(called, ast.Name) and called.id in _SAYING and isinstance(text, str):
            yield text


def source_texts() -> set[str]:
    rooms = (ROOT / "kiosk", ROOT / "hardware")
    files = sorted(file for room in rooms for file in room.rglob("*.py"))
    return {text for path in files for text in texts(path.read_text("utf-8"))}


def po_file(language: Language) -> Path:
    return ROOT / f"kiosk/text/locale/{language}/LC_MESSAGES/kiosk.po"


def mo_file(language: Language) -> Path:
    return po_file(language).with_suffix(".mo")


def read_catalogue(language: Language = Language.CHINESE) -> Catalog:
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def renewed(language: Language) -> Catalog:
    """The catalogue as it should be, with what is translated already."""
    old = read_catalogue(language) if po_file(language).exists() else Catalog(locale=language)
    catalogue = Catalog(locale=language, project="station-kiosk", fuzzy=False)
    for text in sorted(source_texts()):
        known = old.get(text)
        catalogue.add(text, known.string if known else "")
    return catalogue


def main() -> int:
    missing = []
    for language in TRANSLATED:
        catalogue = renewed(language)
        po_file(language).parent.mkdir(parents=True, exist_ok=True)
        with po_file(language).open("wb") as file:
            write_po(file, catalogue, omit_header=False, sort_output=True, width=100)
        mo_file(language).write_bytes(compiled(catalogue))
        missing += [f"{language}: {message.id}" for message in catalogue if message.id and not message.string]
    sys.stdout.writelines(f"not translated: {text}\n" for text in missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
