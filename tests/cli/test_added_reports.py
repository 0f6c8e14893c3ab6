"""What several stations wrote with `report --json`, in the forms in which it comes by mail, added up."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kiosk


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("indent", [None, 2])
def test_reports_in_whatever_form_they_were_saved(
    kiosk: Kiosk, tmp_path: Path, encoding: str, indent: int | None
) -> None:
    kiosk("check-in", "SF1000000000001")
    _, (one,), _ = kiosk("report")
    files = [tmp_path / "one.json", tmp_path / "others.json"]
    files[0].write_text(json.dumps(one, indent=indent), encoding)
    others = [json.dumps({**one, "stations": [name]}, indent=indent) for name in ("S2", "S3")]
    files[1].write_text("\r\n".join(others), encoding)
    code, (told,), _ = kiosk("report", "--add", *map(str, files))
    assert (code, told["counts"]["checked_in"], told["stations"][1:]) == (0, 3, ["S2", "S3"])
