"""`kiosk support`: a file for whoever helps, without anything of a person."""

import gzip
import io
import json
import os
import tarfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from kiosk.appliance.installation import RECOVER
from kiosk.appliance.update import SERVICES
from kiosk.cli.doctor import all_findings
from kiosk.cli.invocation import Invocation
from kiosk.cli.output import emit, json_option, say
from kiosk.doctor.bundle import Look, SupportFile, look_into, machine_files, station_files, told_key
from kiosk.doctor.machine import output_of
from kiosk.doctor.masks import Masks
from kiosk.doctor.patient import Finding
from kiosk.durable import naming_files, private_file
from kiosk.faults import Detail, StationFault, told
from kiosk.home import StationHome
from kiosk.lights.status import read_status
from kiosk.text import Language, words
from kiosk.text.sentences import detail_words

_FOLDER = "kiosk-support"


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@json_option
@click.pass_obj
def support(invocation: Invocation, file: Path | None, as_json: bool) -> None:
    look = look_into(invocation.home)
    found = [*_living(invocation.home, look), *station_files(invocation.home, look), *machine_files()]
    path = file or Path(f"{_FOLDER}-{datetime.now():%Y%m%d-%H%M%S}.tar.gz")
    data = _packed([_read_me(found), *found])
    with naming_files(path), os.fdopen(private_file(path), "wb") as out:
        out.write(data)
    lines = [say()("Written to {path} ({size} KB). In it:", path=path, size=-(-len(data) // 1000))]
    lines += [f"  {one.name:14} {say()(one.what.message, **one.what.values)}" for one in found]
    lines.append(say()("Look before you send it: tar -xzf {path}  Names, phones and codes are masked.", path=path))
    emit({"path": str(path), "files": [one.name for one in found]}, "\n".join(lines), as_json=as_json)


def _living(home: StationHome, look: Look) -> Iterator[SupportFile]:
    """What programs say that run now."""
    findings = [_finding(finding, look.masks) for finding in all_findings(home)]
    content = "".join(json.dumps(finding) + "\n" for finding in findings)
    yield SupportFile("doctor.jsonl", told("What kiosk doctor says"), content)
    yield SupportFile("lights.json", told("How the strips are"), _lights(home, look.masks))
    yield SupportFile("services.txt", told("How the services are"), _services())


def _finding(finding: Finding, masks: Masks) -> dict[str, object]:
    """In English, for the helper; its own words are filled with what may be told."""
    what, line = finding.what, masks.line_name(finding.line)
    if isinstance(what, StationFault):
        detail = what.detail
        fields = {"fault": what.fault, "path": masks.text(what.path), "key": told_key(what.key)}
        sentence = _masked(detail, masks) if isinstance(detail, Detail) else masks.text(detail)
        return {"line": line, "level": finding.level, **fields, "what": sentence}
    return {"line": line, "level": finding.level, "what": _masked(what, masks)}


def _masked(detail: Detail, masks: Masks) -> str:
    english = words(Language.ENGLISH)
    plain = {
        name: detail_words(english, one) if isinstance(one, Detail) else one for name, one in detail.values.items()
    }
    return english(detail.message, detail.several, **masks.values(plain))


def _lights(home: StationHome, masks: Masks) -> str:
    try:
        status = read_status(home.runtime_place())
    except OSError:
        return "{}\n"
    strips = [
        {"name": masks.text(one.name), "driver": one.driver, "fault": one.fault and masks.text(str(one.fault)),
         "used_ma": one.used_ma, "budget_ma": one.budget_ma}
        for one in status.strips
    ]  # fmt: skip
    return json.dumps({"driven": status.owner is not None, "strips": strips}, indent=1) + "\n"


def _services() -> str:
    """As systemd sees them; empty where it does not run."""
    what = "Id,LoadState,ActiveState,SubState,Result,NRestarts,ExecMainStatus,ActiveEnterTimestamp"
    return output_of("systemctl", "show", "-p", what, *SERVICES, RECOVER) or "systemd does not run here\n"


def _read_me(found: Sequence[SupportFile]) -> SupportFile:
    lines = [f"{one.name:14} {one.what.message}" for one in found]
    head = "A station's kiosk, for whoever helps. Names, phones, addresses, waybills, codes and secrets are masked.\n\n"
    return SupportFile("README.txt", told("What is in it"), head + "\n".join(lines) + "\n")


def _packed(found: Sequence[SupportFile]) -> bytes:
    """Neither tar nor gzip shall say whose machine it was, or what the file was called."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for one in found:
            content = one.content.encode("utf-8", "replace")
            member = tarfile.TarInfo(f"{_FOLDER}/{one.name}")
            member.size, member.mode = len(content), 0o600
            tar.addfile(member, io.BytesIO(content))
    return gzip.compress(packed.getvalue(), mtime=0)
