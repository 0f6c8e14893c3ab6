"""A WLED node's own state: what makes it ours, and what gives it back. https://kno.wled.ge/interfaces/json-api/"""

from typing import Any

_OURS: dict[str, object] = {"on": True, "bri": 255, "lor": 0}  # on, undimmed, showing what it is sent
_GIVEN_BACK = ("on", "bri", "lor", "mainseg", "seg")  # not the preset: applying it would change the rest
_BLACK = [0, 0, 0]


def is_ours(state: dict[str, Any]) -> bool:
    """On, undimmed, and dark below what it is sent: nobody has chosen anything in its app."""
    obeys = all(state.get(key, value) == value for key, value in _OURS.items())
    return obeys and all(_is_dark(segment) for segment in _segments(state))


def ours(state: dict[str, Any]) -> dict[str, Any]:
    """The change that makes it ours. Its own picture becomes dark, so it goes dark 2.5 s after our last packet,
    whoever died."""
    ids = [one.get("id", n) if isinstance(one, dict) else n for n, one in enumerate(_segments(state))]
    dark = [{"id": number, "fx": 0, "col": [_BLACK]} for number in ids or [0]]
    return {**_OURS, "transition": 0, "seg": dark}


def as_before(state: dict[str, Any]) -> dict[str, Any]:
    """The change that brings this state back."""
    return {key: state[key] for key in _GIVEN_BACK if key in state}


def _segments(state: dict[str, Any]) -> list[Any]:
    found = state.get("seg")
    return found if isinstance(found, list) else []


def _is_dark(segment: object) -> bool:
    if not isinstance(segment, dict):
        return True
    colours = segment.get("col")
    first = colours[0] if isinstance(colours, list) and colours else _BLACK
    return segment.get("fx", 0) == 0 and isinstance(first, list) and not any(first[:4])
