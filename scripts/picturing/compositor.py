"""A screen that nobody looks at: sway without a display, foot full-screen on it, pictures by grim, keys by wtype.

sway refuses root, so for root it runs as nobody; what it shows runs as whoever asks.
"""

import io
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.environment import environment

NEEDED = ("sway", "foot", "grim", "wtype")
_NOBODY = 65534
_FONTS = "DejaVu Sans Mono:size={size},Noto Sans Mono CJK SC:size={size}"
_LONGEST_WAIT_S = 20.0
_PLAIN_COLOURS = 8


def missing_programs(programs: Sequence[str]) -> list[str]:
    return [program for program in programs if shutil.which(program) is None]


@dataclass(frozen=True)
class Screen:
    """A terminal on the compositor, while it is open."""

    environment: Mapping[str, str]

    def type(self, text: str, *, gap_ms: int = 5) -> None:
        """Then Enter."""
        with self.typing(text, gap_ms=gap_ms) as typist:
            typist.wait(_LONGEST_WAIT_S)

    def typing(self, text: str, *, gap_ms: int) -> subprocess.Popen[bytes]:
        """Somebody who types it while others look on, then Enter."""
        command = ["wtype", "-s", "100", "-d", str(gap_ms), text, "-k", "Return"]
        return subprocess.Popen(command, env=self.environment)

    def picture(self) -> bytes:
        """PNG."""
        return subprocess.run(["grim", "-"], env=self.environment, check=True, capture_output=True, timeout=20).stdout

    def wait_until_still(self, still_s: float = 0.4) -> bytes:
        """The picture, once nothing has moved for a while; at a screen that always moves the last one."""
        give_up_at = time.monotonic() + _LONGEST_WAIT_S
        last, since = self.picture(), time.monotonic()
        while time.monotonic() < min(give_up_at, since + still_s):
            now = self.picture()
            if now != last:
                last, since = now, time.monotonic()
        return last


@contextmanager
def compositor(width: int, height: int) -> Iterator[Mapping[str, str]]:
    """An environment in which a Wayland program draws on `width` × `height` pixels."""
    with tempfile.TemporaryDirectory(prefix="kiosk-screen-") as folder:
        runtime = Path(folder)
        (runtime / "config").write_text(
            f"output * mode --custom {width}x{height}@60Hz\noutput * bg #000000 solid_color\n"
            "default_border none\nxwayland disable\nseat * hide_cursor 1\n"
        )
        as_whom = []
        if os.geteuid() == 0:
            for path in (runtime, runtime / "config"):
                os.chown(path, _NOBODY, _NOBODY)
            as_whom = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]
        headless = {"WLR_BACKENDS": "headless", "WLR_RENDERER": "pixman", "WLR_LIBINPUT_NO_DEVICES": "1"}
        sway = subprocess.Popen(
            [*as_whom, "sway", "-c", str(runtime / "config")],
            env=environment(XDG_RUNTIME_DIR=folder, HOME=folder, **headless),
            cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield environment(XDG_RUNTIME_DIR=folder, WAYLAND_DISPLAY=_display(runtime, sway).name)
        finally:
            _end(sway)


def _display(runtime: Path, sway: subprocess.Popen[bytes]) -> Path:
    give_up_at = time.monotonic() + _LONGEST_WAIT_S
    while time.monotonic() < give_up_at and sway.poll() is None:
        for path in runtime.glob("wayland-*"):
            if path.is_socket():
                return path
        time.sleep(0.02)
    raise RuntimeError("sway did not start")


@contextmanager
def on_screen(
    display: Mapping[str, str], command: Sequence[str], *, font_size: int, environment: Mapping[str, str]
) -> Iterator[Screen]:
    """`command` in a full-screen terminal, from its own first paint until the end of the block."""
    told = [f"{name}={value}" for name, value in environment.items()]  # foot itself refuses a locale that is not there
    terminal = subprocess.Popen(
        ["foot", "--fullscreen", "-o", f"font={_FONTS.format(size=font_size)}", "env", *told, *command],
        env={**display, "LC_ALL": "C.UTF-8"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        screen = Screen(display)
        give_up_at = time.monotonic() + _LONGEST_WAIT_S
        while not _is_painted(screen.picture()) and time.monotonic() < give_up_at:
            time.sleep(0.02)
        screen.wait_until_still()
        yield screen
    finally:
        _end(terminal)


def _is_painted(png: bytes) -> bool:
    """Whether there is text; an empty terminal, its cursor and the compositor's background are a few plain colours."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return len(picture.getcolors(picture.width * picture.height) or ()) > _PLAIN_COLOURS


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(5)
    process.kill()
    process.wait()
