"""One parcel, one number: whatever a scanner puts round it and whichever of its barcodes is read."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.parcels.canonical import canonical, is_same, is_uncertain, sought
from kiosk.parcels.check_digits import Check, mod10, mod_37_36_of, weighted
from kiosk.parcels.scans import recognise
from kiosk.parcels.waybills import Waybill, read_waybill

GS1, GROUND = mod10(even=3, odd=1), mod10(even=1, odd=3)
FEDEX = weighted((3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1))


class Label(NamedTuple):
    """What is printed on a label, made of `free` digits and its check digit, and what its barcodes carry."""

    printed: Callable[[str], str]
    free: int
    barcodes: tuple[Callable[[str], str], ...]


def checked(head: str, check: Check) -> Callable[[str], str]:
    return lambda digits: next(n for n in (f"{head}{digits}{last}" for last in range(10)) if check(n))


LABELS = {
    "USPS": Label(checked("94", GS1), 19, ("42094105{}".format, "420941051234{}".format, "42094105<GS>{}".format)),
    "USPS 26": Label(checked("93", GS1), 23, ("42094105{}".format, "42094105|{}".format)),
    "FedEx": Label(
        checked("", FEDEX), 11,
        ("1001921334250001000300{}".format, "3297151456010244{}2014".format, "9622001560001234567100{}".format),
    ),
    "FedEx Ground": Label(checked("", GROUND), 14, ("9611020{}".format, "(96)11020{}".format)),
    "DHL": Label("JD{}".format, 18, ("J{}".format, "(J) {}".format)),
    "SSCC": Label(
        checked("34", GS1), 15,
        ("00{}".format, "(00){}".format, "(00){}(420)12345".format, "00{}\x1d42012345".format, "00{}42012345".format),
    ),
    "DPD": Label(
        lambda digits: "0" + digits + mod_37_36_of("0" + digits), 13,
        (lambda n: f"%0081827{n[:14]}327276", lambda n: f"0081827{n[:14]}327276", lambda n: n[:14]),
    ),
    "SF": Label("SF1{}".format, 12, ("*{}*".format, "{0}{0}".format, "{0} {0}".format)),
    "Codabar": Label("4{}".format, 11, ("d{}b".format, "A{}D".format)),
}  # fmt: skip
# What scanners put round a code, and how they spell it.
DRESSES: tuple[Callable[[str], str], ...] = (
    str,
    str.lower,
    "{}\r".format,
    "{}\r\n".format,
    "\t{}\t".format,
    "]C0{}".format,
    "]C1{}".format,
    "]A0{}".format,
    "\x02{}\x03".format,
    "\x1d{}\x1d\r".format,
    lambda text: " ".join(text[at : at + 4] for at in range(0, len(text), 4)),
)


@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
@given(data=st.data())
def test_every_barcode_in_every_dress_is_the_printed_number(label: Label, data: st.DataObject) -> None:
    printed = label.printed(data.draw(st.text("0123456789", min_size=label.free, max_size=label.free)))
    barcode = data.draw(st.sampled_from(label.barcodes))(printed)
    dressed = data.draw(st.sampled_from(DRESSES))(barcode)
    assume(not is_uncertain(barcode))  # two readings may fit by chance
    read = recognise(dressed).waybill
    assert isinstance(read, Waybill), (dressed, read)
    assert is_same(read.number, printed, None) and is_same(printed, read.number, None), (dressed, read.number)
    assert canonical(read.number) in sought(printed) and canonical(printed) in sought(read.number)


@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
@given(data=st.data())
def test_two_parcels_are_never_one(label: Label, data: st.DataObject) -> None:
    digits = st.text("0123456789", min_size=label.free, max_size=label.free)
    one, other = (label.printed(data.draw(digits)) for _ in range(2))
    assume(one != other)
    barcodes = [data.draw(st.sampled_from(label.barcodes))(number) for number in (one, other)]
    numbers = [read.number for read in map(read_waybill, barcodes) if isinstance(read, Waybill)]
    first, second = numbers
    assert not is_same(first, second, None) and not is_same(one, second, None)


@given(st.text("0123456789ABDJNPST*", max_size=40))
def test_the_canonical_number_is_its_own(number: str) -> None:
    assert canonical(canonical(number)) == canonical(number)
    assert number in sought(number) or canonical(number) in sought(number)


@given(st.text(), st.text())
def test_whatever_is_on_record_has_a_canonical_number(number: str, other: str) -> None:
    assert (canonical(number) and sought(number)) or not number
    assert is_same(number, number, "SF") and is_same(number, other, None) == is_same(other, number, None)


@pytest.mark.parametrize("number", ["73123456789012", "YT1234567890123", "SF1234567890123", "773000000000004",
    "431234567890123", "312345678901234", "5123456789012", "JT1234567890123", "JDX012345678901", "9812345678901",
    "DPK123456789012", "621123456789012", "EA123456785CN", "YT1234567890123456", "TBA000000000000"])  # fmt: skip
def test_what_carries_nothing_more_is_itself(number: str) -> None:
    assert canonical(number) == number
