"""Inside the machine of scripts/hardware-test appliance, from the boot to the table. Talks over the serial line."""

import re
from pathlib import Path
from time import sleep

from scripts.metal import buttons_guest, faults_guest
from scripts.metal.parcels_guest import SELECTS, parcels_on, pixels_of, shows, strip_of
from scripts.metal.station import settings_with
from scripts.metal.tap import Tap, level
from scripts.metal.wires import Strip
from scripts.vm.guest import KIOSK, LIGHTS, SCREEN, check, in_words, kiosk, rows, run, sh, told

SETTINGS, SHIPPED = Path("/etc/kiosk/station.toml"), Path("/src/kiosk/station.toml")
SETTLED_S = 3.0
PROGRAM = "/opt/kiosk/current/venv/bin/kiosk"
APA102, WS2812, SHIFT = Strip("apa102", 120), Strip("ws2812", 80), Strip("shift", 80)


def main() -> None:
    if "bufsiz=65536" in Path("/proc/cmdline").read_text():
        long_transfers()
        return
    tap = Tap({0: APA102, 1: WS2812})
    if not booted() or not looked_at_devices():
        return  # nothing is lit: all the rest would fail, slowly
    sh(KIOSK, "init", "--sample")
    customers(tap)
    killed(tap)
    buttons_guest.main()
    faults_guest.main(tap)
    each_pixel(tap)
    second_strip_is_shift_registers(tap)
    lamps()
    check("every frame on the bus was one that the chips understand", lambda: not tap.wrong)
    for wrong in tap.wrong[:5]:
        told(wrong)
    table(tap)
    nothing_left()


def booted() -> bool:
    versions = sh("uname", "-r"), sh(
        "/opt/kiosk/current/venv/bin/python", "-P", "-c",
        "import importlib.metadata as m; print(*(f'{n} {m.version(n)}' for n in ('lgpio', 'gpiozero')))",
    )  # fmt: skip
    told("kernel {}, {}".format(*versions))
    for unit in (LIGHTS, SCREEN):
        check(f"{unit} runs", lambda unit=unit: sh("systemctl", "is-active", unit) == "active")  # type: ignore[misc]
    is_well = check("all strips and the button are in order", in_order)
    told(in_words("en", "lights", "status").replace("\n", " | "))
    return is_well


def in_order() -> bool:
    status = kiosk("lights", "status")
    devices = status.get("strips", []) + status.get("buttons", [])
    return len(devices) == 4 and not any(one["fault"] for one in devices)


def looked_at_devices() -> bool:
    """Every kind of device that a unit names is one that this kernel has."""
    kernel = set(re.findall(r"^ *\d+ (\S+)$", Path("/proc/devices").read_text(), re.MULTILINE))
    if "CONFIG_DMABUF_HEAPS=y" not in next(Path("/boot").glob("config-*")).read_text():
        kernel.add("dma_heap")  # Debian's has none, Raspberry Pi's has
    are_known = []
    for unit in sorted(Path("/opt/kiosk/current/pi").glob("*.service")):
        named = set(re.findall(r"^DeviceAllow=char-(\S+)", unit.read_text(), re.MULTILINE))
        if named:
            what = f"{unit.name}: the kernel knows {', '.join(sorted(named))}"
            what += f", but not {sorted(named - kernel)}" if named - kernel else ""
            are_known.append(check(what, lambda named=named: named <= kernel, patience_s=0))  # type: ignore[misc]
    return all(are_known)


def customers(tap: Tap) -> None:
    """A parcel comes in, two customers, the wrong parcel at the exit, the right one."""
    answer = kiosk("check-in", "SF1000000000077", "--size", "S")
    check("check-in lights the slot to put it into",
          lambda: shows(tap, answer["slot"], strip=strip_of(answer["slot"])))  # fmt: skip
    told(f"{answer['slot']}: {dict(tap.lit(SELECTS[strip_of(answer['slot'])]))}")
    journal = sh("journalctl", "-b", "--no-pager", "-o", "short-monotonic", "-u", LIGHTS)
    for row in journal.splitlines():
        told(row)
    bad = [row for row in journal.splitlines() if "systemd[" not in row and "Driving the lights" not in row]
    check("the journal of the lights has no error in it", lambda: not bad)
    kiosk("put-away", "SF1000000000077", answer["slot"])
    check("put away, it is dark", lambda: not tap.lit(0) and not tap.lit(1))
    mine, hers, third = parcels_on("main", 3)
    check("nothing is lit before", lambda: shows(tap))
    kiosk("pick-up", mine["code"])
    check("a pick-up lights its slot", lambda: shows(tap, mine["slot"]))
    kiosk("pick-up", hers["code"])
    check("a second customer's slot is lit beside it", lambda: shows(tap, mine["slot"], hers["slot"]))
    check("in a look of its own", lambda: len({colours(tap, one["slot"]) for one in (mine, hers)}) == 2)
    told(f"looks: {[(one['slot'], sorted(colours(tap, one['slot']))) for one in (mine, hers)]}")
    kiosk("check-out", third["waybill"])
    check("a parcel that nobody searches alarms at its slot",
          lambda: set(tap.lit(0)) >= pixels_of(third["slot"]))  # fmt: skip
    check("and the alarm ends", lambda: shows(tap, mine["slot"], hers["slot"]))
    for one in (mine, hers):
        kiosk("check-out", one["waybill"])
    check("the exit scans leave it dark", lambda: shows(tap))
    (other,) = parcels_on("second", 1)
    kiosk("pick-up", other["code"])
    check("the WS2812 strip shows its slot", lambda: shows(tap, other["slot"], strip="second"))
    kiosk("check-out", other["waybill"])
    check("and goes dark", lambda: shows(tap, strip="second"))


def colours(tap: Tap, slot: str) -> frozenset[tuple[int, ...]]:
    return frozenset(tap.lit(0)[pixel] for pixel in pixels_of(slot) if pixel in tap.lit(0))


def killed(tap: Tap) -> None:
    """What a killed owner left lit goes out, and comes back with the next one."""
    (mine,) = parcels_on("main", 1)
    kiosk("pick-up", mine["code"])
    check("lit before SIGKILL", lambda: shows(tap, mine["slot"]))
    dark: list[bool] = []
    tap.watch(0, lambda lit: None if lit else dark.append(True))
    sh("systemctl", "kill", "-s", "KILL", LIGHTS)
    check("what was left lit goes dark first", lambda: dark)
    tap.watch(0, None)
    check("and is lit again by whoever comes next", lambda: shows(tap, mine["slot"]))
    kiosk("check-out", mine["waybill"])
    check("the hand-over is on record", lambda: kiosk("parcel", mine["waybill"])["state"] == "PICKED_UP")


def each_pixel(tap: Tap) -> None:
    """`kiosk lights test` from / and from root's folder, as root and as the station's user; each pixel alone."""
    sh("systemctl", "stop", SCREEN, LIGHTS)
    strips, tap.strips = tap.strips, {}  # what follows are no frames
    faults_guest.asked_lgpio()
    sleep(SETTLED_S)
    tap.strips = strips
    for select, strip in ((0, "main"), (1, "second")):
        alone: set[int] = set()
        tap.watch(select, lambda lit, alone=alone: alone.update(lit) if len(lit) == 1 else None)  # type: ignore[misc]
        tested = rows("lights", "test", "--strip", strip, "--step", "0")
        count = tap.strips[select].pixels
        check(f"lights test lights each of {count} pixels of {strip} alone",
              lambda alone=alone, count=count: alone == set(range(count)))  # type: ignore[misc]  # fmt: skip
        tap.watch(select, None)
        check("and passes", lambda tested=tested: bool(tested) and tested[0]["ok"])  # type: ignore[misc]
    off = sh("runuser", "-u", "kiosk", "--", PROGRAM, "--home", "/var/lib/kiosk", "lights", "off")
    check("lights off as the station's user, from /", lambda: off == "All strips are dark.")


def second_strip_is_shift_registers(tap: Tap) -> None:
    lamps, call, buzzer = ((5,), (6,), (13, 19, 26)), 17, 18
    SETTINGS.write_text(settings_with(SHIPPED.read_text("utf-8"), "shift", lamps, call, buzzer), "utf-8")
    tap.strips[1] = SHIFT
    sh("systemctl", "restart", LIGHTS)
    check("with 74HC595 in the place of WS2812 all is in order",
          lambda: not any(one["fault"] for one in kiosk("lights", "status").get("strips", [{"fault": 1}])))  # fmt: skip
    (parcel,) = parcels_on("second", 1)
    kiosk("pick-up", parcel["code"])
    check("the shift registers show the slot", lambda: shows(tap, parcel["slot"], strip="second"))
    kiosk("check-out", parcel["waybill"])
    check("and nothing afterwards", lambda: shows(tap, strip="second"))


def lamps() -> None:
    """Each of the three is lit by a check-in or a pick-up of its slot; the coloured one pulses its pins."""
    for number, pins in enumerate(((5,), (6,), (13, 19, 26)), 1):
        waybill = f"YT10000000000{number:02}"
        kiosk("check-in", waybill)
        kiosk("put-away", waybill, f"6-1-{number}")
        code = kiosk("parcel", waybill)["code"]
        kiosk("pick-up", code)
        check(f"lamp {number} at GPIO {pins} is on", lambda pins=pins: any(level(pin) for pin in pins))  # type: ignore[misc]
        kiosk("check-out", waybill)
        check("and off", lambda pins=pins: not any(level(pin) for pin in pins))  # type: ignore[misc]


def table(tap: Tap) -> None:
    told("strip   | asked of the kernel      | frames | all read by")
    for (select, chips, hz, mode, length), count in sorted(tap.asked.items()):
        told(f"{chips:7} | cs{select} {hz:>9,} Hz mode {mode} {length:>5} B | {count:>6} | data sheet of {chips}")
    told(f"{tap.frames} frames, {len(tap.wrong)} that no chip would understand")


def nothing_left() -> None:
    found = sh("find", "/", "-xdev", "-name", ".lgd-nfy*")
    memory = sh("find", "/dev/shm", "-name", "pins-*")
    check("lgpio left no fifo and no folder anywhere", lambda: not found and not memory)
    check("the station verifies", lambda: not kiosk("verify")["violations"])


def long_transfers() -> None:
    """With spidev.bufsiz=65536 a strip of 1,500 APA102 goes out in one transfer."""
    told(f"bufsiz {Path('/sys/module/spidev/parameters/bufsiz').read_text().strip()}")
    tap = Tap({})
    text = (
        SETTINGS.read_text("utf-8")
        .replace("pixels = 120", "pixels = 1500")
        .replace("budget_ma = 4000", "budget_ma = 99999")
    )
    SETTINGS.write_text(text, "utf-8")
    sh("systemctl", "stop", SCREEN, LIGHTS)  # what they say at the end is for 120
    sleep(SETTLED_S)
    tap.strips[0] = Strip("apa102", 1500)
    sh("systemctl", "start", LIGHTS)
    check("1,500 APA102 are in order", lambda: not kiosk("lights", "status")["strips"][0]["fault"])
    (parcel,) = parcels_on("main", 1)
    kiosk("pick-up", parcel["code"])
    check("a slot is lit on 1,500 APA102", lambda: shows(tap, parcel["slot"]))
    kiosk("check-out", parcel["waybill"])
    check("and goes dark", lambda: shows(tap))
    table(tap)
    check("every frame was whole", lambda: not tap.wrong)


if __name__ == "__main__":
    run(main)
