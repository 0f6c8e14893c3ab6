"""Sizes as manifests and people write them: `大`, `小件`, `L`, `超大`, `large`."""

import re

from kiosk.parcels.codes import plain
from kiosk.parcels.slots import Size

_WORDS = {
    Size.S: {"小", "XS", "SMALL", "文件", "信件", "信封", "小包", "薄"},
    Size.M: {"中", "中等", "MEDIUM", "标准", "普通", "常规", "正常", "均"},
    Size.L: {"大", "LARGE", "BIG", "大包", "大箱"},
    Size.XL: {"特大", "超大", "加大", "XXL", "2XL", "XXXL", "3XL", "EXTRA LARGE", "X-LARGE", "超长", "超重", "大货"},
}
_SIZES = {word: size for size, words in _WORDS.items() for word in words} | dict(Size.__members__)
_OF_WHAT = re.compile(r"(?:尺寸|规格|包裹|快件|件|号|码|型|个|的)+$")


def read_size(text: str) -> Size | None:
    """None for what is no size, such as a weight."""
    word = plain(text).strip().strip("()[]【】")
    return _SIZES.get(word) or _SIZES.get(_OF_WHAT.sub("", word))
