"""The words of the staff desk in Chinese: typed or scanned so, they are the same words.

A clerk also types what couriers say for the same job, or the first letters of the word's pinyin, and an input method
types full-width letters, digits and spaces.
"""

import re

from kiosk.parcels.couriers import forms_of, read_courier
from kiosk.parcels.exceptions import is_reason
from kiosk.parcels.scans import unframed

CHINESE = {
    "announce": "预报", "announced": "预报列表", "withdraw": "撤回预报", "expected": "未到", "chase": "追件",
    "batch": "交接", "returns": "退件单", "transfer": "调拨", "round": "派送", "count": "盘点", "sheet": "单据",
    "sheets": "单据列表", "done": "完成", "off": "移出", "sure": "确认", "in": "入库", "mode": "连续", "out": "出库",
    "pay": "收款", "waive": "免收", "back": "撤销出库", "move": "移库", "hold": "问题件", "release": "解除",
    "return": "退件", "stay": "取消退件", "missing": "缺失", "found": "找到", "lost": "丢件", "phone": "手机",
    "email": "邮箱", "courier": "快递", "size": "尺寸", "also": "转单号", "freight": "到付", "cod": "代收",
    "pass": "代取", "reveal": "查看号码", "notice": "通知", "home": "送货上门", "nohome": "取消上门",
    "homes": "上门列表", "delivered": "已送达", "failed": "未送达", "reward": "奖励商品", "order": "订单",
    "laundry": "洗衣", "look": "货位", "free": "空位", "close": "停用", "open": "启用", "map": "货位图",
    "overdue": "滞留", "remind": "催取", "find": "查找", "all": "全部出库", "history": "历史", "report": "日报",
    "pauses": "暂停", "lift": "恢复", "undo": "撤销", "quit": "退出", "label": "打印", "lock": "锁定", "help": "帮助",
    "this": "此件", "next": "下件", "menu": "菜单",
}  # fmt: skip
# What is said for the same job at other stations.
ALSO = {
    "announce": ("预报单", "导入"), "expected": ("未到件", "应到未到"),
    "batch": ("批次", "接件"), "returns": ("退回单", "退件交接"), "transfer": ("转站", "中转"),
    "round": ("派件", "派送单"), "count": ("盘库", "点货"), "done": ("结束", "交接完成"), "in": ("到件", "收件"),
    "mode": ("批量", "连扫"), "out": ("取件", "签收"), "pay": ("付款", "已付"), "waive": ("免单", "减免"),
    "back": ("撤回出库", "取消出库"), "move": ("移位", "换位", "上架"), "hold": ("异常件", "异常", "问题"),
    "release": ("放行", "解除问题件"), "return": ("退回", "退货"), "found": ("找回",), "lost": ("遗失",),
    "phone": ("手机号", "电话"), "courier": ("快递公司",), "size": ("大小",), "cod": ("代收货款",),
    "pass": ("代领", "代取码"), "home": ("送货", "上门"), "delivered": ("妥投", "送达"), "failed": ("派送失败",),
    "free": ("余位",), "overdue": ("滞留件", "超期", "逾期"), "remind": ("催件", "提醒"),
    "find": ("查件", "查询", "找件"), "all": ("全部取件", "全取"),
    "history": ("轨迹", "记录"), "report": ("报表", "统计"), "undo": ("撤回", "撤消"),
    "label": ("补打", "打单"), "lock": ("锁屏",), "help": ("说明",),
}  # fmt: skip
# The first letters of their pinyin, lower case; 单据 and 丢件 have the same ones, and so none.
INITIALS = {
    "预报": "yb", "预报列表": "yblb", "撤回预报": "chyb", "未到": "wd", "追件": "zj",
    "交接": "jj", "批次": "pc", "退件单": "tjd", "调拨": "db", "派送": "ps", "盘点": "pd", "单据列表": "djlb",
    "完成": "wc", "移出": "yc", "确认": "qr", "入库": "rk", "连续": "lx", "出库": "ck", "收款": "sk", "免收": "ms",
    "撤销出库": "cxck", "移库": "yk", "问题件": "wtj", "解除": "jc", "退件": "tj", "退回": "th", "取消退件": "qxtj",
    "缺失": "qs", "找到": "zd", "手机": "sj", "邮箱": "yx", "快递": "kd", "尺寸": "cc", "转单号": "zdh", "到付": "df",
    "代收": "ds", "代取": "dq", "查看号码": "ckhm", "通知": "tz", "送货上门": "shsm", "取消上门": "qxsm",
    "上门列表": "smlb", "已送达": "ysd", "未送达": "wsd", "奖励商品": "jlsp", "订单": "dd", "洗衣": "xy",
    "货位": "hw", "空位": "kw", "停用": "ty", "启用": "qy", "货位图": "hwt", "滞留": "zl", "催取": "cq", "查找": "cz",
    "全部出库": "qbck",
    "历史": "ls", "日报": "rb", "报表": "bb", "暂停": "zt", "恢复": "hf", "撤销": "cx", "退出": "tc", "打印": "dy",
    "锁定": "sd", "帮助": "bz", "菜单": "cd",
}  # fmt: skip
_ENGLISH = {chinese: word for word, chinese in CHINESE.items()} | {
    other: word for word, others in ALSO.items() for other in others
}
_OF_INITIALS = {letters: _ENGLISH[chinese] for chinese, letters in INITIALS.items()}
_LONGEST = max(map(len, _ENGLISH))
_LONG_TEXT = 60  # characters: more is somebody's message, not what a clerk types
_LONG_UNSPACED = 30
_LETTERS_AND_DIGITS = {c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_SIGNS = str.maketrans("－＋．／＠＆＃＿＊\u3000", "-+./@&#_* ")
_STOP = re.compile(r"(?<=[0-9A-Za-z])。(?=[0-9A-Za-z])")
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9])(?=[\u4e00-\u9fff])")
# Whose argument is a number, a place, a courier or a reason: it may follow without a space.
_CLOSE_BY = frozenset(
    "batch returns transfer count sheet sure in mode move hold return found phone email courier size also freight cod"
    " look free close open overdue find history report".split()
)
_ASKS = re.compile(r"[/?？、] *(?=[0-9])")  # whatever the key of `/` or `?` writes: whose parcels are here?
_COLON = re.compile(r"^([A-Za-z]{2,9})[：:，,] *")
# Whose argument is somebody's own words: a comma or a colon parts it, `完成，少2件`.
_SAYS_WHY = frozenset("done waive back release failed lost undo delivered".split())
_PARTED = " ：:，,、"  # what stands between a Chinese word and its argument
_ODD_DIGITS = 8  # in a number that begins with letters which are also a word's


def in_english(text: str) -> str:
    """A text that begins with a word of the desk in Chinese, with the word that the desk knows; any other as it is, but
    for what an input method made of its letters and digits."""
    typed = unframed(text)
    if len(typed) > _LONG_TEXT:
        return text
    plain = as_typed(typed)
    found = _word_of(plain)
    if found is None:
        return text if plain == typed else plain
    word, argument = found
    argument = in_english(argument) if word == "mode" else argument
    return f"{word} {argument}" if argument else word


def as_typed(text: str) -> str:
    """With the letters, digits and signs that a keyboard has where an input method wrote wide ones; Chinese sentences
    keep their own signs."""
    return _STOP.sub(".", text.translate(_LETTERS_AND_DIGITS).translate(_SIGNS)).strip()


def _word_of(text: str) -> tuple[str, str] | None:
    """The desk's word, and what follows it."""
    if asks := _ASKS.match(text):
        return "find", text[asks.end() :]
    first, _, argument = _COLON.sub(r"\1 ", text).strip().partition(" ")
    if first.lower() in CHINESE:
        return first.lower(), argument
    if first in _ENGLISH:
        return _ENGLISH[first], argument
    word = _OF_INITIALS.get(first.lower())
    if word is not None:
        return None if _is_number(first, text) else (word, argument)
    return _unspaced(text)


def _is_number(letters: str, text: str) -> bool:
    """`CX 473 124 829 CN` is somebody's waybill."""
    joined = text.replace(" ", "").upper()
    return (letters.isupper() and sum(map(str.isdigit, text)) >= _ODD_DIGITS) or bool(forms_of(joined))


def _unspaced(text: str) -> tuple[str, str] | None:
    """`问题件破损`, `移库3-2-4`, `交接顺丰120`: nobody types spaces in Chinese. Only where what follows is clearly the
    word's argument: a sentence that begins so is no word."""
    if len(text) > _LONG_UNSPACED:
        return None
    for length in range(_LONGEST, 1, -1):
        word = _ENGLISH.get(text[:length])
        said = text[length:].lstrip(_PARTED) if word else ""
        if word in _SAYS_WHY and said and text[length] in _PARTED:
            return word, said
        rest = _BETWEEN.sub(" ", said)
        if word in _CLOSE_BY and rest and _is_argument(word, rest):
            return word, rest
    return None


def _is_argument(word: str, rest: str) -> bool:
    first = rest.split()[0]
    if word == "mode":
        return _word_of(rest) is not None
    return (rest[0].isascii() and rest[0].isalnum()) or is_reason(first) or read_courier(first) is not None


def words_like(typed: str) -> list[str]:
    """Words that may have been meant, in the language of what was typed; what is a reason of theirs is said with it."""
    from difflib import get_close_matches  # only where somebody has mistyped one

    folded = as_typed(typed).lower()
    is_english = folded.isascii()
    if is_reason(folded):
        return [f"{word if is_english else CHINESE[word]} {folded}" for word in ("hold", "return")]
    joined = next((folded[:at] for at in range(_LONGEST, 1, -1) if folded[:at] in _ENGLISH), "")
    if joined:  # 免收客户投诉
        return [f"{joined} {folded[len(joined) :].lstrip(_PARTED)}"]
    return get_close_matches(folded, [*CHINESE] if is_english else [*_ENGLISH], n=3, cutoff=0.6)
