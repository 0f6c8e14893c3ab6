"""DDP, the protocol by which WLED takes pixels: UDP packets of a 10-byte header and RGB bytes.

http://www.3waylabs.com/ddp/ : flags, sequence 1–15 or 0 for none, data type, destination, byte offset, length.
"""

from collections.abc import Iterator
from struct import Struct

HEADER = Struct(">BBBBIH")
VERSION_1 = 0x40
PUSH = 0x01  # the last packet of a frame: show it now
RGB_8_BIT = 0x0B
DEFAULT_OUTPUT = 1
NO_SEQUENCE = 0  # every frame is whole: a node need not sort out which packet is late
LONGEST_DATA = 1440  # 480 pixels: fits an Ethernet frame


def packets(frame: bytes) -> Iterator[bytes]:
    """The packets that carry a frame of RGB bytes."""
    for offset in range(0, len(frame), LONGEST_DATA):
        data = frame[offset : offset + LONGEST_DATA]
        flags = VERSION_1 | (PUSH if offset + len(data) == len(frame) else 0)
        yield HEADER.pack(flags, NO_SEQUENCE, RGB_8_BIT, DEFAULT_OUTPUT, offset, len(data)) + data
