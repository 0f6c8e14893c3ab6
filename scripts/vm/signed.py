"""Signs the archive of a version with a key of its own, as an engineer does; run by the Python that is installed.

`python -m scripts.vm.signed ARCHIVE KEY`: makes KEY and KEY.pub the first time, and ARCHIVE.minisig.
"""

import sys
import time
from pathlib import Path

from scripts.releasing.signing import make_secret_key, read_secret_key, sign


def main(archive: Path, key: Path) -> None:
    secret = read_secret_key(key, str) if key.exists() else make_secret_key(key, "")
    key.with_name(f"{key.name}.pub").write_text(f"untrusted comment: vm-test\n{secret.public.line}\n")
    sign(archive, secret, made_at=int(time.time()), about="vm-test")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
