import re

from PIL import Image
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from zxingcpp import read_barcodes

from kiosk.labels.qr_picture import qr_modules, qr_svg
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.qr_texts import notice_text, station_qr
from kiosk.screens.demo.qr import qr_content
from kiosk.text.qr_lines import qr_lines

_MODULES = {" ": (False, False), "▀": (True, False), "▄": (False, True), "█": (True, True)}


def test_the_half_blocks_are_the_code_with_its_quiet_zone() -> None:
    text = station_qr("S001", (PickupCode("3-2-0147"),))
    content = qr_content(text)
    rows = []
    for line in content.plain.split("\n"):
        halves = [_MODULES[character] for character in line]
        rows += [[top for top, _ in halves], [bottom for _, bottom in halves]]
    code: QRCode = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    wanted = code.get_matrix()
    assert rows[: len(wanted)] == wanted
    assert len(wanted) == 21 + 8  # small enough for 24 rows of a terminal
    assert not any(any(row[:4] + row[-4:]) for row in rows) and not any(map(any, rows[:4]))
    assert [str(span.style) for span in content.spans] == ["#000000 on #ffffff"]


def test_whatever_shows_it_paints_it_black_on_white() -> None:
    """As a desk does, and as a terminal gets it from the command line: read by a reader that inverts nothing."""
    text = notice_text("S001", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDE")
    halves = [_MODULES[character] for line in qr_lines(text) for character in line]
    width = len(qr_lines(text)[0])
    rows = [halves[start : start + width] for start in range(0, len(halves), width)]
    picture = Image.new("1", (width, 2 * len(rows)))
    picture.putdata([not dark for row in rows for half in (0, 1) for dark in (cell[half] for cell in row)])
    (found,) = read_barcodes(picture.resize((width * 6, len(rows) * 12)).convert("L"), try_invert=False)
    assert found.text == text


def test_the_drawing_for_print_is_black_on_white() -> None:
    text = notice_text("S001", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDE")
    svg = qr_svg(text).decode()
    side = len(qr_modules(text))
    assert f'width="{side}mm"' in svg and f'viewBox="0 0 {side} {side}"' in svg
    assert re.search(r'<[\w:]*rect fill="white"', svg) and 'fill="#000000"' in svg
    (path,) = re.findall(r' d="([^"]+)"', svg)
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+),(\d+)H", path)}
    assert dark == {(x, y) for y, row in enumerate(qr_modules(text)) for x, is_dark in enumerate(row) if is_dark}
