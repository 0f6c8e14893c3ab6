"""What messages are about, and who may hear of what."""

from enum import StrEnum


class MessageKind(StrEnum):
    """What a message is about."""

    ARRIVAL = "arrival"
    REMINDER = "reminder"
    DELIVERY_NOTED = "delivery_noted"
    DELIVERY_OUT = "delivery_out"
    PASS = "pass"
    CALL = "call"


# To whom a channel may speak → about what. A group hears nothing that is one person's alone; a courier is reminded of
# what it announced and has not brought.
KINDS: dict[str, frozenset[MessageKind]] = {
    "consignee": frozenset(MessageKind) - {MessageKind.CALL},
    "group": frozenset({MessageKind.ARRIVAL, MessageKind.REMINDER}),
    "staff": frozenset({MessageKind.CALL}),
    "courier": frozenset({MessageKind.REMINDER}),
}
