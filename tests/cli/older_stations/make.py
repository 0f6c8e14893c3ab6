"""Makes the station that a version of the program leaves behind, by that version's own commands, as FILE.tar.gz.

When the schema gets a new version, before the new migration is released:
    python tests/cli/older_stations/make.py tests/cli/older_stations/schema_5.tar.gz 5
For an older version, in a worktree of it:  python …/make.py …/schema_4.tar.gz 4
"""

import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

FROM_THE_SECOND = (
    ("staff", "add", "7", "Li Wei", "--pin", "135790"),
    ("batch", "STO", "2"),
    ("check-in", "SF1000000000006", "--phone", "13600001111", "--cod", "12.50", "--shelve"),
    ("home", "SF1000000000006", "Building 7, flat 1203"),
    ("pay", "SF1000000000006"),
    ("pass", "SF1000000000001", "24"),
)
FROM_THE_THIRD = (
    ("--operation", "w1", "check-in", "SF1000000000007", "--phone", "13500002222", "--shelve"),
    ("--operation", "w2", "hold", "SF1000000000007", "--reason", "opened box"),
    ("--operation", "w3", "release", "SF1000000000007"),
)
# Read from barcodes that carry more than the number printed below them: barcode → what is printed.
BY_BARCODE = {
    "420941179261290336128704062441": "9261290336128704062441",
    "1001921334250001000300779017972697": "779017972697",
    "9611020987654312345672": "987654312345672",
    "JJD000390007882912034": "JD000390007882912034",
    "00340434161094042557": "340434161094042557",
    "008182709980000020045327276N": "09980000020045",
    "D568283610012000B": "568283610012000",
}


def make(home: Path, version: int) -> None:
    """One parcel waits, one is held, one has left, one is not put away, one is announced; then what is newer."""

    def kiosk(*words: str) -> dict[str, object]:
        command = [sys.executable, "-W", "ignore", "-m", "kiosk", "--home", str(home), "--terminal", "t1", *words]
        done = subprocess.run([*command, "--json"], check=True, stdout=subprocess.PIPE, encoding="utf-8")
        answer: dict[str, object] = json.loads(done.stdout.splitlines()[-1]) if done.stdout.startswith("{") else {}
        return answer

    subprocess.run([sys.executable, "-m", "kiosk", "--home", str(home), "init"], check=True, stdout=subprocess.DEVNULL)
    kiosk("check-in", "SF1000000000001", "--phone", "13800001234", "--shelve")
    kiosk("check-in", "YT1000000000002", "--courier", "YTO", "--phone", "1234", "--shelve")
    kiosk("hold", "YT1000000000002", "--reason", "opened box")
    gone = kiosk("check-in", "SF1000000000003", "--phone", "13900005678", "--shelve")
    kiosk("pick-up", str(gone["code"]))
    kiosk("check-out", "SF1000000000003")
    kiosk("check-in", "773000000000004", "--courier", "STO")
    manifest = home / "manifest.csv"
    manifest.write_text("waybill,phone,size\nJT1000000000005,13700009999,S\n")
    kiosk("announce", str(manifest), "--courier", "JT")
    for barcode in BY_BARCODE if version >= 4 else ():
        kiosk("check-in", barcode, "--shelve")
    for words in (*(FROM_THE_SECOND if version >= 2 else ()), *(FROM_THE_THIRD if version >= 3 else ())):
        kiosk(*words)


def files(home: Path) -> Iterator[Path]:
    return (home / name for name in ("key", "station.toml", "station.db"))


def main(file: str, version: str) -> None:
    with TemporaryDirectory() as folder, tarfile.open(file, "w:gz") as archive:
        make(Path(folder), int(version))
        for path in files(Path(folder)):
            archive.add(path, path.name)


if __name__ == "__main__":
    main(*sys.argv[1:])
