"""The README in two languages: of one shape, with links that lead somewhere."""

import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parent.parent.parent
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh.md"
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def prose(page: Path) -> str:
    """Without its code blocks."""
    return _FENCE.sub("", page.read_text("utf-8"))


def headings(page: Path) -> list[tuple[int, str]]:
    return [(len(marks), text) for marks, text in re.findall(r"^(#+) (.*)$", prose(page), re.MULTILINE)]


def code_blocks(page: Path) -> list[tuple[str, list[str]]]:
    """The language and the commands of each, without what is said of them."""
    blocks = _FENCE.findall(page.read_text("utf-8"))
    return [(kind, [line.split("#")[0].strip() for line in block.splitlines()]) for kind, block in blocks]


def tables(page: Path) -> list[list[int]]:
    """Of each its rows, of each row how many cells."""
    found: list[list[int]] = [[]]
    for line in prose(page).splitlines():
        if line.startswith("|"):
            found[-1].append(line.count("|"))
        elif found[-1]:
            found.append([])
    return [table for table in found if table]


def links(page: Path) -> list[str]:
    return ["".join(one) for one in re.findall(r'\]\(([^)]+)\)|src="([^"]+)"', prose(page))]


def code_words(page: Path) -> list[str]:
    """What stands between backquotes, in any order: languages differ in it."""
    return sorted(re.findall(r"`([^`]+)`", prose(page)))


def anchors(page: Path) -> list[str]:
    return ["#" + re.sub(r"[^\w\- ]", "", text).strip().lower().replace(" ", "-") for _, text in headings(page)]


def test_both_have_the_same_headings_tables_commands_and_names() -> None:
    assert [level for level, _ in headings(ENGLISH)] == [level for level, _ in headings(CHINESE)]
    assert tables(ENGLISH) == tables(CHINESE)
    assert code_blocks(ENGLISH) == code_blocks(CHINESE)
    assert code_words(ENGLISH) == code_words(CHINESE)


def test_both_have_the_same_links_each_in_its_own_language() -> None:
    own = dict(zip(anchors(ENGLISH), anchors(CHINESE), strict=True))
    for link in links(ENGLISH):
        if not link.startswith("#"):
            own[link] = link.replace("/en/", "/zh/").replace("desk-en", "desk-zh")
    own["README.zh.md"] = "README.md"
    assert links(CHINESE) == [own.get(link, link) for link in links(ENGLISH)]


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        assert link in anchors(page) if link.startswith("#") else (ROOT / link).is_file(), link


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_a_figure_stands_where_its_link_leads(page: Path) -> None:
    text = prose(page)
    for figure, anchor in re.findall(r"\[[^\]]*?([\d,]{4,})[^\]]*\]\((#[^)]+)\)", text):
        title = next(title for (_, title), one in zip(headings(page), anchors(page), strict=True) if one == anchor)
        assert figure in text.split(f" {title}\n")[1].split("\n#")[0]


def test_the_film_shows_something_from_its_first_picture_on() -> None:
    with Image.open(ROOT / "kiosk/help/pictures/pick-up.gif") as film:
        bright = sum(film.convert("L").histogram()[200:])
        assert bright > film.width * film.height / 50  # letters, and a QR code
