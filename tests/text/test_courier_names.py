"""Couriers in the reader's language; what a person reads on the screen, the desk reads back."""

import pytest

from kiosk.parcels.couriers import UNKNOWN_COURIER, couriers, read_courier
from kiosk.text import Language, words
from kiosk.text.courier_names import courier_name, courier_names, named_in

CHINESE = words(Language.CHINESE)


@pytest.mark.parametrize("language", list(Language))
def test_every_name_that_is_shown_is_read_back(language: Language) -> None:
    for courier in couriers():
        assert read_courier(courier_name(words(language), courier)) == courier


def test_the_trades_names() -> None:
    assert courier_names(CHINESE, ["SF", "ZTO", "YTO", "STO", "Yunda", "J&T", "JD", "EMS", "Deppon", "YTO"]) == (
        "顺丰、中通、圆通、申通、韵达、极兔、京东、邮政、德邦"
    )
    assert courier_name(CHINESE, UNKNOWN_COURIER) == "公司未知"


def test_a_brand_that_is_in_no_list_and_a_shop_stay_as_they_were_written() -> None:
    assert courier_name(CHINESE, "Close & Co") == "Close & Co" and named_in("zh")("丰网") == "丰网"
