"""`scripts/release`: from a clean commit to signed files in dist/, and the words for its tag."""

import argparse
import getpass
import hashlib
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.appliance.minisign import read_public_keys
from scripts.releasing.build import build
from scripts.releasing.signing import SecretKey, make_secret_key, read_secret_key, sign

ROOT = Path(__file__).parent.parent.parent
TRUSTED = "kiosk/appliance/release_keys.pub"


def main(root: Path = ROOT, arguments: Sequence[str] = ()) -> int:
    options = _options(arguments)
    if options.new_key:
        return _make_key(options.new_key, root)
    version = str(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"])
    refusals = list(why_not(root, version))
    key = _key(options.key, root, refusals)
    if refusals or key is None:
        sys.stderr.writelines(f"No release: {words}\n" for words in refusals)
        return 1
    dist, committed_at = root / "dist", int(_git(root, "log", "-1", "--format=%ct"))
    with TemporaryDirectory(prefix="kiosk-release-") as work:
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=root, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-xf", "-", "-C", work], input=archive, check=True)
        built = build(Path(work), dist, made_at=committed_at)
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in built]
    (dist / "SHA256SUMS").write_text("".join(sums))
    for file in (*built, dist / "SHA256SUMS"):
        sign(file, key, made_at=committed_at, about=f"version:{version}")
    check = f"minisign -Vm {built.sdist.name} -P {key.public.line}\n"
    sys.stdout.writelines(
        ["In dist/, each with its .minisig beside it; whole and ours if this says so there:\n", check]
    )
    if not _git(root, "tag", "--list", f"v{version}"):
        sys.stdout.write(f"Its tag, when you are content: git tag -a v{version} -m 'station-kiosk {version}'\n")
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/release", description="Builds and signs this version into dist/.")
    parser.add_argument(
        "--key", type=Path, default=os.environ.get("KIOSK_RELEASE_KEY"), metavar="FILE",
        help="the secret key of minisign that signs, outside of this tree (or: KIOSK_RELEASE_KEY)",
    )  # fmt: skip
    parser.add_argument("--new-key", type=Path, metavar="FILE", help="make such a key, and nothing else")
    return parser.parse_args(arguments)


def _key(path: Path | None, root: Path, refusals: list[str]) -> SecretKey | None:
    """What it may not be goes to the refusals."""
    if path is None:
        refusals.append("nobody signs it: --key FILE, the secret key of minisign; --new-key FILE makes one.")
    elif Path(path).resolve().is_relative_to(root.resolve()):
        refusals.append(f"the secret key {path} lies in this tree, from where it may be published. Keep it elsewhere.")
    elif not refusals:  # nobody types a password in vain
        try:
            key = read_secret_key(Path(path), _password)
        except (OSError, ValueError) as broken:
            refusals.append(f"{path} cannot be signed with: {broken}.")
            return None
        trusted = root / TRUSTED
        if trusted.exists() and key.public in read_public_keys(trusted.read_text("utf-8")):
            return key
        refusals.append(f"no station with this version would take the next one: {TRUSTED} lacks its signer's line\n"
                        f"{key.public.line}")  # fmt: skip
    return None


def _make_key(path: Path, root: Path) -> int:
    if path.resolve().is_relative_to(root.resolve()):
        sys.stderr.write(f"No key: {path} would lie in this tree, from where it may be published.\n")
        return 1
    password = _password()
    if sys.stdin.isatty() and password != getpass.getpass("Once more: "):
        sys.stderr.write("No key: the two passwords differ.\n")
        return 1
    try:
        key = make_secret_key(path, password)
    except OSError as broken:
        sys.stderr.write(f"No key: {path} ({broken.strerror}).\n")
        return 1
    sealed = "sealed with your password" if password else "NOT sealed: whoever copies it signs for you"
    sys.stdout.write(
        f"The secret key is in {path}, {sealed}. Keep a copy of it off this machine.\n"
        f"Its public half, key {key.public.name}, is a line for {TRUSTED}:\n{key.public.line}\n"
    )
    return 0


def _password() -> str:
    return getpass.getpass("The key's password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def why_not(root: Path, version: str) -> Iterator[str]:
    """In words, each reason why this tree is no release of `version`."""
    if not (root / ".git").exists():
        yield "this is no checkout; a release is made of a commit."
        return
    if changed := _git(root, "status", "--porcelain"):
        yield f"the tree is not clean. Commit these, or put them away:\n{changed}"
    tagged = _git(root, "tag", "--list", f"v{version}", "--format=%(*objectname)%(objectname)")
    if tagged and not tagged.startswith(_git(root, "rev-parse", "HEAD")):
        yield f"the tag v{version} is on another commit; give this one a version of its own."
    inside = re.search(r'__version__ = "(.*)"', (root / "kiosk/__init__.py").read_text("utf-8"))
    if inside is None or inside[1] != version:
        yield f"pyproject.toml says {version}, kiosk/__init__.py does not."
    newest = re.search(r"^## (.*)", (root / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    if newest is None or not re.fullmatch(rf"{re.escape(version)} – \d{{4}}-\d\d-\d\d", newest[1]):
        yield f"the changelog's first heading has to be: ## {version} – and the date."


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout.rstrip()


if __name__ == "__main__":
    sys.exit(main(arguments=sys.argv[1:]))
