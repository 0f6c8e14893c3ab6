"""Printed labels are read back from the paper by an independent decoder."""

import pypdfium2
import pytest
import zxingcpp

from kiosk.labels.slot_labels import slot_labels
from kiosk.parcels.scans import SlotScan, recognise
from kiosk.parcels.slots import SlotAddress

SLOTS = [SlotAddress(shelf, level, slot) for shelf in ("1", "AB99") for level in (1, 9) for slot in range(1, 8)]


@pytest.mark.parametrize("qr", [False, True])
def test_every_label_scans_as_its_slot(qr: bool) -> None:
    document = pypdfium2.PdfDocument(slot_labels(SLOTS, qr=qr))
    assert len(document) == 2  # 24 on the first sheet, 4 on the second
    read = []
    for page in document:
        image = page.render(scale=300 / 72, grayscale=True).to_pil()
        read += [recognise(code.text).means for code in zxingcpp.read_barcodes(image)]
    document.close()
    found = [scan.address for scan in read if isinstance(scan, SlotScan)]
    assert sorted(map(str, found)) == sorted(map(str, SLOTS))
