"""A touch screen that the kernel makes up: what a finger does comes from /dev/input as from a real panel."""

import subprocess
from time import sleep

HELD_S = 0.15
BETWEEN_S = 0.5  # an emulated machine is slow
_TAKES_NOTICE_S = 5


class Panel:
    """In pixels of a display of that size; one finger."""

    def __init__(self, name: str, width: int, height: int) -> None:
        import evdev

        subprocess.run(["modprobe", "uinput"], check=True)
        codes = self._codes = evdev.ecodes
        across, down = (evdev.AbsInfo(0, 0, size - 1, 0, 0, 4) for size in (width, height))
        one, number = evdev.AbsInfo(0, 0, 1, 0, 0, 0), evdev.AbsInfo(0, 0, 65535, 0, 0, 0)
        self._panel = evdev.UInput(
            {
                codes.EV_KEY: [codes.BTN_TOUCH],
                codes.EV_ABS: [
                    (codes.ABS_X, across), (codes.ABS_Y, down), (codes.ABS_MT_SLOT, one),
                    (codes.ABS_MT_TRACKING_ID, number), (codes.ABS_MT_POSITION_X, across),
                    (codes.ABS_MT_POSITION_Y, down),
                ],
            },
            name=name, vendor=0x0EEF, product=0x0001, input_props=[codes.INPUT_PROP_DIRECT],
        )  # fmt: skip
        self._touches = 0
        sleep(_TAKES_NOTICE_S)  # the compositor gets to know it

    def tap(self, x: int, y: int) -> None:
        self.swipe((x, y))

    def swipe(self, *places: tuple[int, int]) -> None:
        """Down on the first of the places, along the others, and off the last."""
        self._touches += 1
        for number, (x, y) in enumerate(places):
            self._write(ABS_MT_SLOT=0, ABS_MT_TRACKING_ID=None if number else self._touches)
            self._write(ABS_MT_POSITION_X=x, ABS_MT_POSITION_Y=y, BTN_TOUCH=None if number else 1, ABS_X=x, ABS_Y=y)
            self._panel.syn()
            sleep(HELD_S)
        self._write(ABS_MT_TRACKING_ID=-1, BTN_TOUCH=0)
        self._panel.syn()
        sleep(BETWEEN_S)

    def _write(self, **values: int | None) -> None:
        for name, value in values.items():
            kind = self._codes.EV_KEY if name.startswith("BTN") else self._codes.EV_ABS
            if value is not None:
                self._panel.write(kind, self._codes.ecodes[name], value)
