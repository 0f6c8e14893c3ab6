from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from hardware.strips.light import on_off
from kiosk.config import read_settings
from kiosk.home import StationHome
from kiosk.lights.patterns import colour_at, is_animated
from kiosk.lights.picture import Picture
from kiosk.parcels.looks import ALARM_LOOK, SESSION_LOOKS, Colour, Guide, Look, Pattern
from kiosk.store.lease_book.sessions import LitSlot

YELLOW, SKY = Look(Colour.YELLOW, Pattern.SOLID), Look(Colour.SKY, Pattern.SOLID)
GREEN = Look(Colour.GREEN, Pattern.SOLID)


def led(look: Look) -> tuple[int, ...]:
    return tuple(colour_at(look, 0))


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
    assert pixels(picture.draw(picture.plan(two), 0)["main"]) == {0: led(YELLOW), 1: led(SKY)}
    alarm = [*two, lit("1-1-1", ALARM_LOOK, 3)]
    assert set(pixels(picture.draw(picture.plan(alarm), 0)["main"]).values()) == {Colour.RED.rgb}
    three = [*two, lit("1-1-1", GREEN)]
    seen = {rgb for t in range(3) for rgb in pixels(picture.draw(picture.plan(three), t)["main"]).values()}
    assert seen == {led(YELLOW), led(SKY), led(GREEN)}
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


def guided(home: StationHome, guide: Guide) -> Picture:
    return Picture(replace(read_settings(home.settings), guide=guide))


def moments(picture: Picture, lit_slots: list[LitSlot]) -> list[dict[int, tuple[int, ...]]]:
    plan = picture.plan(lit_slots)
    assert plan.is_animated
    return [pixels(picture.draw(plan, t / 50)["main"]) for t in range(150)]


def test_a_chase_runs_along_the_level_up_to_the_slot_which_is_lit_all_the_time(home: StationHome) -> None:
    seen = moments(guided(home, Guide.CHASE), [lit("1-2-3", YELLOW)])  # pixels 8 to 15, the slot has 12 and 13
    assert all(moment[12] == led(YELLOW) for moment in seen)
    beside = [sorted(set(moment) - {12, 13}) for moment in seen]
    assert [b for b, after in pairwise(beside) if b != after] == [[8, 9], [10, 11, 14, 15]]
    assert beside[-1] == []


def test_locate_lights_the_column_first_then_the_slot_alone(home: StationHome) -> None:
    seen = moments(guided(home, Guide.LOCATE), [lit("1-2-3", YELLOW)])
    column = {8 * level + pixel for level in range(5) for pixel in (4, 5)}
    assert [set(seen[0]), set(seen[-1])] == [column, {12, 13}]
    assert seen[0][4] == tuple(round(value / 2) for value in YELLOW.colour.rgb)


def test_a_guide_never_takes_a_light_that_somebody_wears(home: StationHome) -> None:
    for guide in (Guide.CHASE, Guide.LOCATE):
        slots = [lit("1-2-3", YELLOW), lit("1-2-2", SKY), lit("1-3-3", GREEN), lit("6-1-1", ALARM_LOOK, 3)]
        for moment in moments(guided(home, guide), slots):
            assert moment[10] == led(SKY) and moment[20] == led(GREEN)
            assert not set(range(202, 240)) & set(moment)  # nothing leads to an alarm


def test_an_alarm_blinks_even_on_a_lamp_without_colours() -> None:
    lamps = [any(on_off(colour_at(ALARM_LOOK, t / 20))) for t in range(40)]
    assert sum(a != b for a, b in pairwise(lamps)) == 7  # twice a second


def test_slots_of_a_level_may_share_one_lamp(tmp_path: Path) -> None:
    (tmp_path / "station.toml").write_text(
        '[station]\n[[strips]]\nname = "main"\ndriver = "shift"\npixels = 9\n[[shelves]]\nshelf = 1\n'
        'level_sizes = ["M", "S"]\npixels_per_slot = 2\none_light_for = "level"\n'
    )
    picture = Picture(read_settings(tmp_path / "station.toml"))
    plain = [Look(Colour.PLAIN, pattern) for pattern in (Pattern.SOLID, Pattern.PULSE)]
    frame = picture.draw(picture.plan([lit("1-2-1", plain[0]), lit("1-2-4", plain[0])]), 0)["main"]
    assert set(pixels(frame)) == {2, 3}
    both = picture.draw(picture.plan([lit("1-2-1", plain[0]), lit("1-2-4", plain[1])]), 0)["main"]
    assert pixels(both) == {2: (255, 255, 255), 3: (52, 52, 52)}
