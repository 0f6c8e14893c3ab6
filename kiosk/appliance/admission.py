"""Whether a new version may come in: signed by somebody trusted, whole, this program's, and not older. Nothing of it
runs before."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kiosk.appliance.minisign import LARGEST_SIGNATURE, SUFFIX, PublicKey, is_right, key_name, read_signature
from kiosk.appliance.version_numbers import is_older
from kiosk.appliance.versions import number_in, project_of, unpack
from kiosk.durable import copy_file, making
from kiosk.parcels.problems import Problem, Refused

PROGRAM = "station-kiosk"


@contextmanager
def admitted(source: Path, keys: Sequence[PublicKey], running: str | None, work_in: Path) -> Iterator[Path | Refused]:
    """The folder of what the archive `source` holds, or why it is not taken. It must not be older than the version
    that is `running`; None where somebody goes back knowingly.

    It is copied into `work_in` first: what was checked is what is taken, whatever befalls the stick that it came on.
    Raises StationFault(NOT_A_VERSION) for what is signed and yet no version of this program.
    """
    if source.is_dir():
        yield Refused(Problem.FOLDER_NOT_SIGNED)
        return
    signed_by = source.with_name(source.name + SUFFIX)
    if not signed_by.is_file() or not source.is_file():
        yield Refused(Problem.NOT_SIGNED, detail=signed_by.name)
        return
    with making(work_in, "-version") as work:
        archive = work / "archive"
        copy_file(source, archive)
        refused = _unproved(archive, signed_by, keys)
        if refused is not None:
            yield refused
            return
        (work / "unpacked").mkdir()
        folder = unpack(archive, work / "unpacked", source)
        yield _not_wanted(folder, running) or folder


def _unproved(archive: Path, signed_by: Path, keys: Sequence[PublicKey]) -> Refused | None:
    try:
        with signed_by.open("rb") as file:
            signature = read_signature(file.read(LARGEST_SIGNATURE))
    except ValueError:
        return Refused(Problem.BAD_SIGNATURE, detail=signed_by.name)
    named = [key for key in keys if key.id == signature.key_id]
    if not named:
        return Refused(Problem.UNKNOWN_SIGNER if keys else Problem.NOBODY_TRUSTED, detail=key_name(signature.key_id))
    return None if any(is_right(signature, key, archive) for key in named) else Refused(Problem.ARCHIVE_ALTERED)


def _not_wanted(folder: Path, running: str | None) -> Refused | None:
    """The key that signed it may sign other programs too."""
    project = project_of(folder)
    if project.name != PROGRAM:
        return Refused(Problem.OTHER_PROGRAM, detail=project.name)
    if running is not None and is_older(project.number, number_in(running)):
        return Refused(Problem.OLDER_VERSION, detail=f"{project.number} < {number_in(running)}")
    return None
