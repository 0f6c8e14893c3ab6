"""The wizard, key by key, in both languages and on a small panel."""

from collections.abc import Callable
from random import Random
from threading import Event
from time import monotonic

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from hardware.scanners.devices import FoundDevice
from hardware.scanners.source import ScannerError
from hardware.scanners.wiring import EvdevWiring, ScannerWiring
from hardware.trouble import Trouble
from kiosk.config import Settings, read_settings
from kiosk.config.printer import PrinterSettings
from kiosk.home import StationHome
from kiosk.jobs.staff.sign_in import SignedIn, sign_in
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.upkeep.set_up import SetUp
from kiosk.parcels.scans import recognise
from kiosk.screens.setup.app import SetupScreen
from kiosk.screens.setup.page import Watched, Work
from kiosk.screens.setup.pages import setup_pages
from kiosk.screens.setup.recovery import PhrasePage
from kiosk.store.rescue.phrase import group_of
from kiosk.text import Language, Say
from kiosk.text.line_breaks import CLOSING, cells
from tests.loop import in_a_loop
from tests.screens.running import settled

SIZES = [(48, 14), (80, 24)]


class Bench:
    """A strip, a scanner and a channel that remember what was asked of them."""

    def __init__(self) -> None:
        self.lit: list[Settings] = []
        self.stopped: list[bool] = []
        self.sent: list[tuple[str, str]] = []
        self.watched: list[ScannerWiring] = []
        self.closed = 0
        self.scanned: Callable[[str], None] = lambda text: None
        self.trouble: Callable[[ScannerError | None], None] = lambda error: None
        self.holds = False
        self.printed: list[tuple[str, str]] = []
        self.has_printer = False

    def try_strips(self, settings: Settings, stop: Event) -> Callable[[Say], str]:
        self.lit.append(settings)
        if self.holds:
            self.stopped.append(stop.wait(20))
        return lambda say: say("all {count} pixels answered", count=settings.strips[0].pixels)

    def send_test(self, settings: Settings, to: str, language: Language) -> Callable[[Say], str]:
        self.sent.append((settings.messages.channels[-1].url or "", f"{language.value}:{to}"))
        return lambda say: say("yes")

    def print_sheet(self, printer: PrinterSettings, text: str) -> bool:
        self.printed.append((printer.output, text))
        return self.has_printer

    def found(self) -> list[FoundDevice]:
        return [FoundDevice("evdev", "/dev/input/by-id/usb-X-event-kbd", "Barcode 2000", None)]

    def watch(
        self, wiring: ScannerWiring, scanned: Callable[[str], None], trouble: Callable[[ScannerError | None], None]
    ) -> Watched:
        self.watched.append(wiring)
        self.trouble = trouble
        self.scanned = scanned
        return self

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def bench() -> Bench:
    return Bench()


def opened(home: StationHome, bench: Bench, language: Language = Language.ENGLISH) -> SetupScreen:
    set_up = SetUp(home)
    work = Work(set_up, set_up.before, language, bench.try_strips, bench, bench.send_test, bench.print_sheet)
    return SetupScreen(work, setup_pages(work, Random(1)))


def text(screen: SetupScreen) -> str:
    return "\n".join(str(line.render()) for line in screen._lines.values())


async def typed(pilot: Pilot[None], characters: str, *keys: str) -> None:
    """The pilot's own press waits 60 ms for each key."""
    screen = pilot.app
    assert isinstance(screen, SetupScreen)
    for character in characters:
        screen._key(character, character, monotonic())
    screen._show()
    if keys:
        await pilot.press(*keys)


def the_asked(screen: SetupScreen) -> list[str]:
    """What stands on the paper at the places that are asked for."""
    shown = next(page for page in screen._pages if isinstance(page, PhrasePage))
    return [group_of(shown.phrase, number) for number in shown.asked]


def new_home(home: StationHome) -> StationHome:
    for file in home.folder.iterdir():
        file.unlink()
    return home


def _rows(line: Static) -> int:
    return str(line.render()).count("\n") + 1


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_and_ends_in_a_station(
    home: StationHome, bench: Bench, language: Language, size: tuple[int, int]
) -> None:
    seen: list[str] = []

    @in_a_loop
    async def walk() -> None:
        screen = opened(new_home(home), bench, language)
        async with screen.run_test(size=size) as pilot:

            async def look() -> None:
                await settled(
                    pilot, lambda: all(_rows(line) <= (line.size.height or 99) for line in screen._lines.values())
                )
                seen.append(text(screen))
                for line in screen._lines.values():
                    shown = str(line.render()).split("\n")
                    assert all(cells(row) <= size[0] - 2 for row in shown), shown
                    assert not any(row.strip()[:1] in CLOSING for row in shown if row.strip()), shown

            await look()
            await pilot.press("pagedown")
            await typed(pilot, "老王驿站")
            await look()
            await pilot.press("pagedown")
            await look()
            await pilot.press("right", "down", "left", "pagedown")
            await look()
            await pilot.press("f5")
            await settled(pilot, lambda: "< ? >" in text(screen))
            await look()
            await pilot.press("right", "right")
            await look()
            await pilot.press("pagedown")
            await look()
            await typed(pilot, "SF1234567890123", "enter")
            assert "SF1234567890123: " in text(screen)
            await look()
            await pilot.press("enter")
            await look()
            await typed(pilot, "111111", "enter", "enter")
            await look()  # not all the same
            await typed(pilot, "271828", "enter")
            await typed(pilot, "271829", "enter")
            await look()
            await typed(pilot, "271828", "enter")
            await look()
            await pilot.press("pagedown")
            await look()  # the phrase
            await pilot.press("f5")
            await settled(pilot, lambda: bench.printed and "…" not in text(screen))
            await look()
            await pilot.press("pagedown", "pagedown")
            await look()  # nothing is typed
            for group in the_asked(screen):
                await typed(pilot, group, "enter")
            await look()
            assert not home.settings.exists() and not home.database.exists()
            await pilot.press("enter")
            await look()
            await pilot.press("left")
            await look()
            await pilot.press("enter")
        assert screen.then == "run --trial"

    walk()
    assert len({page.split("\n")[0] for page in seen}) == 11
    settings = read_settings(home.settings)
    assert (settings.name, settings.slots[-1].name, settings.strips[0].pixels) == ("老王驿站", "7-4-4", 224)
    said = {Language.ENGLISH: "# what the power supply may give", Language.CHINESE: "# 电源最多供给所有灯带这么多"}
    assert said[language] in home.settings.read_text("utf-8")
    station = open_station(home, terminal="t1", who="staff")
    assert isinstance(sign_in(station, recognise("1 271828")), SignedIn)
    station.close()


@in_a_loop
async def test_back_and_forth_loses_nothing_and_leaving_writes_nothing(home: StationHome, bench: Bench) -> None:
    screen = opened(new_home(home), bench)
    async with screen.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await typed(pilot, "North gate", "enter")
        await typed(pilot, "n7", "escape", "f2", "enter")
        assert "North gate" in text(screen) and "n7" in text(screen) and "时区" in text(screen)
        await pilot.press("f2", "enter", "enter")
        await typed(pilot, "Atlantis", "enter")
        assert "a time zone such as Asia/Shanghai" in text(screen) and "2 of" in text(screen)
        await pilot.press("ctrl+u")
        await typed(pilot, "Asia/Urumqi", "enter")
        assert "3 of" in text(screen)
        await typed(pilot, "0", "enter", "pagedown")
        assert "a whole number from 1 to 99" in text(screen)
        await pilot.press("ctrl+c")
        assert "Nothing is written yet" in text(screen)
        await pilot.press("up", "ctrl+c", "ctrl+c")
    assert screen.then is None and list(home.folder.iterdir()) == []


@in_a_loop
async def test_a_strip_that_is_looked_at_goes_dark_when_one_goes_on(home: StationHome, bench: Bench) -> None:
    bench.holds = True
    screen = opened(home, bench)
    async with screen.run_test(size=(80, 24)) as pilot:
        await pilot.press("pagedown", "pagedown", "pagedown", "right", "right", "right", "down", "down")
        await typed(pilot, "10.0.0.7", "f5")
        await settled(pilot, lambda: bench.lit)
        assert "Look at the strip now" in text(screen)
        assert bench.lit[0].strips[0].driver == "wled"
        await pilot.press("escape")
        await settled(pilot, lambda: bench.stopped == [True])


@in_a_loop
async def test_the_cursor_goes_where_the_wrong_answer_is(home: StationHome, bench: Bench) -> None:
    screen = opened(home, bench)
    async with screen.run_test(size=(48, 14)) as pilot:
        await pilot.press("pagedown", "down")
        await typed(pilot, "a b", "enter", "enter")
        assert "> Number          [a b]" in text(screen).replace("a b_", "[a b]") and "2 of" in text(screen)
        await pilot.press("ctrl+u")
        await typed(pilot, "s2", "enter")
        await typed(pilot, "Asia/Beijing", "pagedown")
        assert "> Time zone" in text(screen) and "Asia/Shanghai" in text(screen)
        await pilot.press("ctrl+u")
        await typed(pilot, "Asia/Shanghai", "enter")
        await typed(pilot, "0", "pagedown")
        assert "> Shelves" in text(screen) and "from 1 to 99" in text(screen)
        await typed(pilot, "", "ctrl+u")
        await typed(pilot, "2", "down")
        await typed(pilot, "99", "down", "down", "enter")
        assert "> Levels of each  99" in text(screen) and "from 1 to 20" in text(screen)


@in_a_loop
async def test_what_is_not_asked_of_a_strip_is_not_wrong(home: StationHome, bench: Bench) -> None:
    screen = opened(home, bench)
    async with screen.run_test(size=(48, 14)) as pilot:
        await pilot.press("pagedown", "pagedown", "pagedown", "up", "down", "down", "down")
        await typed(pilot, "0", "up", "up", "up", "left", "pagedown")
        strip = screen._work.draft.strip
        assert "5 of" in text(screen) and strip is not None and (strip.driver, strip.budget_ma) == ("none", 4000)


@in_a_loop
async def test_a_wrong_strip_is_told_before_it_is_lit(home: StationHome, bench: Bench) -> None:
    screen = opened(home, bench)
    async with screen.run_test(size=(80, 24)) as pilot:
        await pilot.press("pagedown", "pagedown", "pagedown", "down")
        await typed(pilot, "239", "f5")
        assert "the shelf's pixels within the 239" in text(screen) and not bench.lit
        await typed(pilot, "", "pageup", "pagedown")
        assert "240" in text(screen)


@in_a_loop
async def test_again_it_changes_what_is_there_and_orphans_nobody(
    home: StationHome, station: Station, bench: Bench, shelved: Callable[..., CheckedIn]
) -> None:
    for number in range(12):
        shelved(f"SF10000000000{number:02}")
    home.settings.write_text("# mine\n" + home.settings.read_text("utf-8").replace("per_slot = 20", "per_slot = 33"))
    home.settings.chmod(0o640)
    screen = opened(home, bench)
    async with screen.run_test(size=(80, 24)) as pilot:
        await pilot.press("pagedown", "down")
        await typed(pilot, "S002", "pagedown")
        assert "12 parcels are here, and their QR codes name S001" in text(screen)
        await pilot.press("ctrl+u")
        await typed(pilot, "S001", "pagedown")
        await typed(pilot, "1", "pagedown")
        assert "parcels lie on shelf" in text(screen) and "3 of" in text(screen)
        await typed(pilot, "", "ctrl+u")
        await typed(pilot, "7", "pagedown", "pagedown", "pagedown")
        await typed(pilot, "271828", "enter")
        await typed(pilot, "271828", "enter", "pagedown", "pagedown", "pagedown")
        assert "goes on without a phrase" in text(screen)
        await pilot.press("pagedown", "enter", "enter")
    assert screen.then == ""
    assert not home.recovery.exists()
    after = home.settings.read_text("utf-8")
    assert after.startswith("# mine\n") and after.count("capacity_per_slot = 33") == 7
    assert home.settings.stat().st_mode & 0o777 == 0o640
    assert read_settings(home.settings).strips[0].pixels == 280


@in_a_loop
async def test_a_scanner_of_its_own_is_listened_to_while_its_page_is_open(home: StationHome, bench: Bench) -> None:
    screen = opened(home, bench)
    async with screen.run_test(size=(48, 14)) as pilot:
        for _ in range(4):
            await pilot.press("pagedown")
        await pilot.press("right")
        connection = EvdevWiring("/dev/input/by-id/usb-X-event-kbd")
        assert [one.connection for one in bench.watched] == [connection] and "Barcode 2000" in text(screen)
        bench.trouble(ScannerError(Trouble.NOT_PERMITTED, connection.device, "input"))
        await settled(pilot, lambda: "input" in text(screen))
        bench.trouble(None)
        bench.scanned("SLOT:3-2-4")
        await settled(pilot, lambda: "SLOT:3-2-4: label of slot 3-2-4" in text(screen))
        await pilot.press("pageup")
        assert bench.closed == 1
        screen._work.set_up.finish(screen._work.draft, "")
    assert [one.connection for one in read_settings(home.settings).scanners] == [connection]


@in_a_loop
async def test_a_message_is_sent_on_trial(home: StationHome, bench: Bench) -> None:
    screen = opened(home, bench)
    async with screen.run_test(size=(48, 14)) as pilot:
        for _ in range(5):
            await pilot.press("pagedown")
        await typed(pilot, "271828", "enter")
        await typed(pilot, "271828", "enter", "f5", "down")
        screen.scanned("json://host/path")
        await pilot.press("f5")
        assert "{phone} or {email} in it" in text(screen) and not bench.sent
        screen.scanned("/{email}")
        await typed(pilot, "", "down")
        await typed(pilot, "me@example.org", "f5")
        await settled(pilot, lambda: "yes" in text(screen))
        assert bench.sent == [("json://host/path/{email}", "en:me@example.org")]
        screen._work.set_up.finish(screen._work.draft, "271828")
    (channel,) = read_settings(home.settings).messages.channels
    assert (channel.to, channel.url, channel.url_file) == ("consignee", None, "consignee-1-url")
    secret = home.folder / "consignee-1-url"
    assert secret.read_text() == "json://host/path/{email}\n" and secret.stat().st_mode & 0o777 == 0o600
