"""What the wizard changes in station.toml, and what it leaves alone."""

from pathlib import Path

import pytest

from kiosk.config import Settings, settings_of
from kiosk.config.writing.draft import Draft, Layout, StripDraft, read_draft, without_strip
from kiosk.config.writing.written import written

PATH = Path("/nowhere/station.toml")
SHELF = '[station]\n[[strips]]\npixels = 100\n[[shelves]]\nshelf = 1\nlevel_sizes = ["M"]\n'


@pytest.fixture
def fresh() -> tuple[Draft, Settings, str]:
    return read_draft(PATH)


def brought_in(old: Draft, text: str, new: Draft) -> tuple[str, Settings]:
    after = written(PATH, text, old, new)
    return after, settings_of(PATH, after)


def test_the_reference_is_plain_and_nothing_asked_changes_nothing(fresh: tuple[Draft, Settings, str]) -> None:
    draft, _, text = fresh
    assert draft.layout == Layout(6, 5, 4, 2) and draft.strip == StripDraft("apa102", 240, 0, "", 4000)
    assert written(PATH, text, draft, draft) == text


def test_only_what_differs_is_touched(fresh: tuple[Draft, Settings, str]) -> None:
    draft, _, text = fresh
    after, settings = brought_in(draft, text, draft._replace(name="老王驿站"))
    before, now = text.splitlines(), after.splitlines()
    assert [pair for pair in zip(before, now, strict=True) if pair[0] != pair[1]] == [
        ('name = "Pickup Station 驿站"', 'name = "老王驿站"')
    ]
    assert settings.name == "老王驿站"


@pytest.mark.parametrize(
    "layout", [Layout(1, 1, 1, 1), Layout(8, 6, 3, 2), Layout(2, 3, 10, 1), Layout(12, 5, 4, 1), Layout(6, 5, 4, 2)]
)
def test_any_layout_is_read_back_as_it_was_asked(fresh: tuple[Draft, Settings, str], layout: Layout) -> None:
    draft, _, text = fresh
    pixels = max(layout.needed, 1)
    wanted = draft._replace(layout=layout, strip=draft.strip and draft.strip._replace(pixels=pixels))
    after, settings = brought_in(draft, text, wanted)
    assert len(settings.slots) == layout.shelves * layout.levels * layout.slots
    assert "\n\n\n" not in after and "# Slots take their pixels one after another" in after
    again, _ = brought_in(wanted, after, draft)  # and all the way back
    assert settings_of(PATH, again).slots == settings_of(PATH, text).slots


@pytest.mark.parametrize("driver", ["apa102", "ws2812", "shift", "wled", "none"])
def test_any_kind_of_strip_becomes_any_other(fresh: tuple[Draft, Settings, str], driver: str) -> None:
    draft, _, text = fresh
    wanted = draft._replace(strip=StripDraft(driver, 240, 1, "10.0.0.7", 6000))
    after, settings = brought_in(draft, text, wanted)
    assert settings.strips[0].driver == driver and settings.supplies[0].budget_ma == 6000
    assert after.index("[[strips]]") < after.index(f'driver = "{driver}"') < after.index("# Slots take")
    again, _ = brought_in(wanted, after, draft)
    assert settings_of(PATH, again).strips == settings_of(PATH, text).strips


def test_a_short_file_without_supplies_takes_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "station.toml"
    path.write_text(SHELF)
    draft, _, text = read_draft(path)
    assert draft.layout == Layout(1, 1, 4, 2)
    wanted = draft._replace(layout=Layout(3, 2, 2, 2), strip=StripDraft("ws2812", 24, 1, "", 900))
    _, settings = brought_in(draft, text, wanted)
    assert [slot.name for slot in settings.slots][-1] == "3-2-2" and settings.supplies[0].budget_ma == 900


@pytest.mark.parametrize(
    "more",
    ["measured_pixels = [[[0, 2], [2, 2], [9, 2], [12, 2]]]\n", "serpentine = true\nfirst_pixel = 3\n",
     '[[shelves]]\nshelf = "A"\nfirst_pixel = 20\nlevel_sizes = ["M"]\n'.replace('"A"', '"A2"')],
)  # fmt: skip
def test_what_is_more_than_plain_is_kept_or_made_new(tmp_path: Path, more: str) -> None:
    path = tmp_path / "station.toml"
    path.write_text(SHELF + more)
    draft, settings, text = read_draft(path)
    assert draft.layout is None
    _, kept = brought_in(draft, text, draft._replace(name="X"))
    assert kept.slots == settings.slots
    _, fresh = brought_in(draft, text, draft._replace(layout=Layout(2, 2, 2, 2)))
    assert [slot.first_pixel for slot in fresh.slots] == list(range(0, 16, 2))


def test_shelves_are_looked_at_without_the_strip(fresh: tuple[Draft, Settings, str]) -> None:
    draft, _, text = fresh
    many = without_strip(draft._replace(layout=Layout(50, 5, 4, 2)))
    assert len(brought_in(draft, text, many)[1].slots) == 1000


def test_a_new_key_stands_with_its_table(fresh: tuple[Draft, Settings, str]) -> None:
    draft, _, _ = fresh
    text = "[station]\n\n[screen]\n# of the customers\nlarge_text = false\n\n# buttons\n[inputs]\n"
    after = written(PATH, text, draft, draft._replace(language="zh", name="X"))
    assert after == (
        '[station]\nname = "X"\n\n[screen]\n# of the customers\nlarge_text = false\nlanguage = "zh"\n\n'
        "# buttons\n[inputs]\n"
    )
