"""The staff desk in a browser: its pages, the way in, and the line to the desk."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence

from aiohttp import web

from kiosk.config.web import WebSettings
from kiosk.faults import StationFault
from kiosk.jobs.staff.sign_in import SignedIn
from kiosk.parcels.problems import Problem, Refused
from kiosk.text import Language
from kiosk.web.asked import address_of, form_of, language_of, to_page, typed
from kiosk.web.desk_process import DeskProcess
from kiosk.web.front_door import FrontDoor, terminal_of
from kiosk.web.guard import ORIGIN, Guard, lets_it_read_codes, lets_the_desk_work
from kiosk.web.page_files import FOR_ALL, FOR_STAFF, READS_CODES
from kiosk.web.page_socket import Closed, Keys, PageSocket, size_asked
from kiosk.web.pages import ENDED, Pages
from kiosk.web.visits import Visit, Visits

_LARGEST_FORM = 4096  # bytes
_AWAY = "away"  # why a desk has ended of which we know nothing any more
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
        self.pages = Pages(station)
        self._entering = asyncio.Lock()  # between looking for room and taking it nobody else may

    def application(self, more: Iterable[web.RouteDef] = ()) -> web.Application:
        """To be run by the caller; when it is shut down all desks end. `more`: other pages behind the same guard."""
        app = web.Application(middlewares=[Guard(self._settings, self.pages).serve], client_max_size=_LARGEST_FORM)
        app.add_routes(
            [
                web.get("/", self._page),
                web.post("/sign-in", self._sign_in),
                web.post("/new-pin", self._new_pin),
                *(web.get(form, self._again) for form in ("/sign-in", "/new-pin")),
                web.get("/ws", self._socket),
                web.get("/file/{name}", self._file),
                *more,
            ]
        )
        app.on_shutdown.append(self._end_all)
        return app

    async def close_idle(self) -> None:
        """To be called every second or so."""
        for visit in self._visits.overdue():
            await self._end(visit, Closed.IDLE)

    # Pages

    async def _page(self, request: web.Request) -> web.StreamResponse:
        language, visit = language_of(request), self._visit(request)
        if visit is None:
            if not await self._door.is_staffed():
                return self.pages.no_staff(language)
            return self._sign_in_page(request, language)
        if visit.is_half_in:
            return self.pages.new_pin(language)
        page = self.pages.desk(visit.desk.language if visit.desk else visit.language, visit.person.name)
        lets_the_desk_work(page, request[ORIGIN])
        return page

    async def _again(self, request: web.Request) -> web.StreamResponse:
        """Whoever loads a form's answer anew, or comes back to it, gets the page that belongs there now."""
        return to_page(language_of(request))

    def _sign_in_page(self, request: web.Request, language: Language) -> web.StreamResponse:
        """With the reason why it is there: a browser that still has a cookie had a desk, and we have ended it, or were
        started anew. That is told once, and not to a script that only asks whether we are here (HEAD)."""
        origin = request[ORIGIN]
        had_desk = origin.cookie in request.cookies
        why = request.query.get("ended", _AWAY if had_desk else "")
        page = self.pages.sign_in(language, ended=why if why in ENDED else "")
        if had_desk and request.method == "GET":
            page.del_cookie(origin.cookie, path="/", secure=origin.is_safe, httponly=True, samesite="Strict")
        return page

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """By name, from a short list; those of the desk for who has signed in."""
        known = FOR_ALL if self._visit(request) is None else {**FOR_ALL, **FOR_STAFF}
        path = known.get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound
        file = web.FileResponse(path)
        file.headers["Cache-Control"] = "private, no-cache"  # kept, and asked for again: a phone has a slow line
        if path == READS_CODES:
            lets_it_read_codes(file)
        return file

    # The way in

    async def _sign_in(self, request: web.Request) -> web.StreamResponse:
        language, address = language_of(request), address_of(request, behind_proxy=self._settings.behind_proxy)
        if self._door.has_to_wait(address):  # what it has typed is not even read
            return self.pages.refused(language, Refused(Problem.WRONG_PIN))
        form = await form_of(request)
        if not await self._door.is_staffed():
            return self.pages.no_staff(language)
        person = await self._door.sign_in(address, typed(form, "number"), typed(form, "pin"))
        if isinstance(person, Refused):
            return self.pages.refused(language, person)
        return await self._enter(request, person, language)

    async def _new_pin(self, request: web.Request) -> web.StreamResponse:
        language, visit, form = language_of(request), self._visit(request), await form_of(request)
        if visit is None or not visit.is_half_in:
            return to_page(language)
        person = await self._door.choose_pin(visit.person, typed(form, "pin"), typed(form, "again"))
        if isinstance(person, Refused):
            if person.problem is Problem.WRONG_PIN:  # somebody has chosen it elsewhere
                await self._end(visit, Closed.LOCKED)
                return self.pages.refused(language, person)
            return self.pages.new_pin(language, person)
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
            return self.pages.full(language, self._settings.sessions)
        origin = request[ORIGIN]
        answer = to_page(language)
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

        def spoken(language: Language) -> None:
            visit.language = language

        command = self._command(terminal_of(visit.person))
        return DeskProcess(command, visit.person, visit.language, desk_ended, spoken)

    def _visit(self, request: web.Request) -> Visit | None:
        return self._visits.find(request.cookies.get(request[ORIGIN].cookie, ""))

    def reading_visit(self, request: web.Request) -> Visit | None:
        """Who reads a page beside the desk: a sign of life, as a key is, but of who is half in."""
        visit = self._visit(request)
        if visit is not None and not visit.is_half_in:
            self._visits.touch(visit)
        return visit

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
