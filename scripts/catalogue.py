"""Brings the Chinese catalogue up to date with the texts in the source, and compiles it.

Run it after adding a text:  .venv/bin/python scripts/catalogue.py
It prints what is still to be translated in kiosk/text/locale/zh/LC_MESSAGES/kiosk.po.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PO = ROOT / "kiosk/text/locale/zh/LC_MESSAGES/kiosk.po"
MO = PO.with_suffix(".mo")
_SAYING = {"say", "N_", "english", "chinese", "words", "expected", "told"}


def texts(source: str) -> Iterator[str]:
    """Every text given to say(…), say()(…), N_(…), expected(…) or told(…)."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
            continue
        called = node.func.func if isinstance(node.func, ast.Call) else node.func
        text = node.args[0].value
        if isinstance(called, ast.Name) and called.id in _SAYING and isinstance(text, str):
            yield text


def source_texts() -> set[str]:
    return {text for path in sorted((ROOT / "kiosk").rglob("*.py")) for text in texts(path.read_text("utf-8"))}


def read_catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="zh")


def compiled(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> int:
    old = read_catalogue() if PO.exists() else Catalog(locale="zh")
    catalogue = Catalog(locale="zh", project="station-kiosk", fuzzy=False)
    for text in sorted(source_texts()):
        known = old.get(text)
        catalogue.add(text, known.string if known else "")
    with PO.open("wb") as file:
        write_po(file, catalogue, omit_header=False, sort_output=True, width=100)
    MO.write_bytes(compiled(catalogue))
    missing = [str(message.id) for message in catalogue if message.id and not message.string]
    sys.stdout.writelines(f"not translated: {text}\n" for text in missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
