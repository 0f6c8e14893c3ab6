"""How many SMS a text takes, by the figures of 3GPP TS 23.038."""

import pytest

from kiosk.messages.sms_parts import SmsParts, sms_parts


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("", (0, 160, 1)),
        ("a" * 160, (160, 160, 1)),
        ("a" * 161, (161, 160, 2)),
        ("a" * 306, (306, 160, 2)),
        ("a" * 307, (307, 160, 3)),
        ("[" * 80, (160, 160, 1)),
        ("[" * 81, (162, 160, 2)),
        ("é" * 160, (160, 160, 1)),
        ("ê", (1, 70, 1)),
        ("取" * 70, (70, 70, 1)),
        ("取" * 71, (71, 70, 2)),
        ("取" * 134, (134, 70, 2)),
        ("取" * 135, (135, 70, 3)),
        ("📦" * 35, (70, 70, 1)),
        ("📦" * 36, (72, 70, 2)),
        ("a" * 70 + "“", (71, 70, 2)),
    ],
)
def test_parts(text: str, taken: tuple[int, int, int]) -> None:
    assert sms_parts(text) == SmsParts(*taken)
