"""Why lines of a manifest, or cells of them, were not taken, in words; one sentence for all with the same fault."""

from collections.abc import Iterable
from typing import NamedTuple

from kiosk.parcels.rejected_lines import Reason, RejectedLine
from kiosk.text import N_, Say

_REASONS: dict[Reason, str] = {
    Reason.NO_WAYBILL_COLUMN: N_("the header has no waybill column; name it 运单号 or waybill"),
    Reason.UNREADABLE_TEXT: N_("the file is neither UTF-8, UTF-16 nor GB18030 text"),
    Reason.UNREADABLE_WORKBOOK: N_("the workbook is damaged; save it again as .xlsx, or as CSV UTF-8"),
    Reason.OLD_WORKBOOK: N_("an .xls file, or one with a password; save it as .xlsx without one, or as CSV UTF-8"),
    Reason.SEVERAL_SHEETS: N_("several sheets hold waybills; save each of them as a file of its own"),
    Reason.TOO_LARGE: N_("the file is larger than a manifest can be"),
    Reason.WRONG_COLUMN_COUNT: N_("the line has more or fewer cells than the header"),
    Reason.NOT_A_WAYBILL: N_("this is no waybill number"),
    Reason.PHONE_NOT_WAYBILL: N_("this is a phone number, not a waybill"),
    Reason.CODE_NOT_WAYBILL: N_("this is a pickup code, not a waybill"),
    Reason.EMPTY: N_("the cell is empty"),
    Reason.SHORTENED: N_(
        "Excel has destroyed this number (7.75E+14): its digits are lost in the file. Take the list from the courier's"
        " system anew: open it in Excel by Data > From Text/CSV with this column as Text, or send it here unopened"
    ),
    Reason.BAD_PHONE: N_("this is no phone number"),
    Reason.BAD_EMAIL: N_("this is no e-mail address"),
    Reason.BAD_SIZE: N_("the size is none of S, M, L, XL, 小, 中, 大, 超大"),
    Reason.BAD_CONSENT: N_("the consent is none of given, not_asked, door_only, 放驿站, 未询问, 送货上门"),
    Reason.BAD_PIECE: N_("the piece number is not possible"),
    Reason.BAD_AMOUNT: N_("this is no amount in yuan"),
    Reason.UNKNOWN_COURIER: N_("this names no courier"),
    Reason.CONTROL_CHARACTER: N_("the cell holds a control character"),
    Reason.REPEATED_LINE: N_("the same waybill stands further up"),
}
FIRST = 5  # lines that are named


class Rejections(NamedTuple):
    """All lines that have one fault in one column. `lines`: the first of them."""

    reason: Reason
    column: str
    how_many: int
    lines: tuple[int, ...]


def grouped(rejected: Iterable[RejectedLine]) -> list[Rejections]:
    """The most frequent first."""
    groups: dict[tuple[Reason, str], list[int]] = {}
    for one in rejected:
        groups.setdefault((one.reason, one.column), []).append(one.line)
    found = [Rejections(*key, len(lines), tuple(lines[:FIRST])) for key, lines in groups.items()]
    return sorted(found, key=lambda group: -group.how_many)


def rejection(say: Say, reason: Reason) -> str:
    """The fault by itself, of no line."""
    return say(_REASONS[reason])


def rejection_lines(say: Say, rejected: Iterable[RejectedLine]) -> list[str]:
    """A sentence for each group, with its first lines."""
    return [_sentence(say, group) for group in grouped(rejected)]


def _sentence(say: Say, group: Rejections) -> str:
    lines = ", ".join(map(str, group.lines))
    more = group.how_many - len(group.lines)
    if more:
        lines = say("{lines} and {count} more", lines=lines, count=more)
    return say(
        "line {lines}, column {column}: {reason}", "{count} lines ({lines}), column {column}: {reason}",
        count=group.how_many, lines=lines, column=group.column, reason=say(_REASONS[group.reason]),
    )  # fmt: skip
