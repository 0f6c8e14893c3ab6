"""scripts/install-pi into a file system of its own: what it does, that it does it once, and how it goes again."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.appliance.installation import FILES, GROUPS, PACKAGES, Installer, Wish
from kiosk.appliance.pins_library import BUILD_LGPIO
from kiosk.appliance.places import UNITS, WEB, version_at
from kiosk.appliance.target import Target
from kiosk.appliance.versions import identify
from kiosk.config import read_settings
from kiosk.config.writing.measured import write_measured
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.text import Language, words
from tests.environment import environment

ROOT = Path(__file__).parent.parent.parent
PI = ROOT / "scripts" / "pi"
SERVICES = [*UNITS, WEB]
BOUND_BY_FOOT = """scrollback-up-page scrollback-down-page clipboard-copy clipboard-paste primary-paste search-start
font-increase font-decrease font-reset spawn-terminal show-urls-launch prompt-prev prompt-next unicode-input"""
Install = Callable[..., str]


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The files of a fresh Pi, as far as somebody looks at them."""
    root = tmp_path / "machine"
    for folder in ("etc", "var/lib/dpkg", "boot/firmware"):
        (root / folder).mkdir(parents=True)
    (root / "usr/bin").mkdir(parents=True)
    shutil.copy("/usr/bin/env", root / "usr/bin/env")
    (root / "etc/group").write_text("root:x:0:\ntty:x:5:\ninput:x:104:\n")
    (root / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/bash\n")
    (root / "var/lib/dpkg/status").write_text("Package: python3\nStatus: install ok installed\n\n")
    (root / "boot/firmware/config.txt").write_text("#dtparam=spi=on\n[pi4]\narm_boost=1\n")
    return root


@pytest.fixture
def install(machine: Path, tmp_path: Path) -> Install:
    """install("--uninstall"): the script itself; commands of the system are stood in for."""
    stand_in = tmp_path / "bin" / "chroot"
    stand_in.parent.mkdir()
    told = Path(__file__).with_name("chroot_stand_in.py")
    stand_in.write_text(f'#!/bin/sh\nexec {sys.executable} -S -I {told} "$@"\n')
    stand_in.chmod(0o755)
    path = f"{stand_in.parent}:{Path(sys.executable).parent}:{os.environ['PATH']}"

    def run(*arguments: str, language: str = "C.UTF-8") -> str:
        done = subprocess.run(
            [ROOT / "scripts/install-pi", "--root", machine, *arguments],
            env=environment(PATH=path, LC_ALL=language), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def files_of(machine: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(machine)): (path.lstat().st_mode, b"" if path.is_symlink() else path.read_bytes())
        for path in machine.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def test_a_dry_run_tells_each_step_and_changes_nothing(install: Install, machine: Path) -> None:
    before = files_of(machine)
    told = install("--dry-run")
    assert files_of(machine) == before
    for wanted in (
        *PACKAGES[1:],
        *GROUPS,
        *FILES.values(),
        *SERVICES,
        "python3-lgpio",
        "config.txt",
        "useradd",
        "init",
    ):
        assert wanted in told, wanted
    assert "Nothing was changed" in told and "没有改动" in install("--dry-run", language="zh_CN.UTF-8")


def test_installed_it_stands_and_again_nothing_changes(install: Install, machine: Path) -> None:
    told = install("--language", "en", "--font-size", "30")
    assert "sudo reboot" in told and re.search(r"sign in with: 1 \d{6}", told)
    assert version_at(machine / "opt/kiosk/current") == identify(ROOT)
    assert (machine / "boot/firmware/config.txt").read_text().endswith("\n[all]\ndtparam=spi=on\n")
    assert (machine / "etc/kiosk/screen.env").read_text() == "FONT_SIZE=30\nLC_MESSAGES=C.UTF-8\n"
    home = StationHome(machine / "var/lib/kiosk")
    assert home.database.exists() and home.settings.resolve() == machine / "etc/kiosk/station.toml"
    after = files_of(machine)
    assert "nothing was changed" in install()
    commands = (machine / "commands").read_text()
    assert files_of(machine) == after
    assert commands.count("useradd") == commands.count("apt-get install") == commands.count(" init\n") == 1


@pytest.mark.parametrize(("comes_from", "installs", "tells"), [("lock", 0, 0), ("apt", 1, 0), ("nowhere", 0, 1)])
def test_lgpio_comes_from_the_lock_else_from_apt_else_one_sentence_says_so(
    install: Install, machine: Path, comes_from: str, installs: int, tells: int
) -> None:
    (machine / "lgpio-comes-from").write_text(comes_from)
    for language, said in (("C.UTF-8", "lgpio is neither in"), ("zh_CN.UTF-8", "lgpio 既不在")):
        told = install(language=language)
        assert told.count(said) == told.count(BUILD_LGPIO) == tells
    commands = (machine / "commands").read_text()
    assert commands.count("apt-get install -y -qq --no-install-recommends python3-lgpio") == installs


def test_a_link_laid_by_the_stations_user_leads_root_nowhere(tmp_path: Path) -> None:
    others = tmp_path / "shadow"
    others.write_text("root")
    (tmp_path / ".screen.env.new").symlink_to(others)
    Target(tmp_path, is_dry=False, tell=lambda line: None).file("/screen.env", "FONT_SIZE=auto\n")
    assert others.read_text() == "root" and (tmp_path / "screen.env").read_text() == "FONT_SIZE=auto\n"


def lay_link(path: Path, others: Path) -> None:
    path.symlink_to(others)


def lay_second_name(path: Path, others: Path) -> None:
    path.hardlink_to(others)


def lay_pipe(path: Path, others: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("lay", [lay_link, lay_second_name, lay_pipe])
@pytest.mark.parametrize("place", ["var/lib/kiosk/station.toml", "etc/kiosk/screen.env"])
def test_installing_again_reads_nothing_that_only_root_may(
    machine: Path, tmp_path: Path, place: str, lay: Callable[[Path, Path], None]
) -> None:
    """The station's user has these folders: what lies there may be a way to what is not theirs."""
    others = tmp_path / "shadow"
    others.write_text("FONT_SIZE=secret\nroot = 'secret'\n")
    for folder in ("var/lib/kiosk", "etc/kiosk"):
        (machine / folder).mkdir(parents=True)
    lay(machine / place, others)
    told: list[str] = []
    installer = Installer(Target(machine, is_dry=False, tell=told.append), Wish(ROOT), words(Language.ENGLISH))
    with pytest.raises(StationFault) as raised:
        installer._settings()
    assert raised.value.fault is Fault.UNREADABLE_FILE and place in raised.value.path
    written = [path for path in (machine / "etc/kiosk").iterdir() if path != machine / place]
    assert not [path for path in written if path.is_file() and "secret" in path.read_text("utf-8")]
    assert others.read_text() == "FONT_SIZE=secret\nroot = 'secret'\n"


def test_a_foreign_file_with_a_second_name_is_not_given_away(machine: Path, tmp_path: Path) -> None:
    """chown would hand it over to the station's user, wherever its other name is."""
    (machine / "var/lib/kiosk").mkdir(parents=True)
    (tmp_path / "shadow").write_text("secret")
    (machine / "var/lib/kiosk/notes").hardlink_to(tmp_path / "shadow")
    installer = Installer(Target(machine, is_dry=False, tell=lambda line: None), Wish(ROOT), words(Language.ENGLISH))
    with pytest.raises(StationFault) as raised:
        installer._settings()
    assert raised.value.path.endswith("notes")


def test_what_the_walk_measures_lands_in_etc(install: Install, machine: Path) -> None:
    """The home's station.toml is a link: it is followed, not replaced."""
    install()
    home = StationHome(machine / "var/lib/kiosk")
    settings = read_settings(home.settings)
    assert write_measured(home.settings, settings, {"1-1-1": (1, 1)}) == ["1"]
    assert home.settings.is_symlink() and "measured_pixels" in (machine / "etc/kiosk/station.toml").read_text()
    install()
    assert "measured_pixels" in (machine / "etc/kiosk/station.toml").read_text()


def test_uninstalled_the_data_stays_unless_purged(install: Install, machine: Path) -> None:
    before = files_of(machine).keys()
    install()
    told = install("--uninstall")
    left = files_of(machine).keys() - before - {"commands"}
    assert "stays in /var/lib/kiosk" in told
    kept = {one for one in left if not one.startswith(("var/lib/kiosk/", "etc/kiosk/", "usr/"))}
    assert not kept and "var/lib/kiosk/station.db" in left
    install("--uninstall", "--purge")
    assert not [one for one in files_of(machine) if "kiosk" in one]


def test_settings_that_a_home_has_of_its_own_are_kept(install: Install, machine: Path) -> None:
    own = machine / "var/lib/kiosk/station.toml"
    own.parent.mkdir(parents=True)
    text = (ROOT / "kiosk/station.toml").read_text("utf-8").replace('"S001"', '"S777"')
    own.write_text(text, "utf-8")
    install()
    assert own.is_symlink() and own.read_text("utf-8") == text


def test_a_user_of_that_name_who_is_not_ours_stays(install: Install, machine: Path) -> None:
    with (machine / "etc/passwd").open("a") as passwd:
        passwd.write("kiosk:x:1000:1000::/home/kiosk:/bin/bash\n")
    assert "userdel" not in install("--uninstall", "--purge")
    (machine / "etc/passwd").write_text("kiosk:x:900:900::/var/lib/kiosk:/usr/sbin/nologin\n")
    assert "userdel" in install("--uninstall", "--purge")


def test_an_older_version_that_runs_is_left_to_kiosk_update(install: Install, machine: Path) -> None:
    install()
    (machine / "opt/kiosk/current").unlink()
    (machine / "opt/kiosk/current").symlink_to("versions/0.0.9-older")
    assert "sudo kiosk update" in install()
    assert version_at(machine / "opt/kiosk/current") == "0.0.9-older"


@pytest.fixture
def systemd_analyze() -> str:
    found = shutil.which("systemd-analyze")
    if found is None and not os.environ.get("CI"):
        pytest.skip("systemd-analyze is not here: sudo apt install systemd")
    assert found, "systemd-analyze is missing: sudo apt install systemd"
    return found


def test_systemd_understands_the_installed_services(install: Install, machine: Path, systemd_analyze: str) -> None:
    install()
    shutil.copytree("/usr/lib/systemd/system", machine / "usr/lib/systemd/system", symlinks=True)
    (machine / "opt/kiosk/previous").symlink_to("current")  # there after the first update
    units = [*SERVICES, "kiosk-recover.service"]
    verified = subprocess.run(
        [systemd_analyze, "verify", "--man=no", f"--root={machine}", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in verified.stderr.splitlines() if "kiosk" in line]
    assert not ours, ours


@pytest.mark.parametrize("service", SERVICES)
def test_services_are_sandboxed(service: str, systemd_analyze: str) -> None:
    """Exposure of 2.5 at most, by systemd's own measure."""
    measured = subprocess.run(
        [systemd_analyze, "security", "--offline=true", "--threshold=25", "--no-pager", PI / service],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert measured.returncode == 0, measured.stdout + measured.stderr


@pytest.mark.parametrize("service", SERVICES)
def test_services_come_back_and_are_watched(service: str) -> None:
    text = (PI / service).read_text()
    for wanted in ("Type=notify", "WatchdogSec=", "Restart=always", "StartLimitIntervalSec=0", "User=kiosk"):
        assert wanted in text, wanted
    assert ("ExecStopPost=" in text and "lights off" in text) == (service == "kiosk-lights.service")


def test_no_key_of_the_terminal_does_anything() -> None:
    """All that foot 1.13 to 1.21 bind by default: foot.ini(5)."""
    text = (PI / "foot.ini").read_text()
    for action in BOUND_BY_FOOT.split():
        assert f"\n{action}=none\n" in text, action
