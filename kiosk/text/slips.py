"""A sheet on paper: for the driver, the courier, the partner or the delivery person to sign."""

from kiosk.jobs.sheets.sheet import SheetStory
from kiosk.text import Say
from kiosk.text.courier_names import courier_name
from kiosk.text.line_breaks import padded
from kiosk.text.sheet_names import sheet_name

_WIDTH = 48  # characters of an 80 mm receipt printer


def slip_text(say: Say, station: str, story: SheetStory) -> str:
    """Plain text that any printer takes: head, counts, parcels, lines to sign on. No code stands on it: whoever holds
    the slip could collect with it."""
    times = f"{story.opened_at:%Y-%m-%d %H:%M} - " + (f"{story.closed_at:%H:%M}" if story.closed_at else say("open"))
    lines = [station, sheet_name(say, story.kind, story.sheet, story.party), times, "-" * _WIDTH]
    if story.expected is not None:
        lines.append(say("Expected: {count}", count=story.expected))
    lines.append(say("Scanned: {count}", count=story.scanned))
    lines += [f"  {padded(courier_name(say, courier), 10)} {count}" for courier, count in story.by_courier]
    if story.difference:
        lines.append(say("Difference: {count}", count=f"{story.difference:+d}"))
    if story.note:
        lines.append(say("Agreed: {note}", note=story.note))
    parcels = [f"{padded(courier_name(say, one.courier), 10)} {one.waybill}" for one in story.parcels]
    lines += ["-" * _WIDTH, *parcels, "-" * _WIDTH, ""]
    lines += [say("Handed over by: {line}", line="_" * 24), "", say("Received by: {line}", line="_" * 24), ""]
    return "\n".join(lines)
