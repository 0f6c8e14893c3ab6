"""Pickup labels, command cards and badges are read back by independent decoders."""

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from kiosk.counter.words import read_desk_word
from kiosk.jobs.records.look_up import ParcelStory, tell_parcel
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.labels.cards import badge_card, command_cards
from kiosk.labels.pickup_label import LabelText, label_png
from kiosk.labels.printing import label_text, print_pickup_label
from kiosk.labels.receipt import label_escpos
from kiosk.parcels.couriers import couriers, read_courier
from kiosk.parcels.meanings import BadgeScan, CodeScan, CommandScan
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import recognise
from kiosk.text import Language, words
from kiosk.text.desk.cards import card_texts
from kiosk.text.desk_help import read_screen_word
from tests.labels.receipt import COLUMNS, read_receipt

SF = "SF1000000000001"
LABELS = [
    LabelText("驿站", "S001", "3-2-0147", "3-2-4", "SF", SF, "11-22 16:00"),
    LabelText("Station", "ABCDEFGHIJKL", "A99-1-98765", "A99-1-60", "United States Postal Service", "X" * 40, "11-22"),
    LabelText("Station", "S001", "1-1-0000", "1-1-1", "阳光洗衣", "LD0123456789", ""),
]  # fmt: skip


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.code)
def test_a_printed_label_opens_its_parcel(label: LabelText) -> None:
    image = Image.open(io.BytesIO(label_png(label)))
    assert image.size == (480, 320)
    (code,) = zxingcpp.read_barcodes(image.convert("L"))
    scan = recognise(code.text).means
    assert isinstance(scan, CodeScan) and (scan.codes[0].text, scan.station) == (label.code, label.station_number)


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.code)
@pytest.mark.parametrize("raster", [False, True])
def test_a_receipt_printer_gets_what_it_understands(label: LabelText, raster: bool) -> None:
    receipt = read_receipt(label_escpos(label, raster=raster))
    assert receipt.qr == label.qr and receipt.cut
    sizes = {line.text: line.size for line in receipt.lines}
    assert sizes[label.code] == (4, 4) if len(label.code) <= 8 else sizes[label.code] >= (2, 2)
    assert sizes[label.slot] == (2, 2) and sizes[label.station] == (1, 1)


@pytest.mark.parametrize("code", ["1-1-4090", "12-2-5952", "A99-1-98765", "AB12-A1234-123", "A" * 16, "9" * 33])
def test_a_code_is_never_broken_on_the_narrowest_paper(code: str) -> None:
    label = LabelText("驿站" * 9, "S001", code, "A99-1-60", "United States Postal Service", "9" * 34, "11-22")
    for line in read_receipt(label_escpos(label)).lines:
        width = sum(1 if c.isascii() else 2 for c in line.text) * line.size[0]
        assert width <= COLUMNS or line.size == (1, 1), line
    (shown,) = [line for line in read_receipt(label_escpos(label)).lines if line.text == code]
    assert (shown.size[0] + 1) * len(code) > COLUMNS or shown.size == (4, 4)  # and as large as it can be


def test_a_configured_printer_prints_at_check_in_and_says_when_it_cannot(
    reset: Callable[[str, str], Station], shelved: Callable[..., CheckedIn], tmp_path: Path
) -> None:
    parcel = shelved(SF)
    quiet = reset("[printer]", "[printer]")
    assert print_pickup_label(quiet, SF) is None and not (quiet.home.folder / "labels").exists()
    pictures = reset('output = "none"               # a pickup', 'output = "png"  # a pickup')
    assert print_pickup_label(pictures, SF) is None
    assert (pictures.home.folder / "labels" / f"{parcel.code}.png").read_bytes().startswith(b"\x89PNG")
    device = tmp_path / "lp0"
    device.touch()
    reset("/dev/usb/lp0", str(device))
    receipts = reset('output = "png"', 'output = "escpos"')
    assert receipts.settings.printer.output == "escpos"
    assert print_pickup_label(receipts, SF) is None
    assert read_receipt(device.read_bytes()).qr.endswith(parcel.code)
    gone = reset(str(device), str(tmp_path / "nowhere" / "lp0"))
    refused = print_pickup_label(gone, SF)
    assert isinstance(refused, Refused) and refused.problem is Problem.NO_PRINTER


@pytest.mark.parametrize("language", list(Language))
def test_every_card_does_what_it_says(language: Language) -> None:
    read = _codes(command_cards(card_texts(words(language))))
    assert len(read) == len(card_texts(words(language)))
    for text in read:
        is_word = read_desk_word(text) or read_screen_word(text) or isinstance(recognise(text).means, CommandScan)
        assert is_word or read_courier(text), text
    assert {"BATCH", "BATCH SF", "FOUND", "FREE", "SIZE XL", "HOLD DAMAGED", "RETURN REFUSED", "MODE OUT", "YTO",
            "USPS", "J&T"} <= set(read)  # fmt: skip
    assert {read_courier(text) for text in read} >= set(couriers())


def test_a_badge_is_read_from_its_card() -> None:
    token = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert [recognise(text).means for text in _codes(badge_card(f"PKB1:{token}", "王小明", "店长"))] == [
        BadgeScan(token)
    ]


def _codes(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    read = []
    for page in document:
        read += [code.text for code in zxingcpp.read_barcodes(page.render(scale=300 / 72, grayscale=True).to_pil())]
    document.close()
    return read


@pytest.mark.parametrize("is_wanted", [False, True])
@pytest.mark.parametrize(("phone", "tail"), [("13800001234", "1234"), ("5678", "5678"), (None, "")])
def test_the_end_of_the_phone_stands_there_where_the_owner_says_so(
    reset: Callable[[str, str], Station], phone: str | None, tail: str, is_wanted: bool
) -> None:
    station = reset("phone_tail = false", f"phone_tail = {str(is_wanted).lower()}")
    said = Particulars(phone=read_phone(phone) if phone else None)
    assert isinstance(check_in(station, recognise(SF), said), CheckedIn)
    story = tell_parcel(station, recognise(SF))
    assert isinstance(story, ParcelStory)
    label = label_text(station, story)
    shown = f"{story.slot}  *{tail}" if is_wanted and tail else story.slot
    assert label.place == shown
    assert shown in [line.text for line in read_receipt(label_escpos(label)).lines]
