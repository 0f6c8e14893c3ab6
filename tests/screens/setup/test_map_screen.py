"""The installer's walk, key by key."""

from collections.abc import Mapping

from hardware.trouble import DeviceError, DeviceFault
from kiosk.config import read_settings
from kiosk.config.writing.walk import Segment, Walk
from kiosk.faults import Fault, StationFault, expected
from kiosk.home import StationHome
from kiosk.screens.setup.map_screen import MapScreen
from tests.loop import in_a_loop
from tests.screens.running import settled


class Bench:
    """Strips and a file that remember."""

    def __init__(self) -> None:
        self.frames: Mapping[str, bytes] = {}
        self.faults: dict[str, DeviceFault] = {}
        self.written: list[Mapping[str, Segment]] = []
        self.refuses = False

    def light(self, frames: Mapping[str, bytes]) -> Mapping[str, DeviceFault]:
        self.frames = frames
        return self.faults

    def save(self, changed: Mapping[str, Segment]) -> list[str]:
        if self.refuses:
            raise StationFault(Fault.BAD_SETTINGS, detail=expected("each only once"))
        self.written.append(changed)
        return ["1"]

    def lit(self) -> set[int]:
        frame = self.frames["main"]
        return {pixel for pixel in range(len(frame) // 3) if frame[3 * pixel]}


def text(screen: MapScreen) -> str:
    return "\n".join(str(line.render()) for line in screen._lines.values())


@in_a_loop
async def test_keys_move_the_light_and_f9_writes_it_down(home: StationHome) -> None:
    bench, walk = Bench(), Walk(read_settings(home.settings))
    screen = MapScreen(walk, bench.light, bench.save)
    async with screen.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: bench.frames)
        assert bench.lit() == {0, 1}
        await pilot.press("right", "up", "shift+right")
        assert bench.lit() == {11, 12, 13}
        await pilot.press("down", "shift+left", "enter")
        assert walk.confirmed == {"1-1-1"} and walk.segments["1-1-1"] == Segment("main", 1, 2)
        assert bench.lit() == {3, 4}  # carried on; what is confirmed has no red in it
        assert bench.frames["main"][4:6] == b"\x60\x40"
        await pilot.press("f9")
    assert screen.saved == ["1"]
    assert bench.written[0]["1-1-1"] == Segment("main", 1, 2)


@in_a_loop
async def test_a_label_a_wrong_label_and_a_dark_strip_are_answered(home: StationHome) -> None:
    bench, walk = Bench(), Walk(read_settings(home.settings))
    bench.faults = {"main": DeviceError("unplugged").fault}
    screen = MapScreen(walk, bench.light, bench.save)
    async with screen.run_test(size=(80, 24)) as pilot:
        screen.scanned("SLOT:2-3-4")
        assert walk.confirmed == {"2-3-4"} and "The light was at 2-3-4." in text(screen)
        screen.scanned("1-1-9[bold]")
        assert "no slot of this station: 1-1-9[BOLD]" in text(screen)
        assert "strip main is dark: unplugged" in text(screen)
        await pilot.press("f2")
        assert "灯珠" in text(screen)


@in_a_loop
async def test_nothing_is_lost_or_written_by_mistake(home: StationHome) -> None:
    bench, walk = Bench(), Walk(read_settings(home.settings))
    screen = MapScreen(walk, bench.light, bench.save)
    async with screen.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "escape")
        assert "Not saved" in text(screen) and screen.saved is None
        bench.refuses = True
        await pilot.press("f9")
        assert "each only once" in text(screen)
        await pilot.press("enter")  # 1-1-1 at 1 and 2
        await pilot.press("left", "left")
        await pilot.press("enter")
        assert "those of 1-1-1 already" in text(screen) and walk.slot == "1-1-2"
        await pilot.press("escape", "escape")
    assert screen.saved is None and bench.written == []
