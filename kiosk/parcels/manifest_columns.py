"""The header of a manifest: which of our columns a name means, as couriers' systems, Excel and people write it."""

import re
from collections.abc import Sequence

from kiosk.parcels.codes import plain
from kiosk.parcels.excel_cells import as_meant

_COLUMNS = {
    "waybill": {"waybill", "waybill no", "waybill number", "tracking", "tracking no", "tracking number", "awb",
                "mailno",
                "运单", "运单号", "运单号码", "运单编号", "快递单", "快递单号", "物流单号", "面单", "面单号", "单号",
                "条码", "条形码", "barcode", "快递单号/运单号", "运单号/快递单号", "运单号/单号"},
    "courier": {"courier", "carrier", "brand", "快递", "物流", "品牌"},
    "phone": {"phone", "mobile", "tel", "telephone", "手机", "手机号", "手机号码", "电话", "手机/电话", "联系方式",
              "收件人手机", "收件人手机号", "收件人电话"},
    "email": {"email", "e-mail", "mail", "邮箱", "电子邮箱", "邮件"},
    "size": {"size", "parcel size", "尺寸", "规格", "大小", "件型"},
    "consent": {"consent", "同意"},
    "door": {"door only", "to door"},
    "piece": {"piece", "子件", "件号"},
    "pieces": {"pieces", "件数", "总件数"},
    "freight_collect": {"freight collect", "到付"},
    "cod": {"cod", "cash on delivery", "代收货款", "代收"},
}  # fmt: skip
_NAMES = {alias: column for column, aliases in _COLUMNS.items() for alias in aliases}
# Beside these, by what the name is made of; the first that fits. What is the sender's, or the driver's, is not ours.
_NOT_OURS = re.compile(
    r"寄件|发件|寄方|发货|揽收|快递员|业务员|派件员|网点|站点|sender|shipper|driver|from\b|订单|order"
)
_MADE_OF = tuple(
    (column, re.compile(pattern))
    for column, pattern in (
        ("email", r"邮箱|e-?mail"),
        ("phone", r"手机|电话|联系方式|收[件货]人?号码|\b(?:mobile|phone|telephone|tel)\b"),
        ("door", r"上门"),
        ("consent", r"同意|驿站|入站|意愿|(?:投递|派送|配送|派件|签收)(?:方式|要求)|\bconsent\b"),
        ("freight_collect", r"到付|freight collect"),
        ("cod", r"代收(?:货款|金额|款)|货到付款|\bcod\b"),
        (
            "waybill",
            r"^(?!.*(?:公司|品牌|商)).*(?:运单|面单|快递|物流|快件|邮件|包裹|扫描|货运|母单).*(?:号|编号|号码|条码|条形码)$",
        ),
        ("waybill", r"^(?:waybill|tracking|awb|mail|parcel|shipment|consignment)\s?(?:no|id|code|num|number)$"),
        ("waybill", r"(?:条形?码|单号)$"),
        ("courier", r"(?:快递|物流|承运|配送)(?:公司|品牌|名称|企业|商)|\b(?:courier|carrier)\b"),
        ("size", r"(?:包裹|快件|件)(?:大小|规格|尺寸)|\bsize\b"),
    )
)
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")  # `运单号（必填）`
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # `WaybillNo`
MOST_UNUSED = 30  # columns that are named; a sheet has some hundred at most


def columns_of(header: Sequence[str]) -> list[str]:
    """Our names of the columns, empty for those we do not need. Only where no column has one of the usual names is a
    name understood by what it is made of: `订单运单号` beside `运单号` is something else."""
    plain_names = [_plain_name(as_meant(name) or "") for name in header]
    usual = [_NAMES.get(name, "") for name in plain_names]
    found = list(usual)
    for place, name in enumerate(plain_names):
        column = "" if found[place] else _made_of(name)
        if column and column not in usual:
            found[place] = column
    return found


def is_header(cells: Sequence[str]) -> bool:
    """Whether these cells hold the names of columns, the waybill's among them. A title, or a cell with a number in
    it, is no name."""
    return "waybill" in columns_of(cells)


def unused_of(header: Sequence[str], columns: Sequence[str]) -> tuple[str, ...]:
    """What the file calls the columns that are not read."""
    names = (" ".join(name.split())[:60] for name, column in zip(header, columns, strict=True) if not column)
    return tuple(name for name in names if name)[:MOST_UNUSED]


def _made_of(name: str) -> str:
    if not name or len(name) > 20 or _NOT_OURS.search(name) or re.search(r"[0-9]{3}|[:,。]", name):
        return ""
    return next((column for column, pattern in _MADE_OF if pattern.search(name)), "")


def _plain_name(name: str) -> str:
    """Without what is required of it, spaces between its characters, and signs round it."""
    text = _HUMP.sub(" ", name.replace("\u3000", " "))
    folded = _REMARK.sub("", plain(text)).lower().replace("_", " ")
    text = " ".join(folded.strip(" *:.#").split()).removesuffix(".")
    return text if text.isascii() else text.replace(" ", "")
