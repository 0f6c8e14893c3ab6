"""The sdist, and the wheel made of it, in an environment that has the dependencies and nothing of this checkout."""

import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import __version__
from kiosk.appliance.versions import identify, unpack
from kiosk.home import StationHome
from scripts.releasing.build import Built, build
from tests.environment import environment
from tests.program.asking import codes_on_shelf
from tests.program.terminal import Terminal
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("installed")  # one worker builds the wheel, once
ROOT = Path(__file__).parent.parent.parent
_NOT_SHIPPED = shutil.ignore_patterns("__pycache__", "*.egg-info")
_MADE_AT = 1_800_000_000
_INSTEAD = ("-c", "import os, sys; os.execv(sys.argv[1], sys.argv[1:])")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    work = tmp_path_factory.mktemp("release")
    for room in ("kiosk", "hardware", "scripts"):
        shutil.copytree(ROOT / room, work / "tree" / room, ignore=_NOT_SHIPPED)
    for file in ("pyproject.toml", "LICENSE", *(page.name for page in ROOT.glob("*.md"))):
        shutil.copyfile(ROOT / file, work / "tree" / file)
    return build(work / "tree", work / "dist", made_at=_MADE_AT)


@pytest.fixture(scope="module")
def bare(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an environment's programs; packages of the tests' environment follow on its path."""
    folder = tmp_path_factory.mktemp("bare")
    _run(Path(sys.executable), "-m", "venv", "--without-pip", str(folder))
    pip = ("-m", "pip", "--isolated", "-q", "--disable-pip-version-check", "--python", str(folder / "bin/python"))
    _run(Path(sys.executable), *pip, "install", "--no-index", "--no-deps", str(built.wheel))
    # Of paths that a .pth names, no further .pth is read: the checkout of an editable install stays out.
    places = {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text("".join(f"{place}\n" for place in places))
    return folder / "bin"


@pytest.fixture(scope="module")
def home(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("installed") / "home"
    _run(bare / "kiosk", "--home", str(folder), "init", "--sample")
    yield folder
    shutil.rmtree(StationHome(folder).runtime())


def _run(program: Path, *arguments: str, **more: str) -> str:
    done = subprocess.run(
        [program, *arguments], cwd="/", env=environment(**more), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _shipped(*rooms: str) -> set[str]:
    files = (path for room in rooms for path in (ROOT / room).rglob("*"))
    return {str(path.relative_to(ROOT)) for path in files if path.is_file() and "__pycache__" not in path.parts}


def test_nothing_of_the_rooms_is_left_out(built: Built) -> None:
    """Style sheets, catalogues, pages, pictures; and in the sdist what makes an appliance of a machine."""
    with zipfile.ZipFile(built.wheel) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert names == {name for name in _shipped("kiosk", "hardware") if not name.endswith(".po")}
    with tarfile.open(built.sdist) as sdist:
        modes = {member.name.split("/", 1)[-1]: member.mode for member in sdist if member.isfile()}
    wanted = {"README.md", "README.zh.md", "CHANGELOG.md", "LICENSE", "pyproject.toml"}
    assert wanted | _shipped("kiosk", "hardware", "scripts") <= set(modes)
    assert modes["scripts/install-pi"] & 0o111


def test_an_installed_station_takes_the_sdist_for_a_version(built: Built, tmp_path: Path) -> None:
    assert identify(unpack(built.sdist, tmp_path, built.sdist)).startswith(f"{__version__}-")


def test_it_is_the_wheel_that_answers(bare: Path) -> None:
    where = "import hardware, kiosk; print(kiosk.__file__, hardware.__path__[0])"
    assert str(ROOT) not in (told := _run(bare / "python", "-c", where)) and told.count(str(bare.parent)) == 2
    assert _run(bare / "kiosk", "--version") == f"kiosk, version {__version__}\n"


@pytest.mark.parametrize(("language", "readers"), [("en", "Engineers:"), ("zh", "工程师：")])
def test_help_in_both_languages(bare: Path, language: str, readers: str) -> None:
    assert readers in _run(bare / "kiosk", "help", KIOSK_LANGUAGE=language)
    shipped = (ROOT / f"kiosk/help/{language}/architecture.md").read_text("utf-8")
    assert _run(bare / "kiosk", "help", "architecture", KIOSK_LANGUAGE=language).strip() == shipped.strip()


def test_pictures(bare: Path, home: Path, tmp_path: Path) -> None:
    code = codes_on_shelf(home)["1-2-1"]
    for name, begins in (("notice.png", b"\x89PNG"), ("notice.svg", b"<svg"), ("label.png", b"\x89PNG")):
        what = "--notice" if name.startswith("notice") else "--pickup"
        _run(bare / "kiosk", "--home", str(home), "labels", what, code, "--out", str(tmp_path / name))
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_the_demo(bare: Path, home: Path) -> None:
    demo = Terminal(str(bare / "kiosk"), "--home", str(home), "demo", environment={}, columns=120, rows=30,
                    program=_INSTEAD)  # fmt: skip
    try:
        demo.shows("Scan or type your pickup code", "Try one of these:")
        demo.type("\x1bOQ")  # F2
        demo.shows("请扫描或输入取件码")
        code = codes_on_shelf(home)["1-2-1"]
        demo.type(f"{code}\r")
        demo.shows("您的包裹在这里")
        demo.type("\x11")
        until(lambda: demo.process.poll() is not None)
    finally:
        assert demo.end() == 0
