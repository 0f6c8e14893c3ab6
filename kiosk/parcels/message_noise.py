"""Numbers of a message that are no pickup codes, told by what stands before or after them."""

import re

from kiosk.parcels.codes import DASHES, plain

CUT = "\x00"  # stands where something was left out; no text that is read has one


def any_of(words: str) -> str:
    """A pattern of these words, parted by blanks; `_` is a blank within one. English ones stand alone."""
    patterns = (re.escape(word).replace("_", "[ ]") for word in words.split())
    return "(?:" + "|".join(rf"(?<![A-Z]){one}(?![A-Z])" if one[0].isascii() else one for one in patterns) + ")"


_TO_SIMPLIFIED = str.maketrans("碼號貨憑櫃樓單運電話編證驗層棟", "码号货凭柜楼单运电话编证验层栋")
_LINKS = re.compile(
    r"""(?:https?://|www\.)[!-+\--~]+
      | (?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+
      | (?<![A-Za-z0-9.-])(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,6}/[!-+\--~]*
      | [①-⒛⓪-⓿❶-➓]  # of a numbered list; folded they would be digits""",
    re.VERBOSE | re.IGNORECASE,
)
_DASHES = re.compile(f"[{DASHES}]+")
_BLANKS_ROUND_DASH = re.compile(r"(?<=[0-9])[^\S\n]*-[^\S\n]*(?=[A-Z]?[0-9])")
_STARS = re.compile(r"(?<=[0-9])[*×·・•_](?=[A-Z]?[0-9])")
_DOTS = re.compile(r"(?<![0-9.])([A-Z]{0,2}[0-9]{1,3})\.([0-9]{1,2})\.([0-9]{3,5})(?![0-9]|\.[0-9])")
_SLOT_OF_CODE = re.compile(r"(?<=[0-9])\s*\(\s*[A-Z]{0,2}[0-9]{1,3}-[0-9]{1,2}-[0-9]{1,3}\s*\)")

_ALONE = "(?<![0-9A-Z-])"  # where a number begins
_AS = rf"(?:{any_of('号 码 尾号 编号 后四位 后4位 末四位 为 是 NUMBER NO IS OF')}|[:\#\s(.]){{0,12}}"
_MASKED = r"[0-9]{2,4}[*X]{3,}[0-9]{1,4} | \*{3,}[0-9]{4}"
_TELEPHONE = rf"""
    {_ALONE}(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{{4}}[- ]?[0-9]{{4}}(?:[ ]?(?:-|转|EXT\.?)[ ]?[0-9]{{1,4}})?(?![0-9])
  | {_ALONE}(?:1-)?[48]00(?:[- ]?[0-9]){{7}}(?![0-9])
  | {_ALONE}1-8[0-9]{{2}}-[0-9]{{3}}-[0-9]{{4}}(?![0-9])
  | {_ALONE}\(?0[0-9]{{2,3}}\)?[- ]?[0-9]{{3,4}}[- ]?[0-9]{{4}}(?:-[0-9]{{1,5}})?(?![0-9])
  | (?<![0-9])\+[0-9][0-9 -]{{6,}}[0-9]
  | {any_of("电话 热线 客服 手机 致电 拨打 座机 微信 QQ TEL TELEPHONE PHONE MOBILE HOTLINE CALL WECHAT")}{_AS}
    [0-9][0-9 ()-]{{2,18}}"""
_OF_WAYBILL = """运单 单号 快递号 物流号 订单 尾号 后四位 后4位 末四位
                 TRACKING WAYBILL ORDER LAST_4_DIGITS LAST_FOUR_DIGITS"""
_WAYBILL = rf"""
    {any_of(_OF_WAYBILL)}
    {_AS}[A-Z]{{0,4}}[0-9*][A-Z0-9*-]*
  | (?<![A-Z0-9])(?=[A-Z]*[0-9])[A-Z0-9]{{10,}}(?:-[0-9]{{1,3}}){{0,2}}-?(?![A-Z0-9])"""
_TIME = r"[0-2]?[0-9](?::[0-5][0-9]){1,2}(?![0-9:])"
_WHEN = rf"""
    (?<![0-9-]){_TIME}(?:[ ]?(?:[-~至到]|TO)[ ]?{_TIME})?
  | (?<![0-9-])[0-2]?[0-9](?:\.[0-5][0-9])?(?:[-~][0-2]?[0-9])?[ ]?(?:[点时]|[AP]\.?M(?![A-Z])|O'CLOCK)
  | (?<![0-9.-])[0-2]?[0-9]\.[0-5][0-9][-~][0-2]?[0-9]\.[0-5][0-9](?![0-9.-])
  | (?<![0-9-])[0-2][0-9][0-5][0-9]-[0-2][0-9][0-5][0-9](?![0-9-])
  | (?<![0-9-])(?:19|20)[0-9]{{2}}(?:[-./][01]?[0-9][-./][0-3]?[0-9](?![0-9-])|[ ]?年)
  | (?<![0-9-])[0-3]?[0-9][/.][0-3]?[0-9](?:[/.](?:20)?[0-9]{{2}})?(?![0-9/.-])
  | [0-9]{{1,2}}[ ]?月(?:[ ]?[0-9]{{1,2}}[ ]?[日号]?(?:[-~至到][0-9]{{1,2}}[日号])?)?"""
_UNITS = """元 块 % 折 斤 件 个 份 天 日 年 米 岁 公斤 公里 小时 分钟 YUAN RMB CNY USD KG KM DAY DAYS HOUR HOURS MINUTES
            PARCEL PARCELS PACKAGE PACKAGES PIECE PIECES"""
_AMOUNT = rf"""
    [¥$€£][ ]?[0-9][0-9.,-]*
  | (?<![0-9.-])[0-9]{{1,5}}(?:\.[0-9]+)?(?:[-~][0-9]{{1,5}}(?:\.[0-9]+)?)?[ ]?{any_of(_UNITS)}"""
_PLACE = rf"""
    {any_of("货位 库位 格口 格子 仓位 架位 位置 货架 SLOT SHELF BAY LOCATION LOCKER")}
    (?:{_AS}|["'“”])*[A-Z]{{0,2}}[0-9]{{1,3}}(?:-[A-Z]?[0-9]{{1,3}}){{0,2}}(?![A-Z0-9]|-[A-Z]?[0-9])
  | {any_of("ROOM RM BUILDING BLDG UNIT APT APARTMENT FLOOR SUITE BLOCK BLK GATE")}
    [.\#\s]*[A-Z]{{0,2}}[0-9]+(?:-[0-9]+)*"""
_OTHER_CODE = rf"""
    {any_of("ZIP POST POSTAL AREA COUNTRY VERIFICATION SECURITY PROMO DISCOUNT COUPON QR BAR")}[ -]?CODES?
  | (?<!取件)(?<!取货)验证码 | 邮编 | 二维码 | 条码"""
_NOISE = re.compile(
    " | ".join((_MASKED, _TELEPHONE, _WAYBILL, _WHEN, _AMOUNT, _PLACE, _OTHER_CODE)), re.VERBOSE
)  # fmt: skip
# `3栋2单元501室`, `7号楼`, `8号柜`, `3-2-501室`
_ADDRESS = re.compile(
    r"(?<![A-Z0-9])(?<![0-9]-)[A-Z]{0,2}[0-9]{1,5}(?:-[A-Z]?[0-9]{1,5}){0,3}"
    + any_of("号 楼 栋 幢 店 室 单元 柜 座 层 弄 巷 铺 商铺 房 路 街")
)


def without_noise(text: str) -> str:
    """Folded to ASCII where it can be, in upper case, dashes between the parts of codes; CUT stands for links,
    telephones, waybills, times, days, amounts and slots."""
    message = plain(_LINKS.sub(CUT, text)).translate(_TO_SIMPLIFIED)
    message = _BLANKS_ROUND_DASH.sub("-", _DASHES.sub("-", message))
    message = _NOISE.sub(CUT, _SLOT_OF_CODE.sub(" ", message))
    return _DOTS.sub(r"\1-\2-\3", _STARS.sub("-", message))


def without_places(message: str) -> str:
    """CUT for house numbers as well."""
    return _ADDRESS.sub(CUT, message)
