"""The header of a manifest: which of our columns a name means, as couriers' systems, Excel and people write it."""

import re
from collections.abc import Sequence

from kiosk.parcels.codes import plain
from kiosk.parcels.excel_cells import as_meant

_COLUMNS = {
    "waybill": {"waybill", "waybill no", "waybill number", "tracking", "tracking no", "tracking number", "awb",
                "mailno", "hawb", "bill no", "shipment", "快件",
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
    r"寄件|发件|寄方|发货|揽收|快递员|业务员|派件员|派送员|配送员|收派员|小件员|快递小哥|骑手|司机|车牌|网点|站点|"
    r"店铺|商家|卖家|客服|投诉|sender|shipper|driver|rider|seller|shop\b|store\b|service|from\b|订单|order"
)
# Where a station, or anybody but the consignee, is called, and what a place is called, and when: nobody's consent.
_OF_OTHERS = (
    r"驿站|代理点|代收点|门店|自提点|公司|物流商|承运|值班|\b(?:station|courier|carrier|company|office|agent)\b"
)
_OF_A_PLACE = r"名称|名字|站名|编[码号]|代码|地址|电话|时间|日期|费|取件|\b(?:name|code|id|time|date|address|fee)\b"
_OF_PAPERS = (
    r"客户|平台|参考|内部|批次|交接|任务|退货|业务|调拨|[出入]库|采购|来源|回单|合同|发票|销售|流水|结算|商品|货品|箱"
)
_MADE_OF = tuple(
    (column, re.compile(pattern), re.compile(other) if other else None)
    for column, pattern, other in (
        ("email", r"邮箱|e-?mail", _OF_OTHERS),
        ("phone", r"手机|电话|联系方式|收[件货]人?号码|\b(?:mobile|cell|phone|telephone|tel)(?:\b|[0-9])", _OF_OTHERS),
        ("door", r"上门", _OF_A_PLACE),
        ("consent", r"同意|驿站|入站|意愿|(?:投递|派送|配送|派件|签收)(?:方式|要求)|\bconsent\b", _OF_A_PLACE),
        ("freight_collect", r"到付|freight collect", None),
        ("cod", r"代收(?:货款|金额|款)|货到付款|\bcod\b", None),
        (
            "waybill",
            r"(?:运单|面单|快递|物流|快件|邮件|包裹|扫描|货运|母单).*(?:号|编号|号码|条码|条形码)$",
            f"公司|品牌|商|{_OF_PAPERS}",
        ),
        (
            "waybill",
            r"^(?:awb\s?/\s?)?(?:h?awb|waybill|tracking|mail|parcel|package|shipment|consignment|express)"
            r"\s?(?:no|id|code|num|number|note|barcode)$",
            None,
        ),
        ("courier", r"(?:快递|物流|承运|配送)(?:公司|品牌|名称|企业|商)|\b(?:courier|carrier)\b", None),
        ("size", r"(?:包裹|快件|件)(?:大小|规格|尺寸)|\bsize\b", None),
    )
)
# Where no column is called a waybill's: a number of something, as long as it is not of the papers beside the parcel.
_ANY_NUMBER, _PAPERS = re.compile(r"(?:条形?码|单号|票号)$"), re.compile(_OF_PAPERS)
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")  # `运单号（必填）`
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # `WaybillNo`
_LONGEST = 24  # characters of a name
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
    return found if "waybill" in found else _with_any_number(found, plain_names)


def _with_any_number(found: list[str], plain_names: Sequence[str]) -> list[str]:
    """The first column that may be a waybill's where none is called so."""
    for place, name in enumerate(plain_names):
        if not found[place] and _is_short(name) and _ANY_NUMBER.search(name) and not _PAPERS.search(name):
            return [*found[:place], "waybill", *found[place + 1 :]]
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
    if not _is_short(name):
        return ""
    fitting = (
        column for column, pattern, other in _MADE_OF if pattern.search(name) and not (other and other.search(name))
    )
    return next(fitting, "")


def _is_short(name: str) -> bool:
    """A title or a remark is none, nor is what belongs to the sender or the driver."""
    return 0 < len(name) <= _LONGEST and not _NOT_OURS.search(name) and not re.search(r"[0-9]{3}|[:,。]", name)


def _plain_name(name: str) -> str:
    """Without what is required of it, spaces between its characters, and signs round it."""
    text = _HUMP.sub(" ", name.replace("\u3000", " "))
    folded = _REMARK.sub("", plain(text)).lower().replace("_", " ")
    text = " ".join(folded.strip(" *:.#").split()).removesuffix(".")
    return text if text.isascii() else text.replace(" ", "")
