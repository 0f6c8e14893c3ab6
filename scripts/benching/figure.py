"""One measured figure beside what was aimed at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One row: what, how much, and what was aimed at (`aim` as a number in the same unit, None without one)."""

    name: str
    value: float
    unit: str
    aim: str
    reached: bool | None


def figure(name: str, value: float, unit: str, most: float | None = None, least: float | None = None) -> Figure:
    aim = f"≤ {most}" if most is not None else f"≥ {least}" if least is not None else ""
    reached = value <= most if most is not None else value >= least if least is not None else None
    return Figure(name, round(value, 3), unit, aim, reached)
