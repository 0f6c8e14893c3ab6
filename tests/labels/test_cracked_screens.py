"""The QR of a notice is read from a phone with a cracked screen; how much correction it has was chosen here."""

import io
import math
from random import Random

import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.main import QRCode

from kiosk.labels.qr_picture import QUIET_ZONE, qr_modules, qr_png
from kiosk.parcels.qr_texts import notice_text

TEXT = notice_text("S001", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDE")
PHONES, FRAMES = 24, 10  # a reader sees each phone many times, held a little differently


def cracked(picture: Image.Image, random: Random, cracks: int) -> Image.Image:
    """Thin cracks that run out from where the phone fell on, and splinters that are dull."""
    picture = picture.convert("L")
    draw, side = ImageDraw.Draw(picture), picture.width
    start = random.uniform(0.1, 0.9) * side, random.uniform(0.1, 0.9) * side
    for _ in range(cracks):
        angle, (x, y), width = random.uniform(0, 2 * math.pi), start, random.choice((1, 1, 2, 3))
        while 0 <= x < side and 0 <= y < side:
            to = x + math.cos(angle) * side / 12, y + math.sin(angle) * side / 12
            draw.line((x, y, *to), fill=random.choice((60, 120, 150, 200)), width=width)
            (x, y), angle = to, angle + random.uniform(-0.4, 0.4)
    for _ in range(cracks // 3):
        x, y, radius = random.uniform(0, side), random.uniform(0, side), random.uniform(0.01, 0.03) * side
        corners = [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in (0, 2, 4)]
        draw.polygon(corners, fill=random.choice((60, 128, 200)))
    return picture


def is_read(picture: Image.Image) -> bool:
    random = Random(1)
    for _ in range(FRAMES):
        seen = picture.rotate(random.uniform(-25, 25), expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
        side = random.uniform(0.7, 1.1) * seen.width
        seen = seen.resize((int(side), int(side))).filter(ImageFilter.GaussianBlur(random.uniform(0.2, 0.9)))
        if any(found.text == TEXT for found in zxingcpp.read_barcodes(seen)):
            return True
    return False


def read_of(picture: Image.Image, cracks: int) -> int:
    random = Random(cracks)
    return sum(is_read(cracked(picture, random, cracks)) for _ in range(PHONES))


@pytest.mark.parametrize(("cracks", "at_least"), [(0, 24), (2, 22), (4, 19), (8, 15)])
def test_cracked_screens_are_read(cracks: int, at_least: int) -> None:
    assert read_of(Image.open(io.BytesIO(qr_png(TEXT))), cracks) >= at_least


def test_the_correction_is_the_most_that_costs_no_larger_code() -> None:
    def side(correction: int) -> int:
        code = QRCode(error_correction=correction, border=QUIET_ZONE)
        code.add_data(TEXT)
        code.make()
        return len(code.get_matrix())

    assert len(qr_modules(TEXT)) == side(ERROR_CORRECT_Q) == side(ERROR_CORRECT_M) > side(ERROR_CORRECT_L)
