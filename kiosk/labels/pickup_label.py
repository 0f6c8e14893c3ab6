"""The label that a parcel gets at check-in: its code in large type, its slot, and a QR that opens it at the kiosk.

Here as a picture for a label printer's driver; receipt.py has the bytes of a receipt printer. Of a person
nothing stands on it, but the last 4 digits of their phone where the owner wants them.
"""

import io
from typing import TYPE_CHECKING, NamedTuple

from kiosk.labels.qr_picture import qr_modules
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.qr_texts import station_qr

if TYPE_CHECKING:
    from PIL import ImageFont


class LabelText(NamedTuple):
    """What is printed. `courier` in the station's language; `waybill` lets staff find whose it is that
    fell off."""

    station: str
    station_number: str
    code: str
    slot: str
    courier: str
    waybill: str
    day: str
    brand: str = ""  # the courier as records know it, in Latin letters
    tail: str = ""  # the last 4 digits of the consignee's phone, where the owner wants them there

    @property
    def place(self) -> str:
        """The slot, and whose it is as far as the owner lets the label say."""
        return f"{self.slot}  *{self.tail}" if self.tail else self.slot

    @property
    def qr(self) -> str:
        return station_qr(self.station_number, (PickupCode(self.code),))


# By file name, as Debian's packages fonts-wqy-*, fonts-noto-cjk and fonts-droid-fallback have them.
_CHINESE_FONTS = ("wqy-microhei.ttc", "wqy-zenhei.ttc", "NotoSansCJK-Regular.ttc", "DroidSansFallbackFull.ttf")
_WIDTH, _HEIGHT = 480, 320  # pixels: 60 × 40 mm at 203 dpi
_MARGIN, _QR_SIDE = 12, 200


def label_png(label: LabelText) -> bytes:
    """Black on white. Pillow is loaded here only."""
    from PIL import Image, ImageDraw

    image = Image.new("1", (_WIDTH, _HEIGHT), 1)
    draw = ImageDraw.Draw(image)
    modules = qr_modules(label.qr)
    step = _QR_SIDE // len(modules)
    left, top = _WIDTH - step * len(modules), _HEIGHT - step * len(modules)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                at = (left + x * step, top + y * step)
                draw.rectangle((*at, at[0] + step - 1, at[1] + step - 1), 0)
    draw.text((_MARGIN, 6), label.code, 0, font=_fitting(label.code, 84, _WIDTH - 2 * _MARGIN))
    for number, line in enumerate((label.place, label.courier, label.waybill, label.day)):
        shown = line if line.isascii() or _chinese(8) else _latin(label.brand if line == label.courier else line)
        draw.text((_MARGIN, 128 + 42 * number), shown, 0, font=_fitting(shown, 26, left - _MARGIN))
    file = io.BytesIO()
    image.save(file, "PNG", dpi=(203, 203))
    return file.getvalue()


def _fitting(text: str, largest: int, width: int) -> "ImageFont.FreeTypeFont | ImageFont.ImageFont":
    """The font as large as it fits; nothing may run into the QR."""
    from PIL import ImageFont

    sizes = range(largest, 8, -2)
    fonts = ((not text.isascii() and _chinese(size)) or ImageFont.load_default(size) for size in sizes)
    return next((font for font in fonts if font.getlength(text) <= width), ImageFont.load_default(8))


def _chinese(size: int) -> "ImageFont.FreeTypeFont | None":
    """A font of the system; None where it has none that we know."""
    from PIL import ImageFont

    for name in _CHINESE_FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return None


def _latin(text: str) -> str:
    """The font that comes along has no Chinese."""
    return "".join(c for c in text if c.isascii())
