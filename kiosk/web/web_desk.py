"""The staff desk in a browser: its pages, the way in, and the line to the desk."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from kiosk.config.web import WebSettings
from kiosk.faults import StationFault
from kiosk.jobs.staff.sign_in import SignedIn
from kiosk.parcels.problems import Problem, Refused
from kiosk.text import N_, Language, words
from kiosk.web.asked import Origin, address_of, comes_from_us, form_of, goes_by, language_of, origin_of, typed
from kiosk.web.desk_process import DeskProcess
from kiosk.web.front_door import FrontDoor, terminal_of
from kiosk.web.page_files import FOR_ALL, FOR_STAFF
from kiosk.web.page_socket import Closed, Keys, PageSocket, size_asked
from kiosk.web.pages import Pages, ended
from kiosk.web.visits import Visit, Visits

_LARGEST_FORM = 4096  # bytes
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
_LOCKED_DOWN = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src data:"
_CSP = f"{_LOCKED_DOWN}; style-src 'self'"
# The terminal of the page writes its own style sheet; scripts come from here alone.
_DESK_CSP = f"{_LOCKED_DOWN}; style-src 'self' 'unsafe-inline'; script-src 'self'; font-src 'self'; connect-src 'self' "
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_OTHER_NAME = N_(
    "This desk has another name. Open it by its address, or add the name to names in [web] of station.toml."
)
_BY_HTTPS_ONLY = "max-age=31536000"  # seconds; a browser heeds it where it trusts the certificate
_ORIGIN = web.RequestKey("origin", Origin)
log = logging.getLogger("kiosk.web")


class WebDesk:
    """`command(terminal)` is what a desk's process is started with."""

    def __init__(
        self,
        settings: WebSettings,
        station: str,
        door: FrontDoor,
        visits: Visits,
        command: Callable[[str], Sequence[str]],
    ) -> None:
        self._settings, self._door, self._visits, self._command = settings, door, visits, command
        self._pages = Pages(station)
        self._entering = asyncio.Lock()  # between looking for room and taking it nobody else may

    def application(self) -> web.Application:
        """To be run by the caller; when it is shut down all desks end."""
        app = web.Application(middlewares=[self._guard], client_max_size=_LARGEST_FORM)
        app.add_routes(
            [
                web.get("/", self._page),
                web.post("/sign-in", self._sign_in),
                web.post("/new-pin", self._new_pin),
                web.get("/ws", self._socket),
                web.get("/file/{name}", self._file),
            ]
        )
        app.on_shutdown.append(self._end_all)
        return app

    async def close_idle(self) -> None:
        """To be called every second or so."""
        for visit in self._visits.overdue():
            await self._end(visit, Closed.IDLE)

    # What stands before everything

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = origin_of(request, behind_proxy=self._settings.behind_proxy)
        why_not = self._why_not(request, origin)
        if why_not is not None:
            answer = self._turned_away(request, why_not)
        else:
            assert origin is not None
            request[_ORIGIN] = origin
            answer = await self._answered(request, handler)
        if not answer.prepared:
            answer.headers.update(_HEADERS)
            answer.headers.setdefault("Content-Security-Policy", _CSP)
            if origin is not None and origin.is_safe:
                answer.headers["Strict-Transport-Security"] = _BY_HTTPS_ONLY
        return answer

    async def _answered(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as refusal:
            return web.Response(text=f"{refusal.reason}\n", status=refusal.status)
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

    # Pages

    async def _page(self, request: web.Request) -> web.StreamResponse:
        language, visit = language_of(request), self._visit(request)
        if visit is None:
            if not await self._door.is_staffed():
                return self._pages.no_staff(language)
            return self._pages.sign_in(language, ended(words(language), request.query.get("ended", "")))
        if visit.is_half_in:
            return self._pages.new_pin(language)
        page = self._pages.desk(visit.language, visit.person.name)
        page.headers["Content-Security-Policy"] = _DESK_CSP + request[_ORIGIN].socket
        return page

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """By name, from a short list; those of the desk for who has signed in."""
        known = FOR_ALL if self._visit(request) is None else {**FOR_ALL, **FOR_STAFF}
        path = known.get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound
        return web.FileResponse(path)

    # The way in

    async def _sign_in(self, request: web.Request) -> web.StreamResponse:
        language, address = language_of(request), address_of(request, behind_proxy=self._settings.behind_proxy)
        if self._door.has_to_wait(address):  # what it has typed is not even read
            return self._pages.refused(language, Refused(Problem.WRONG_PIN))
        form = await form_of(request)
        if not await self._door.is_staffed():
            return self._pages.no_staff(language)
        person = await self._door.sign_in(address, typed(form, "number"), typed(form, "pin"))
        if isinstance(person, Refused):
            return self._pages.refused(language, person)
        return await self._enter(request, person, language)

    async def _new_pin(self, request: web.Request) -> web.StreamResponse:
        language, visit, form = language_of(request), self._visit(request), await form_of(request)
        if visit is None or not visit.is_half_in:
            return _to_page(language)
        person = await self._door.choose_pin(visit.person, typed(form, "pin"), typed(form, "again"))
        if isinstance(person, Refused):
            if person.problem is Problem.WRONG_PIN:  # somebody has chosen it elsewhere
                await self._end(visit, Closed.LOCKED)
                return self._pages.refused(language, person)
            return self._pages.new_pin(language, person)
        return await self._enter(request, person, language)

    async def _enter(self, request: web.Request, person: SignedIn, language: Language) -> web.StreamResponse:
        """A fresh token each time, and one visit a person: a browser that they have left somewhere closes."""
        async with self._entering:
            before = self._visits.of(person.number)
            if before is not None:
                await self._end(before, Closed.ELSEWHERE)
            opened = self._visits.open(person, language)
        if opened is None:
            await self._door.sign_out(person)
            return self._pages.full(language, self._settings.sessions)
        origin = request[_ORIGIN]
        answer = _to_page(language)
        answer.set_cookie(origin.cookie, opened[0], path="/", secure=origin.is_safe, httponly=True, samesite="Strict")
        return answer

    # The desk

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        visit = self._visit(request)
        if visit is None or visit.is_half_in:
            raise web.HTTPForbidden
        page = PageSocket()
        await page.open(request)
        desk = visit.desk = visit.desk or self._new_desk(visit)
        await desk.show_on(page, size_asked(request))
        try:
            async for told in page.read():
                if isinstance(told, Keys):
                    self._visits.touch(visit)
                await desk.take(told)
        finally:
            desk.leave(page)
        return page.response

    def _new_desk(self, visit: Visit) -> DeskProcess:
        async def desk_ended(code: int) -> None:
            desk, visit.desk = visit.desk, None
            if code == 0:
                self._visits.forget(visit)
            if desk is not None:
                await desk.close_page(Closed.LOCKED if code == 0 else Closed.BROKEN)

        return DeskProcess(self._command(terminal_of(visit.person)), visit.person, visit.language, desk_ended)

    def _visit(self, request: web.Request) -> Visit | None:
        return self._visits.find(request.cookies.get(request[_ORIGIN].cookie, ""))

    async def _end(self, visit: Visit, why: Closed) -> None:
        if not self._visits.forget(visit):
            return
        desk, visit.desk = visit.desk, None
        if desk is not None:
            await desk.close_page(why)
            await desk.end()
        if not visit.is_half_in:
            try:
                await self._door.sign_out(visit.person)
            except StationFault as fault:  # this desk is closed all the same, and the others' go on
                log.error("web-%s signed out off the record: %s", visit.person.number, fault)

    async def _end_all(self, app: web.Application) -> None:
        del app
        desks = [visit.desk for visit in self._visits.all() if visit.desk is not None]
        await asyncio.gather(*(desk.close_page(Closed.GOING_AWAY) for desk in desks))
        await asyncio.gather(*(desk.end() for desk in desks))


def _to_page(language: Language) -> web.Response:
    return web.Response(status=303, headers={"Location": f"/?language={language}"})
