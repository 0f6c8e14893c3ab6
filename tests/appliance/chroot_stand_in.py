"""Stands in for `chroot ROOT command…`: does to ROOT's files what the command would, and notes it in ROOT/commands.

The station itself is founded by the real program. It is called a dozen times an installation, by a bare Python.
"""

import os
import sys
from pathlib import Path

PROVIDED = {"sway": "usr/bin/sway"}


def main(root: Path, command: list[str]) -> int:
    match command:  # questions, which change nothing
        case [_, "-P", "-c", _]:
            return int(not ("python3-lgpio" in (root / "var/lib/dpkg/status").read_text() or lgpio_of(root) == "lock"))
        case ["apt-cache", "show", "python3-lgpio"]:
            return int(lgpio_of(root) != "apt")
    with (root / "commands").open("a") as notes:
        notes.write(" ".join(command) + "\n")
    match command:
        case ["apt-get", "install", *rest]:
            packages = [name for name in rest if not name.startswith("-")]
            _append(
                root / "var/lib/dpkg/status",
                "".join(f"Package: {p}\nStatus: install ok installed\n\n" for p in packages),
            )
            for name in packages:
                _program(root / PROVIDED.get(name, f"usr/share/doc/{name}"))
        case ["groupadd", _, name]:
            _append(root / "etc/group", f"{name}:x:900:\n")
        case ["useradd", *_, name]:
            _append(root / "etc/passwd", f"{name}:x:{os.getuid()}:900::/var/lib/kiosk:/usr/sbin/nologin\n")
        case ["usermod", _, _, groups, name]:
            rows = [line.split(":") for line in (root / "etc/group").read_text().splitlines()]
            text = "".join(f"{':'.join(row[:3])}:{name if row[0] in groups.split(',') else row[3]}\n" for row in rows)
            (root / "etc/group").write_text(text)
        case ["/usr/bin/python3", "-P", "-m", "venv", _, folder]:
            _program(root / folder.lstrip("/") / "bin/kiosk")
        case ["runuser", _, _, _, _, _, home, "init"]:
            return _init(root / home.lstrip("/"))
    return 0


def _init(home: Path) -> int:
    import subprocess

    sys.path.insert(0, str(Path(__file__).parent.parent.parent))
    from kiosk.home import StationHome

    done = subprocess.run([sys.executable, "-m", "kiosk", "--home", str(home), "init"], check=False).returncode
    runtime = StationHome(home).runtime()
    for file in runtime.iterdir():
        file.unlink()
    runtime.rmdir()
    return done


def lgpio_of(root: Path) -> str:
    """Where this machine gets it from: the lock, unless a test wrote something else down (apt, or nowhere)."""
    told = root / "lgpio-comes-from"
    return told.read_text() if told.exists() else "lock"


def _append(path: Path, text: str) -> None:
    with path.open("a") as file:
        file.write(text)


def _program(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
