"""The command line's door: what was scanned or typed after a command is recognised here, once."""

import click

from kiosk.parcels.scans import Scan, recognise


class _ScanType(click.ParamType[Scan]):
    name = "scan"

    def convert(self, value: str | Scan, param: click.Parameter | None, ctx: click.Context | None) -> Scan:
        return value if isinstance(value, Scan) else recognise(value)


SCAN = _ScanType()
