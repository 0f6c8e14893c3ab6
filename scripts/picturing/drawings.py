"""Two drawings as SVG: how a strip is wired, and how a scan becomes light; on white, for any theme."""

from collections.abc import Sequence
from typing import NamedTuple

_FONT = 'font-family="DejaVu Sans, Noto Sans, sans-serif"'
RED, BLACK, BLUE, GREEN, GREY = "#c0392b", "#222222", "#2471a3", "#1e8449", "#eef2f5"


class Box(NamedTuple):
    """A thing with a title and lines below it; measures in pixels."""

    x: int
    y: int
    width: int
    height: int
    title: str
    lines: Sequence[str] = ()


class Wire(NamedTuple):
    """From corner to corner; `label` stands above its first stretch."""

    points: Sequence[tuple[int, int]]
    colour: str
    label: str = ""
    is_arrow: bool = False


def drawing(width: int, height: int, boxes: Sequence[Box], wires: Sequence[Wire]) -> str:
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0L10 5L0 10z" fill="{BLACK}"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *(_wire(wire) for wire in wires),
        *(_box(box) for box in boxes),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def wiring() -> str:
    boxes = [
        Box(20, 40, 170, 210, "Raspberry Pi", ["GPIO10 MOSI  pin 19", "", "GPIO11 SCLK  pin 23", "", "GND  pin 25"]),
        Box(300, 40, 150, 210, "74AHCT125", ["1A → 1Y", "", "2A → 2Y", "", "GND, 1OE, 2OE"]),
        Box(640, 40, 180, 210, "APA102 strip", ["DI  data", "", "CI  clock", "", "GND"]),
        Box(300, 320, 150, 90, "Supply 5 V", ["its own, fused"]),
    ]
    wires = [
        Wire([(190, 92), (300, 92)], BLUE, "3.3 V"),
        Wire([(450, 92), (640, 92)], BLUE, "5 V · 330 Ω"),
        Wire([(190, 136), (300, 136)], GREEN, "3.3 V"),
        Wire([(450, 136), (640, 136)], GREEN, "5 V · 330 Ω"),
        Wire([(190, 180), (300, 180)], BLACK, "ground"),
        Wire([(450, 180), (640, 180)], BLACK),
        Wire([(375, 320), (375, 250)], RED),
        Wire([(450, 350), (700, 350), (700, 250)], RED, "5 V, fed in every metre"),
        Wire([(450, 390), (780, 390), (780, 250)], BLACK, "ground"),
    ]
    return drawing(840, 440, boxes, wires)


def way_of_a_scan() -> str:
    boxes = [
        Box(10, 40, 195, 80, "hardware/scanners", ["bytes → text"]),
        Box(245, 40, 155, 80, "kiosk/screens", ["text → scan, once"]),
        Box(440, 40, 170, 80, "kiosk/counter", ["scan → job"]),
        Box(650, 40, 170, 80, "kiosk/jobs", ["one transaction a job"]),
        Box(860, 40, 180, 80, "kiosk/store", ["SQLite: state + event"]),
        Box(585, 190, 235, 80, "kiosk/store/lease_book", ["whose light, how long"]),
        Box(860, 190, 180, 80, "kiosk/lights", ["pictures, one thread"]),
        Box(860, 340, 180, 80, "hardware/strips", ["gamma, power, bytes"]),
    ]
    wires = [
        Wire([(205, 80), (243, 80)], BLACK, is_arrow=True),
        Wire([(400, 68), (438, 68)], BLACK, is_arrow=True),
        Wire([(440, 98), (402, 98)], GREEN, is_arrow=True),
        Wire([(610, 68), (648, 68)], BLACK, is_arrow=True),
        Wire([(650, 98), (612, 98)], GREEN, is_arrow=True),
        Wire([(820, 80), (858, 80)], BLACK, is_arrow=True),
        Wire([(735, 120), (735, 188)], BLACK, is_arrow=True),
        Wire([(820, 230), (858, 230)], BLACK, is_arrow=True),
        Wire([(950, 270), (950, 338)], BLACK, is_arrow=True),
        Wire([(420, 146), (420, 146)], GREEN, "an answer: a value, never text"),
    ]
    return drawing(1060, 440, boxes, wires)


def _box(box: Box) -> str:
    lines = "".join(
        f'<text x="{box.x + 12}" y="{box.y + 56 + 22 * row}" font-size="13" fill="{BLACK}">{line}</text>'
        for row, line in enumerate(box.lines)
    )
    return (
        f'<g {_FONT}><rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="8" fill="{GREY}" '
        f'stroke="{BLACK}" stroke-width="1.5"/>'
        f'<text x="{box.x + 12}" y="{box.y + 26}" font-size="16" font-weight="bold" fill="{BLACK}">{box.title}</text>'
        f"{lines}</g>"
    )


def _wire(wire: Wire) -> str:
    way = " ".join(f"{'L' if index else 'M'}{x} {y}" for index, (x, y) in enumerate(wire.points))
    tip = ' marker-end="url(#tip)"' if wire.is_arrow else ""
    (x, y), (next_x, _) = wire.points[0], wire.points[1]
    label = (
        f'<text {_FONT} x="{(x + next_x) // 2}" y="{y - 6}" font-size="12" text-anchor="middle" fill="{wire.colour}">'
        f"{wire.label}</text>"
        if wire.label
        else ""
    )
    return f'<path d="{way}" fill="none" stroke="{wire.colour}" stroke-width="2.5"{tip}/>{label}'
