from pathlib import Path

import pytest

from kiosk.config import Settings, read_settings
from kiosk.faults import Fault, StationFault
from kiosk.parcels.slots import Size

STRIP = '[[strips]]\nname = "main"\npixels = 20\n'
SHELF = '[[shelves]]\nshelf = 1\nlevel_sizes = ["M", "S"]\nslots_per_level = 2\npixels_per_slot = 3\n'


def read(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "station.toml"
    path.write_text(text)
    return read_settings(path)


def test_a_short_file_is_filled_with_defaults(tmp_path: Path) -> None:
    slots = read(tmp_path, "[station]\n" + STRIP + SHELF).slots
    assert [(s.name, s.first_pixel, s.pixels) for s in slots] == [
        ("1-1-1", 0, 3), ("1-1-2", 3, 3), ("1-2-1", 6, 3), ("1-2-2", 9, 3)
    ]  # fmt: skip
    assert slots[0].place.size is Size.M and slots[2].place.size is Size.S


@pytest.mark.parametrize("text", ["a = " + "9" * 5000, "a = " + "[" * 100_000, "[station", "\x00"])
def test_what_is_no_toml_is_bad_settings(tmp_path: Path, text: str) -> None:
    with pytest.raises(StationFault) as raised:
        read(tmp_path, text)
    assert raised.value.fault is Fault.BAD_SETTINGS


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeff[station]\n" + STRIP + SHELF).number == "S001"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[station]\nnumber = 'a b'\n" + STRIP + SHELF, "station.number"),
        ("[station]\ntime_zone = 'Mars/Olympus'\n" + STRIP + SHELF, "station.time_zone"),
        ("[station]\n" + STRIP + "budget_ma = 20\n" + SHELF, "strips[1].budget_ma"),
        ("[station]\n" + STRIP + "driver = 'neon'\n" + SHELF, "strips[1].driver"),
        ("[station]\n" + STRIP + "pixel = 20\n" + SHELF, "strips[1].pixel"),
        ("[station]\n[[strips]]\npixels = 1007\n" + SHELF, "strips[1].pixels"),
        ("[station]\n" + STRIP + SHELF + "first_pixel = 15\n", "shelves[1].first_pixel"),
        ("[station]\n" + STRIP + SHELF + "strip = 'other'\n", "shelves[1].strip"),
        ("[station]\n" + STRIP + SHELF + SHELF.replace("1", "2", 1), "shelves.first_pixel"),
        ("[station]\n" + STRIP + SHELF + SHELF + "first_pixel = 8\n", "shelves.shelf"),
        ("[station]\n" + STRIP + SHELF.replace('"S"', "7"), "shelves[1].level_sizes"),
        ("[station]\n" + STRIP, "shelves"),
        ("[station]\n" + STRIP + SHELF + "[extra]\n", "extra"),
        ("[station]\ncooling_dayz = 7\n" + STRIP + SHELF, "station.cooling_dayz"),
        ("[station]\n[lights]\npickup_seconds = 90\n" + STRIP + SHELF, "lights.pickup_seconds"),
        ("[station]\n" + STRIP + STRIP + SHELF, "strips.name"),
        ("[station]\n" + STRIP + STRIP.replace("main", "other") + SHELF, "strips.device"),
        ("[station]\n" + STRIP + SHELF.replace("shelf = 1", "shelf = 'AB123'"), "shelves[1].shelf"),
        ("lights = 3\n[station]\n" + STRIP + SHELF, "lights"),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(StationFault) as raised:
        read(tmp_path, text)
    assert (raised.value.fault, raised.value.key) == (Fault.BAD_SETTINGS, key)
    assert raised.value.detail
