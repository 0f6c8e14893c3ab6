"""Check digits of waybill numbers. Every function takes the text it covers and says whether it holds.

Rules as documented by UPU (S10), ISO 7064 (mod 37,36), GS1 (weights 3 and 1) and the couriers' label guides.
"""

from collections.abc import Callable, Sequence

Check = Callable[[str], bool]

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# ISO 3166-1 alpha-2: an S10 number ends with a country that exists.
_COUNTRIES = frozenset(
    "AD AE AF AG AI AL AM AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD "
    "CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD "
    "GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH "
    "KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU "
    "MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU "
    "RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW "
    "TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW".split()
)


def _value(character: str) -> int:
    """A digit as it is; a letter by the UPS rule A=2, B=3 … I=0, J=1."""
    return int(character) if character.isdigit() else (ord(character) - 63) % 10


def mod10(even: int, odd: int) -> Check:
    """Weights `even`, `odd`, `even` … from the left; the last digit brings the sum to a multiple of ten."""

    def check(number: str) -> bool:
        total = sum(_value(c) * (odd if i % 2 else even) for i, c in enumerate(number[:-1]))
        return (-total) % 10 == int(number[-1])

    return check


def weighted(weights: Sequence[int]) -> Check:
    """Σ digit × weight, mod 11, mod 10 (FedEx Express)."""

    def check(number: str) -> bool:
        total = sum(int(c) * w for c, w in zip(number[:-1], weights, strict=True))
        return total % 11 % 10 == int(number[-1])

    return check


def mod7(number: str) -> bool:
    return int(number[:-1]) % 7 == int(number[-1])


def luhn(number: str) -> bool:
    digits = [int(c) for c in reversed(number)]
    return sum(d if i % 2 == 0 else d * 2 - 9 * (d > 4) for i, d in enumerate(digits)) % 10 == 0


def s10(number: str) -> bool:
    """UPU S10: weights 8 6 4 2 3 5 9 7, 11 − Σ mod 11, 10 → 0, 11 → 5; the issuing country must exist."""
    total = sum(int(c) * w for c, w in zip(number[2:10], (8, 6, 4, 2, 3, 5, 9, 7), strict=True))
    expected = {10: 0, 11: 5}.get(11 - total % 11, 11 - total % 11)
    return expected == int(number[10]) and number[11:] in _COUNTRIES


def mod_37_36(number: str) -> bool:
    """ISO 7064 hybrid system over the 36 letters and digits (DPD)."""
    return mod_37_36_of(number[:-1]) == number[-1]


def mod_37_36_of(number: str) -> str:
    """The check character that belongs behind it."""
    carry = 36
    for character in number:
        carry = (carry + _ALPHABET.index(character)) % 36 or 36
        carry = carry * 2 % 37
    return _ALPHABET[(37 - carry) % 36]


def always(number: str) -> bool:
    """The courier documents no check digit."""
    return bool(number)
