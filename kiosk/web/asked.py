"""What a browser asked, and whether it may be believed."""

import asyncio
import re
from collections.abc import Container, Mapping
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import NamedTuple

from aiohttp import web

from kiosk.config.web import is_of_this_machine
from kiosk.text import Language
from kiosk.web.connections import PATIENCE_S

COOKIE, SAFE_COOKIE = "kiosk", "__Host-kiosk"  # a browser takes the second one by https only, for this host only
_ALLOWED_IN_HOST = frozenset("0123456789abcdefghijklmnopqrstuvwxyz.-:[]")
_LONGEST_TYPED = 80  # a badge with the frame of a scanner
_OF_A_LINE = 64  # bits of an IPv6 address
_HOST = re.compile(r"(?:\[([^\[\]]+)\]|([^:\[\]]+))(?::\d*)?")


class Origin(NamedTuple):
    """As the browser's address line shows it."""

    scheme: str
    host: str

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}"

    @property
    def is_safe(self) -> bool:
        return self.scheme == "https"

    @property
    def cookie(self) -> str:
        return SAFE_COOKIE if self.is_safe else COOKIE

    @property
    def socket(self) -> str:
        return f"{'wss' if self.is_safe else 'ws'}://{self.host}"


def origin_of(request: web.Request, *, behind_proxy: bool) -> Origin | None:
    """None where it makes no sense, or came around the proxy."""
    forwarded: Mapping[str, str] = request.headers if behind_proxy else {}
    scheme = forwarded.get("X-Forwarded-Proto", "http" if behind_proxy else request.scheme)
    host = forwarded.get("X-Forwarded-Host", request.headers.get("Host", "")).lower()
    if not scheme or not host or not _ALLOWED_IN_HOST.issuperset(host) or (behind_proxy and scheme != "https"):
        return None
    return Origin(scheme, host)


def goes_by(host: str, reached_at: str, names: Container[str]) -> bool:
    """Whether a browser may call us so: by the address at which its connection has come in, or by one of `names`. Any
    other name may be another site's, pointed at us so that its pages count as ours (DNS rebinding)."""
    name = _without_port(host).rstrip(".")
    if name in names:
        return True
    try:
        ours = ip_address(reached_at.partition("%")[0])
        ours = getattr(ours, "ipv4_mapped", None) or ours
        return ip_address(name) == ours
    except ValueError:  # a name
        return name == "localhost" and is_of_this_machine(str(ours))


def _without_port(host: str) -> str:
    """`[::1]:80` is `::1`; nothing where it is no host and port."""
    found = _HOST.fullmatch(host)
    return (found[1] or found[2]) if found else ""


def address_of(request: web.Request, *, behind_proxy: bool) -> str:
    """The browser's; behind a proxy the last one forwarded, for what stands before it anybody may have written."""
    forwarded = request.headers.getall("X-Forwarded-For", []) if behind_proxy else []  # some proxies add a line below
    address = ",".join(forwarded).rpartition(",")[2].strip() or request.remote or ""
    return _of_one_line(address)


def _of_one_line(address: str) -> str:
    """A line has 2**64 addresses of IPv6, however they are written: its network stands for all of them."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Network((found, _OF_A_LINE), strict=False))


def comes_from_us(request: web.Request, origin: Origin) -> bool:
    """A browser names the page that sends a form or opens a socket; another site's must do neither."""
    return request.headers.get("Origin", "").lower() == str(origin)


def language_of(request: web.Request) -> Language:
    """As chosen on the page, else as the browser prefers."""
    chosen = request.query.get("language", "")
    if chosen in [*Language]:
        return Language(chosen)
    preferred = request.headers.get("Accept-Language", "").lower()
    return next((language for language in Language if preferred.startswith(language)), Language.ENGLISH)


def to_page(language: Language) -> web.Response:
    """To the desk, or to the page of signing in."""
    return web.Response(status=303, headers={"Location": f"/?language={language}"})


def typed(form: Mapping[str, object], name: str) -> str:
    """A field of a form, cut where no honest one is so long."""
    value = form.get(name, "")
    return value.strip()[:_LONGEST_TYPED] if isinstance(value, str) else ""


async def form_of(request: web.Request) -> Mapping[str, object]:
    """As our own pages send it."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await request.post()
    except TimeoutError as slow:
        raise web.HTTPRequestTimeout from slow
    except (ValueError, LookupError, web.RequestPayloadError) as broken:  # no text, in no charset, not as it was said
        raise web.HTTPBadRequest from broken
