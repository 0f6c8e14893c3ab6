"""Whose versions this machine takes: keys that came with the running program, and those that its owner added."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from kiosk.appliance.minisign import PublicKey, read_public_keys
from kiosk.durable import locked, write_in_place
from kiosk.faults import Fault, StationFault
from kiosk.parcels.problems import Problem, Refused

_LARGEST = 10_000  # bytes of a key's file


class TrustedKey(NamedTuple):
    """`is_owners`: added here, and not the release's own."""

    key: PublicKey
    is_owners: bool


@dataclass(frozen=True, slots=True)
class KeyTrusted:
    """From now on versions signed with `key` (its name) are taken."""

    key: str


@dataclass(frozen=True, slots=True)
class KeyDropped:
    """It is the owner's no more. `is_releases`: yet it came with this version, too, and is trusted on."""

    key: str
    is_releases: bool


def trusted_keys(opt: Path) -> list[TrustedKey]:
    """Raises StationFault(UNREADABLE_FILE) for a damaged file: then nobody is trusted."""
    of_release = read_public_keys(files("kiosk").joinpath("appliance/release_keys.pub").read_text("utf-8"))
    return [*(TrustedKey(key, False) for key in of_release), *(TrustedKey(key, True) for key in _owners(opt))]


def key_to_trust(told: str) -> PublicKey | Refused:
    """Out of the file of this name, or as the line itself. Raises StationFault(UNREADABLE_FILE)."""
    path = Path(told)
    try:
        text = path.read_bytes()[:_LARGEST].decode() if path.is_file() else told
        keys = read_public_keys(text)
    except OSError as broken:
        raise StationFault(Fault.UNREADABLE_FILE, path=path, detail=broken.strerror or "") from broken
    except ValueError:
        keys = []
    return keys[0] if len(keys) == 1 else Refused(Problem.NOT_A_KEY)


def trust(opt: Path, key: PublicKey) -> KeyTrusted | Refused:
    """In a file of root's: whoever could write it could run anything here."""
    with locked(opt):
        if any(one.key == key for one in trusted_keys(opt)):
            return Refused(Problem.ALREADY_SO)
        _write(opt, [*_owners(opt), key])
    return KeyTrusted(key.name)


def distrust(opt: Path, name: str) -> KeyDropped | Refused:
    """By its name. Those of the release go with a release that has others."""
    with locked(opt):
        owners, wanted = _owners(opt), name.strip().upper()
        left = [key for key in owners if key.name != wanted]
        if len(left) == len(owners):
            return Refused(Problem.NO_SUCH_KEY)
        _write(opt, left)
        return KeyDropped(wanted, any(one.key in owners and one.key not in left for one in trusted_keys(opt)))


def _owners(opt: Path) -> list[PublicKey]:
    path = _place(opt)
    try:
        return read_public_keys(path.read_text("utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as broken:
        raise StationFault(Fault.UNREADABLE_FILE, path=path, detail=str(broken)) from broken


def _write(opt: Path, keys: Sequence[PublicKey]) -> None:
    lines = [f"untrusted comment: {key.name}, added by the owner\n{key.line}\n" for key in keys]
    write_in_place("".join(lines).encode(), _place(opt), 0o644)


def _place(opt: Path) -> Path:
    return opt / "owners_keys.pub"
