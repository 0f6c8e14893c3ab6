"""Where the staff desk is opened in a browser, and by how many: `[web]` of station.toml."""

from typing import NamedTuple

from kiosk.config.table import Table
from kiosk.faults import expected

_HOST = r"[0-9A-Za-z.:-]{1,253}"
_OF_ADDRESSES = frozenset("0123456789.:")


class WebSettings(NamedTuple):
    """`certificate` and `private_key` are PEM files, relative paths begin in the home; None: no TLS of our own.

    `sessions`: desks that may be open at once. `idle_min`: minutes without a key until a desk is closed.
    `names`: what browsers may call this machine, beside its addresses; lower case, as in their address line.
    `behind_proxy`: X-Forwarded-Proto, -Host and -For are believed, and only what came by https is served.
    """

    host: str
    port: int
    certificate: str | None
    private_key: str | None
    sessions: int
    idle_min: int
    behind_proxy: bool
    names: tuple[str, ...] = ()


def read_web(table: Table) -> WebSettings:
    """Raises StationFault(BAD_SETTINGS): also for PINs that would go through a network where others can read them."""
    web = WebSettings(
        host=table.text("host", "127.0.0.1", form=_HOST, example="127.0.0.1"),
        port=table.whole("port", 8080, 0, 65535),
        certificate=table.path("certificate", "/etc/kiosk/certificate.pem"),
        private_key=table.path("private_key", "/etc/kiosk/private_key.pem"),
        sessions=table.whole("sessions", 4, 1, 50),
        idle_min=table.whole("idle_minutes", 10, 1, 1440),
        behind_proxy=table.flag("behind_proxy", False),
        names=tuple(name.lower().rstrip(".") for name in table.texts("names", form=_HOST, example='["kiosk.local"]')),
    )
    for key, other in (("certificate", "private_key"), ("private_key", "certificate")):
        if getattr(web, key) is None and getattr(web, other) is not None:
            raise table.wrong(other, expected("{key} beside it: TLS needs both", key=key))
    # The name that it listens at is one of its own; behind a proxy browsers never learn of that one.
    if not (web.behind_proxy or set(web.host) <= _OF_ADDRESSES):
        web = web._replace(names=(*web.names, web.host.lower()))
    if not (is_of_this_machine(web.host) or web.certificate or web.behind_proxy):
        raise table.wrong("host", expected("127.0.0.1, or certificate and private_key, or behind_proxy = true"))
    return web


def is_of_this_machine(host: str) -> bool:
    """Whether nobody from outside reaches it."""
    return host in ("localhost", "::1") or host.startswith("127.")
