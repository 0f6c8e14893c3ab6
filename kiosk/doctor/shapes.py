"""What is masked because of what it looks like or what stands before it: secrets by their key, addresses, numbers,
paths. Patterns of a program's own texts (versions, module names, dates, devices) are kept out of it."""

import re
from collections.abc import Iterator
from pathlib import Path

GONE = "…"
Span = tuple[int, int]  # from where to where in a text
_PACKAGE = Path(__file__).parent.parent.parent  # where kiosk/ and hardware/ lie
_QUOTED = r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
# Of keys in a program's settings and answers: `smtp_password`, `accessToken`, `X-Api-Key`. The long ones stand for
# themselves wherever they are in a key, the short ones between its parts.
_LONG_SECRET = (
    r"password|passwort|passwd|passphrase|passcode|secret|token|credential|cookie|api[_-]?key|webhook|authori[sz]ation|"
    r"密码|口令|令牌|密钥|秘钥|授权码|验证码"
)
_SHORT_SECRET = (
    r"pass|pwd|pw|auth(?:entication)?|bearer|(?:access|private|signing|app|license)[_-]?key|session(?:[_-]?id)?|sid|sig|"
    r"signature|otp|pin|(?:corp|app|client|agent|open|union)[_-]?id|ssid|psk|send[_-]?key|licen[cs]e"
)
_PERSON = (
    r"user(?:[_-]?name)?|usr|login|account|name|consignee|recipient|receiver|sender|collector|customer|host(?:name)?|"
    r"collected by|taken by|signed by|address|addr|street|e-?mail|mail|phone|mobile|tel(?:ephone)?|contact|"
    r"姓名|收件人|寄件人|代取人|地址|电话|手机|邮箱|用户名?|账号|帐号"
)
# What stands before, such as `smtp_`, stays anyway: a search that begins there would take the square of a long word.
_SECRET_KEY = rf"(?:(?:{_LONG_SECRET})[\w.-]*|(?<![^\W_.])(?:{_SHORT_SECRET})(?:[_.-]\w+|s|\d+)?)[\"']?"
_PERSON_KEY = rf"(?<![^\W_.])(?:{_PERSON})[\"']?"
_SCHEMED = r"(?:bearer|basic|digest|token|negotiate)\s+\S+"
_KEYED = tuple(
    re.compile(rf"(?P<key>{key})(?P<value>{_QUOTED}|{value})", re.IGNORECASE)
    for key, value in (
        (rf"{_SECRET_KEY}\s*(?:=>|:?=)\s*", rf"{_SCHEMED}|[^\s,;&]+"),
        (r"\bcookies?\s*[:=]\s*", r"[^\n]+"),
        (rf"{_SECRET_KEY}\s*:\s*", r"[^\n,;]+"),  # words of a passphrase, to the end of the clause
        (rf"--[\w-]*(?:{_LONG_SECRET}|{_SHORT_SECRET}|key|user)[\w-]*(?:\s+|=)", r"\S+"),
        (rf"\b(?:{_LONG_SECRET}|pwd|bearer|basic)\s+(?:(?:is|was|of)\s+)?", r"\S+"),
        (r"\bauth\s+(?:plain|login|cram-md5|xoauth2)\s+", r"\S+"),
        (r"(?<!\S)-u\s+", r"\S+:\S+"),
        (r"\b(?:user|username|account|login)\s+(?!(?:is|was|has|not|and|or|to|at|in)\b|\w*(?:ed|ing|s)\b)", r"\w\S+"),
        (r"\b(?:dear|hello|hi)\s+", r"(?-i:[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)*)"),
        (rf"{_PERSON_KEY}\s*(?:=>|:?=|:)\s*", r"[^,;|&)\]}\n\"']+"),
        (r"(?<![\w./])key\s*[:=]\s*", r"\S+"),
    )
)
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,20})://[^\s\"'<>]*")
_WINDOWS = re.compile(
    r"\b[A-Za-z]:[\\/](?:[^\\/\n\"':*?<>|]+[\\/])*[^\\/\s\"':*?<>|,;)]*|\\\\[^\s\"']+|[^\s\"']*\\[^\s\"']+"
)
_PATH = re.compile(r"(?<![\w.…/])/[^\s\"':,;)]+(?: [^\s\"':,;()/]+/[^\s\"':,;)]+)*")
_PLACE = re.compile(r"(?<![\w./…])(?:~[\w.-]*|home|Users|Documents|media|mnt|root)/[^\s\"':,;)]+")
_OURS = re.compile(r".*/((?:kiosk|hardware)/[a-z0-9_/]+\.(?:py|tcss|toml|mo))")
_LIBRARY = re.compile(r".*/((?:site-packages|dist-packages|python3\.\d+)/[\w./-]+)")
_SHAPES = (
    re.compile(r"\bPK[A-Z]?1:\S+"),  # our QR codes: keys to parcels and desks
    re.compile(r"(?<!\S)[^\s@]*@\S+|\$\w+\$\S+"),  # addresses, hashes
    re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b(?::\d+)?|(?:[0-9A-Fa-f]{0,4}:){3,7}[0-9A-Fa-f]{0,4}"),  # IP, MAC
    re.compile(
        r"(?<![\w.-])(?:[\w-]+\.)+(?:com|org|net|cn|de|eu|uk|fr|jp|hk|tw|info|biz|edu|gov|local|lan|internal|intranet|"
        r"example|test|xyz|top|vip|cloud)\b(?::\d+)?(?!\.py)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<!\w)(?:{_QUOTED})(?!\w)|“[^”\n]*”|‘[^’\n]*’|«[^»\n]*»|「[^」\n]*」"),
    re.compile(r"(?:\\[ux][0-9A-Fa-f]{2,4})+|(?:%(?:25)*[89A-Fa-f][0-9A-Fa-f]){2,}"),  # letters that are not ASCII
    re.compile(r"(?<![0-9A-Za-z+/_-])[0-9A-Za-z+/_-]{8,}={1,2}(?![\w=])|\beyJ[\w.-]+"),  # Base64, tokens of the web
    re.compile(r"(?<![0-9A-Za-z+/])(?=[a-z0-9+/]*[A-Z])(?=[A-Z0-9+/]*[a-z])(?=[A-Za-z+/]*\d)[0-9A-Za-z+/]{24,}={0,2}"),
    re.compile(r"\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b", re.IGNORECASE),
    re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE),
    re.compile(
        r"\b(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[0-9A-Za-z]{12,}\b|(?<![\w-])(?=\S*\d)(?=\S*[A-Z])(?=\S*[a-z])[\w-]{16,}\b"
    ),
    re.compile(r"[A-Za-z]{0,4}\d(?:[- ]?\d){3,}[0-9A-Za-z]*|\d{3,}(?:[./]\d{3,})+"),  # numbers, codes
    re.compile(r"\b(?![A-Za-z]+(?:Error|Exception|Fault|Warning|Expired)\b)[0-9A-Za-z]{20,}"),
    re.compile(r"\b(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Herr|Frau|Madame|Monsieur)\.?\s+\w+(?:-\w+)?", re.IGNORECASE),
    re.compile(
        r"(?:\b\d{1,4}[a-z]?,?\s+)?(?<![\w'-])[\w'-]+\s+(?:street|road|lane|avenue|boulevard|alley|stra(?:ss|ß)e|gasse|allee)\b"
        r"(?:\s*\d+\w?)?|\b\w+(?:stra(?:ss|ß)e|gasse|allee)\b(?:\s*\d+\w?)?",
        re.IGNORECASE,
    ),
    re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"),  # Chinese: this program logs none
)
_DATE = re.compile(r"\b20\d\d-[01]\d-[0-3]\d\b(?:[ T][0-2]\d:[0-5]\d)?")


def keyed(text: str) -> Iterator[Span]:
    """Values that stand behind keys of secrets and persons."""
    for pattern in _KEYED:
        yield from (found.span("value") for found in pattern.finditer(text))


def placeless(text: str) -> str:
    """Without addresses of the web and of disks: folders are named by people."""
    text = _URL.sub(lambda found: f"{found[1]}:{GONE}", text)
    text = _PATH.sub(lambda found: _path(found[0]), text)
    text = _PLACE.sub(GONE, text)
    return _WINDOWS.sub(GONE, text) if "\\" in text or ":/" in text else text


def _path(path: str) -> str:
    """Of a program's file its place in the program stays, of devices all but what people call their disks."""
    ours = _OURS.fullmatch(path)
    if ours and (_PACKAGE / ours[1]).is_file():
        return f"{GONE}/{ours[1]}"
    if library := _LIBRARY.fullmatch(path):
        return f"{GONE}/{library[1]}"
    return path if path.startswith("/dev/") and "label" not in path else GONE


def shapeless(text: str) -> str:
    """Without what looks personal or secret; dates stay."""
    parts, at = [], 0
    for date in _DATE.finditer(text):
        parts += [_masked(text[at : date.start()]), date[0]]
        at = date.end()
    return "".join([*parts, _masked(text[at:])])


def _masked(text: str) -> str:
    for shape in _SHAPES:
        text = shape.sub(GONE, text)
    return text
