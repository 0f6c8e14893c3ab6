from pathlib import Path

import pytest

from hardware.strips.wiring import SpiBus, WledWiring, Ws2812Wiring
from kiosk.config import Settings, read_settings
from kiosk.config.shelves import Spot
from kiosk.faults import Fault, StationFault
from kiosk.parcels.slots import Size
from kiosk.text import Language, words
from kiosk.text.sentences import fault_sentence

STRIP = '[[strips]]\nname = "main"\npixels = 20\n'
SHELF = '[[shelves]]\nshelf = 1\nlevel_sizes = ["M", "S"]\nslots_per_level = 2\npixels_per_slot = 3\n'


english = words(Language.ENGLISH)


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
        ("[station]\n[[supplies]]\nbudget_ma = 24\n" + STRIP + SHELF, "supplies[1].budget_ma"),
        ("[station]\n" + STRIP + "driver = 'neon'\n" + SHELF, "strips[1].driver"),
        ("[station]\n" + STRIP + "pixel = 20\n" + SHELF, "strips[1].pixel"),
        ("[station]\n[[strips]]\npixels = 1007\n" + SHELF, "strips[1].pixels"),
        ("[station]\n" + STRIP + SHELF + "first_pixel = 15\n", "shelves[1].first_pixel"),
        ("[station]\n" + STRIP + SHELF + "strip = 'other'\n", "shelves[1].strip"),
        ("[station]\n" + STRIP + SHELF + SHELF.replace("1", "2", 1), "shelves[2].first_pixel"),
        ("[station]\n" + STRIP + SHELF + SHELF + "first_pixel = 8\n", "shelves[2].shelf"),
        ("[station]\n" + STRIP + SHELF.replace('"S"', "7"), "shelves[1].level_sizes"),
        ("[station]\n" + STRIP, "shelves"),
        ("[station]\n" + STRIP + SHELF + "[extra]\n", "extra"),
        ("[station]\ncooling_dayz = 7\n" + STRIP + SHELF, "station.cooling_dayz"),
        ("[station]\n[lights]\npickup_seconds = 90\n" + STRIP + SHELF, "lights.pickup_seconds"),
        ("[station]\n" + STRIP + STRIP + SHELF, "strips[2].name"),
        ("[station]\n" + STRIP + STRIP.replace("main", "other") + SHELF, "strips[2].device"),
        ("[station]\n" + STRIP + SHELF.replace("shelf = 1", "shelf = 'AB123'"), "shelves[1].shelf"),
        ("lights = 3\n[station]\n" + STRIP + SHELF, "lights"),
        ("[station]\n" + STRIP + SHELF + "[backup]\nkeep_days = 0\n", "backup.keep_days"),
        ("[station]\n" + STRIP + SHELF + "[backup]\nsecond_place = 7.5\n", "backup.second_place"),
        ("[station]\n" + STRIP + SHELF + "[backup]\nkeyfile = 'key'\n", "backup.keyfile"),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(StationFault) as raised:
        read(tmp_path, text)
    assert (raised.value.fault, raised.value.key) == (Fault.BAD_SETTINGS, key)
    assert raised.value.detail


SHELF2 = SHELF.replace("= 1", "= 2", 1)
SPI = "[station]\n[[strips]]\nname = 'a'\n"


@pytest.mark.parametrize(
    ("text", "saying"),
    [
        (SPI + "pixels = 1007 # !\n" + SHELF, "at most 1006 pixels"),
        (SPI + "driver = 'ws2812'\n# long\npixels = 332 # !\n" + SHELF, "at most 331 pixels"),
        (SPI + "driver = 'ws2812'\npixels = 9\nrate_hz = 2_400_000 # !\n" + SHELF, "from 3010000 to 3440000"),
        (SPI + "pixels = 20\n\n[[supplies]]\nbudget_ma = 20 # !\n" + SHELF, "at least 25 mA"),
        (SPI + "driver = 'shift'\npixels = 50\n[[supplies]]\nbudget_ma = 999 # !\n" + SHELF, "at least 1000 mA"),
        (SPI + "pixels = 20\n" + SHELF + "\n" + SHELF2.replace("]]", "]] # !", 1), "not for 1-1-1 and 2-1-1"),
        (SPI + "pixels = 20\n" + SHELF + SHELF2 + "first_pixel = 3 # !\n", "not for 1-1-2 and 2-1-1"),
        (SPI + "pixels = 20\n" + SHELF + "first_pixel = 9 # !\n", "within the 20 of strip a"),
        (SPI + "pixels = 20\nsupply = 'x' # !\n" + SHELF, "main"),
        (SPI + "driver = 'gpio'\npins = [17, [5, 6]] # !\n" + SHELF, "[17, [5, 6, 13]]"),
        (
            SPI + "driver = 'gpio'\npins = [17, 27, 17, 4] # !\n" + SHELF.replace("= 3", "= 1"),
            "17, which strips[1].pins has",
        ),
        (SPI + "pixels = 20\n" + SHELF + "[inputs]\ncall_staff_pin = 10 # !\n", "10, which SPI has"),
        (SPI.replace("]]", "]] # !") + "driver = 'wled'\npixels = 20\n" + SHELF, 'such as host = "192.168.1.50"'),
        (SPI + "pixels = 20\n" + SHELF + "[tones]\nquiet = '22-7' # !\n", "22:00-07:00"),
        (SPI + "pixels = 20\n" + SHELF + "measured_pixels = [[[0, 2], [2, 2]]] # !\n", "2 rows of 2 pairs"),
        (SPI + "pixels = 20\n" + SHELF + "serpentine = 1 # !\n", "true or false"),
        (SPI + "pixels = 20\nport = 1 # !\n" + SHELF, "from 0 to 0"),
    ],
)
def test_what_no_wire_can_do_is_refused_with_its_line(tmp_path: Path, text: str, saying: str) -> None:
    with pytest.raises(StationFault) as raised:
        read(tmp_path, text)
    line = next(number for number, content in enumerate(text.splitlines(), 1) if content.endswith("# !"))
    assert raised.value.path == f"{tmp_path}/station.toml:{line}"
    assert saying in fault_sentence(english, raised.value)


def test_every_driver_is_read(tmp_path: Path) -> None:
    text = """[station]
[[supplies]]
name = "small"
budget_ma = 500
[[supplies]]
name = "large"
[[strips]]
name = "a"
driver = "ws2812"
pixels = 12
supply = "large"
[[strips]]
name = "b"
driver = "gpio"
pins = [17, [5, 6, 13]]
[[strips]]
name = "c"
driver = "shift"
pixels = 12
device = 1
[[strips]]
name = "d"
driver = "wled"
pixels = 12
host = "shelf-d.local"
[[strips]]
name = "e"
driver = "none"
"""
    settings = read(tmp_path, text + SHELF.replace("1", "9", 1))
    assert [strip.driver for strip in settings.strips] == ["ws2812", "gpio", "shift", "wled", "none"]
    assert [strip.supply for strip in settings.strips] == ["large", "small", "small", "small", "small"]
    assert [strip.has_colours for strip in settings.strips] == [True, False, False, True, True]
    assert [strip.ma_per_pixel for strip in settings.strips] == [60, 60, 20, 60, 0]
    assert [strip.ma_idle for strip in settings.strips] == [1, 0, 0, 1, 0]
    assert settings.strips[0].chips == Ws2812Wiring(SpiBus(0, 0, 3_050_000), "grb")
    assert settings.strips[3].chips == WledWiring("shelf-d.local", 80, 4048)


def pixels(settings: Settings) -> list[int]:
    """The first pixels of the lower level from left to right, then those of the upper one."""
    return [slot.first_pixel for slot in settings.slots]


@pytest.mark.parametrize(
    ("keys", "first_pixels"),
    [
        ("", [0, 3, 6, 9]),
        ("serpentine = true", [0, 3, 9, 6]),
        ("runs = 'left'", [3, 0, 9, 6]),
        ("runs = 'left'\nserpentine = true", [3, 0, 6, 9]),
        ("starts_at = 'top'", [6, 9, 0, 3]),
        ("starts_at = 'top'\nserpentine = true", [9, 6, 0, 3]),
        ("first_pixel = 2\nslot_gap = 1\nlevel_gap = 3", [2, 6, 12, 16]),
        ("one_light_for = 'level'", [0, 0, 3, 3]),
        ("measured_pixels = [\n [[5, 1], [0, 5]], # low\n [[6, 2], [8, 2]],\n]", [5, 0, 6, 8]),
    ],
)
def test_a_strip_winds_along_the_shelf_as_told(tmp_path: Path, keys: str, first_pixels: list[int]) -> None:
    assert pixels(read(tmp_path, "[station]\n" + STRIP + SHELF + keys)) == first_pixels


def test_slots_of_a_plain_strip_know_that_it_has_no_colours(tmp_path: Path) -> None:
    strip = "[[strips]]\ndriver = 'shift'\npixels = 20\n"
    assert not any(slot.place.has_colours for slot in read(tmp_path, "[station]\n" + strip + SHELF).slots)


TWO_SHELVES = STRIP.replace("20", "24") + SHELF + "{first}\n" + SHELF2 + "first_pixel = 12\n{second}\n"


def test_an_owner_says_where_shelves_stand(tmp_path: Path) -> None:
    plain = read(tmp_path, "[station]\n" + TWO_SHELVES.format(first="", second=""))
    assert plain.spots == {}
    told = read(tmp_path, "[station]\n" + TWO_SHELVES.format(first="row=2\ncolumn=1", second="row=1\ncolumn=3"))
    assert told.spots == {"1": Spot(2, 1), "2": Spot(1, 3)}


@pytest.mark.parametrize(
    ("first", "second", "key"),
    [
        ("row = 1\ncolumn = 1", "", "shelves[2].row"),
        ("row = 1", "row = 1\ncolumn = 2", "shelves[1].column"),
        ("row = 1\ncolumn = 2", "row = 1\ncolumn = 2", "shelves[2].column"),
        ("row = 0\ncolumn = 2", "row = 1\ncolumn = 2", "shelves[1].row"),
        ("row = 1\ncolumn = 41", "row = 1\ncolumn = 2", "shelves[1].column"),
        ("row = 'A'\ncolumn = 1", "row = 1\ncolumn = 2", "shelves[1].row"),
    ],
)
def test_shelves_do_not_stand_in_one_place_nor_half_told(tmp_path: Path, first: str, second: str, key: str) -> None:
    with pytest.raises(StationFault) as raised:
        read(tmp_path, "[station]\n" + TWO_SHELVES.format(first=first, second=second))
    assert (raised.value.fault, raised.value.key) == (Fault.BAD_SETTINGS, key)
