"""Hostile inputs: what a station meets, bent, cut, joined and repeated."""

from random import Random

WORDS = [
    b"3-2-0147", b"SF1000000000001", b"PK1:S001:1-1-0001+1-1-0002", b"PKM1:S001:1:1/1:SF=SF1000000000009",
    b"PKB1:" + b"A" * 26, b"PKP1:" + b"B" * 26, b"SLOT:1-1-1", b"UNDO", b"LANGUAGE", b"13812345678", b"138****5678",
    b"7 123456", b"hold damaged wet corner", b"batch SF 120", b"done 2 missing, agreed", b"count 3-2", b"move 3-2-4",
    b"find 1234 SF", b"home Lane 1", b"transfer North gate", b"laundry 29.90 SHOP", b"report 2026-11-22", b"map fill",
    b"pass", b"out", b"pay", b"waive x", b"undo", b"sheet 1", b"close 3-2 leak", b"look 1-1-1", b"overdue 3-2", b"JT",
    "问题件 破损".encode(), "入库".encode(), "３－２－０１４７".encode(), "取件码4-6-7602，请及时取件".encode(),
]  # fmt: skip
MANIFESTS = [
    b"waybill,courier,phone\nSF1000000000001,SF,13812345678\n",
    "运单号,快递公司,手机号,尺寸,到付\r\nYT1000000000001,圆通,138****5678,L,12.50\r\n".encode("gb18030"),
    b'waybill;piece;pieces\n"JDX012345678901";1;2\n"open;quote\n\n;;;\n',
]
SETTINGS = [
    b'[station]\nname = "A"\nnumber = "S1"\n[[strips]]\nname = "m"\ndriver = "apa102"\npixels = 240\n'
    b'[[shelves]]\nshelf = 1\nlevel_sizes = ["M", "S"]\n',
    b'[station]\n[[strips]]\ndriver = "gpio"\npins = [17, [5, 6, 13]]\n[[shelves]]\nshelf = 1\n'
    b'[tones]\nquiet = "22:00-07:00"\n',
    b'station = {name = "x"}\nstrips = [{driver = "none"}]\nshelves = [{shelf = 1, pixels = [[[0, 1]]]}]\n',
]
SPICE = [
    b"\x1b", b"\x1b[200~", b"\x1b[201~", b"\x1b[48;9;9;9;9t", b"\x1b[2026;2$y", b"\x1b[?2026;2$y", b"\x1b[99999;9u",
    b"\x1b[I", b"\x1b[5;7R", b"\x1b]0;x\x07", b"\x1bP", b"\x1b_", b"\x1b^", b"\x1b[<0;1;1M", b"\x1b[M", b"\x1bO",
    b"\x9b31m", b"\xc2\x9b31m", b"\x02", b"\x03", b"\r", b"\n", b"\r\n", b"\t", b"\x1d", b"\x00", b"\xff",
    b"\xf0\x9f", b"\xed\xa0\x80", b"[red]", b"[/red]", b"[@click=app.exit]x[/]", b"{0}", b"{say}", b"%s",
    b"' OR 1=1 --", b"=cmd|' /C'!A1", "\u202e".encode(), "\u2066".encode(), "\u200f".encode(), "\u0663".encode(),
    "²".encode(), "½".encode(), "a\u0301\u0301\u0301".encode(), "👩‍👩‍👧".encode(), "\ue000".encode(),
    "\U000e0041".encode(), "ß".encode(), "İ".encode(), "\ufeff".encode(), b"9" * 60, b"-" * 40, b"[" * 50, b"{" * 20,
    b'"', b"'", b"=", b"+", b",", b"0", b"-1", b"1e400", b"nan", b"inf", b"0x7f", b"true", b"[[strips]]\n",
    b"1979-05-27", b"\\u001b", b"\\ud800", b"]A0", b"]C1",
]  # fmt: skip


def hostile(random: Random, seeds: list[bytes]) -> bytes:
    """A few steps away from one of the seeds, or nothing but bytes."""
    if random.random() < 0.1:
        return random.randbytes(random.randrange(200))
    data = bytearray(random.choice(seeds))
    for _ in range(random.choice((0, 1, 1, 2, 3, 8))):
        _bend(random, data, seeds)
    return bytes(data)


def _bend(random: Random, data: bytearray, seeds: list[bytes]) -> None:
    at = random.randrange(len(data) + 1)
    end = min(at + random.randrange(1, 9), len(data))
    match random.randrange(8):
        case 0 | 1:
            data[at:at] = random.choice(SPICE)
        case 2:
            data[at:end] = random.choice(SPICE)
        case 3:
            del data[at:end]
        case 4:
            data[at:at] = random.choice((b" ", b"", b"\n")) + random.choice(seeds)
        case 5:
            data[at:end] = random.randbytes(end - at)
        case 6:
            data[at:at] = bytes(data[at:end]) * random.choice((2, 40, 600))
        case 7:
            del data[at:]
