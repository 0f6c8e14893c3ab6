"""What came of a manifest, the manifests there are, and one that is withdrawn, in words."""

from kiosk.jobs.sheets.awaited import Awaited, AwaitedList, AwaitedParcel, CourierChased
from kiosk.jobs.sheets.manifests import ManifestList, ManifestStory, ManifestWithdrawn
from kiosk.jobs.taking_in.announce import Announcement
from kiosk.jobs.taking_in.announced_anew import Difference
from kiosk.jobs.taking_in.manifest_files import ManifestFiles
from kiosk.text import N_, Say
from kiosk.text.answers.parts import Mood, Words
from kiosk.text.courier_names import courier_name
from kiosk.text.files.rejections import rejection_lines
from kiosk.text.line_breaks import padded

_SHOWN, _AT_A_GLANCE = 8, 3  # waybills, differences
_COLUMNS = {
    "courier": N_("courier"),
    "size": N_("size"),
    "consent": N_("consent"),
    "phone": N_("phone"),
    "freight_collect": N_("freight collect"),
    "cod": N_("cash on delivery"),
}


def announcement(say: Say, answer: Announcement) -> Words:
    """Counts in the lines; below them what was not taken, what differs and what was not read."""
    rejected = rejection_lines(say, answer.rejected)
    unread = rejection_lines(say, answer.unread)
    table = [*rejected]
    if answer.different:
        table.append(say("Here already, and otherwise than in the file; nothing was changed:"))
        table += [_difference(say, one) for one in answer.different[:_SHOWN]]
        table += _more(say, len(answer.different) - _SHOWN)
    if unread:
        table += [say("Cells that were not understood; their parcels go without:"), *unread]
    if answer.left_out:
        table.append(left_out_line(say, answer.left_out))
    if answer.unused:
        table.append(say("Columns that are not used: {names}", names=", ".join(answer.unused)))
    lines = [counts_line(say, answer)]
    if answer.manifest is not None:
        lines.append(say("Manifest {number}; to take it back: withdraw {number}", number=answer.manifest))
    doubtful = rejected or answer.different or answer.left_out
    return Words(say("ANNOUNCED"), Mood.DOUBTFUL if doubtful else Mood.GOOD, "", tuple(lines), tuple(table))


def counts_line(say: Say, answer: Announcement) -> str:
    return say(
        "{accepted} announced, {changed} changed, {unchanged} known already, {rejected} not taken.",
        accepted=answer.accepted, changed=answer.changed, unchanged=answer.unchanged, rejected=len(answer.rejected),
    )  # fmt: skip


def left_out_line(say: Say, waybills: tuple[str, ...]) -> str:
    return say(
        "{count} parcel of an earlier manifest is not in this one, and stays expected: {waybills}",
        "{count} parcels of an earlier manifest are not in this one, and stay expected: {waybills}",
        count=len(waybills), waybills=first_of(waybills),
    )  # fmt: skip


def first_of(waybills: tuple[str, ...], shown: int = _SHOWN) -> str:
    return ", ".join(waybills[:shown]) + (" …" if len(waybills) > shown else "")


def _difference(say: Say, one: Difference) -> str:
    column = say(_COLUMNS[one.column])
    return say(
        "line {line}, {waybill}: {column} here {here}, in the file {said}",
        line=one.line, waybill=one.waybill, column=column, here=one.here or "-", said=one.said,
    )  # fmt: skip


def _more(say: Say, count: int) -> list[str]:
    return [say("and {count} more", count=count)] if count > 0 else []


def manifest_files(say: Say, answer: ManifestFiles) -> Words:
    hint = say("Read one: announce NUMBER [COURIER]")
    table = tuple(
        f"{one.number:4}  {one.changed_at:%m-%d %H:%M}  {_kilobytes(one.size):>9}  {one.name}" for one in answer.files
    )
    return Words(say("MANIFESTS"), Mood.CALM, "", (hint,), table)


def _kilobytes(size: int) -> str:
    return f"{max(1, round(size / 1000)):,} kB"


def manifest_list(say: Say, answer: ManifestList) -> Words:
    hint = say("Take one back as a whole: withdraw NUMBER") if answer.manifests else say("Nothing was announced yet.")
    return Words(say("ANNOUNCED"), Mood.CALM, "", (hint,), tuple(_manifest(say, one) for one in answer.manifests))


def _manifest(say: Say, one: ManifestStory) -> str:
    parts = [say("{count} announced", count=one.named), say("{count} came", count=one.came)]
    if one.missing:
        parts.append(say("{count} still to come", count=one.missing))
    if one.withdrawn:
        parts.append(say("{count} withdrawn", count=one.withdrawn))
    name = "  ".join(part for part in (courier_name(say, one.courier or ""), one.file) if part)
    return f"{one.manifest:4}  {one.at:%m-%d %H:%M}  {say(', ').join(parts)}  {name}".rstrip()


def manifest_withdrawn(say: Say, answer: ManifestWithdrawn) -> Words:
    name = "  ".join(part for part in (courier_name(say, answer.courier or ""), answer.file) if part)
    lines = [
        say("Manifest {number} is withdrawn: {name}", number=answer.manifest, name=name),
        say("{count} parcel is not expected any more", "{count} parcels are not expected any more",
            count=answer.withdrawn),
    ]  # fmt: skip
    if answer.came:
        lines.append(say("{count} had come already and stays", "{count} had come already and stay", count=answer.came))
    if answer.kept:
        lines.append(say("{count} stands in another manifest too and stays expected",
                         "{count} stand in another manifest too and stay expected", count=answer.kept))  # fmt: skip
    return Words(say("WITHDRAWN"), Mood.GOOD, "", tuple(lines))


def awaited_lines(say: Say, awaited: Awaited) -> list[str]:
    """Of one courier, as its batch is closed."""
    name = courier_name(say, awaited.courier)
    if not awaited.missing:
        return [
            say("The parcel announced by {courier} has come", "All {count} announced by {courier} have come",
                count=awaited.announced, courier=name)
        ]  # fmt: skip
    lines = [
        say(
            "{count} of {announced} announced by {courier} has not come: {waybills}",
            "{count} of {announced} announced by {courier} have not come: {waybills}",
            count=awaited.missing, announced=awaited.announced, courier=name,
            waybills=first_of(awaited.waybills, _AT_A_GLANCE),
        )
    ]  # fmt: skip
    if awaited.older:
        lines.append(
            say("{count} of these was announced on an earlier day", "{count} of these were announced on an earlier day",
                count=awaited.older)
        )  # fmt: skip
    return [*lines, say("All of them: expected {courier}; tell the courier: chase {courier}", courier=name)]


def awaited_list(say: Say, answer: AwaitedList) -> Words:
    """The longest awaited first."""
    by_courier = say(", ").join(f"{courier_name(say, courier)} {count}" for courier, count in answer.couriers.items())
    lines = [say("Announced and not arrived: {count}", count=len(answer.parcels))]
    lines += [by_courier] if len(answer.couriers) > 1 else []
    table = (_awaited(say, one) for one in answer.parcels)
    return Words(say("NOT ARRIVED"), Mood.DOUBTFUL if answer.parcels else Mood.GOOD, "", tuple(lines), tuple(table))


def _awaited(say: Say, one: AwaitedParcel) -> str:
    days = say("{days} d", days=one.days)
    return f"{padded(courier_name(say, one.courier), 10)} {one.waybill:20} {one.announced_at:%m-%d %H:%M}  {days:>5}"


def courier_chased(say: Say, answer: CourierChased) -> Words:
    """The text to copy, or to print: it tells waybills and of no person."""
    name = courier_name(say, answer.courier)
    channels = ", ".join(answer.channels)
    by_channel = say("It goes to {courier} by: {channels}", courier=name, channels=channels)
    lines = [by_channel if channels else say("Copy this to {courier}, or print it:", courier=name)]
    return Words(say("TELL THE COURIER"), Mood.CALM, "", tuple(lines), tuple(chase_text(say, answer)))


def chase_text(say: Say, answer: CourierChased) -> list[str]:
    name, day = courier_name(say, answer.courier), f"{answer.since:%Y-%m-%d}"
    return [
        say(
            "{station}: {count} parcel that {courier} announced has not come (since {day}):",
            "{station}: {count} parcels that {courier} announced have not come (since {day}):",
            station=answer.station, count=len(answer.waybills), courier=name, day=day,
        ),
        *answer.waybills,
        say("Please look for them, and tell us."),
    ]  # fmt: skip
