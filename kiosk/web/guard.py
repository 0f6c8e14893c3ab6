"""What stands before every page: whether it may be served to this browser, and the headers that hold it together."""

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from kiosk.config.web import WebSettings
from kiosk.faults import StationFault
from kiosk.text import N_, words
from kiosk.web.asked import Origin, comes_from_us, goes_by, language_of, origin_of
from kiosk.web.pages import Pages

_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), clipboard-read=()",
    "Referrer-Policy": "same-origin",
    "Server": "kiosk",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_LOCKED_DOWN = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:"
_CSP = f"{_LOCKED_DOWN}; style-src 'self'"
# The terminal of the page writes its own style sheet; scripts come from here alone.
_DESK_CSP = f"{_LOCKED_DOWN}; style-src 'self' 'unsafe-inline'; script-src 'self'; font-src 'self'; connect-src 'self' "
_READER_CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
_FOR_CAMERA = "camera=(self), microphone=(), geolocation=(), clipboard-read=()"
_OTHER_NAME = N_(
    "This desk has another name. Open it by its address, or add the name to names in [web] of station.toml."
)
_NO_SUCH_PAGE = N_("There is no such page here.")
_UNREAD = N_("What the browser sent could not be read. Go back, and try it once more.")
_NOT_THERE = (404, 405)
_BY_HTTPS_ONLY = "max-age=31536000"  # seconds; a browser heeds it where it trusts the certificate
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
ORIGIN = web.RequestKey("origin", Origin)
log = logging.getLogger("kiosk.web")


class Guard:
    def __init__(self, settings: WebSettings, pages: Pages) -> None:
        self._settings, self._pages = settings, pages

    @web.middleware
    async def serve(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Every answer has its headers; whoever is served has his ORIGIN."""
        origin = origin_of(request, behind_proxy=self._settings.behind_proxy)
        why_not = self._why_not(request, origin)
        if why_not is not None:
            answer = self._turned_away(request, why_not)
        else:
            assert origin is not None
            request[ORIGIN] = origin
            answer = await self._answered(request, handler)
        if not answer.prepared:
            for name, value in {**_HEADERS, "Content-Security-Policy": _CSP}.items():
                answer.headers.setdefault(name, value)
            if origin is not None and origin.is_safe:
                answer.headers["Strict-Transport-Security"] = _BY_HTTPS_ONLY
        return answer

    async def _answered(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPRedirection as moved:
            return web.Response(status=moved.status, headers={"Location": moved.headers["Location"]})
        except web.HTTPException as refusal:
            if request.path.startswith("/file/") or request.path == "/ws":
                return web.Response(text=f"{refusal.reason}\n", status=refusal.status)
            why = _NO_SUCH_PAGE if refusal.status in _NOT_THERE else _UNREAD
            return self._turned_away(request, why, refusal.status)
        except StationFault as fault:  # a page for a visitor says nothing of this machine
            log.error("%s", fault)
            why = N_("The station cannot be opened just now. Try again in a minute. If it stays so: kiosk doctor")
            return self._turned_away(request, why, 503)

    def _why_not(self, request: web.Request, origin: Origin | None) -> str | None:
        """None: it is served."""
        is_page = request.method in ("GET", "HEAD") and request.path != "/ws"
        if origin is None:
            return N_("This desk is reached by https, through its proxy only.")
        if not self._goes_by(request, origin):
            return _OTHER_NAME
        if not (is_page or comes_from_us(request, origin)):
            return N_("This was asked for by another site. Open the desk's own page.")
        return None

    def _goes_by(self, request: web.Request, origin: Origin) -> bool:
        """A proxy without `names` in our settings has them in its own: it serves none that has no certificate."""
        settings = self._settings
        if settings.behind_proxy and not settings.names:
            return True
        reached_at = request.transport.get_extra_info("sockname") if request.transport else None
        return goes_by(origin.host, str(reached_at[0]) if reached_at else "", settings.names)

    def _turned_away(self, request: web.Request, why: str, status: int = 403) -> web.StreamResponse:
        language = language_of(request)
        return self._pages.notice(language, words(language)(why), status)


def lets_the_desk_work(page: web.StreamResponse, origin: Origin) -> None:
    """Its scripts, its line, and the camera as a scanner."""
    page.headers["Content-Security-Policy"] = _DESK_CSP + origin.socket
    page.headers["Permissions-Policy"] = _FOR_CAMERA


def lets_it_read_codes(script: web.StreamResponse) -> None:
    """WebAssembly, for the worker that this script is: it has a policy of its own, and the page's stays strict."""
    script.headers["Content-Security-Policy"] = _READER_CSP
