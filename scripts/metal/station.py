"""The settings of a station whose lights are looked at: two strips on two chip selects, lamps on pins, a button."""

SHELVES_ON_SECOND, SHELF_OF_LAMPS = (4, 5), 6
_SECOND = """
[[strips]]
name = "second"
driver = "{driver}"
supply = "main"
pixels = 80
port = 0
device = 1
{more}
[[strips]]
name = "lamps"
driver = "gpio"
supply = "main"
pins = {lamps}
"""
_MORE = {"ws2812": 'rate_hz = 3_050_000\ncolour_order = "grb"\n', "shift": "rate_hz = 1_000_000\n"}


def settings_with(
    text: str, second: str, lamps: tuple[tuple[int, ...], ...], call_pin: int, buzzer_pin: int | None
) -> str:
    """station.toml as it is shipped → shelves 1-3 on an APA102 strip, 4 and 5 on `second` (ws2812 or shift), 6 on
    lamps at pins."""
    changes = {
        "pixels = 240": "pixels = 120",
        "pick_up_seconds = 60 ": "pick_up_seconds = 600 ",  # an emulated machine is slow
        "# call_staff_pin = 17": f"call_staff_pin = {call_pin}",
        "# Slots take their pixels one": _SECOND.format(
            driver=second, more=_MORE[second], lamps=[list(pins) for pins in lamps]
        )
        + "\n# Slots take their pixels one",
    }
    if buzzer_pin is not None:
        changes |= {'output = "bell"  ': 'output = "buzzer"', "pin = 18": f"pin = {buzzer_pin}"}
    for shelf in SHELVES_ON_SECOND:
        old = f'shelf = {shelf}\nstrip = "main"\nfirst_pixel = {40 * (shelf - 1)}'
        changes[old] = f'shelf = {shelf}\nstrip = "second"\nfirst_pixel = {40 * (shelf - SHELVES_ON_SECOND[0])}'
    for old, new in changes.items():
        if text.count(old) != 1:
            raise ValueError(f"station.toml has {old!r} {text.count(old)} times")
        text = text.replace(old, new)
    head, _, _ = text.partition(f"[[shelves]]\nshelf = {SHELF_OF_LAMPS}")
    return head + (
        f'[[shelves]]\nshelf = {SHELF_OF_LAMPS}\nstrip = "lamps"\nfirst_pixel = 0\nlevel_sizes = ["M"]\n'
        f"slots_per_level = {len(lamps)}\npixels_per_slot = 1\ncapacity_per_slot = 20\n"
    )
