"""Which file systems keep nothing, by what Linux tells of its mounts."""

from pathlib import Path

import pytest

from kiosk.mounts import forgetful, mount_of
from tests.disks import small_disk

# Lines as they stand on machines: Raspberry Pi OS with its overlay switched on, log2ram, a live system, a container.
PI = """21 1 0:20 / / rw,relatime shared:1 - overlay overlay rw,lowerdir=/lower,upperdir=/upper/data,workdir=/upper/work
22 21 179:2 / /media/root-ro ro,relatime shared:2 - ext4 /dev/mmcblk0p2 ro
23 21 179:1 / /boot/firmware rw,relatime shared:3 - vfat /dev/mmcblk0p1 rw,fmask=0022
24 21 8:1 / /var/lib/kiosk rw,relatime shared:4 - ext4 /dev/sda1 rw
25 21 0:30 / /var/log rw,relatime shared:5 - tmpfs log2ram rw,size=40960k
26 21 253:0 / /srv/zram rw,relatime - ext4 /dev/zram1 rw
27 21 0:31 / /mnt/a\\040stick rw - fuse.unionfs-fuse unionfs rw
28 21 0:32 / /home/live rw - squashfs /dev/loop0 rw
29 21 8:2 / /home/live/kept rw - btrfs /dev/sdb2 rw
30 21 0:33 / /srv/old rw - tmpfs tmpfs rw
31 21 8:3 / /srv/old rw - xfs /dev/sdc1 rw
32 21 0:34 / /srv/net rw - nfs4 nas:/kiosk rw
33 21 8:4 / /srv/broken ro,relatime - ext4 /dev/sdd1 rw,errors=remount-ro
an odd line
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    file = tmp_path / "mountinfo"
    file.write_text(PI)
    return file


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/pi/station", "overlay"), ("/var/lib/other", "overlay"), ("/var/lib/kiosk", None),
        ("/var/lib/kiosk/backups", None), ("/var/lib/kiosk2", "overlay"), ("/var/log/kiosk", "tmpfs"),
        ("/srv/zram/home", "ext4 on /dev/zram1"), ("/mnt/a stick/home", "fuse.unionfs-fuse"),
        ("/home/live/station", "squashfs"), ("/home/live/kept/station", None), ("/srv/old/x", None),
        ("/srv/net/x", None), ("/boot/firmware", None),
    ],
)  # fmt: skip
def test_what_keeps_nothing(mounts: Path, path: str, kind: str | None) -> None:
    assert forgetful(Path(path), mounts) == kind


def test_what_is_read_only(mounts: Path) -> None:
    found = mount_of(Path("/srv/broken/home"), mounts)
    assert found is not None and found.is_read_only and str(found.place) == "/srv/broken"
    writable = mount_of(Path("/var/lib/kiosk"), mounts)
    assert writable is not None and not writable.is_read_only


def test_where_nobody_tells(tmp_path: Path) -> None:
    assert mount_of(tmp_path, tmp_path / "nowhere") is None and forgetful(tmp_path, tmp_path / "nowhere") is None


def test_a_real_one(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        (disk.folder / "home").mkdir()
        (tmp_path / "link").symlink_to(disk.folder)
        assert forgetful(disk.folder / "home") == forgetful(tmp_path / "link" / "home") == "tmpfs"
