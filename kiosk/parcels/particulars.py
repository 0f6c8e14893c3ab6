"""What is said of a parcel when it comes in."""

from dataclasses import dataclass, replace

from kiosk.parcels.consents import Consent
from kiosk.parcels.kinds import Kind
from kiosk.parcels.phones import Phone
from kiosk.parcels.slots import Size


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the clerk says about a parcel; None leaves it to the manifest, then to the default (M, not asked).

    `batch`: the sheet of the driver's hand-over. `courier` of another thing than a parcel is the shop it is from.
    `second_waybill`: of a consolidated parcel, which either of its numbers finds. Amounts to be paid are in fen.
    """

    courier: str | None = None
    phone: Phone | None = None
    email: str | None = None
    size: Size | None = None
    consent: Consent | None = None
    batch: int | None = None
    kind: Kind = Kind.PARCEL
    second_waybill: str | None = None
    freight_collect_fen: int | None = None
    cod_fen: int | None = None
    price_fen: int | None = None

    def with_what_is_coming(self, coming: "Particulars") -> "Particulars":
        """Also what is said of the next item to come, where nothing is said of this one: all but courier and size,
        which are said for several and yield to what is certain of one."""
        names = ("phone", "email", "consent", "second_waybill", "freight_collect_fen", "cod_fen", "price_fen")
        missing = {name: getattr(coming, name) for name in names if getattr(self, name) is None}
        return replace(self, **missing)

    @property
    def of_one(self) -> "Particulars":
        """What belongs to exactly one item: all but courier and size."""
        return replace(self, courier=None, size=None)

    @property
    def of_several(self) -> "Particulars":
        """What stays for the items after the next one."""
        return Particulars(courier=self.courier, size=self.size)

    @property
    def names_somebody(self) -> bool:
        """Whether it says whose the item is."""
        return self.phone is not None or self.email is not None

    def amounts(self) -> dict[str, int]:
        """The columns of what is to be paid, where anything was said."""
        said = {"freight_collect_fen": self.freight_collect_fen, "cod_fen": self.cod_fen, "price_fen": self.price_fen}
        return {name: fen for name, fen in said.items() if fen is not None}


NOTHING_SAID = Particulars()
