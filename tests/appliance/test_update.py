"""Going from one version to another: it comes up, or the one before does, whenever the plug is pulled."""

import shutil
import tarfile
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from kiosk.appliance import said as update_answers
from kiosk.appliance import update as updating
from kiosk.appliance.outcomes import CameBack, Updated, UpToDate
from kiosk.appliance.places import Places, point, version_at
from kiosk.appliance.trust import trust
from kiosk.appliance.update import Machine, go_back, recover, update
from kiosk.appliance.versions import identify
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.problems import Problem, Refused
from kiosk.text import Language, words
from scripts.releasing.signing import SecretKey
from tests.appliance.machine import ENABLED, FakeMachine, PowerCut, archive, signed, state_of

OLD = "0.1.0-old"
SIGNER = SecretKey(b"a signer", bytes(32))  # for tests alone


@pytest.fixture
def places(home: StationHome, shelved: Callable[..., CheckedIn], tmp_path: Path) -> Iterator[Places]:
    """A station with a parcel and one version that runs."""
    shelved("SF2000000000001")
    opt, installed = tmp_path / "opt", tmp_path / "installed"
    shutil.copytree(home.folder, installed)  # the test itself has the other one open
    places = Places(opt, installed)
    (places.versions / OLD).mkdir(parents=True)
    (places.versions / OLD / "whole").touch()
    point(places.current, places.versions / OLD)
    trust(opt, SIGNER.public)
    yield places
    assert not (opt / "updating.json").exists()
    shutil.rmtree(StationHome(installed).runtime())


def version(tmp_path: Path, number: str) -> Path:
    return signed(archive(tmp_path, number), SIGNER)


def runs(places: Places) -> str:
    """The number of the version that runs."""
    return (version_at(places.current) or "").partition("-")[0]


def test_a_version_that_comes_up_runs_and_the_one_before_is_kept(places: Places, tmp_path: Path) -> None:
    machine = FakeMachine(places)
    answer = update(places, version(tmp_path, "0.2.0"), machine.hands)
    assert isinstance(answer, Updated) and Path(answer.backup).is_file()
    assert runs(places) == "0.2.0" and version_at(places.previous) == OLD
    assert machine.running == set(ENABLED) and machine.opens()
    assert (places.current / "pi" / "kiosk-screen.service").is_file()
    again = update(places, version(tmp_path, "0.2.0"), machine.hands)
    assert again == UpToDate(answer.version)
    third = update(places, version(tmp_path, "0.3.0"), machine.hands)
    assert isinstance(third, Updated) and version_at(places.previous) == answer.version
    assert not (places.versions / OLD).exists()  # room for the next


@pytest.mark.parametrize("number", ["0.2.0+bad", "0.2.0+falls"])
def test_a_version_that_does_not_come_up_or_falls_gives_way_to_the_one_before(
    places: Places, tmp_path: Path, number: str
) -> None:
    machine = FakeMachine(places)
    answer = update(places, version(tmp_path, number), machine.hands)
    assert isinstance(answer, CameBack) and answer.version == OLD and "kiosk-" in answer.why
    assert not answer.restored  # nothing was migrated, so nothing that happened is lost
    assert version_at(places.current) == OLD and not places.previous.is_symlink()
    assert machine.running == set(ENABLED) and machine.opens()


def test_what_it_had_migrated_is_as_in_the_backup(places: Places, tmp_path: Path) -> None:
    machine = FakeMachine(places)
    answer = update(places, version(tmp_path, "0.2.0+mbad"), machine.hands)
    assert isinstance(answer, CameBack) and answer.restored
    assert machine.running == set(ENABLED) and machine.opens()
    for language in Language:
        assert OLD in update_answers.outcome(words(language), answer)


@pytest.mark.parametrize("number", ["0.2.0+m", "0.2.0+mbad"])
def test_wherever_the_plug_is_pulled_one_version_runs_with_a_database_that_it_opens(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    machine = FakeMachine(places)
    for module, name in ((updating, "point"), (updating, "write_in_place"), (updating, "_over")):
        monkeypatch.setattr(module, name, before(machine.deed, getattr(module, name)))
    kept = tmp_path / "kept"
    shutil.copytree(places.home, kept)
    folder = version(tmp_path, number)
    for cut_after in count():
        machine.deeds, machine.cut_after = 0, cut_after
        try:
            update(places, folder, machine.hands)
            is_over = True
        except PowerCut:
            is_over = False
        machine.cut_after = None
        machine.commands.clear()
        recover(places, machine.hands)
        assert not [one for one in machine.commands if one.startswith(("systemctl stop", "systemctl start"))]
        assert not state_of(places) and machine.opens(), (number, cut_after)
        assert recover(places, machine.hands) is None
        if is_over:
            assert cut_after > 8
            break
        machine.running.clear()
        point(places.current, places.versions / OLD)
        places.previous.unlink(missing_ok=True)
        shutil.rmtree(places.home)
        shutil.copytree(kept, places.home)


def before(deed: Callable[[], None], real: Callable[..., None]) -> Callable[..., None]:
    def cut_or_do(*arguments: object) -> None:
        deed()
        real(*arguments)

    return cut_or_do


def test_a_killed_update_is_brought_to_its_end_by_the_next_one(places: Places, tmp_path: Path) -> None:
    machine = FakeMachine(places, cut_after=9)
    with pytest.raises(PowerCut):
        update(places, version(tmp_path, "0.2.0"), machine.hands)
    assert state_of(places)
    machine.cut_after = None
    assert isinstance(update(places, version(tmp_path, "0.2.0"), machine.hands), Updated)
    assert machine.running == set(ENABLED)


def test_going_back_and_forth(places: Places, tmp_path: Path) -> None:
    machine = FakeMachine(places)
    refused = go_back(places, machine.hands, to_backup=False)
    assert isinstance(refused, Refused) and refused.problem is Problem.NO_PREVIOUS_VERSION
    update(places, version(tmp_path, "0.2.0"), machine.hands)
    assert isinstance(go_back(places, machine.hands, to_backup=False), Updated) and runs(places) == "0.1.0"
    assert isinstance(go_back(places, machine.hands, to_backup=False), Updated) and runs(places) == "0.2.0"


def test_going_back_over_a_migration_needs_the_backup(places: Places, tmp_path: Path) -> None:
    machine = FakeMachine(places)
    there = update(places, version(tmp_path, "0.2.0+m"), machine.hands)
    assert isinstance(there, Updated)
    stays = go_back(places, machine.hands, to_backup=False)
    assert isinstance(stays, CameBack) and stays.version == there.version and machine.opens()
    assert isinstance(go_back(places, machine.hands, to_backup=True), Updated)
    assert version_at(places.current) == OLD and machine.opens()


def test_a_station_that_cannot_be_backed_up_stays_as_it_is(places: Places, tmp_path: Path) -> None:
    machine = FakeMachine(places)
    StationHome(places.home).key.rename(tmp_path / "key")
    with pytest.raises(StationFault) as broken:
        update(places, version(tmp_path, "0.2.0"), machine.hands)
    assert broken.value.fault is Fault.COMMAND_FAILED
    assert version_at(places.current) == OLD and machine.running == set(ENABLED)


def test_what_is_signed_and_yet_no_version_is_not_taken(places: Places, tmp_path: Path) -> None:
    no_tar, no_version = tmp_path / "no.tar", tmp_path / "other.tar"
    no_tar.write_bytes(b"?")
    with tarfile.open(no_version, "w") as tar:
        tar.add(an_empty_file(tmp_path), "x")
    for packed in (no_tar, no_version):
        with pytest.raises(StationFault) as broken:
            update(places, signed(packed, SIGNER), FakeMachine(places).hands)
        assert broken.value.fault is Fault.NOT_A_VERSION and str(packed) == broken.value.path


def an_empty_file(tmp_path: Path) -> Path:
    (tmp_path / "x").touch()
    return tmp_path / "x"


def test_debians_own_python_unpacks_too_and_lets_nothing_escape(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """3.11.2 of Debian 12 does not know tarfile's filters."""
    monkeypatch.delattr(tarfile, "data_filter", raising=False)
    machine = FakeMachine(places)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of newer ones, whose filters are hidden here
        assert isinstance(update(places, version(tmp_path, "0.2.0"), machine.hands), Updated)
        for name in ("../outside", "/outside"):
            with tarfile.open(tmp_path / "bad.tar", "w") as tar:
                tar.addfile(tarfile.TarInfo(name))
            with pytest.raises(StationFault) as broken:
                update(places, signed(tmp_path / "bad.tar", SIGNER), machine.hands)
            assert broken.value.fault is Fault.NOT_A_VERSION
    assert not (tmp_path.parent / "outside").exists()


@pytest.mark.parametrize("text", ["rubbish [[", "[tool]", '[project]\nversion = "../../outside"'])
def test_a_version_without_a_proper_number_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(StationFault) as fault:
        identify(tmp_path)
    assert fault.value.fault is Fault.NOT_A_VERSION


def test_a_version_cut_short_is_made_anew(places: Places, tmp_path: Path) -> None:
    machine = FakeMachine(places, cut_after=1)
    with pytest.raises(PowerCut):
        update(places, version(tmp_path, "0.2.0"), machine.hands)
    machine.cut_after = None
    assert isinstance(update(places, version(tmp_path, "0.2.0"), machine.hands), Updated)
    assert len([one for one in machine.commands if "-m venv" in one]) == 2


def test_its_own_commands_are_the_systems() -> None:
    assert Machine().run(["sh", "-c", "echo told; exit 4"]) == (4, "told\n")
    assert Machine().run(["/no/such/command"]).code == 127
