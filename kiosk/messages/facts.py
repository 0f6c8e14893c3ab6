"""What the words of a message are made of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from kiosk.jobs.handing_over.passes import ProxyPass
from kiosk.parcels.money import yuan
from kiosk.store.tables.parcels import Parcel


class Told(Protocol):
    """What a message tells of a parcel."""

    @property
    def code(self) -> str | None: ...
    @property
    def slot(self) -> str | None: ...
    @property
    def due_fen(self) -> int: ...


class Facts(NamedTuple):
    """`of_station`: {station}, {address}, {hours} and {telephone}, empty where the owner left it out. `opens`: whose
    signed QR opens all parcels of the person."""

    of_station: Mapping[str, str]
    parcels: Sequence[Told]
    tails: Sequence[str] = ()
    proxy: ProxyPass | None = None
    terminal: str = ""
    since: datetime | None = None
    opens: Parcel | None = None

    @property
    def station(self) -> str:
        return self.of_station["station"]


def codes_line(facts: Facts) -> str:
    """For an SMS, and for those who carry it home."""
    return ", ".join(f"{p.code} ({p.slot})" if p.slot else str(p.code) for p in facts.parcels)


def tails_line(facts: Facts) -> str:
    """The last four digits of phones, as screens show them."""
    counted = sorted(Counter(facts.tails).items())
    return ", ".join(f"{tail} × {count}" if count > 1 else tail for tail, count in counted)


def values_of(facts: Facts) -> Mapping[str, str]:
    """What stands for each placeholder of a text of the owner's own; which text may have which, its reader knows."""
    due_fen = sum(parcel.due_fen for parcel in facts.parcels if parcel.due_fen > 0)
    return {
        **facts.of_station,
        "codes": codes_line(facts),
        "count": str(len(facts.parcels)),
        "tails": tails_line(facts),
        "to_pay": yuan(due_fen) if due_fen else "",
        "since": f"{facts.since:%Y-%m-%d}" if facts.since else "",
        "until": f"{facts.proxy.valid_until:%Y-%m-%d %H:%M}" if facts.proxy else "",
    }
