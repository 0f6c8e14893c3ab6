"""Courier brands and the forms of their waybill numbers.

Chinese couriers document no check digit: their patterns are the narrow ones in use in 2024. The others follow
the couriers' label guides, cross-checked with the numbers of tracking_number_data (MIT, (c) 2017 Jeff Keen).
"""

import re
from dataclasses import dataclass
from functools import cache
from re import Pattern
from typing import Any

from kiosk.parcels.check_digits import Check, always, luhn, mod7, mod10, mod_37_36, s10, weighted

UNKNOWN_COURIER = "unknown"
_ON_A_CARD = 14  # characters

_GS1 = mod10(even=3, odd=1)
_FEDEX_12 = weighted((3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1))
_FEDEX_14 = weighted((1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1))


_LETTERED = re.compile(r"[A-Z]{2}|1Z")


@dataclass(frozen=True, slots=True)
class WaybillForm:
    """One form of one courier's numbers: `pattern` matches the whole number without spaces.

    The group `checked` (default: all of it) goes to `check`, after `prefix` where the courier leaves it unprinted.
    """

    courier: str
    name: str
    pattern: Pattern[str]
    check: Check
    prefix: str = ""

    @property
    def is_lettered(self) -> bool:
        """Whether the courier's own letters stand in front, such as YT or 1Z."""
        return bool(_LETTERED.match(self.pattern.pattern))

    def accepts(self, number: str) -> bool:
        found = self.pattern.fullmatch(number)
        if not found:
            return False
        covered = found["checked"] if "checked" in self.pattern.groupindex else number
        return self.check(self.prefix + covered)


# Courier, name of the form, pattern; and where the courier documents one, the check digit's rule (and its prefix).
_FORMS: tuple[tuple[Any, ...], ...] = (
    ("SF", "SF", r"SF[A-Z0-9]\d{12}"),
    ("ZTO", "ZTO", r"7[3-68]\d{12}"),
    ("YTO", "YTO", r"YT\d{13}"),
    ("Yunda", "Yunda", r"[34]\d{14}|5\d{12}"),
    ("STO", "STO", r"(77|43)\d{12,15}"),
    ("J&T", "J&T", r"JT\d{13}"),
    ("JD", "JD", r"JD[A-Z0-9]{2}\d{11}"),
    ("EMS", "EMS", r"[981]\d{12}|P[A-Z]\d{11}"),
    ("Deppon", "Deppon", r"DPK\d{12}"),
    ("Cainiao", "Cainiao", r"621\d{12}"),
    ("S10 International Standard", "S10", r"[A-Z]{2}\d{9}[A-Z]{2}", s10),
    ("UPS", "UPS", r"1Z(?P<checked>[A-Z0-9]{15}\d)", mod10(even=1, odd=2)),
    ("UPS", "UPS Waybill", r"[A-Z](?P<checked>\d{10})", mod10(even=1, odd=2)),
    ("FedEx", "FedEx Express (12)", r"\d{12}", _FEDEX_12),
    ("FedEx", "FedEx Express (34)", r"1\d{19}(?P<checked>\d{14})", _FEDEX_14),
    ("FedEx", "FedEx ASTRA (32)", r"3\d{15}(?P<checked>\d{12})\d{4}", _FEDEX_12),
    ("FedEx", "FedEx Ground", r"\d{15}", mod10(even=1, odd=3)),
    ("FedEx", "FedEx Ground (SSCC-18)", r"00(?P<checked>\d{16})", _GS1),
    ("FedEx", "FedEx Ground 96 (22)", r"96\d{5}(?P<checked>\d{15})", mod10(even=1, odd=3)),
    ("FedEx", "FedEx Ground GSN", r"96\d{18}(?P<checked>\d{14})", _FEDEX_14),
    ("United States Postal Service", "USPS 20", r"(?!00)\d{20}", _GS1),
    ("United States Postal Service", "USPS IMpb C", r"(420(\d{5}|\d{9}))?(?P<checked>92\d{20})", _GS1),
    ("United States Postal Service", "USPS IMpb N", r"(420(\d{5}|\d{9}))?(?P<checked>9[345]\d{20})", _GS1),
    ("United States Postal Service", "USPS IMpb N", r"(420(\d{5}|\d{9}))?(?P<checked>9[2345]\d{24})", _GS1),
    ("United States Postal Service", "USPS Legacy", r"(420\d{5})?(?P<checked>91\d{20})", _GS1),
    ("United States Postal Service", "USPS Legacy", r"(?P<checked>7[0-9]\d{18})", _GS1, "91"),
    ("FedEx", "FedEx SmartPost", r"(92)?(?P<checked>(?!00)\d{20})", _GS1, "92"),
    ("DHL", "DHL Parcel (SSCC)", r"(00)?(?P<checked>34\d{16})", _GS1),
    ("DHL", "DHL Parcel", r"JJ?D\d{16,20}|JD\d{10}|VGL\d{10}"),
    ("DHL", "DHL Express", r"\d{10,11}", mod7),
    ("DHL", "DHL Express (Piece ID)", r"J[A-Z]{2,3}\d{9,10}"),
    ("DHL", "DHL E-Commerce", r"(GM|LX|RX|UV|CN|SG|TH|IN|HK|MY)\d{10,39}"),
    ("DHL", "DHL E-Commerce (14)", r"[56]\d{13}"),
    ("DPD", "DPD (28)", r"\d{27}[0-9A-Z]", mod_37_36),
    ("DPD", "DPD (27)", r"\d[A-Z0-9]{6}\d{20}"),
    ("DPD", "DPD number", r"(0\d|15)\d{12}"),
    ("DPD", "DPD (14)", r"\d{14}[0-9A-Z]", mod_37_36),
    ("Amazon", "Amazon Logistics", r"TB[ACM]\d{12}"),
    ("Amazon", "Amazon International", r"[CQ]\d{10}"),
    ("Canada Post", "Canada Post (16)", r"\d{16}", _GS1),
    ("Canpar", "Canpar (22)", r"[CDKLSUXZ]\d{21}"),
    ("GOFO Express", "GOFO Express (US)", r"GFUS\d{14}"),
    ("Landmark Global LTN", "Landmark Global LTN", r"LTN\d{8}N1"),
    ("LaserShip", "LaserShip LX", r"L[AEHX]\d{8}"),
    ("LaserShip", "LaserShip 1LS7 (15)", r"1LS7[12]\d{10}"),
    ("LaserShip", "LaserShip 1LS7 (18)", r"1LS7[12]\d{2}01[1-4]\d{6}-1"),
    ("LaserShip", "LaserShip 1LSCX (15)", r"1LSCX[A-Z0-9]{10}"),
    ("Old Dominion Freight Line", "Old Dominion", r"(77[789]|780|072)\d{8}", luhn),
    ("Old Dominion Freight Line", "Old Dominion Guaranteed Shipment", r"80\d{9}", luhn),
    ("OnTrac", "OnTrac", r"C(?P<checked>\d{14})", mod10(even=1, odd=2), "4"),
    ("OnTrac", "OnTrac D", r"D(?P<checked>\d{14})", mod10(even=1, odd=2), "5"),
    ("Purolator", "Purolator (12)", r"[0-5]\d{11}", luhn),
    ("Purolator", "Purolator (alpha + 9)", r"[A-Z]{3}\d{9}"),
    ("Spee-Dee Delivery", "Spee-Dee (20)", r"SP\d{18}"),
    ("Yodel", "Yodel", r"JJ?D\d{16}"),
    ("YunExpress", "YunExpress", r"YT\d{16}"),
)

_ALIASES = {
    "顺丰": "SF", "顺丰速运": "SF", "SHUNFENG": "SF", "SF EXPRESS": "SF",
    "中通": "ZTO", "中通快递": "ZTO", "ZTO EXPRESS": "ZTO",
    "圆通": "YTO", "圆通速递": "YTO", "YTO EXPRESS": "YTO",
    "申通": "STO", "申通快递": "STO", "STO EXPRESS": "STO",
    "韵达": "Yunda", "韵达快递": "Yunda", "韵达速递": "Yunda", "YUNDA EXPRESS": "Yunda",
    "极兔": "J&T", "极兔速递": "J&T", "JT": "J&T", "JNT": "J&T", "J&T EXPRESS": "J&T",
    "京东": "JD", "京东快递": "JD", "京东物流": "JD", "JD LOGISTICS": "JD",
    "邮政": "EMS", "中国邮政": "EMS", "邮政EMS": "EMS", "EMS快递": "EMS", "中国邮政速递": "EMS", "中国邮政EMS": "EMS",
    "邮政速递": "EMS", "CHINA POST": "EMS", "EMS / CHINA POST": "EMS",
    "德邦": "Deppon", "德邦快递": "Deppon", "菜鸟": "Cainiao", "菜鸟速递": "Cainiao",
    "云途": "YunExpress", "国际邮件": "S10 International Standard", "亚马逊": "Amazon", "加拿大邮政": "Canada Post",
    "美国邮政": "United States Postal Service",
    "USPS": "United States Postal Service", "S10": "S10 International Standard", "UPU": "S10 International Standard",
    "LANDMARK": "Landmark Global LTN", "OLD DOMINION": "Old Dominion Freight Line", "SPEE-DEE": "Spee-Dee Delivery",
}  # fmt: skip

COMPANY = re.compile(r"(?:快递|速递|速运|物流|快递包裹|经济快递|标准快递|特快专递)?(?:(?:股份|集团)?有限公司)?$")


@cache
def all_forms() -> tuple[WaybillForm, ...]:
    """Every form we know. Compiled when first asked for: a screen that shows a welcome needs none."""
    return tuple(
        WaybillForm(courier, name, re.compile(pattern), *(rule or (always,)))
        for courier, name, pattern, *rule in _FORMS
    )


@cache
def couriers() -> tuple[str, ...]:
    """The names of all couriers as we write them."""
    return tuple(dict.fromkeys(courier for courier, *_ in _FORMS))


@cache
def _by_name() -> dict[str, str]:
    return {name.upper(): name for name in couriers()} | _ALIASES


def all_names() -> tuple[str, ...]:
    """Every name and alias, in capitals."""
    return tuple(_by_name())


def read_courier(text: str) -> str | None:
    """The courier's name as we write it, from its name or a usual alias in English or Chinese; else None."""
    name = text.strip().upper()
    return _by_name().get(name) or _by_name().get(COMPANY.sub("", name))


def short_name(courier: str) -> str:
    """A name of it in ASCII that a bar code has room for."""
    if len(courier) <= _ON_A_CARD:
        return courier
    others = [name for name, meant in _ALIASES.items() if meant == courier and name.isascii()]
    return min(others, key=len, default=courier)


def forms_of(number: str) -> tuple[WaybillForm, ...]:
    """Every form that accepts the number (upper case, without spaces)."""
    return tuple(form for form in all_forms() if form.accepts(number))


def sure_courier(number: str) -> str | None:
    """Whose number it is for certain: one courier's alone, whose letters stand in front. Digits are nobody's alone."""
    forms = forms_of(number)
    whose = {form.courier for form in forms}
    return whose.pop() if len(whose) == 1 and any(form.is_lettered for form in forms) else None
