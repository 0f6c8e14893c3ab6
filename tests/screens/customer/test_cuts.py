"""Painted sentences: every letter that a face can say is there, and is read again off the cells that were painted."""

import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from kiosk.screens.customer.cuts import CUTS, Cut, cells_of, painted
from kiosk.screens.customer.faces import Face
from kiosk.screens.customer.glyphs import FOLDER, SIZES, glyph, has_glyphs
from kiosk.text import Language
from scripts.lettering import extract
from tests.screens.customer.test_every_face import OF_CUSTOMERS, cases
from tests.screens.rendered import QUARTERS


def faces(language: Language) -> list[Face]:
    return [case.state.face(case.typed, case.now) for case in cases(language, OF_CUSTOMERS, large=True)]


def pixels(rows: tuple[str, ...], cut: Cut) -> list[str]:
    """What was painted, a # a pixel: cells taken apart into quarters, and of each pixel only one."""
    quarters = []
    for row in rows:
        shown = [QUARTERS.index(cell) for cell in row]
        quarters += ["".join(".#"[bits >> at & 1] for bits in shown for at in pair) for pair in ((0, 1), (2, 3))]
    return [row[:: cut.wide] for row in quarters[:: cut.high]]


def read(rows: list[str], size: int) -> str:
    """The letters that stand there, one after another: of those that fit, the widest."""
    text, x, width = "", 0, max(len(row.rstrip(".")) for row in rows)
    letters = {letter: glyph(letter, size) for letter in extract.characters()}
    while x < width:
        here = [
            letter
            for letter, drawn in letters.items()
            if letter not in " ·" and all(
                row[x : x + len(line)].ljust(len(line), ".") == line.replace(" ", ".")
                for row, line in zip(rows, drawn, strict=False)
            )
        ]  # fmt: skip
        if here:
            text += max(here, key=lambda letter: sum(line.count("#") for line in letters[letter]))
            x += len(letters[text[-1]][0])
        else:
            x += 1  # blank
    return text


@pytest.mark.parametrize("language", Language)
def test_every_letter_that_a_face_can_say_is_drawn(language: Language) -> None:
    for face in faces(language):
        for text in (face.headline, *(line.text for line in face.detail), *(line.short for line in face.detail)):
            assert has_glyphs(text), text


def test_the_letters_are_those_of_todays_texts() -> None:
    """Else: .venv/bin/python -m scripts.lettering.extract"""
    wanted = extract.characters()
    for size in SIZES:
        lines = (FOLDER / f"{size}.txt").read_text("utf-8").splitlines()
        assert "".join(line[0] for line in lines) == wanted
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text("utf-8")


def test_no_two_letters_look_alike() -> None:
    for size in SIZES:
        drawn: dict[tuple[str, ...], str] = {}
        for letter in extract.characters():
            assert drawn.setdefault(glyph(letter, size), letter) == letter, (letter, size)


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: f"{cut.size}x{cut.wide}x{cut.high}")
def test_what_was_painted_is_read_again(cut: Cut) -> None:
    for text in ("✔ Done", "✖ No match", "Take it, then scan", "您的包裹在这里", "还有 18 秒", "✚ yellow"):
        rows = cells_of(text, cut)
        assert len(rows) == cut.rows and len({len(row) for row in rows}) == 1
        assert read(pixels(rows, cut), cut.size) == re.sub(" ", "", text)


def test_cuts_grow() -> None:
    areas = [cut.size**2 * cut.wide * cut.high for cut in CUTS]
    assert areas == sorted(set(areas))
    assert all(cut.wide == 2 * cut.high for cut in CUTS[1:])  # the first is narrow


@pytest.mark.parametrize("language", Language)
def test_painted_lines_stay_within_their_width(language: Language) -> None:
    for face, cut, width in product(faces(language), CUTS[:4], (36, 76)):
        part = painted(face.headline.split("\n")[0], cut, width)
        for line in part.lines if part else ():
            assert len(cells_of(line, cut)[0]) <= width, line


def test_letters_are_loaded_only_where_they_are_painted() -> None:
    script = (
        "from kiosk.screens.customer import app, glyphs, fitting, faces\n"
        "face = faces.idle_face('', [])\n"
        "fitting.fit(face, ('F1',), 80, 24); print(glyphs._lines.cache_info().currsize)\n"
        "fitting.fit(face, ('F1',), 80, 24, large=True); print(glyphs._lines.cache_info().currsize)\n"
    )
    root = Path(__file__).parents[3]
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root)
    assert told.stdout.split() == ["0", "1"]
