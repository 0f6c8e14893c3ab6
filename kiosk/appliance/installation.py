"""What belongs to an installed station, step by step, and how it goes again."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kiosk.appliance.pins_library import APT_INSTALL, has_pins_library, without_pins_library
from kiosk.appliance.places import UNITS, WEB, Places, point, version_at
from kiosk.appliance.target import NO_LINK, Target
from kiosk.appliance.versions import LOCK, SERVICE_FILES, identify, make_version, number_in
from kiosk.faults import Fault, StationFault
from kiosk.new_settings import new_settings_file
from kiosk.text import N_, Say

USER = "kiosk"
GROUPS = ("spi", "gpio", "input", "dialout", "video", "render", "tty", "lp")
PACKAGES = (
    "python3", "python3-venv", "sway", "foot",
    "fonts-dejavu-core", "fonts-noto-cjk", "seatd",
)  # fmt: skip
RECOVER = "kiosk-recover.service"
CONFIGS = ("/boot/firmware/config.txt", "/boot/config.txt")
SPI_ON = "dtparam=spi=on"
# Where the files of scripts/pi go; those that stay the same from version to version.
FILES = {
    "60-kiosk.rules": "/etc/udev/rules.d/60-kiosk.rules",
    "logind.conf": "/etc/systemd/logind.conf.d/kiosk.conf",
    "sysctl.conf": "/etc/sysctl.d/60-kiosk.conf",
    "modules.conf": "/etc/modules-load.d/kiosk.conf",
    RECOVER: f"/etc/systemd/system/{RECOVER}",
    "kiosk": "/usr/local/bin/kiosk",
}
_SYSTEM, _WANTS = "/etc/systemd/system", "/etc/systemd/system/multi-user.target.wants"
_SETTINGS, _SETTINGS_THERE = "/var/lib/kiosk/station.toml", "../../../etc/kiosk/station.toml"
_CTRL_ALT_DEL = f"{_SYSTEM}/ctrl-alt-del.target"
_LOCALES = {"en": "C.UTF-8", "zh": "zh_CN.UTF-8"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the installer asked for; `font_size` (points, or auto) and `language` are None where nothing was said."""

    source: Path
    wheels: Path | None = None
    font_size: str | None = None
    language: str | None = None
    web: bool = False
    start: bool = True


class Installer:
    """Each step looks first and does only what is missing."""

    def __init__(self, target: Target, wish: Wish, say: Say) -> None:
        self._target, self._wish, self._say = target, wish, say
        self._files = wish.source / SERVICE_FILES
        self._places = Places(target.at("/opt/kiosk"), target.at("/var/lib/kiosk"), USER)

    @cached_property
    def _shipped(self) -> str:
        """The version that is here; every file of it is read for that."""
        return identify(self._wish.source)

    def install(self) -> list[str]:
        """Returns what is left to be said at the end. Raises StationFault where a step fails."""
        self._packages()
        self._user()
        reboot = self._spi()
        self._system_files()
        self._settings()
        self._version()
        has_pins = has_pins_library(self._target, self._places.current / "venv/bin/python")
        self._services()
        self._station()
        self._start()
        return self._notes(reboot=reboot, has_pins=has_pins)

    def uninstall(self, *, purge: bool) -> list[str]:
        if self._target.is_here:
            self._target.command("systemctl", "stop", *UNITS, WEB)
        for unit in (*UNITS, WEB, RECOVER):
            self._target.remove(f"{_WANTS}/{unit}")
            self._target.remove(f"{_SYSTEM}/{unit}")
        for path in (*FILES.values(), _CTRL_ALT_DEL, "/opt/kiosk"):
            self._target.remove(path)
        if purge:
            for path in ("/var/lib/kiosk", "/etc/kiosk"):
                self._target.remove(path)
            if self._user_line().rpartition(":")[0].endswith(":/var/lib/kiosk"):  # a kiosk of others stays
                self._target.command("userdel", USER)
        if self._target.is_here:
            self._target.command("systemctl", "daemon-reload")
        say = self._say
        return [] if purge else [say("The station's data stays in /var/lib/kiosk, its settings in /etc/kiosk.")]

    def _packages(self) -> None:
        self._headline(N_("Packages"))
        have = _installed(self._target.read("/var/lib/dpkg/status"))
        missing = [name for name in PACKAGES if name not in have]
        if missing:
            self._target.command("apt-get", "update", "-qq")
            self._target.command(*APT_INSTALL, *missing)

    def _user(self) -> None:
        self._headline(N_("User and groups"))
        groups = _members(self._target.read("/etc/group"))
        for group in GROUPS:
            if group not in groups:
                self._target.command("groupadd", "--system", group)
        if not self._has_user():
            # A system user: logind would clear another one's /dev/shm away, where the light leases are.
            self._target.command(
                "useradd", "--system", "--user-group", "--home-dir", "/var/lib/kiosk", "--no-create-home",
                "--shell", "/usr/sbin/nologin", USER,
            )  # fmt: skip
        lacking = [group for group in GROUPS if USER not in groups.get(group, ())]
        if lacking:
            self._target.command("usermod", "-a", "-G", ",".join(lacking), USER)

    def _spi(self) -> bool:
        """Returns whether the machine has to start again for it."""
        config = next((path for path in CONFIGS if self._target.at(path).exists()), None)
        if config is None:
            return False
        self._headline(N_("SPI, the strips' bus"))
        text = self._target.read(config)
        if SPI_ON in (line.strip() for line in text.splitlines()):
            return False
        self._target.file(config, text.rstrip("\n") + f"\n\n[all]\n{SPI_ON}\n", 0o755)
        return True

    def _system_files(self) -> None:
        self._headline(N_("Devices, keys and the command"))
        for name, place in FILES.items():
            source = self._files / name
            self._target.file(place, source.read_text("utf-8"), 0o755 if os.access(source, os.X_OK) else 0o644)
        self._target.link(_CTRL_ALT_DEL, "/dev/null")
        if self._target.is_here and self._target.changes:
            self._target.command("udevadm", "control", "--reload")
            self._target.command("udevadm", "trigger")

    def _settings(self) -> None:
        """Written once; whoever installs again finds what they wrote."""
        self._headline(N_("Settings and data"))
        self._target.folder("/etc/kiosk", 0o750)
        self._target.folder("/var/lib/kiosk", 0o750)
        if not self._target.at("/etc/kiosk/station.toml").exists():  # what a home has of its own moves there
            is_ours = self._target.is_link(_SETTINGS, _SETTINGS_THERE)
            own = "" if is_ours else self._target.read_of_user(_SETTINGS)
            new = self._wish.source / "kiosk" / new_settings_file(self._wish.language or "zh")
            self._target.file("/etc/kiosk/station.toml", own or new.read_text("utf-8"), 0o640)
        self._target.link(_SETTINGS, _SETTINGS_THERE)
        lines = self._target.read_of_user("/etc/kiosk/screen.env").splitlines()
        before = dict(line.split("=", 1) for line in lines if "=" in line)
        size = self._wish.font_size or before.get("FONT_SIZE", "auto")
        locale = _LOCALES[self._wish.language] if self._wish.language else before.get("LC_MESSAGES", _LOCALES["zh"])
        self._target.file("/etc/kiosk/screen.env", f"FONT_SIZE={size}\nLC_MESSAGES={locale}\n")
        if self._owner_differs():
            self._target.command("chown", "-R", f"{USER}:{USER}", "/etc/kiosk", "/var/lib/kiosk")

    def _version(self) -> None:
        version, current = self._shipped, version_at(self._places.current)
        self._headline(N_("The program, version {version}"), version=version)
        if current is not None:
            return
        self._target.making(f"/opt/kiosk/versions/{version}: python3 -m venv, pip install -r {LOCK}")
        if not self._target.is_dry:
            self._places.versions.mkdir(parents=True, exist_ok=True)
            make_version(self._places, self._wish.source, self._target.run, self._wish.wheels)
            point(self._places.current, self._places.versions / version)

    def _services(self) -> None:
        self._headline(N_("Services"))
        before = self._target.changes
        for unit in (*UNITS, WEB):  # links: with the version their services change too
            self._target.link(f"{_SYSTEM}/{unit}", f"../../../opt/kiosk/current/pi/{unit}")
        for unit in (*UNITS, RECOVER, *((WEB,) if self._wish.web else ())):
            self._target.link(f"{_WANTS}/{unit}", f"../{unit}")
        if self._target.is_here and self._target.changes > before:
            self._target.command("systemctl", "daemon-reload")

    def _station(self) -> None:
        if not (self._places.home / "station.db").exists():
            self._headline(N_("The station: write the manager's PIN down"))
            program = "/opt/kiosk/current/venv/bin/kiosk"
            self._target.command("runuser", "-u", USER, "--", program, "--home", "/var/lib/kiosk", "init", shown=True)

    def _start(self) -> None:
        if self._target.is_here and self._wish.start and self._target.changes:
            self._target.command("systemctl", "restart", *UNITS, *((WEB,) if self._wish.web else ()))

    def _notes(self, *, reboot: bool, has_pins: bool) -> list[str]:
        say, notes = self._say, []
        version, current = self._shipped, version_at(self._places.current)
        if current is not None and current != version:
            go_there = say("Version {current} runs; to go to {version}, by its signed archive:", current=current,
                           version=version)  # fmt: skip
            notes.append(f"{go_there} sudo kiosk update station_kiosk-{number_in(version)}.tar.gz")
        if reboot:
            notes.append(say("SPI is switched on by the next start: sudo reboot"))
        notes += [] if has_pins else without_pins_library(say)
        notes.append(say("What is wrong with this machine, and what to do: kiosk doctor"))
        return notes

    def _headline(self, text: str, **values: object) -> None:
        self._target.tell(self._say(text, **values))

    def _has_user(self) -> bool:
        return bool(self._user_line())

    def _user_line(self) -> str:
        lines = self._target.read("/etc/passwd").splitlines()
        return next((line for line in lines if line.startswith(f"{USER}:")), "")

    def _owner_differs(self) -> bool:
        """Whether something there is not the user's; in a dry run nothing may be there yet.

        Raises StationFault for a foreign file that has a second name elsewhere: it would be given away.
        """
        entry = self._user_line()
        wanted = int(entry.split(":")[2]) if entry else -1
        places = [self._target.at(path) for path in ("/etc/kiosk", "/var/lib/kiosk")]
        found = [one for place in places if place.is_dir() for one in (place, *place.rglob("*"))]
        theirs = [one for one in found if one.lstat().st_uid != wanted]
        for one in theirs:
            if one.is_file() and not one.is_symlink() and one.lstat().st_nlink > 1:
                raise StationFault(Fault.UNREADABLE_FILE, path=one, detail=NO_LINK)
        return not found or bool(theirs)


def _installed(status: str) -> set[str]:
    """Names in dpkg's own list of packages that are installed."""
    names = set()
    for paragraph in status.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in paragraph.splitlines() if ": " in line and line[0] != " ")
        if fields.get("Status", "").endswith(" installed"):
            names.add(fields.get("Package", ""))
    return names


def _members(groups: str) -> dict[str, list[str]]:
    rows = [line.split(":") for line in groups.splitlines() if line.count(":") == 3]
    return {row[0]: row[3].split(",") for row in rows}
