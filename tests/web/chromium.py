"""A real browser at the programs themselves."""

import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from kiosk.home import StationHome
from tests.waiting import Lines
from tests.web.conftest import PIN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
NEEDS_CHROMIUM = pytest.mark.skipif(not CHROMIUM and not os.environ.get("CI"), reason="chromium is not installed")
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
LAPTOP = {"viewport": {"width": 1280, "height": 800}, "device_scale_factor": 2}
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-device-scale-factor=2")
Start = Callable[..., subprocess.Popen[str]]


def chromium(playwright: "Playwright", *flags: str) -> "Browser":
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*_FLAGS, *flags])


def set_web(home: StationHome, *lines: str, port: int = 0) -> None:
    text = home.settings.read_text("utf-8")
    home.settings.write_text(
        text.replace("port = 8080\n", f"port = {port}\n" + "".join(f"{line}\n" for line in lines)), "utf-8"
    )


def address_told(program: subprocess.Popen[str]) -> str:
    assert program.stderr is not None
    found = re.search(r"https?://\S+", Lines(program.stderr).until("://"))
    assert found
    return found[0]


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in listed for child in file.read_text().split()]


def is_painted(png: bytes, colour: tuple[int, int, int]) -> bool:
    """At least one of a hundred points."""
    picture = Image.open(io.BytesIO(png)).convert("RGB").resize((390, 844))
    counted = {rgb: count for count, rgb in picture.getcolors(390 * 844) or []}
    return counted.get(colour, 0) > 390 * 844 / 100


def sign_in(page: "Page", address: str, number: str = "7", pin: str = PIN) -> None:
    """Until the desk is painted."""
    page.goto(address)
    page.fill("#number", number)
    page.fill("#pin", pin)
    page.click("form button")
    page.wait_for_selector("body.-first-byte:not(.wait)")


def say(page: "Page", text: str) -> None:
    """As a scanner types it, or as it is typed on the glass."""
    if page.is_visible("#typed"):
        page.fill("#typed", text)
        page.press("#typed", "Enter")
    else:
        page.keyboard.type(f"{text}\n")
