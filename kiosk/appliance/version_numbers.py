"""Which of two version numbers is the older one.

Source: https://packaging.python.org/en/latest/specifications/version-specifiers/ (formerly PEP 440).
"""

import re
from typing import NamedTuple

_NUMBER = re.compile(
    r"v?(?:(?P<epoch>\d+)!)?(?P<release>\d+(?:\.\d+)*)"
    r"(?:[-_.]?(?P<phase>alpha|beta|preview|pre|rc|a|b|c)[-_.]?(?P<phase_number>\d*))?"
    r"(?P<post>-(?P<bare_post>\d+)|[-_.]?(?:post|rev|r)[-_.]?(?P<post_number>\d*))?"
    r"(?P<dev>[-_.]?dev[-_.]?(?P<dev_number>\d*))?"
    r"(?P<local>\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?",
    re.IGNORECASE,
)
_DEV, _ALPHA, _BETA, _CANDIDATE, _FINAL = range(5)
_PHASES = {"a": _ALPHA, "alpha": _ALPHA, "b": _BETA, "beta": _BETA}


class Order(NamedTuple):
    """Compared field by field. A number without a part comes after one that is in the making, before one mended."""

    epoch: int
    release: tuple[int, ...]
    phase: tuple[int, int]
    post: int
    dev: float


def order_of(number: str) -> Order | None:
    """What comes after `+` says where it was built, and makes it neither older nor newer. None: it is no number."""
    found = _NUMBER.fullmatch(number)
    if found is None:
        return None
    release = tuple(int(part) for part in found["release"].split("."))
    while release[-1:] == (0,):
        release = release[:-1]
    has_post, has_dev = found["post"] is not None, found["dev"] is not None
    if found["phase"]:
        phase = (_PHASES.get(found["phase"].lower(), _CANDIDATE), int(found["phase_number"] or 0))
    else:
        phase = (_DEV if has_dev and not has_post else _FINAL, 0)
    return Order(
        epoch=int(found["epoch"] or 0),
        release=release,
        phase=phase,
        post=int(found["bare_post"] or found["post_number"] or 0) if has_post else -1,
        dev=int(found["dev_number"] or 0) if has_dev else float("inf"),
    )


def is_older(number: str, than: str) -> bool:
    """Where either is no number nobody can tell, and it is not."""
    one, other = order_of(number), order_of(than)
    return one is not None and other is not None and one < other
