"""Measuring the shelves, and writing down what was found."""

import tomllib
from pathlib import Path

import pytest

from kiosk.config import Settings, read_settings
from kiosk.config.writing.measured import write_measured
from kiosk.config.writing.walk import Segment, Walk
from kiosk.faults import Fault, StationFault

TEXT = """# Our station
[station]

[[strips]]        # the long one
name = "main"
pixels = 40

[[shelves]]
shelf = 1         # beside the door
level_sizes = ["M", "S"]
slots_per_level = 2
pixels_per_slot = 3

[[shelves]]
shelf = 2
first_pixel = 20
level_sizes = ["M"]
slots_per_level = 2
pixels_per_slot = 3
# the end
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "station.toml"
    path.write_text(TEXT)
    return path


@pytest.fixture
def settings(path: Path) -> Settings:
    return read_settings(path)


def test_all_is_right_and_nothing_changes(settings: Settings) -> None:
    walk = Walk(settings)
    seen = []
    while not walk.is_done:
        seen.append(walk.slot)
        walk.accept()
    assert seen == ["1-1-1", "1-1-2", "1-2-1", "1-2-2", "2-1-1", "2-1-2"]
    assert walk.changed == {}


def test_a_correction_is_carried_on_to_what_comes_later(settings: Settings) -> None:
    walk = Walk(settings)
    walk.accept()
    walk.move(2)
    walk.grow(-1)
    walk.accept()
    assert walk.segments["1-1-1"] == Segment("main", 0, 3)
    assert walk.segments["1-1-2"] == Segment("main", 5, 2)
    assert [walk.segments[slot].first for slot in walk.order[2:]] == [8, 11, 22, 25]
    walk.move(1)
    walk.accept()
    assert [walk.segments[slot].first for slot in walk.order[3:]] == [12, 23, 26]


def test_the_ends_of_a_strip_are_its_ends(settings: Settings) -> None:
    walk = Walk(settings)
    walk.move(-5)
    walk.grow(-9)
    assert walk.segment == Segment("main", 0, 1)
    walk.move(99)
    walk.grow(9)
    assert walk.segment == Segment("main", 39, 1)


def test_a_scanned_label_says_whose_light_it_is(settings: Settings) -> None:
    walk = Walk(settings)
    walk.place_on("1-2-2")  # 1-1-1 was lit, the light shone on 1-2-2
    assert (walk.segments["1-2-2"].first, walk.segments["1-1-1"].first) == (0, 9)
    assert walk.slot == "1-1-1" and walk.confirmed == {"1-2-2"}
    walk.place_on("1-1-1")
    assert walk.slot == "1-1-2"


def test_a_level_wired_from_the_other_side_is_put_right_by_its_labels(settings: Settings) -> None:
    walk = Walk(settings)
    walk.place_on("1-1-2")
    walk.accept()
    assert (walk.segments["1-1-1"].first, walk.segments["1-1-2"].first) == (3, 0)
    assert walk.segments["1-2-1"].first == 6  # a swap is no shift


def test_slots_that_share_a_lamp_are_one_step_and_move_together(path: Path) -> None:
    path.write_text(TEXT.replace('level_sizes = ["M", "S"]', 'level_sizes = ["M", "S"]\none_light_for = "level"'))
    walk = Walk(read_settings(path))
    assert walk.order == ("1-1-1", "1-2-1", "2-1-1", "2-1-2")
    walk.accept()
    walk.move(1)
    walk.accept()
    assert set(walk.changed) == {"1-2-1", "1-2-2", "2-1-1", "2-1-2"}
    assert walk.knows("1-2-2") and not walk.knows("1-2-9")


def test_a_label_of_another_strip_is_no_answer(path: Path) -> None:
    other = '[[strips]]\nname = "other"\npixels = 40\ndevice = 1\n\n[[shelves]]\nshelf = 2\nstrip = "other"\n'
    path.write_text(TEXT.replace("[[shelves]]\nshelf = 2\n", other))
    walk = Walk(read_settings(path))
    assert walk.may_be("1-2-2") and not walk.may_be("2-1-1")


def test_what_is_confirmed_is_not_taken_again(settings: Settings) -> None:
    walk = Walk(settings)
    walk.accept()
    walk.move(-1)
    assert walk.in_the_way() == ["1-1-1"]
    walk.back()
    walk.back()
    assert walk.slot == "1-1-1" and walk.in_the_way() == []
    for _ in range(9):
        walk.skip()
    assert walk.slot == "2-1-2"


def test_what_was_measured_is_written_and_every_comment_stays(path: Path, settings: Settings) -> None:
    assert write_measured(path, settings, {"1-1-2": (5, 2), "1-2-1": (8, 2), "1-2-2": (12, 3), "2-1-1": (20, 3)}) == [
        "1"
    ]
    text = path.read_text()
    kept = [line for line in text.splitlines() if line in TEXT.splitlines()]
    assert kept == TEXT.splitlines()
    assert "    [[0, 3], [5, 2]], # level 1\n    [[8, 2], [12, 3]], # level 2\n" in text
    assert "measured_pixels" not in tomllib.loads(text)["shelves"][1]
    again = read_settings(path)
    assert [(slot.first_pixel, slot.pixels) for slot in again.slots] == [
        (0, 3),
        (5, 2),
        (8, 2),
        (12, 3),
        (20, 3),
        (23, 3),
    ]
    assert write_measured(path, again, {}) == []
    assert write_measured(path, again, {"1-1-1": (1, 2)}) == ["1"]
    assert path.read_text().count("measured_pixels") == 1


def test_permissions_links_and_line_ends_stay(path: Path, settings: Settings, tmp_path: Path) -> None:
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    path.chmod(0o600)
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    write_measured(link, settings, {"1-1-2": (4, 2)})
    assert link.is_symlink() and path.stat().st_mode & 0o777 == 0o600
    assert b"# the end\r\n" in path.read_bytes()
    assert read_settings(path).slots[1].first_pixel == 4


def test_what_cannot_be_written_is_a_fault_and_not_the_end_of_the_walk(
    path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StationFault) as raised:
        write_measured(path, settings, {"1-1-2": (4, 2)})
    assert raised.value.fault is Fault.UNWRITABLE_FILE and path.read_text() == TEXT
    monkeypatch.undo()
    path.write_text('shelves = [{shelf = 1, level_sizes = ["M"]}]\n[station]\n[[strips]]\npixels = 40\n')
    with pytest.raises(StationFault) as raised:
        write_measured(path, read_settings(path), {"1-1-2": (4, 2)})
    assert raised.value.fault is Fault.BAD_SETTINGS


def test_what_would_be_wrong_is_not_written(path: Path, settings: Settings) -> None:
    with pytest.raises(StationFault):
        write_measured(path, settings, {"1-1-2": (20, 3)})
    assert path.read_text() == TEXT
    assert list(path.parent.iterdir()) == [path]
