"""Inside the machine: fingers on buttons, and the buzzer's edges."""

import json
import subprocess
from pathlib import Path

from scripts.metal import tap
from scripts.vm.guest import check, kiosk, rows, sh, told

CALL_PIN, BUZZER_PIN, SPARE_PIN = 17, 18, 22
ATTENTION_HZ, OTHER_HZ = (880, 587), (220, 1318)  # as they are heard; see MELODIES in hardware/tones.py
_PERIODS = 20
# Counts calls of the product's own Buttons at a spare pin, over the real library, as the station's user, from /.
_COUNT = """
import json, sys
from hardware.buttons import Buttons
pressed = []
buttons = Buttons({22: lambda: pressed.append(1)})
print(json.dumps({"open": buttons.open(), "faults": [str(one) for one in buttons.faults.values()]}), flush=True)
for line in sys.stdin:
    print(json.dumps(len(pressed)), flush=True)
    pressed.clear()
buttons.close()
"""


def main() -> None:
    kiosk("answer-calls")
    with tap.edges(BUZZER_PIN) as edges:
        tap.press(CALL_PIN, 200)
        check("a button pressed for 200 ms calls staff", lambda: last_event() == "call_staff",
              again=lambda: tap.press(CALL_PIN, 200))  # fmt: skip
        sh("sleep", "2")
    heard = {hz: share(edges, hz) for hz in ATTENTION_HZ}
    told(f"buzzer on GPIO {BUZZER_PIN}: {len(edges)} edges; share by note: {heard}")
    others = {hz: share(edges, hz) for hz in OTHER_HZ}
    told(f"and by notes of other melodies: {others}")
    check("its edges make both notes, and no other", lambda: min(heard.values()) > max(0.1, 2 * max(others.values())))
    kiosk("answer-calls")
    counted()


def last_event() -> str:
    return str(rows("events", "--last", "1")[0]["event"])


def share(edges: list[tuple[float, int]], hz: int) -> float:
    """How much of the time this note is heard, within 8 %, over 20 periods: single ones of emulated pins are late."""
    rising = [at for at, level in edges if level]
    rates = [_PERIODS / (last - first) for first, last in zip(rising, rising[_PERIODS:], strict=False)]
    return round(sum(abs(rate / hz - 1) < 0.08 for rate in rates) / max(len(rates), 1), 2)


def counted() -> None:
    python = "/opt/kiosk/current/venv/bin/python"
    command = ["runuser", "-u", "kiosk", "--", python, "-P", "-c", _COUNT]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/") as counter:
        assert counter.stdin and counter.stdout
        opened = json.loads(counter.stdout.readline())
        told(f"buttons as the station's user, from /: {opened}")

        def calls() -> int:
            assert counter.stdin and counter.stdout
            sh("sleep", "0.5")
            counter.stdin.write("\n")
            counter.stdin.flush()
            return int(json.loads(counter.stdout.readline()))

        for asked, wanted in ((2, 0), (10, 0), (30, 0), (40, 0), (80, 1), (200, 1), (2000, 1)):
            real = tap.press(SPARE_PIN, asked)
            got = calls()
            # Bounce is 50 ms: a press that the machine stretched beyond is a press.
            expected = 1 if real > 50 else wanted
            told(f"pressed for {asked} ms, really {real:.1f} ms: {got} calls")
            check(f"a press of {asked} ms is {expected}", lambda got=got, expected=expected: got == expected)  # type: ignore[misc]
        by_sleep = [(round(tap.press(SPARE_PIN, 30, by_sleep=True), 1), calls()) for _ in range(5)]
        told(f"30 ms by sleep(), ms and calls: {by_sleep}")
        check("the same 50 ms decide", lambda: all(got == (real > 50) for real, got in by_sleep))
        for _ in range(10):
            tap.press(SPARE_PIN, 3)
            sh("sleep", "0.003")
        tap.press(SPARE_PIN, 200)
        got = calls()
        check("chatter and a press are one call", lambda: got == 1)
        told(f"chatter 10 times, then 200 ms: {got} calls")
        counter.stdin.close()
    check("no program holds the pin any more", lambda: not _is_held(SPARE_PIN))


def _is_held(pin: int) -> bool:
    text = Path("/sys/kernel/debug/gpio").read_text()
    return any(f"gpio-{pin} " in row and "|lg" in row for row in text.splitlines())
