"""Inside the machine, before any service: a chip of 54 pins as a Pi's header has, its buttons not pressed."""

from pathlib import Path

PINS, BUTTONS = 54, (17, 22, 27)
CHIP = Path("/sys/kernel/config/gpio-sim/pi")
LINES = "/sys/devices/platform/gpio-sim.0"


def main() -> None:
    bank = CHIP / "header"
    bank.mkdir(parents=True)
    (bank / "num_lines").write_text(str(PINS))
    (bank / "label").write_text("pinctrl-bcm2711")
    (CHIP / "live").write_text("1")
    for pin in BUTTONS:
        line(pin, "pull").write_text("pull-up")


def line(pin: int, name: str) -> Path:
    """`pull` presses (pull-down) and lets go (pull-up), `value` is the level now."""
    (found,) = Path(LINES).glob(f"gpiochip*/sim_gpio{pin}/{name}")
    return found


if __name__ == "__main__":
    main()
