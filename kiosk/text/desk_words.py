"""The words of the staff desk in Chinese: typed or scanned so, they are the same words."""

from kiosk.parcels.scans import unframed

CHINESE = {
    "announce": "预报", "announced": "预报列表", "withdraw": "撤回预报", "expected": "未到", "chase": "催件",
    "batch": "交接", "returns": "退件单", "transfer": "调拨", "round": "派送", "count": "盘点", "sheet": "单据",
    "sheets": "单据列表", "done": "完成", "off": "移出", "sure": "确认", "out": "出库", "pay": "收款", "waive": "免收",
    "back": "撤销出库", "move": "移库", "hold": "问题件", "release": "解除", "return": "退件", "stay": "取消退件",
    "missing": "缺失", "found": "找到", "lost": "丢件", "phone": "手机", "email": "邮箱", "courier": "快递",
    "size": "尺寸", "also": "转单号", "freight": "到付", "cod": "代收", "pass": "代取", "reveal": "查看号码",
    "notice": "通知", "home": "送货上门", "nohome": "取消上门", "homes": "上门列表", "delivered": "已送达",
    "failed": "未送达", "reward": "奖励商品", "order": "订单", "laundry": "洗衣", "look": "货位", "free": "空位",
    "close": "停用", "open": "启用", "map": "货位图", "overdue": "滞留", "remind": "催取", "find": "查找",
    "history": "历史", "report": "日报", "pauses": "暂停", "lift": "恢复", "undo": "撤销", "label": "打印",
    "lock": "锁定", "help": "帮助",
}  # fmt: skip
_ENGLISH = {chinese: word for word, chinese in CHINESE.items()}


def in_english(text: str) -> str:
    """A text that begins with a word of the desk in Chinese, with the word that the desk knows; any other as it is."""
    first, space, argument = unframed(text).partition(" ")
    return _ENGLISH[first] + space + argument if first in _ENGLISH else text


def words_like(word: str) -> list[str]:
    """Words that may have been meant."""
    from difflib import get_close_matches  # only where somebody has mistyped one

    return get_close_matches(word.lower(), [*CHINESE, *_ENGLISH], n=3, cutoff=0.6)
