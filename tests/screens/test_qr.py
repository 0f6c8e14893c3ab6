from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from kiosk.parcels.codes import PickupCode
from kiosk.parcels.scans import station_qr
from kiosk.screens.widgets.qr import qr_content

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
