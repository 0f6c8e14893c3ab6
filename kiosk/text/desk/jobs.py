"""The words of the desk by job, for whoever does not know them; what each one does stands in the list of words."""

from collections.abc import Mapping
from typing import NamedTuple

from kiosk.counter.words import DESK_WORDS
from kiosk.parcels.roles import Role, may
from kiosk.text import N_, Language, Say
from kiosk.text.desk_help import HELP
from kiosk.text.desk_words import CHINESE

# Job → words, the most used first.
JOBS: Mapping[str, tuple[str, ...]] = {
    N_("Take parcels in"): ("batch", "in", "mode", "sure", "this", "next", "reward", "order", "laundry"),
    N_("Hand parcels over"): ("out", "all", "pass", "back"),
    N_("Put away, move, find room"): ("move", "look", "free"),
    N_("The code is lost, somebody asks"): ("find", "history", "label", "reveal"),
    N_("Something is wrong with a parcel"): ("hold", "release", "missing", "found", "lost"),
    N_("Correct what was entered"): ("undo", "phone", "courier", "size", "email", "also"),
    N_("Back to the courier"): ("overdue", "return", "stay", "returns"),
    N_("Manifests and what is to come"): ("expected", "chase", "announce", "announced", "withdraw"),
    N_("Sheets: end them, go on with them"): ("done", "sheet", "sheets", "off", "transfer"),
    N_("Count the shelves"): ("count",),
    N_("Home delivery"): ("homes", "round", "delivered", "failed", "home", "nohome"),
    N_("Money"): ("pay", "waive", "freight", "cod"),
    N_("Messages to customers"): ("remind", "notice"),
    N_("Lists and reports"): ("report", "map"),
    N_("The station"): ("close", "open", "pauses", "lift"),
    N_("End of the day, and help"): ("lock", "help", "menu", "quit"),
}
# What may follow a word, in English and in Chinese.
EXAMPLES: Mapping[str, tuple[str, str]] = {
    "batch": ("SF 120", "顺丰 120"), "returns": ("SF", "顺丰"), "transfer": ("Lane 7", "七里巷站"),
    "round": ("Wang", "小王"), "count": ("3-2", "3-2"), "done": ("2 missing, agreed", "少2件，已确认"),
    "sure": ("6901234567892", "6901234567892"), "in": ("SF1234567890123", "SF1234567890123"),
    "mode": ("return refused", "退件 拒收"), "sheet": ("12", "12"), "sheets": ("all", "all"),
    "announce": ("1 SF", "1 顺丰"), "withdraw": ("3", "3"), "expected": ("SF", "顺丰"), "chase": ("SF", "顺丰"),
    "out": ("neighbour", "邻居"), "waive": ("complaint", "客户投诉"), "back": ("wrong parcel", "拿错了"),
    "move": ("3-2-4", "3-2-4"), "hold": ("damaged wet corner", "破损 角湿了"), "release": ("repacked", "已重新包装"),
    "return": ("refused", "拒收"), "found": ("3-2-4", "3-2-4"), "lost": ("searched twice", "找了两遍"),
    "phone": ("13800001234", "13800001234"), "email": ("li@example.com", "li@example.com"), "courier": ("ZTO", "中通"),
    "size": ("XL", "XL"), "also": ("YT1234567890123", "YT1234567890123"), "freight": ("12.50", "12.50"),
    "cod": ("29.90", "29.90"), "pass": ("24 Li", "24 小李"), "home": ("Building 3, 502", "3号楼502"),
    "delivered": ("3-2-0147", "3-2-0147"), "failed": ("nobody at home", "家中无人"),
    "reward": ("9.90 Taobao", "9.90 淘宝"),
    "order": ("25 Baker", "25 面包店"), "laundry": ("18 Clean", "18 洗衣店"), "look": ("3-2", "3-2"),
    "free": ("L", "L"),
    "close": ("3-2 wet floor", "3-2 地面湿"), "open": ("3-2", "3-2"), "map": ("age", "age"), "overdue": ("3-2", "3-2"),
    "find": ("1234 SF", "1234 顺丰"), "all": ("1234 SF", "1234 顺丰"), "history": ("3-2-0147", "3-2-0147"),
    "report": ("week", "week"), "lift": ("t2", "t2"), "undo": ("wrong label", "面单错了"),
}  # fmt: skip


class WordForm(NamedTuple):
    """How a word is typed. `needs`: what follows it, in brackets where it may be left out; "" where nothing does."""

    word: str
    shown: str
    needs: str
    does: str
    example: str
    is_managers: bool

    @property
    def is_whole(self) -> bool:
        """It is done as it stands."""
        return not self.needs


def form_of(say: Say, language: Language, role: Role, word: str) -> WordForm:
    """`is_managers`: whoever works has to ask a manager for it."""
    needs, does = next(words[word] for words in HELP.values() if word in words)
    is_chinese = language is Language.CHINESE
    shown = CHINESE[word] if is_chinese else word
    follows = EXAMPLES[word][is_chinese] if word in EXAMPLES else ""
    event = DESK_WORDS[word].event if word in DESK_WORDS else None
    asks = event is not None and not may(role, event)
    return WordForm(word, shown, say(needs) if needs else "", say(does), f"{shown} {follows}".rstrip(), asks)
