"""One target under atheris:  python -m scripts.fuzzing.by_coverage TARGET SECONDS SEED. The last line is JSON."""

import contextlib
import json
import os
import sys
import tempfile
import traceback
from pathlib import Path
from random import Random
from time import monotonic

import atheris

with atheris.instrument_imports(include=["kiosk", "hardware"]):
    from scripts.fuzzing.targets import targets


def main() -> None:
    name, seconds, seed = sys.argv[1:4]
    executions = crashes = 0
    until = monotonic() + float(seconds)
    with contextlib.ExitStack() as opened:
        target, seeds = opened.enter_context(targets(Random(int(seed))))[name]
        corpus = opened.enter_context(tempfile.TemporaryDirectory())
        for number, data in enumerate(seeds):
            (Path(corpus) / str(number)).write_bytes(data)

        def once(data: bytes) -> None:
            """Goes on after a crash: libFuzzer would end at the first."""
            nonlocal executions, crashes
            executions += 1
            try:
                target(data)
            except Exception:
                crashes += 1
                if crashes < 5:
                    sys.stdout.write(f"{data!r}\n{traceback.format_exc()}\n")
            if monotonic() >= until:
                opened.close()
                sys.stdout.write(json.dumps({"executions": executions, "crashes": crashes}) + "\n")
                sys.stdout.flush()
                os._exit(0)  # libFuzzer takes every other end for a crash

        options = [sys.argv[0], corpus, f"-seed={seed}", "-max_len=512", "-rss_limit_mb=1024", "-timeout=10"]
        atheris.Setup(options, once)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
