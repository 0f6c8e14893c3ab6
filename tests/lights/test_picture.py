from itertools import pairwise
from pathlib import Path

from kiosk.config import read_settings
from kiosk.home import StationHome
from kiosk.lights.patterns import colour_at, is_animated
from kiosk.lights.picture import Picture
from kiosk.parcels.looks import ALARM_LOOK, SESSION_LOOKS, Colour, Look, Pattern
from kiosk.store.light_sessions import LitSlot

YELLOW, SKY = Look(Colour.YELLOW, Pattern.SOLID), Look(Colour.SKY, Pattern.SOLID)
GREEN = Look(Colour.GREEN, Pattern.SOLID)


def pixels(frame: bytes) -> dict[int, tuple[int, ...]]:
    triples = [tuple(frame[i : i + 3]) for i in range(0, len(frame), 3)]
    return {number: rgb for number, rgb in enumerate(triples) if any(rgb)}


def lit(slot: str, look: Look, priority: int = 2) -> LitSlot:
    return LitSlot(slot, look, priority, 1e9)


def test_a_slot_lights_its_own_pixels_and_no_others(home: StationHome) -> None:
    settings = read_settings(home.settings)
    picture = Picture(settings)
    for slot in settings.slots:
        frame = picture.draw(picture.plan([lit(slot.name, YELLOW)]), 0)[slot.strip]
        own = range(slot.first_pixel, slot.first_pixel + slot.pixels)
        assert pixels(frame) == dict.fromkeys(own, YELLOW.colour.rgb)


def test_sharers_split_a_slot_and_the_higher_priority_has_it_all(home: StationHome) -> None:
    settings = read_settings(home.settings)
    picture = Picture(settings)
    two = [lit("1-1-1", YELLOW), lit("1-1-1", SKY)]
    assert pixels(picture.draw(picture.plan(two), 0)["main"]) == {0: YELLOW.colour.rgb, 1: SKY.colour.rgb}
    alarm = [*two, lit("1-1-1", ALARM_LOOK, 3)]
    assert set(pixels(picture.draw(picture.plan(alarm), 0)["main"]).values()) == {Colour.RED.rgb}
    three = [*two, lit("1-1-1", GREEN)]
    seen = {rgb for t in range(3) for rgb in pixels(picture.draw(picture.plan(three), t)["main"]).values()}
    assert seen == {YELLOW.colour.rgb, SKY.colour.rgb, GREEN.colour.rgb}
    assert picture.plan(three).is_animated and not picture.plan(two).is_animated


def test_a_slot_that_left_the_settings_is_no_trouble(home: StationHome) -> None:
    picture = Picture(read_settings(home.settings))
    assert pixels(picture.draw(picture.plan([lit("9-9-9", YELLOW)]), 0)["main"]) == {}
    assert not picture.plan([lit("9-9-9", YELLOW)]).is_animated


def test_patterns_move_without_ever_blinking_faster_than_twice_a_second() -> None:
    for look in (*SESSION_LOOKS, ALARM_LOOK):
        frames = [colour_at(look, t / 100) for t in range(200)]
        edges = sum(a != b for a, b in pairwise(frames) if not any(a) or not any(b))
        assert edges <= 2 * 2 * 2  # on and off, twice a second, for two seconds
        assert (len(set(frames)) > 1) == is_animated(look)
        assert any(any(frame) for frame in frames)


def test_settings_file_is_the_one_we_ship() -> None:
    shipped = Path(__file__).parent.parent.parent / "kiosk/station.toml"
    assert len(read_settings(shipped).slots) == 120
