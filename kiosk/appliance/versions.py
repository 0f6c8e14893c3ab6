"""A version of this program: a folder with a virtual environment and the service files that belong to it."""

import hashlib
import shutil
import tarfile
import tomllib
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from kiosk.appliance.places import Places, Run
from kiosk.appliance.version_numbers import order_of
from kiosk.durable import sync
from kiosk.faults import Fault, StationFault, expected

LOCK, SERVICE_FILES = "scripts/environment/run.lock", "scripts/pi"
SHIPPED = ("pyproject.toml", "README.md", "LICENSE", "kiosk", "hardware", LOCK, SERVICE_FILES)
_WHOLE = "whole"  # written last: a folder without it was cut short
# -P: nothing is imported from the folder where root happens to stand, such as the station's own.
_PIP = ("-P", "-m", "pip", "--disable-pip-version-check", "-q", "install", "--root-user-action=ignore")
_IGNORED = shutil.ignore_patterns("__pycache__", "*.egg-info")


class Project(NamedTuple):
    """What pyproject.toml says: which program it is, and the number of its version."""

    name: str
    number: str


def unpack(archive: Path, work: Path, source: Path) -> Path:
    """The folder of a new version, out of a tar into the empty folder `work`; `source` is how people know the archive.
    Raises StationFault(NOT_A_VERSION)."""
    try:
        with tarfile.open(archive) as tar:
            if hasattr(tarfile, "data_filter"):
                tar.extractall(work, filter="data")
            else:  # Debian 12's own Python
                tar.extractall(work, members=_harmless(tar))
    except (tarfile.TarError, OSError, EOFError, zlib.error) as broken:
        raise StationFault(Fault.NOT_A_VERSION, path=source, detail=str(broken)) from broken
    found = list(work.iterdir())
    folder = found[0] if len(found) == 1 and found[0].is_dir() else work
    if not all((folder / name).exists() for name in ("pyproject.toml", LOCK, SERVICE_FILES)):
        detail = expected("a tar with pyproject.toml, {lock} and {services}", lock=LOCK, services=SERVICE_FILES)
        raise StationFault(Fault.NOT_A_VERSION, path=source, detail=detail)
    return folder


def _harmless(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Files and folders below the place where they are unpacked. Raises TarError for anything else."""
    for member in tar:
        path = PurePosixPath(member.name)
        if not (member.isreg() or member.isdir()) or path.is_absolute() or ".." in path.parts:
            raise tarfile.ReadError(member.name)
        member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
        yield member


def project_of(source: Path) -> Project:
    """Raises StationFault(NOT_A_VERSION)."""
    path = source / "pyproject.toml"
    try:
        told = tomllib.loads(path.read_text("utf-8"))["project"]
        project = Project(str(told["name"]), str(told["version"]))
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise StationFault(Fault.NOT_A_VERSION, path=path, detail=str(broken)) from broken
    if len(project.number) > 40 or order_of(project.number) is None:  # it becomes the name of a folder
        raise StationFault(Fault.NOT_A_VERSION, path=path, detail=f"version = {project.number!r}")
    return project


def identify(source: Path) -> str:
    """The number in pyproject.toml and eight digits of what is shipped: the same files are the same version.
    Raises StationFault(NOT_A_VERSION)."""
    content = hashlib.sha256()
    for name in SHIPPED:
        for path in sorted(_files_of(source / name)):
            content.update(f"{path.relative_to(source)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return f"{project_of(source).number}-{content.hexdigest()[:8]}"


def number_in(version: str) -> str:
    """`0.2.0` of `0.2.0-1a2b3c4d`."""
    return version.rpartition("-")[0]


def _files_of(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from (one for one in path.rglob("*") if one.is_file() and "__pycache__" not in one.parts)


def is_whole(places: Places, version: str) -> bool:
    return (places.versions / version / _WHOLE).exists()


def make_version(places: Places, source: Path, run: Run, wheels: Path | None = None) -> str:
    """Make the version of this folder beside the others, unless it is there; nothing runs it yet.

    Packages come from `wheels`, or the source's own folder of that name, else from the package index; each is checked
    by its hash. Raises StationFault(NOT_A_VERSION | COMMAND_FAILED).
    """
    version = identify(source)
    folder = places.versions / version
    if is_whole(places, version):
        return version
    shutil.rmtree(folder, ignore_errors=True)  # of one who was cut short
    shipped = folder / "source"
    for name in SHIPPED:
        _copy(source / name, shipped / name)
    found = wheels or (source / "wheels" if (source / "wheels").is_dir() else None)
    offline = [] if found is None else ["--no-index", "--find-links", str(found.resolve())]
    python = str(folder / "venv" / "bin" / "python")
    # The system's packages are seen: those of the Pi's pins and buses come from apt.
    _must(run, ["/usr/bin/python3", "-P", "-m", "venv", "--system-site-packages", str(folder / "venv")])
    _must(run, [python, *_PIP, *offline, "--require-hashes", "--ignore-installed", "-r", str(shipped / LOCK)])
    _must(run, [python, *_PIP, "--no-index", "--no-deps", "--no-build-isolation", "--ignore-installed", str(shipped)])
    _copy(shipped / SERVICE_FILES, folder / "pi")
    shutil.rmtree(shipped)
    (folder / _WHOLE).touch()
    sync(folder)
    run(["sync", "-f", str(folder)])  # thousands of small files: one flush for all of them
    return version


def _copy(source: Path, copy: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, copy, ignore=_IGNORED)
    elif source.exists():
        shutil.copyfile(source, copy)


def _must(run: Run, command: Sequence[str]) -> None:
    ran = run(command)
    if ran.code:
        raise StationFault(Fault.COMMAND_FAILED, path=" ".join(command[:4]), detail=ran.last_words)


def drop_others(places: Places, kept: Sequence[str | None]) -> None:
    """Versions that nobody goes back to make room."""
    for folder in places.versions.iterdir():
        if folder.is_dir() and folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)
