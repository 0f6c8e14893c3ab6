"""Manifests at a desk without a shell: listed by number, read by number or name."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.jobs.sheets.manifests import ManifestList, ManifestWithdrawn
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import Announcement
from kiosk.jobs.taking_in.manifest_files import ManifestFiles, list_files
from kiosk.parcels.problems import Problem
from kiosk.parcels.scans import recognise
from tests.jobs.asking import row, why

A = "YT7700000000001"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A USB stick as people have them: the lists in a folder, other things beside them."""
    folder = tmp_path / "stick" / "USB DISK"
    (folder / "lists").mkdir(parents=True)
    for age, name in enumerate(["lists/yto list.csv", "b.CSV", ".hidden.csv", "holiday.jpg", "c.txt"]):
        file = folder / name
        file.write_text(f"运单号\n{A}\n", "utf-8")
        os.utime(file, (1_790_000_000 - age, 1_790_000_000 - age))
    (folder / "link.csv").symlink_to(folder / "b.CSV")
    return tmp_path / "stick"


@pytest.fixture
def desk(station: Station, stick: Path) -> Station:
    settings = station.settings
    return replace(station, settings=replace(settings, desk=settings.desk._replace(manifests=(str(stick),))))


def asked(station: Station, text: str) -> object:
    return serve_staff(station, recognise(text), AtHand())


def test_files_are_listed_the_newest_first(desk: Station) -> None:
    listed = asked(desk, "announce")
    assert isinstance(listed, ManifestFiles)
    assert [(one.number, one.name) for one in listed.files] == [(1, "yto list.csv"), (2, "b.CSV"), (3, "c.txt")]


@pytest.mark.parametrize("wanted", ["1", "yto list.csv", "1 圆通", "yto list.csv YTO"])
def test_one_is_read_by_its_number_or_its_name_and_taken_back(desk: Station, wanted: str) -> None:
    answer = asked(desk, f"announce {wanted}")
    assert isinstance(answer, Announcement) and (answer.accepted, answer.manifest) == (1, 1)
    assert row(desk, A).courier == "YTO"
    listed = asked(desk, "announced")
    assert isinstance(listed, ManifestList) and listed.manifests[0].file == "yto list.csv"
    assert isinstance(asked(desk, "withdraw 1"), ManifestWithdrawn)


@pytest.mark.parametrize("wanted", ["4", "0", "nowhere.csv", "-1", "../b.CSV", "/etc/passwd"])
def test_what_is_not_listed_is_not_read(desk: Station, wanted: str) -> None:
    assert why(asked(desk, f"announce {wanted}")) is Problem.NO_SUCH_FILE


@pytest.mark.parametrize("number", ["", "x", "7", "99999999999999"])
def test_no_such_manifest(desk: Station, number: str) -> None:
    assert why(asked(desk, f"withdraw {number}")) is Problem.NO_SUCH_MANIFEST


def test_no_stick(station: Station) -> None:
    desk = station.settings.desk._replace(manifests=("nowhere",))
    assert why(list_files(replace(station, settings=replace(station.settings, desk=desk)))) is Problem.NO_FILES
