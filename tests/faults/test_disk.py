"""The model of a disk: what was flushed is there, what was not may be there, and nothing else."""

from random import Random

from scripts.faults.disk import SECTOR, Disk, Image
from scripts.faults.trace import Op, Record

OLD, NEW = b"o" * 4 * SECTOR, b"n" * 4 * SECTOR


def write(data: bytes, offset: int = 0, name: str = "f") -> Record:
    return Record(Op.WRITE, name, 1, offset, data)


def event(op: Op, name: str = "f", offset: int = 0) -> Record:
    return Record(op, name, 1, offset, b"")


def flush(name: str = "f") -> list[Record]:
    return [event(Op.FLUSH_BEGINS, name), event(Op.FLUSH_ENDS, name)]


def images(base: Image, *records: Record) -> list[Image]:
    """What may be found after these, in 400 tries."""
    disk, random = Disk(base), Random(3)
    for at, record in enumerate(records):
        disk.follow(at, record)
    return [disk.after_cut(random) for _ in range(400)]


def contents(base: Image, *records: Record) -> set[bytes]:
    return {image["f"] for image in images(base, *records)}


def test_what_was_flushed_is_there() -> None:
    assert contents({"f": OLD}, write(NEW), *flush()) == {NEW}


def test_what_was_not_flushed_is_torn_at_sectors_only() -> None:
    found = contents({"f": OLD}, write(NEW))
    assert {OLD, NEW} < found
    for content in found:
        sectors = [content[at : at + SECTOR] for at in range(0, len(OLD), SECTOR)]
        assert set(sectors) <= {OLD[:SECTOR], NEW[:SECTOR]}


def test_a_write_during_a_flush_is_not_covered_by_it() -> None:
    late = write(NEW[:SECTOR], 2 * SECTOR)
    found = contents({"f": OLD}, write(b"x"), event(Op.FLUSH_BEGINS), late, event(Op.FLUSH_ENDS))
    assert all(content.startswith(b"x") for content in found)
    assert {content[2 * SECTOR : 3 * SECTOR] for content in found} == {OLD[:SECTOR], NEW[:SECTOR]}


def test_a_failed_flush_makes_nothing_safe() -> None:
    assert OLD in contents({"f": OLD}, write(NEW), event(Op.FLUSH_BEGINS))


def test_a_file_that_grew_may_be_short_or_hold_zeros() -> None:
    found = contents({"f": OLD}, write(NEW, len(OLD)))
    assert {OLD, OLD + NEW, OLD + bytes(len(NEW))} < found


def test_a_truncation_may_not_have_happened() -> None:
    found = contents({"f": OLD}, event(Op.SIZE, offset=SECTOR))
    assert {OLD, OLD[:SECTOR]} <= found
    assert contents({"f": OLD}, event(Op.SIZE, offset=SECTOR), *flush()) == {OLD[:SECTOR]}


def test_names_come_and_go_with_the_flush_of_their_folder() -> None:
    made = [event(Op.CREATE), write(NEW), *flush()]
    assert {"f" in image for image in images({}, *made)} == {True, False}
    assert {"f" in image for image in images({}, *made, *flush(""))} == {True}
    assert {"f" in image for image in images({"f": OLD}, event(Op.UNLINK))} == {True, False}
    assert {"f" in image for image in images({"f": OLD}, event(Op.UNLINK), *flush(""))} == {False}


def test_a_file_made_anew_is_another_file() -> None:
    found = contents({"f": OLD}, event(Op.UNLINK), event(Op.CREATE), write(NEW[:SECTOR]), *flush(), *flush(""))
    assert found == {NEW[:SECTOR]}
