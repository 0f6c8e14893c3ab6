"""What a disk may hold when the power goes.

Of each file every sector of 512 bytes stands as it was at some moment between the file's last finished flush and the
cut, each sector at a moment of its own; the same holds for the file's size. Names appear and go with the flush of their
folder, until then perhaps. This allows more than file systems do, and nothing that POSIX forbids.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from scripts.faults.trace import Op, Record

SECTOR = 512
Image = dict[str, bytes]  # name → content


@dataclass(slots=True)
class _File:
    """`flushed` is safe; `pending` are writes and sizes since, in order, each with its place in the trace."""

    flushed: bytes = b""
    pending: list[tuple[int, Record]] = field(default_factory=list)

    def flush(self, begun: int) -> None:
        """All that was written before the flush began is safe."""
        content = bytearray(self.flushed)
        covered = [record for at, record in self.pending if at < begun]
        for record in covered:
            _apply(content, record)
        self.flushed = bytes(content)
        del self.pending[: len(covered)]

    def after_cut(self, random: Random) -> bytes:
        """One of the many contents that may be found."""
        moments = len(self.pending)
        if random.random() < 0.3:  # all in order: as far as one moment, all of it or nothing rather often
            until = random.choice((0, moments, random.randint(0, moments)))
            content = bytearray(self.flushed)
            for _, record in self.pending[:until]:
                _apply(content, record)
            return bytes(content)
        return self._each_sector_for_itself(random)

    def _each_sector_for_itself(self, random: Random) -> bytes:
        moments, written = len(self.pending), random.choice((0.1, 0.5, 0.9))
        content = bytearray(self.flushed)
        chosen: dict[int, int] = {}

        def moment_of(sector: int) -> int:
            if sector not in chosen:
                luck = random.random()
                chosen[sector] = moments if luck < written else 0 if luck < 0.95 else random.randint(0, moments)
            return chosen[sector]

        size = moment_of(-1)
        length = len(content)
        for moment, (_, record) in enumerate(self.pending):
            if moment < size:
                length = record.offset if record.op is Op.SIZE else max(length, record.offset + len(record.data))
            if record.op is Op.SIZE:
                _cut_sectors(content, record.offset, lambda sector, now=moment: moment_of(sector) > now)  # type: ignore[misc]
                continue
            for start, end in _sectors(record.offset, len(record.data)):
                if moment_of(start // SECTOR) > moment:
                    _put(content, start, record.data[start - record.offset : end - record.offset])
        return bytes(content[:length]).ljust(length, b"\0")


def _apply(content: bytearray, record: Record) -> None:
    if record.op is Op.WRITE:
        _put(content, record.offset, record.data)
    else:
        del content[record.offset :]
        content.extend(bytes(record.offset - len(content)))


def _put(content: bytearray, offset: int, data: bytes) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def _sectors(offset: int, length: int) -> Iterator[tuple[int, int]]:
    """The parts of a write that lie in one sector each."""
    start = offset
    while start < offset + length:
        end = min((start // SECTOR + 1) * SECTOR, offset + length)
        yield start, end
        start = end


def _cut_sectors(content: bytearray, size: int, is_cut: Callable[[int], bool]) -> None:
    """What lies behind a truncation reads as zeros, where the truncation got to that sector."""
    for start, end in _sectors(size, max(len(content) - size, 0)):
        if is_cut(start // SECTOR):
            content[start:end] = bytes(end - start)


class Disk:
    """Follows a trace. Files are told apart by name and by when they were created, as inodes are."""

    def __init__(self, base: Mapping[str, bytes]) -> None:
        self._names: dict[str, _File | None] = {name: _File(content) for name, content in base.items()}
        self._now = dict(self._names)
        self._renaming: list[tuple[int, str, _File | None]] = []  # changes of names since the folder's last flush
        self._begun: dict[tuple[int, str], int] = {}

    def follow(self, at: int, record: Record) -> None:
        """The next record of the trace, the `at`-th."""
        file = self._now.get(record.name)
        match record.op:
            case Op.CREATE:
                self._name(at, record.name, _File())
            case Op.UNLINK:
                self._name(at, record.name, None)
            case Op.LINK:
                self._name(at, record.data.decode(), file)
            case Op.RENAME:
                self._name(at, record.data.decode(), file)
                self._name(at, record.name, None)
            case Op.WRITE | Op.SIZE:
                if file is not None:
                    file.pending.append((at, record))
            case Op.FLUSH_BEGINS:
                self._begun[record.pid, record.name] = at
            case Op.FLUSH_ENDS:
                self._flush(record, self._begun.pop((record.pid, record.name)))

    def _name(self, at: int, name: str, file: _File | None) -> None:
        self._now[name] = file
        self._renaming.append((at, name, file))

    def _flush(self, record: Record, begun: int) -> None:
        if record.name:
            file = self._now.get(record.name)
            if file is not None:
                file.flush(begun)
            return
        for at, name, file in self._renaming:
            if at < begun:
                self._names[name] = file
        self._renaming = [change for change in self._renaming if change[0] >= begun]

    def after_cut(self, random: Random) -> Image:
        """What is found when the power is back; each call another possibility."""
        names = dict(self._names)
        for _, name, file in self._renaming[: random.randint(0, len(self._renaming))]:
            names[name] = file
        return {name: file.after_cut(random) for name, file in names.items() if file is not None}
