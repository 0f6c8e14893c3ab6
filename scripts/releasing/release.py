"""`scripts/release`: from a clean commit to dist/, and the words for its tag."""

import hashlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.releasing.build import build

ROOT = Path(__file__).parent.parent.parent


def main(root: Path = ROOT) -> int:
    version = str(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"])
    if refusals := list(why_not(root, version)):
        sys.stderr.writelines(f"No release: {words}\n" for words in refusals)
        return 1
    dist, committed_at = root / "dist", int(_git(root, "log", "-1", "--format=%ct"))
    with TemporaryDirectory(prefix="kiosk-release-") as work:
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=root, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-xf", "-", "-C", work], input=archive, check=True)
        built = build(Path(work), dist, made_at=committed_at)
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in built]
    (dist / "SHA256SUMS").write_text("".join(sums))
    sys.stdout.writelines(["In dist/, whole if `sha256sum -c SHA256SUMS` says so there:\n", *sums])
    if not _git(root, "tag", "--list", f"v{version}"):
        sys.stdout.write(f"Its tag, when you are content: git tag -a v{version} -m 'station-kiosk {version}'\n")
    return 0


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
    sys.exit(main())
