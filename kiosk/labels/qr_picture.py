"""QR codes as pictures, for paper and for the screen of a phone that may be cracked: black on white, with a margin."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qrcode.main import QRCode

# Q is the most correction that costs no larger code than M for what we put in; tests scan it from cracked glass. More
# would make the modules smaller, and what a crack mostly hits, the three corner squares, no correction helps.
QUIET_ZONE = 4  # modules
MODULE = 10  # pixels: a phone shows it some 3 cm wide


def _qr_code(text: str) -> "QRCode":
    from qrcode.constants import ERROR_CORRECT_Q
    from qrcode.main import QRCode

    code: QRCode = QRCode(error_correction=ERROR_CORRECT_Q, border=QUIET_ZONE)
    code.add_data(text)
    code.make()
    return code


def qr_modules(text: str) -> list[list[bool]]:
    """Rows of modules, True is dark, with the quiet zone."""
    modules: list[list[bool]] = _qr_code(text).get_matrix()
    return modules


def qr_png(text: str) -> bytes:
    """Black on white, MODULE pixels a module."""
    from PIL import Image

    modules = qr_modules(text)
    picture = Image.new("1", (len(modules), len(modules)), 1)
    picture.putdata([not dark for row in modules for dark in row])
    file = io.BytesIO()
    picture.resize((MODULE * len(modules),) * 2, Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()


def qr_svg(text: str) -> bytes:
    """Black on white, sharp at any size; a module is one millimetre unless it is scaled."""
    from qrcode.image.svg import SvgPathFillImage

    drawn: bytes = _qr_code(text).make_image(image_factory=SvgPathFillImage).to_string()
    return drawn
