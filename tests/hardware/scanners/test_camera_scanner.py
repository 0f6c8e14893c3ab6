"""A command that stands in for ffmpeg: it writes pictures with real codes in them."""

import sys
from pathlib import Path
from typing import Any

import pytest
import qrcode
import zxingcpp
from PIL import Image

from hardware.scanners.source import ScannerError
from hardware.scanners.watch import open_scanner
from hardware.scanners.wiring import CameraWiring, Frame, ScannerWiring
from hardware.trouble import Trouble
from tests.hardware.scanners.test_scanners import Heard
from tests.waiting import until

WIDTH, HEIGHT = 320, 240
QR, WAYBILL = "PK1:S001:3-2-0147", "SF1000000000001"

_PLAY = """
import signal, sys
pictures = open(sys.argv[1], "rb").read()
sys.stdout.buffer.write(pictures)
sys.stdout.buffer.flush()
print("camera: that was all", file=sys.stderr)
if sys.argv[2] == "stay":
    signal.pause()
"""


def picture(*codes: Image.Image) -> bytes:
    paper = Image.new("L", (WIDTH, HEIGHT), 200)
    for number, code in enumerate(codes):
        paper.paste(code, (10 + 150 * number, 40))
    return paper.tobytes()


def qr(text: str) -> Image.Image:
    drawn: Image.Image = qrcode.make(text, box_size=4).convert("L")
    return drawn.resize((140, 140))


def bars(text: str) -> Image.Image:
    # Any: the library's stubs know from Python 3.12 on that it is a buffer.
    drawn: Any = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128).to_image(scale=1)
    height, width = drawn.shape
    return Image.frombytes("L", (width, height), bytes(memoryview(drawn).cast("B")))


def wiring(tmp_path: Path, *pictures: bytes, stay: bool = True) -> ScannerWiring:
    file = tmp_path / "pictures"
    file.write_bytes(b"".join(pictures))
    command = (sys.executable, "-c", _PLAY, str(file), "stay" if stay else "end")
    return ScannerWiring("lens", "any", CameraWiring(command, WIDTH, HEIGHT), Frame(again_s=1.5))


def test_codes_in_the_picture_are_read_once_each(tmp_path: Path) -> None:
    both = picture(qr(QR), qr("3-2-0148"))
    heard = Heard(wiring(tmp_path, picture(), picture(qr(QR)), both, picture(), picture(bars(WAYBILL))))
    until(lambda: len(heard.codes) == 3)
    heard.watch.close()
    assert heard.codes == [QR, "3-2-0148", WAYBILL]
    assert [one.symbology for one in heard.scans] == ["QR Code", "QR Code", "Code 128"]
    assert heard.changes == [("lens", None)]


def test_planes_of_colour_are_passed_over(tmp_path: Path) -> None:
    colour = bytes([128]) * (WIDTH * HEIGHT // 2)
    lens = wiring(tmp_path, picture(qr(QR)), colour, picture(bars(WAYBILL)), colour)
    assert isinstance(lens.connection, CameraWiring)
    heard = Heard(lens._replace(connection=lens.connection._replace(colour_bytes=len(colour))))
    until(lambda: heard.codes == [QR, WAYBILL])
    heard.watch.close()


def test_a_command_that_ends_says_why_and_is_started_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    heard = Heard(wiring(tmp_path, picture(qr(QR)), stay=False))
    until(lambda: len(heard.codes) >= 2)
    heard.watch.close()
    assert heard.changes[:3] == [("lens", None), ("lens", Trouble.FAILED), ("lens", None)]
    assert "that was all" in caplog.text


def test_a_command_that_is_not_there_and_a_missing_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ScannerError) as raised:
        open_scanner(ScannerWiring("lens", "any", CameraWiring(("no-such-command",), 64, 64)))
    assert raised.value.trouble is Trouble.FAILED
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    with pytest.raises(ScannerError) as raised:
        open_scanner(wiring(tmp_path))
    assert raised.value.detail == "zxing-cpp"


def test_what_a_script_of_the_camera_has_started_ends_with_it(tmp_path: Path) -> None:
    """Or it would keep the camera, and one more with each try."""
    told = tmp_path / "pid"
    command = ("sh", "-c", f"sleep 100 & echo $! > {told}; wait")
    camera = open_scanner(ScannerWiring("lens", "any", CameraWiring(command, WIDTH, HEIGHT), Frame()))
    until(lambda: told.exists() and bool(told.read_text()))
    camera.close()
    state = Path(f"/proc/{told.read_text().strip()}/stat")
    until(lambda: not state.exists() or ") Z " in state.read_text())
